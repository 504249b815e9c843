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
        inputFiles: files(below: catalogue) + files(below: checks),
        outputFiles: [output])
    ]
  }

  private func files(below directory: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: [.isRegularFileKey])
    return (found?.allObjects as? [URL] ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .sorted { $0.path < $1.path }
  }
}
