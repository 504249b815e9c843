import Foundation
import Spawning

/// Asks compilers for the folders in which they look for headers. That executes them, so only those do it that
/// the user names on the command line, by patterns of full paths; nothing that a project holds can.
struct DriverQueries {
  private struct Question: Hashable {
    var driver: String
    var flags: [String]
    var directory: String
  }

  private let patterns: [Glob]
  private var answers: [Question: [String]] = [:]
  /// A compiler answers in milliseconds.
  private static let longestAnswer = 1 << 20

  init(patterns: [String]) {
    self.patterns = patterns.map { Glob($0) }
  }

  /// Flags that make the parser look where the unit's own compiler does; none where it may not be asked.
  mutating func flags(for unit: SourceUnit) -> [String] {
    guard !patterns.isEmpty, let compiler = unit.compiler else { return [] }
    let directory = unit.directory ?? FileManager.default.currentDirectoryPath
    guard let driver = Self.path(of: compiler, in: directory),
      patterns.contains(where: { $0.matches(driver) })
    else { return [] }
    let question = Question(driver: driver, flags: Self.decisive(unit.flags), directory: directory)
    if let known = answers[question] { return known }
    let answer = Self.ask(question)
    answers[question] = answer
    return answer
  }

  /// Flags on which the folders depend.
  private static func decisive(_ flags: [String]) -> [String] {
    var result: [String] = []
    var rest = flags[...]
    while let flag = rest.popFirst() {
      if flag == "--sysroot" || flag == "-isysroot" {
        if let value = rest.popFirst() { result += [flag, value] }
      } else if flag.hasPrefix("--sysroot=") || flag.hasPrefix("-m") || flag.hasPrefix("-std=")
        || ["-nostdinc", "-pthread"].contains(flag)
      {
        result.append(flag)
      }
    }
    return result
  }

  private static func path(of compiler: String, in directory: String) -> String? {
    if compiler.contains("/") { return PlainPath.absolute(compiler, in: directory) }
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.lazy.map { "\($0)/\(compiler)" }.first { access($0, X_OK) == 0 }
  }

  private static func ask(_ question: Question) -> [String] {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return [] }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var spawn = Spawn(question.driver, question.flags + ["-E", "-v", "-x", "c", "/dev/null"])
    spawn.directory = question.directory
    let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(ends[0])
      if nowhere >= 0 { close(nowhere) }
    }
    spawn.descriptors = [0: .descriptor(nowhere), 1: .descriptor(nowhere), 2: .descriptor(ends[1])]
    spawn.closesOthers = true
    let process = try? spawn.start()
    close(ends[1])
    guard let process else { return [] }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < longestAnswer {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    guard process.wait() == .exited(0) else { return [] }
    return parse(String(decoding: bytes, as: UTF8.self))
  }

  /// gcc and clang print the same: a list between two fixed lines, and the target.
  static func parse(_ text: String) -> [String] {
    var flags: [String] = []
    var isInList = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("Target: ") {
        flags.append("--target=" + line.dropFirst("Target: ".count))
      } else if line.hasPrefix("#include <...> search starts here:") {
        isInList = true
      } else if line.hasPrefix("End of search list.") {
        isInList = false
      } else if isInList {
        let path = PlainPath.absolute(String(line.drop { $0 == " " }), in: "/")
        // Headers that belong to that compiler alone; clang has its own.
        let isBuiltin = FileManager.default.fileExists(atPath: path + "/stddef.h") && path.contains("/lib")
        if !isBuiltin { flags += ["-isystem", path] }
      }
    }
    return flags
  }
}
