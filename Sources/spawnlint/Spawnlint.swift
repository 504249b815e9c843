import ArgumentParser
import Foundation
import Project

@main
struct Spawnlint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spawnlint",
    abstract: "Finds what a C program must not do between fork and exec.",
    discussion: """
      Follows every child of fork, vfork, clone and their relatives to its end and reports each call that is \
      not allowed there, with the way that leads to it.

      Exit status: 0 nothing at or above --fail-on; 1 findings; 2 usage or configuration error; \
      3 a file was not understood completely.
      """,
    version: "spawnlint \(Version.spawnlint) (\(Version.libclang))",
    subcommands: [
      CheckCommand.self, SitesCommand.self, ReportCommand.self, RulesCommand.self, ExplainCommand.self,
      BaselineCommand.self,
      ConfigCommand.self, IndexCommand.self, LinkCommand.self, MergeCommand.self, NinjaCommand.self,
      ManualCommand.self,
    ],
    defaultSubcommand: CheckCommand.self)

  static func main() {
    if CommandLine.arguments.dropFirst() == [WorkerService.argument] { WorkerService.run() }
    if getcwd(nil, 0).map({ String(validatingCString: $0) == nil }) == true {
      let message = "the name of the working directory is not UTF-8: rename it"
      Diagnostics.fail(ValidationError(message), message: message)
    }
    if let word = unreadableArgument {
      Diagnostics.fail(NotText(word: word), message: "\(NotText(word: word))")
    }
    do {
      var command = try command(arguments(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      // Help, the version and completion scripts arrive as errors with status 0.
      guard exitCode(for: error) != .success else { exit(withError: error) }
      Diagnostics.fail(error, message: message(for: error))
    }
  }

  /// To look at all commands takes as long as to parse a small file: what `check` alone understands is its own.
  private static func command(_ words: [String]) throws -> any ParsableCommand {
    if words.first == CheckCommand.configuration.commandName,
      let check = try? CheckCommand.parse(Array(words.dropFirst()))
    {
      return check
    }
    return try parseAsRoot(words)
  }

  /// Swift's strings hold UTF-8 alone: another name would be one of another file, or of none.
  private struct NotText: Error, CustomStringConvertible {
    var word: String

    var description: String { "'\(word)' is not UTF-8: rename the file, or give it as - with --stdin-name" }
  }

  private static var unreadableArgument: String? {
    (1..<max(1, Int(CommandLine.argc))).lazy.compactMap { index -> String? in
      guard let word = CommandLine.unsafeArgv[index], String(validatingCString: word) == nil else {
        return nil
      }
      return String(cString: word)
    }.first
  }

  /// The parser takes one list of free arguments, and that is the paths: what follows `--` becomes options.
  private static func arguments(_ words: ArraySlice<String>) -> [String] {
    guard let terminator = words.firstIndex(of: "--") else { return FixOption.withValue(words) }
    return FixOption.withValue(words[..<terminator])
      + words[(terminator + 1)...].flatMap { ["--extra-arg", $0] }
  }
}
