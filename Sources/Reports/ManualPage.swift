/// The manual page (man-pages(7), man(7) macros), made from the help texts, so that both say the same.
public struct ManualPage {
  /// Of the program: `spawnlint 1.0`.
  public var version: String
  /// Names and help texts, each option in one line.
  public var commands: [(name: String, help: String)]

  public init(version: String, commands: [(name: String, help: String)]) {
    self.version = version
    self.commands = commands
  }

  public func render() -> String {
    var page = """
      .TH SPAWNLINT 1 "" "\(escaped(version))" "User Commands"
      .SH NAME
      spawnlint \\- find what a C program must not do between fork and exec
      .SH SYNOPSIS

      """
    for command in commands {
      for line in sections(of: command.help)["USAGE"] ?? [] { page += ".B \(escaped(line))\n.br\n" }
    }
    page += """
      .SH DESCRIPTION
      Follows every child of fork, vfork, clone and their relatives to its end and reports each call that is not
      allowed there, with the way that leads to it.
      Without a command,
      .B check
      is meant.

      """
    for command in commands { page += section(command.name, command.help) }
    return page + Self.end
  }

  private func section(_ name: String, _ help: String) -> String {
    var page = ".SH SPAWNLINT \(name.uppercased())\n"
    let sections = sections(of: help)
    for line in sections["OVERVIEW"] ?? [] { page += line.isEmpty ? ".PP\n" : "\(escaped(line))\n" }
    for title in order(of: help) where title != "OVERVIEW" && title != "USAGE" {
      if title != "OPTIONS" { page += ".SS \(escaped(title.capitalized))\n" }
      for line in sections[title] ?? [] where !line.isEmpty {
        guard let (label, text) = item(line) else {
          page += "\(escaped(line))\n"
          continue
        }
        page += ".TP\n.B \(escaped(label))\n" + (text.isEmpty ? "" : "\(escaped(text))\n")
      }
    }
    return page
  }

  /// Label and text of an option's line; nil: text that goes on with the line before.
  private func item(_ line: String) -> (String, String)? {
    guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
    let body = line.dropFirst(2)
    if let gap = body.firstRange(of: "  ") {
      return (String(body[..<gap.lowerBound]), String(body[gap.upperBound...].drop { $0 == " " }))
    }
    // A label of the column's width has one blank behind it.
    guard body.hasPrefix("-"), let end = body.firstRange(of: "> ") else { return (String(body), "") }
    return (String(body[..<end.upperBound].dropLast()), String(body[end.upperBound...]))
  }

  /// `USAGE: …` and `OPTIONS:` begin sections.
  private func title(_ line: Substring) -> (title: String, rest: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let title = line[..<colon]
    guard !title.isEmpty, title.allSatisfy({ $0.isUppercase || $0 == " " }), !title.hasPrefix(" ") else {
      return nil
    }
    return (String(title), String(line[line.index(after: colon)...].drop { $0 == " " }))
  }

  private func order(of help: String) -> [String] {
    help.split(separator: "\n").compactMap { title($0)?.title }
  }

  private func sections(of help: String) -> [String: [String]] {
    var result: [String: [String]] = [:]
    var current = ""
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (title, rest) = title(line) {
        current = title
        result[current] = rest.isEmpty ? [] : [rest]
      } else {
        result[current, default: []].append(String(line))
      }
    }
    for (title, lines) in result {
      result[title] = Array(lines.reversed().drop { $0.isEmpty }.reversed())
    }
    return result
  }

  /// Characters that troff reads as its own.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text.drop(while: { $0 == " " }) {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "..."
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }

  private static let end = """
    .SH EXIT STATUS
    .TP
    .B 0
    Nothing at or above \\-\\-fail\\-on.
    .TP
    .B 1
    Findings.
    .TP
    .B 2
    A usage or configuration error; nothing was analysed.
    .TP
    .B 3
    A file was not understood completely, and there are no findings.
    .SH ENVIRONMENT
    .TP
    .B NO_COLOR
    Without colours, where it is set and not empty.
    .SH FILES
    .TP
    .I .spawnlint.yml
    Configuration, found upwards from the named paths or the working directory;
    .B spawnlint config \\-\\-schema
    describes it.
    .TP
    .I .spawnlint\\-baseline.json
    Findings that are known, written by
    .BR "spawnlint baseline" .
    .SH EXAMPLES
    .TP
    .B spawnlint check \\-p build
    All C files of build/compile_commands.json.
    .TP
    .B spawnlint check src/spawn.c \\-\\- \\-Iinclude \\-DNDEBUG
    One file; flags of the compiler behind \\-\\-.
    .TP
    .B spawnlint check \\-\\-fix=diff \\-p build
    What could be changed at once, as a diff.
    .TP
    .B spawnlint explain opendir
    Where a function is safe, why not, what instead.
    .SH SEE ALSO
    .BR fork (2),
    .BR vfork (2),
    .BR execve (2),
    .BR signal\\-safety (7)

    """
}
