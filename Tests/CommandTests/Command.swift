import Foundation

/// The built program, run as a user runs it.
struct Command {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String

    var errorLines: [Substring] { errors.split(separator: "\n") }
  }

  struct Signalled: Error {
    var signal: Int32
  }

  /// Stands beside the test bundle.
  static let program: URL = {
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return bundle.deletingLastPathComponent().appendingPathComponent("spawnlint")
  }()

  static func run(
    _ arguments: [String], in folder: URL? = nil, input: String = "", program: URL = program
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let scratch = try Scratch()
    defer { scratch.remove() }
    // Not the user's own.
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = scratch.folder.appendingPathComponent("cache").path
    process.environment = environment
    // Files, not pipes: a full pipe would block the program, a closed one would end it.
    let inputFile = try scratch.write("input", input)
    let outputFile = try scratch.write("output", "")
    let errorFile = try scratch.write("errors", "")
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit else { throw Signalled(signal: process.terminationStatus) }
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }
}

/// A folder for one test.
struct Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("spawnlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}
