import Foundation
import Testing

/// A cache that several runs use at once, that are killed, and that finds its disk full.
@Suite struct SharedCacheTests {
  private static let count = 5

  private func project() throws -> Scratch {
    let scratch = try Scratch()
    for number in 1...Self.count {
      let text = RunTests.bad.replacing("int run", with: "int run\(number)")
      _ = try scratch.write("\(number).c", text)
    }
    return scratch
  }

  private static let arguments = ["check", ".", "--cache-dir", "cache", "--quiet"]

  /// Runs in the background; its output goes to a file.
  private func start(_ words: [String], in scratch: Scratch, output: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = scratch.folder
    let file = try FileHandle(forWritingTo: scratch.write(output, ""))
    process.standardOutput = file
    process.standardError = file
    try process.run()
    return process
  }

  private func text(_ name: String, in scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8)
  }

  private func findings(_ output: String) -> Int {
    output.split(separator: "\n").count { $0.contains(" warning: ") && $0.contains("[child-exit]") }
  }

  private func entries(_ scratch: Scratch) throws -> [String] {
    let cache = scratch.folder.appendingPathComponent("cache").path
    return try FileManager.default.subpathsOfDirectory(atPath: cache)
      .filter { $0.split(separator: "/").last.map { $0.count > 10 } == true }
  }

  @Test func runsAtOnce() throws {
    let scratch = try project()
    defer { scratch.remove() }
    let words = [Command.program.path] + Self.arguments
    let runs = try ["1.out", "2.out"].map { try start(words, in: scratch, output: $0) }
    for run in runs { run.waitUntilExit() }
    let outputs = try ["1.out", "2.out"].map { try text($0, in: scratch) }
    #expect(findings(outputs[0]) == Self.count && outputs[0] == outputs[1])
    #expect(try entries(scratch).count == Self.count)
  }

  @Test func killedRuns() throws {
    let scratch = try project()
    defer { scratch.remove() }
    let whole = try Command.run(Self.arguments, in: scratch.folder)
    try FileManager.default.removeItem(at: scratch.folder.appendingPathComponent("cache"))
    for milliseconds: UInt32 in [20, 100, 200, 300, 400] {
      let run = try start([Command.program.path] + Self.arguments, in: scratch, output: "killed.out")
      usleep(milliseconds * 1000)
      kill(run.processIdentifier, SIGKILL)
      run.waitUntilExit()
      let outcome = try Command.run(Self.arguments, in: scratch.folder)
      #expect(outcome.output == whole.output && outcome.errors.isEmpty)
      try? FileManager.default.removeItem(at: scratch.folder.appendingPathComponent("cache"))
    }
  }

  /// A limit on the size of files stands for a disk without room: writing fails in the middle.
  @Test func fullDisk() throws {
    let scratch = try project()
    defer { scratch.remove() }
    let script = "trap '' XFSZ; ulimit -f 4; \"$@\" 2>&1 | cat"
    let words = ["/bin/sh", "-c", script, "sh", Command.program.path] + Self.arguments
    try start(words, in: scratch, output: "full.out").waitUntilExit()
    let output = try text("full.out", in: scratch)
    #expect(findings(output) == Self.count)
    let warnings = output.split(separator: "\n").filter { $0.contains("cannot be written: File too large") }
    #expect(warnings.count == 1)
    #expect(try entries(scratch).isEmpty)
  }
}
