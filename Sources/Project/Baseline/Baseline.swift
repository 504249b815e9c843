import Checks
import Reports

/// Findings that are known: by what they are, not by the lines on which they stand.
///
/// A finding is recognised by its check, the enclosing function, the function called, and the functions that spawn the
/// children which come there, of which one must agree; several with the same marks are counted, and those past the
/// count are new, in the order of their places. The file counts as long as it exists: entries of a file that is gone
/// are looked for in the others, so that a renamed one keeps its own.
public struct Baseline: Codable, Hashable, Sendable {
  public static let currentVersion = 1
  public static let standardName = ".spawnlint-baseline.json"

  /// A function that makes children.
  struct Spawner: Codable, Hashable, Comparable, Sendable {
    var function: String
    /// Nil: the file of the finding.
    var file: String?

    static func < (left: Spawner, right: Spawner) -> Bool {
      (left.function, left.file ?? "") < (right.function, right.file ?? "")
    }
  }

  struct Entry: Codable, Hashable, Sendable {
    /// Relative to the folder of the baseline.
    var file: String
    var check: String
    var function: String
    var callee: String?
    var spawners: [Spawner]
    /// How many there are of these marks.
    var count: Int
    /// Why it may stay; for people, kept when the file is written anew.
    var reason: String?

    /// What must agree.
    var marks: [String] { [check, function, callee ?? ""] }
    var isSortedBefore: [String] {
      [file, function, check, callee ?? ""] + spawners.flatMap { [$0.function, $0.file ?? ""] }
    }
  }

  /// A spawn site of which nothing is proven; counts with `--fail-on unproven` alone.
  struct Site: Codable, Hashable, Sendable {
    var file: String
    var function: String
    var call: String
    var count: Int

    var marks: [String] { [function, call] }
    var isSortedBefore: [String] { [file, function, call] }
  }

  var version = currentVersion
  var findings: [Entry]
  var unproven: [Site]

  init(findings: [Entry] = [], unproven: [Site] = []) {
    self.findings = findings
    self.unproven = unproven
  }

  /// What a run found.
  ///
  /// - Parameter folder: what paths are relative to.
  public init(_ result: RunResult, folder: BaselineFolder) {
    let marks = BaselineMarks(result, folder: folder)
    var counts: [Entry: Int] = [:]
    for finding in result.findings { counts[marks.entry(finding), default: 0] += 1 }
    findings = counts.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }
    var sites: [Site: Int] = [:]
    for site in result.sites where site.verdict == .unproven { sites[marks.site(site), default: 0] += 1 }
    unproven = sites.map { site, count in
      var site = site
      site.count = count
      return site
    }
    sort()
  }

  private mutating func sort() {
    findings.sort { $0.isSortedBefore.lexicographicallyPrecedes($1.isSortedBefore) }
    unproven.sort { $0.isSortedBefore.lexicographicallyPrecedes($1.isSortedBefore) }
  }

  public var findingCount: Int { findings.reduce(0) { $0 + $1.count } }

  /// Takes over the reasons that people wrote into an older one.
  public mutating func keepReasons(of older: Baseline) {
    for index in findings.indices {
      let entry = findings[index]
      findings[index].reason =
        older.findings.first { $0.reason != nil && $0.file == entry.file && $0.marks == entry.marks }?.reason
    }
  }

  /// Takes over entries of files that the run did not read.
  mutating func keep(_ unseen: Stale) {
    findings += unseen.findings.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }
    unproven += unseen.unproven.map { site, count in
      var site = site
      site.count = count
      return site
    }
    sort()
  }

  /// Without the entries that occur no more.
  public func pruned(_ stale: Stale) -> Baseline {
    var pruned = self
    pruned.findings = Self.without(stale.findings, findings) {
      $0.count
    } change: {
      $0.count = $1
    }
    pruned.unproven = Self.without(stale.unproven, unproven) {
      $0.count
    } change: {
      $0.count = $1
    }
    return pruned
  }

  private static func without<Item: Hashable>(
    _ stale: [Item: Int], _ items: [Item], count: (Item) -> Int, change: (inout Item, Int) -> Void
  ) -> [Item] {
    items.compactMap { item in
      let left = count(item) - (stale[item] ?? 0)
      guard left > 0 else { return nil }
      var item = item
      change(&item, left)
      return item
    }
  }

  /// Entries with the number of findings or sites that are no more.
  public struct Stale: Hashable, Sendable {
    var findings: [Entry: Int] = [:]
    var unproven: [Site: Int] = [:]

    public var count: Int { findings.values.reduce(0, +) + unproven.values.reduce(0, +) }

    /// One line each, sorted.
    public var lines: [String] {
      let first = findings.map { entry, count in
        let subject = [entry.callee.map { "'\($0)'" }, "in '\(entry.function)'"].compactMap { $0 }
        return "\(entry.file): \(entry.check) \(subject.joined(separator: " "))\(Self.times(count))"
      }
      let second = unproven.map { site, count in
        "\(site.file): unproven \(site.call) in '\(site.function)'\(Self.times(count))"
      }
      return first.sorted() + second.sorted()
    }

    private static func times(_ count: Int) -> String { count == 1 ? "" : ", \(count) times" }
  }
}

/// Paths as a baseline holds them: from its own folder, so that neither the working directory nor a version control
/// system counts.
public struct BaselineFolder: Sendable {
  /// Absolute, without a slash at the end.
  private let parts: [Substring]
  private let tree: SourceTree

  /// - Parameter baseline: path of the baseline's file.
  public init(of baseline: String, workingDirectory: String) {
    tree = SourceTree(root: "/", workingDirectory: workingDirectory)
    parts = tree.absolute(baseline).split(separator: "/").dropLast()
  }

  func relative(_ path: String) -> String {
    let target = tree.absolute(path).split(separator: "/")
    let common = zip(parts, target.dropLast()).prefix { $0 == $1 }.count
    // Nothing but the root in common: a system header stands where it stands.
    guard common > 0 || parts.isEmpty else { return "/" + target.joined(separator: "/") }
    let up = [Substring](repeating: "..", count: parts.count - common)
    return (up + target.dropFirst(common)).joined(separator: "/")
  }

  func absolute(_ path: String) -> String {
    path.hasPrefix("/")
      ? path : tree.absolute("/" + parts.joined(separator: "/") + "/" + path)
  }
}

/// Turns findings and sites into entries.
struct BaselineMarks {
  private let folder: BaselineFolder
  private let spawners: [Location: String]

  init(_ result: RunResult, folder: BaselineFolder) {
    self.folder = folder
    spawners = Dictionary(
      result.sites.map { ($0.location, $0.function) }, uniquingKeysWith: { first, _ in first })
  }

  func entry(_ finding: Finding) -> Baseline.Entry {
    let file = folder.relative(finding.location.file)
    let functions = finding.spawnSites.compactMap { site in
      spawners[site].map { function in
        let place = folder.relative(site.file)
        return Baseline.Spawner(function: function, file: place == file ? nil : place)
      }
    }
    return Baseline.Entry(
      file: file, check: finding.check, function: finding.function, callee: finding.callee,
      spawners: Set(functions).sorted(), count: 1)
  }

  func site(_ site: SiteReport) -> Baseline.Site {
    Baseline.Site(
      file: folder.relative(site.location.file), function: site.function, call: site.call, count: 1)
  }
}
