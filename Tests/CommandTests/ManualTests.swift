import Foundation
import Testing

/// The manual page and the completions know every command and option that the help texts name.
@Suite struct ManualTests {
  private static let commands = [
    "check", "sites", "report", "rules", "explain", "baseline", "config", "index", "link", "merge", "ninja",
  ]

  private func options(of command: String) throws -> Set<Substring> {
    let help = try Command.run([command, "--help"]).output
    return Set(help.matches(of: /\n  (?:-[a-zA-Z], )?(--[a-z-]+)/).map(\.output.1))
  }

  @Test func manualIsComplete() throws {
    let page = try Command.run(["manual"])
    #expect(page.status == 0 && page.errors.isEmpty)
    #expect(page.output.hasPrefix(".TH SPAWNLINT 1"))
    let parts = page.output.components(separatedBy: "\n.SH ")
    for command in Self.commands {
      let part = try #require(parts.first { $0.hasPrefix("SPAWNLINT \(command.uppercased())\n") })
      let all = try options(of: command)
      #expect(all.count >= 4)
      for option in all {
        #expect(
          part.contains("\n.B ") && part.contains(option.replacing("-", with: "\\-")), "\(command) \(option)")
      }
    }
    // A line that begins with a dot is a request to troff.
    let requests = page.output.split(separator: "\n").filter { $0.hasPrefix(".") }
      .map { $0.prefix { $0 != " " } }
    #expect(Set(requests) == [".TH", ".SH", ".SS", ".B", ".BR", ".I", ".TP", ".PP", ".br"])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let script = try Command.run(["--generate-completion-script", shell])
    #expect(script.status == 0)
    for command in Self.commands { #expect(script.output.contains(command)) }
    for option in try options(of: "check") {
      #expect(
        script.output.contains(shell == "fish" ? String(option.dropFirst(2)) : String(option)), "\(option)")
    }
    #expect(!script.output.contains("manual"))
  }
}
