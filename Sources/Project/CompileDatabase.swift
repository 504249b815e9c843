import Foundation

/// `compile_commands.json` as clang's JSON Compilation Database Format describes it.
public struct CompileDatabase: Sendable {
  public static let fileName = "compile_commands.json"

  /// Where it was read from.
  public let path: String
  private var commands: [Command]
  private var indices: [String: Int] = [:]

  private struct Command {
    var file: String
    var directory: String
    /// Without the compiler, its input and its output.
    var flags: [String]
  }

  private struct Entry: Decodable {
    var directory: String
    var file: String
    var arguments: [String]?
    var command: String?
  }

  /// `location` is the build directory or the database itself.
  public init(at location: String) throws(UnitCollectionError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: location, isDirectory: &isDirectory) else {
      throw UnitCollectionError(location, "no such build directory", remedy: "name the directory after -p")
    }
    path =
      isDirectory.boolValue
      ? URL(fileURLWithPath: location).appendingPathComponent(Self.fileName).relativePath : location
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnitCollectionError(
        path, "cannot be read",
        remedy: "let the build write it (cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson, bear -- make)")
    }
    commands = []
    let entries: [Entry]
    do {
      entries = try JSONDecoder().decode([Entry].self, from: data)
    } catch {
      throw UnitCollectionError(path, Self.reason(error), remedy: "let the build write it again")
    }
    for entry in entries {
      let words = entry.arguments ?? ShellWords.split(entry.command ?? "")
      let absolute = Self.absolute(entry.file, in: entry.directory)
      // The first command of a file is the one that counts, as for clang's tools.
      if indices[absolute] == nil { indices[absolute] = commands.count }
      commands.append(
        Command(
          file: entry.file, directory: entry.directory, flags: Self.flags(of: words, input: entry.file)))
    }
  }

  /// The unit as the build compiles it; nil when the database does not name the file. The path is
  /// relative to the working directory.
  func unit(for file: String) -> SourceUnit? {
    let full = Self.absolute(file, in: FileManager.default.currentDirectoryPath)
    guard let index = indices[full] else { return nil }
    let command = commands[index]
    return SourceUnit(file: full, flags: command.flags, directory: command.directory)
  }

  /// Every C file of the database, in its order.
  var units: [SourceUnit] {
    commands.indices.compactMap { index in
      let command = commands[index]
      let full = Self.absolute(command.file, in: command.directory)
      guard indices[full] == index, command.file.hasSuffix(".c") else { return nil }
      return SourceUnit(file: full, flags: command.flags, directory: command.directory)
    }
  }

  /// Drops what names the compiler, the input and the outputs.
  private static func flags(of words: [String], input: String) -> [String] {
    var flags: [String] = []
    var rest = words.dropFirst()[...]
    while let word = rest.popFirst() {
      switch word {
      case "-o", "-MF", "-MT", "-MQ": _ = rest.popFirst()
      case "-c", "-S", "-E", "-MD", "-MMD", "-MP", "--", input: continue
      default:
        if word.hasPrefix("-o"), !word.hasPrefix("-ob") { continue }
        flags.append(word)
      }
    }
    return flags
  }

  private static func absolute(_ path: String, in directory: String) -> String {
    let full = path.hasPrefix("/") ? path : directory + "/" + path
    return URL(fileURLWithPath: full).standardizedFileURL.path
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "is not valid JSON" }
    switch error {
    case .keyNotFound(let key, let context):
      return "entry \(place(context)) has no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return context.codingPath.isEmpty
        ? "is not a list of compile commands" : "'\(place(context))' has the wrong type"
    default: return "is not valid JSON"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: ".")
  }
}
