import Foundation

/// What went wrong with git, in its own words.
public struct ChangesError: Error, Hashable, CustomStringConvertible {
  public var description: String
}

/// The git repository around the working directory.
struct Repository: Sendable {
  /// Absolute, without a slash at the end.
  let root: String

  init(around directory: String) throws(ChangesError) {
    let found = try Self.run(["rev-parse", "--show-toplevel"], in: directory)
    guard found.status == 0 else {
      throw ChangesError(description: "--diff needs a git repository: \(found.errors)")
    }
    root = String(found.text.prefix { !$0.isNewline })
  }

  /// The commit to compare with: where the history of `HEAD` left that of `reference`, so that what others did there since
  /// then counts on neither side; the commit itself where the histories are not known to meet.
  func base(of reference: String) throws(ChangesError) -> String {
    let commit = try Self.run(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], in: root)
    guard commit.status == 0 else {
      throw ChangesError(description: "--diff \(reference): git knows no such commit here")
    }
    let own = String(commit.text.prefix { !$0.isNewline })
    let base = try Self.run(["merge-base", own, "HEAD"], in: root)
    return base.status == 0 ? String(base.text.prefix { !$0.isNewline }) : own
  }

  /// Between the commit and the working tree; files that git does not know are new.
  func changes(since commit: String) throws(ChangesError) -> ChangedFiles {
    let options = [
      "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames", "--ignore-submodules", commit, "--",
    ]
    let status = try text(["diff", "--name-status", "-z"] + options)
    let patch = try text(["diff", "--unified=0"] + options)
    var changes = ChangedFiles(status: status, patch: patch)
    let unknown = try text(["ls-files", "--others", "--exclude-standard", "-z"])
    changes.files += unknown.split(separator: "\0").map { ChangedFiles.File(path: String($0), oldPath: nil) }
    return changes
  }

  /// A file as the commit has it.
  func contents(of path: String, at commit: String) throws(ChangesError) -> Data {
    try data(["cat-file", "blob", "\(commit):\(path)"])
  }

  private func text(_ arguments: [String]) throws(ChangesError) -> String {
    String(decoding: try data(arguments), as: UTF8.self)
  }

  private func data(_ arguments: [String]) throws(ChangesError) -> Data {
    let result = try Self.run(arguments, in: root)
    guard result.status == 0 else {
      throw ChangesError(description: "git \(arguments[0]) failed: \(result.errors)")
    }
    return result.data
  }

  private struct Outcome {
    var status: Int32
    var data: Data
    var errors: String
    var text: String { String(decoding: data, as: UTF8.self) }
  }

  private static func run(_ arguments: [String], in directory: String) throws(ChangesError) -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "core.quotePath=false"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    var environment = ProcessInfo.processInfo.environment
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    process.environment = environment
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw ChangesError(description: "git cannot be run: \(error.localizedDescription)")
    }
    // What git writes on standard error fits into a pipe.
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let line =
      text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "status \(process.terminationStatus)"
    return Outcome(status: process.terminationStatus, data: data, errors: line)
  }
}
