import Foundation
import PackagePlugin

/// Compiles `Rules/` into the program, so that nothing has to be found or parsed when it starts.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "Rules")
    let catalogue = rules.appending(path: "catalogue")
    let checks = rules.appending(path: "checks")
    let output = context.pluginWorkDirectoryURL.appending(path: "Rules.swift")
    let tool = try context.tool(named: "EmbedRulesTool")
    return [
      .buildCommand(
        displayName: "Embedding Rules",
        executable: tool.url,
        arguments: [catalogue.path, checks.path, output.path],
        inputFiles: contents(of: catalogue) + contents(of: checks),
        outputFiles: [output])
    ]
  }

  /// All files and directories; a directory changes when a file is added or removed.
  private func contents(of directory: URL) -> [URL] {
    guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
    let found = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
    return [directory] + (found?.allObjects as? [URL] ?? []).sorted { $0.path < $1.path }
  }
}
