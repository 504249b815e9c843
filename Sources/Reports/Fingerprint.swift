import Checks

/// Names a finding so that later runs recognise it: by what it says, not by where its line is.
///
/// The key is file, check, enclosing function, callee and spawning function; findings that agree in all of
/// these are numbered in the order of their places. Renaming one of them makes a new finding, moving lines
/// does not.
enum Fingerprint {
  /// Version of the key: a change of its parts needs a new one.
  static let name = "spawnlintFinding/v1"

  /// One for each finding and each suppressed one, in their order; no two are the same. They are numbered
  /// together, so that a comment that allows one leaves the others their names.
  static func all(of result: RunResult, tree: SourceTree) -> (findings: [String], suppressed: [String]) {
    let all = fingerprints(
      of: result.findings + result.suppressed.map(\.finding), in: result, tree: tree)
    return (Array(all.prefix(result.findings.count)), Array(all.dropFirst(result.findings.count)))
  }

  private static func fingerprints(
    of findings: [Finding], in result: RunResult, tree: SourceTree
  ) -> [String] {
    let spawners = Dictionary(
      result.sites.map { ($0.location, $0.function) }, uniquingKeysWith: { first, _ in first })
    var seen: [[String]: Int] = [:]
    var fingerprints = [String](repeating: "", count: findings.count)
    let ordered = findings.indices.sorted { findings[$0].location < findings[$1].location }
    for index in ordered {
      let finding = findings[index]
      let spawner = finding.spawnSites.first.flatMap { spawners[$0] } ?? ""
      let file = tree.relative(finding.location.file) ?? finding.location.file
      let key = [file, finding.check, finding.function, finding.callee ?? "", spawner]
      let ordinal = seen[key, default: 0]
      seen[key] = ordinal + 1
      fingerprints[index] = hash(key + [String(ordinal)])
    }
    return fingerprints
  }

  /// FNV-1a, 64 bits, over the parts with a zero byte between them: stable over runs and machines,
  /// which Swift's own hashing is not.
  static func hash(_ parts: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
