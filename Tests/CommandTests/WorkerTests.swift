import Foundation
import Testing

/// What one file does to the parser costs this file alone. No hook makes it crash: the files do.
@Suite struct WorkerTests {
  /// Levels of nesting in the parser for which no stack suffices.
  private static let deep = "int a = " + String(repeating: "- ", count: 3_000_000) + "1;\n"

  /// Each macro is twice the one before.
  private static func doubled(_ start: String, _ count: Int) -> String {
    "#define A0 \(start)\n" + (1...count).map { "#define A\($0) A\($0 - 1) A\($0 - 1)\n" }.joined()
  }

  /// 2⁶⁰ expansions to nothing take for ever and no memory.
  private static let endless = doubled("", 60) + "A60\nint x;\n"
  private static let large = doubled("1,", 30) + "int x[] = { A28 };\n"

  private func check(
    _ files: [String: String], _ arguments: [String], incomplete: [String]
  ) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for (name, text) in files { _ = try scratch.write(name, text) }
    let outcome = try Command.run(["check", ".", "--quiet"] + arguments, in: scratch.folder)
    let lines = outcome.output.split(separator: "\n").filter { $0.hasSuffix("[incomplete]") }
    #expect(lines.sorted() == incomplete.map { "./\($0) [incomplete]" })
    #expect(outcome.status == (files["bad.c"] == nil ? 3 : 1))
    #expect(files["bad.c"] == nil || outcome.output.contains("'exit'"))
  }

  @Test func crash() throws {
    try check(
      ["bad.c": RunTests.bad, "deep.c": Self.deep, "good.c": RunTests.good], [],
      incomplete: ["deep.c: error: clang crashed while reading it (Segmentation fault)"])
  }

  @Test func crashOfTheOnlyFile() throws {
    try check(
      ["deep.c": Self.deep], [],
      incomplete: ["deep.c: error: clang crashed while reading it (Segmentation fault)"])
  }

  @Test func endlessParse() throws {
    try check(
      ["bad.c": RunTests.bad, "endless.c": Self.endless], ["--time-limit", "2"],
      incomplete: ["endless.c: error: it was not read within 2 seconds"])
  }

  @Test func endlessParseOfTheOnlyFile() throws {
    try check(
      ["endless.c": Self.endless], ["--time-limit", "2"],
      incomplete: ["endless.c: error: it was not read within 2 seconds"])
  }

  @Test func memory() throws {
    try check(
      ["bad.c": RunTests.bad, "large.c": Self.large], ["--memory-limit", "256"],
      incomplete: ["large.c: error: reading it takes more than 256 MB of memory"])
  }

  /// A worker ends with the run that asked it, also in the middle of a file.
  @Test func killedRun() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in ["a.c", "b.c"] { _ = try scratch.write(name, Self.endless) }
    let process = Process()
    process.executableURL = Command.program
    process.arguments = ["check", ".", "--no-cache"]
    process.currentDirectoryURL = scratch.folder
    process.standardOutput = nil
    try process.run()
    let children = "/proc/\(process.processIdentifier)/task"
    var workers: [String] = []
    for _ in 0..<100 where workers.count < 2 {
      usleep(50_000)
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: children)) ?? []
      workers = threads.flatMap { thread in
        let list = try? String(contentsOfFile: "\(children)/\(thread)/children", encoding: .utf8)
        return (list ?? "").split(separator: " ").map(String.init)
      }
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!workers.isEmpty)
    func isAlive(_ worker: String) -> Bool {
      let words = try? String(contentsOfFile: "/proc/\(worker)/cmdline", encoding: .utf8)
      return words?.contains("worker-process") == true
    }
    for _ in 0..<100 where workers.contains(where: isAlive) { usleep(50_000) }
    #expect(!workers.contains(where: isAlive))
  }

  @Test func jobsChangeNothing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for number in 1...6 {
      let text = RunTests.bad.replacing("int run", with: "int run\(number)")
      _ = try scratch.write("\(number).c", text)
    }
    let outputs = try ["1", "2", "5"].map { jobs in
      try Command.run(["check", ".", "--no-cache", "--jobs", jobs], in: scratch.folder).output
    }
    #expect(outputs.allSatisfy { $0 == outputs[0] && !$0.isEmpty })
  }
}
