import Catalogue
import Foundation
import Project
import Testing

/// One run: a C file with expectations in its comments, or a folder `<name>.program` whose files are
/// analysed together.
struct Example: CustomTestStringConvertible, Sendable {
  /// Relative to the package.
  var name: String
  var files: [URL]

  var testDescription: String { name }

  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files, as the compile database says that lies beside them, if there is one.
  func units(flags: [String]) throws -> [SourceUnit] {
    let folder = files[0].deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder + "/compile_commands.json") else {
      return files.map { SourceUnit(file: $0.path, flags: flags) }
    }
    var configuration = Configuration(workingDirectory: folder)
    configuration.buildDirectory.set(folder, option: "-p")
    configuration.flags.set(flags, option: "--")
    return try UnitCollection(paths: [], configuration: configuration, readStandardInput: { "" }).units
  }

  /// The examples of the checks, the samples, and all fixtures.
  static let folders = ["Rules/checks", "Samples", "Tests/Fixtures"]
  static let all = folders.flatMap(below)

  private static func below(_ folder: String) -> [Example] {
    let root = package.appendingPathComponent(folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    var programs: [String: [URL]] = [:]
    for path in paths.sorted() where path.hasSuffix(".c") {
      let parts = path.split(separator: "/")
      let end = parts.firstIndex { $0.hasSuffix(".program") }.map { $0 + 1 } ?? parts.count
      let name = folder + "/" + parts[..<end].joined(separator: "/")
      programs[name, default: []].append(root.appendingPathComponent(path))
    }
    return programs.keys.sorted().map { Example(name: $0, files: programs[$0] ?? []) }
  }
}

/// The part of the command line that `// run:` may use.
struct ExampleOptions {
  var run = RunOptions()
  var flags: [String] = []

  struct Unknown: Error, CustomStringConvertible {
    var description: String
  }

  /// Catalogue files are relative to `folder`.
  init(_ words: [String], folder: URL) throws {
    var rest = words[...]
    while let option = rest.popFirst() {
      if option == "--" {
        flags = Array(rest)
        return
      }
      guard let value = rest.popFirst() else { throw Unknown(description: "\(option) without a value") }
      switch option {
      case "--threads": run.threads = try Self.value(value)
      case "--workers": run.workers = try Self.value(value)
      case "--platform": run.platform = try Self.value(value)
      case "--catalogue": run.catalogueFiles.append(folder.appendingPathComponent(value).path)
      case "--contract": run.contracts.append(value)
      default: throw Unknown(description: "unknown option \(option)")
      }
    }
  }

  private static func value<Value: RawRepresentable<String>>(_ text: String) throws -> Value {
    guard let value = Value(rawValue: text) else { throw Unknown(description: "no such value: \(text)") }
    return value
  }
}
