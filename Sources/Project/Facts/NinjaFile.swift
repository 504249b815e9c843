import Foundation
import Reports
import SpawnIR

/// A build file for Ninja: an action for each unit, one for the report.
public struct NinjaFile {
  /// This program.
  public var program: String
  /// What `index` gets beside the unit.
  public var indexing: [String]
  /// What `link` gets beside the facts.
  public var linking: [String]
  /// What writes this file anew, and when.
  public var regeneration: Regeneration?
  /// Where this file lies; absolute.
  public var path: String

  public struct Regeneration {
    /// A command and where it is given.
    var words: [String]
    var directory: String
    /// Files that it depends on.
    var inputs: [String]

    public init(words: [String], directory: String, inputs: [String]) {
      self.words = words
      self.directory = directory
      self.inputs = inputs
    }
  }

  public init(program: String, indexing: [String], linking: [String], path: String) {
    self.program = program
    self.indexing = indexing
    self.linking = linking
    self.path = path
  }

  /// Where facts and reports lie; absolute.
  public var folder: String { HeaderSearch.folder(of: path) + "/spawnlint-facts" }

  public func render(_ units: [SourceUnit]) -> String {
    let index = Self.command([program, "index"] + indexing)
    let link = Self.command([program, "link"] + linking)
    var lines = [
      "# Written by `spawnlint ninja`. Targets: check (the default) prints what was found, report writes it as SARIF.",
      "ninja_required_version = 1.5",
      "",
      "rule index",
      "  command = \(index) --directory $directory -o $out --depfile $out.d $source -- $flags",
      "  depfile = $out.d",
      "  deps = gcc",
      "  description = index $source",
      "",
      "rule check",
      "  command = \(link) @$out.rsp",
      "  rspfile = $out.rsp",
      "  rspfile_content = $in_newline",
      "  pool = console",
      "  description = check",
      "",
      "rule report",
      "  command = \(link) --fail-on never --format sarif -o $out @$out.rsp || [ $$? -eq 3 ]",
      "  rspfile = $out.rsp",
      "  rspfile_content = $in_newline",
      "  description = report $out",
      "",
    ]
    var facts: [String] = []
    for unit in units {
      let output = folder + "/" + Self.name(of: unit)
      guard !facts.contains(output) else { continue }
      facts.append(output)
      lines += [
        "build \(Self.path(output)): index \(Self.path(unit.path))",
        "  source = \(Self.word(unit.path))",
        "  directory = \(Self.word(unit.directory ?? FileManager.default.currentDirectoryPath))",
        "  flags = \(Self.command(unit.flags + (unit.output.map { ["-o", $0] } ?? [])))",
      ]
    }
    let inputs = facts.map { " $\n  " + Self.path($0) }.joined()
    let report = folder + "/report.sarif"
    lines += [
      "", "build \(Self.path(folder + "/check")): check\(inputs)",
      "build \(Self.path(report)): report\(inputs)",
      "build check: phony \(Self.path(folder + "/check"))",
      "build report: phony \(Self.path(report))",
      "default check",
    ]
    if let regeneration {
      lines += [
        "", "rule regenerate",
        "  command = cd \(Self.word(regeneration.directory)) && \(Self.command(regeneration.words))",
        "  description = write $out anew", "  generator = 1", "",
        "build \(Self.path(path)): regenerate"
          + regeneration.inputs.map { " " + Self.path($0) }.joined(),
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same for the same unit, wherever it stands in a database.
  private static func name(of unit: SourceUnit) -> String {
    var out = ByteWriter()
    unit.write(to: &out)
    let digest = SHA256.hash(out.bytes).prefix(6).map {
      String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
    }
    let name = HeaderSearch.name(of: unit.file).filter { $0.isASCII && !" :$|#\n".contains($0) }
    return "\(name)-\(digest.joined()).facts"
  }

  /// A path as inputs and outputs are written.
  private static func path(_ path: String) -> String {
    var result = ""
    for character in path {
      if "$ :|".contains(character) { result += "$" }
      result.append(character)
    }
    return result
  }

  /// Words for the shell, in a variable of Ninja's.
  private static func command(_ words: [String]) -> String { words.map(word).joined(separator: " ") }

  private static func word(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-+=,@%".utf8.contains(byte)
      }
    }
    if plain, !text.isEmpty { return text }
    let quoted = "'" + text.replacing("'", with: "'\\''") + "'"
    // A line of a build file cannot hold a line's end.
    return quoted.replacing("$", with: "$$").replacing("\n", with: " ")
  }
}
