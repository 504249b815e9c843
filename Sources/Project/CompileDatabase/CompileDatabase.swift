import Foundation

/// How a project's files are compiled: `compile_commands.json` as clang's JSON Compilation Database Format
/// describes it, or clang's simpler `compile_flags.txt`. It is data of unknown origin: reading it executes
/// nothing, loads nothing and writes nothing.
public struct CompileDatabase: Sendable {
  public static let fileName = "compile_commands.json"
  /// One flag on each line, for all files of the folder and below.
  public static let flagsFileName = "compile_flags.txt"

  /// Where it was read from.
  public let path: String
  private var entries: [Entry] = []
  /// Each file's entries: a build may compile it several times, and each way counts.
  private var indices: [String: [Int]] = [:]
  /// Of a `compile_flags.txt`, with its folder.
  private var flags: (flags: [String], folder: String)?

  private struct Entry {
    var file: String
    var directory: String
    var command: CompileCommand
  }

  private struct Record: Decodable {
    var directory: String
    var file: String
    var arguments: [String]?
    var command: String?
    var output: String?
  }

  /// - Parameter location: the build directory, or the database itself.
  public init(at location: String) throws(UnitCollectionError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: location, isDirectory: &isDirectory) else {
      throw UnitCollectionError(location, "no such build directory", remedy: "name the directory after -p")
    }
    guard isDirectory.boolValue else {
      path = location
      try read()
      return
    }
    let folder = location.hasSuffix("/") ? String(location.dropLast()) : location
    let simple = folder + "/" + Self.flagsFileName
    let isSimple =
      !FileManager.default.fileExists(atPath: folder + "/" + Self.fileName)
      && FileManager.default.fileExists(atPath: simple)
    path = isSimple ? simple : folder + "/" + Self.fileName
    try read()
  }

  /// The nearest database upwards from a file or folder; a `build` folder on the way counts, as for clangd.
  static func location(near path: String) -> String? {
    var isDirectory: ObjCBool = false
    let full = PlainPath.absolute(path, in: FileManager.default.currentDirectoryPath)
    let exists = FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
    var folder = exists && isDirectory.boolValue ? full : PlainPath.folder(of: full)
    while true {
      let prefix = folder == "/" ? "" : folder
      for name in [Self.fileName, "build/" + Self.fileName, Self.flagsFileName] {
        let candidate = prefix + "/" + name
        if FileManager.default.isReadableFile(atPath: candidate) { return candidate }
      }
      if folder == "/" { return nil }
      folder = PlainPath.folder(of: folder)
    }
  }

  private mutating func read() throws(UnitCollectionError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnitCollectionError(
        path, "cannot be read",
        remedy: "let the build write it (cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson, bear -- make)")
    }
    let workingDirectory = FileManager.default.currentDirectoryPath
    let folder = PlainPath.folder(of: PlainPath.absolute(path, in: workingDirectory))
    if PlainPath.name(of: path) == Self.flagsFileName {
      let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      let words = lines.map { $0.drop(while: \.isWhitespace) }.map { String(Self.trimmed($0)) }
      flags = (words.filter { !$0.isEmpty && !$0.hasPrefix("#") }, folder)
      return
    }
    let records: [Record]
    do {
      records = try JSONDecoder().decode([Record].self, from: data)
    } catch {
      throw UnitCollectionError(path, Self.reason(error), remedy: "let the build write it again")
    }
    var known: [String: Set<Int>] = [:]
    for record in records {
      // The format wants an absolute directory; what is not starts at the database.
      let directory = PlainPath.absolute(record.directory, in: folder)
      let words = ResponseFiles(directory: directory)
        .expand(record.arguments ?? ShellWords.split(record.command ?? ""))
      var command = CompileCommand(words: words, input: record.file)
      if let output = record.output { command.output = output }
      let absolute = PlainPath.absolute(record.file, in: directory)
      // Static and shared libraries compile the same file twice with flags that often do not differ at all.
      guard known[absolute, default: []].insert(Self.hash(of: command, in: directory)).inserted else {
        continue
      }
      indices[absolute, default: []].append(entries.count)
      entries.append(Entry(file: absolute, directory: directory, command: command))
    }
  }

  private static func trimmed(_ line: Substring) -> Substring {
    var line = line
    while line.last?.isWhitespace == true { line = line.dropLast() }
    return line
  }

  private static func hash(of command: CompileCommand, in directory: String) -> Int {
    var hasher = Hasher()
    hasher.combine(command)
    hasher.combine(directory)
    return hasher.finalize()
  }

  /// The file as the build compiles it, once for each way; none when the database does not name it. The path
  /// is relative to the working directory.
  func units(for file: String) -> [SourceUnit] {
    let full = PlainPath.absolute(file, in: FileManager.default.currentDirectoryPath)
    if let flags { return [SourceUnit(file: full, flags: flags.flags, directory: flags.folder)] }
    return (indices[full] ?? []).map(unit)
  }

  /// Every C file of the database, in its order.
  var units: [SourceUnit] { entries.indices.filter { entries[$0].command.isC }.map(unit) }

  private func unit(_ index: Int) -> SourceUnit {
    let entry = entries[index]
    var unit = SourceUnit(file: entry.file, flags: entry.command.flags, directory: entry.directory)
    unit.output = entry.command.output.map { PlainPath.absolute($0, in: entry.directory) }
    unit.compiler = entry.command.compiler
    return unit
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
