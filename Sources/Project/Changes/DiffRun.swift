import Checks
import Foundation
import Reports

/// `--diff`: the findings that the changes since a commit brought.
public enum DiffRun {
  /// The result with those findings only that stand on changed lines, or that the sources of the commit do not have: a
  /// change elsewhere may be what leads a child there.
  ///
  /// - Throws: `ChangesError` where git cannot tell.
  public static func filter(
    _ result: RunResult, units: [SourceUnit], options: RunOptions, since reference: String,
    reading: Reading = .plain, workingDirectory: String = FileManager.default.currentDirectoryPath
  ) throws -> RunResult {
    let repository = try Repository(around: workingDirectory)
    let commit = try repository.base(of: reference)
    let changes = try repository.changes(since: commit)
    let tree = SourceTree(root: repository.root, workingDirectory: workingDirectory)
    let lines = ChangedLines(changes, root: repository.root)
    let old = try old(result, units, options, reading, changes, commit, repository, tree)
    let folder = BaselineFolder(of: repository.root + "/x", workingDirectory: workingDirectory)
    // A file that was renamed is read under its new name, so names agree.
    let match = BaselineMatch(
      Baseline(old, folder: folder), result, folder: folder, exists: { _ in true }, wasRead: { _ in false },
      isLikelyNew: { isTouched($0, lines, tree) })

    var filtered = result
    filtered.findings = result.findings.indices.filter { index in
      match.known[index] == nil || isTouched(result.findings[index], lines, tree)
    }.map { result.findings[$0] }
    filtered.outsideChanges = result.findings.count - filtered.findings.count
    filtered.knownSites = Set(result.knownSites).union(match.knownSites).sorted()
    return filtered
  }

  private static func isTouched(_ finding: Finding, _ lines: ChangedLines, _ tree: SourceTree) -> Bool {
    let places = [finding.location] + finding.causes.map(\.location)
    return places.contains { place in
      place.line > 0 && lines.touch(tree.absolute(place.file), place.line...max(place.line, place.endLine))
    }
  }

  /// What a run on the sources of the commit finds.
  private static func old(
    _ result: RunResult, _ units: [SourceUnit], _ options: RunOptions, _ reading: Reading,
    _ changes: ChangedFiles,
    _ commit: String,
    _ repository: Repository, _ tree: SourceTree
  ) throws -> RunResult {
    let read = Set(result.readFiles.map(tree.absolute))
    let concerns = changes.files.contains { file in
      // A file of which no function was needed may have been included all the same.
      [file.path, file.oldPath].compactMap { $0 }.contains {
        read.contains(repository.root + "/" + $0) || isSource($0)
      }
    }
    guard concerns else { return result }
    let sources = try OldSources(changes, commit: commit, repository: repository)
    defer { sources.remove() }
    return try Run.perform(units: sources.units(units, tree: tree), options: options, reading: reading)
  }

  private static func isSource(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    return ["c", "h", "inc", "inl", "def", "x", "in"].contains(name[name.index(after: dot)...].lowercased())
  }
}
