import ArgumentParser
import Project
import Reports

/// For `make install`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, as man reads it.", shouldDisplay: false)

  func run() throws {
    var page = ManualPage(version: "spawnlint \(Version.spawnlint)", commands: [])
    for command in Spawnlint.configuration.subcommands where command.configuration.shouldDisplay {
      let name = command.configuration.commandName ?? ""
      // Wide enough for an option with all its words.
      page.commands.append((name, Spawnlint.helpMessage(for: command, columns: 2000)))
    }
    try OutputFile.writeToStandardOutput(page.render())
  }
}
