import Checks
import Foundation
import Reports

/// `--fix`: writes what fixes make of the files, after a second analysis has seen that it is right.
public struct FixRun {
  /// The result with the fixed files, or the first one where none was fixed.
  public private(set) var result: RunResult
  /// One line each: what was changed, and what was left alone and why.
  public private(set) var remarks: [String] = []

  /// - Parameter analyse: the result for other units.
  /// - Throws: `OutputFile.Failure` where a file cannot be written; none is changed then.
  public init(
    _ fixes: ConfirmedFixes, units: [SourceUnit], analyse: ([SourceUnit]) throws -> RunResult
  ) throws {
    result = fixes.result
    var files: [FixedFile] = []
    for file in fixes.files {
      if let reason = Self.obstacle(file) {
        remarks.append("\(file.unit.path): not fixed: \(reason)")
      } else {
        files.append(file)
      }
    }
    guard !files.isEmpty else { return }
    var fixed = units
    for file in files {
      guard let index = fixed.firstIndex(where: { $0.path == file.unit.path }) else { continue }
      fixed[index].contents = SourceBytes.text(file.after)
    }
    let after = try analyse(fixed)
    guard Self.isBetter(after, than: fixes.result, by: files.flatMap(\.findings)) else {
      remarks.append("nothing was fixed: the analysis of the changed files does not bear it out")
      return
    }
    for file in files where Self.obstacle(file) != nil {
      remarks.append("\(file.unit.path): not fixed: it changed meanwhile")
    }
    let unchanged = files.filter { Self.obstacle($0) == nil }
    try OutputFile.write(unchanged.map { (OutputFile($0.unit.path), $0.after) })
    for file in unchanged {
      let count = file.findings.count
      remarks.append("\(file.unit.path): \(count) \(count == 1 ? "finding" : "findings") fixed")
    }
    result = unchanged.count == files.count ? after : try analyse(units)
  }

  /// Why the file is left as it is.
  private static func obstacle(_ file: FixedFile) -> String? {
    var status = stat()
    guard stat(file.unit.path, &status) == 0 else { return "it is gone" }
    guard status.st_mode & 0o222 != 0, access(file.unit.path, W_OK) == 0 else { return "it is read-only" }
    guard let bytes = FileManager.default.contents(atPath: file.unit.path), bytes.elementsEqual(file.before)
    else { return "it changed meanwhile" }
    return nil
  }

  /// What was fixed is gone, and nothing came.
  private static func isBetter(_ after: RunResult, than before: RunResult, by fixed: [Finding]) -> Bool {
    func places(_ findings: [Finding]) -> Set<[String]> {
      // A line with a fix gets longer, so its columns move.
      Set(findings.map { [$0.location.file, "\($0.location.line)", $0.check, $0.callee ?? ""] })
    }
    let expected = before.findings.filter { finding in
      !fixed.contains { $0.location == finding.location && $0.check == finding.check }
    }
    return after.findings.count <= expected.count
      && places(after.findings).isSubset(of: places(expected))
      && after.incomplete.count <= before.incomplete.count
  }
}
