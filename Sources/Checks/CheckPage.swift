import Yams

/// The page of one check: what users read, with the examples that the tests run.
/// Its text is `Rules/checks/<id>/rule.yml`, its examples are the C files beside it.
public struct CheckPage: Codable, Sendable, Hashable {
  /// What the check says in one kind of child.
  public struct Ruling: Codable, Sendable, Hashable {
    /// Nil: nothing is reported there.
    public var level: Level?
    /// `harmful`, `forbidden`, `unlisted`; nil where nothing is reported or no list speaks of it.
    public var certainty: String?
    /// When it is otherwise.
    public var but: String?
  }

  public struct Rulings: Codable, Sendable, Hashable {
    /// Child of `fork` in a process that may have threads.
    public var fork: Ruling
    /// Child that shares the parent's memory.
    public var vfork: Ruling
    /// Child of `fork` in a process that has one thread for certain.
    public var singleThreaded: Ruling
    /// On the parent's side of a spawn call; nil for checks that look at children alone.
    public var parent: Ruling?

    enum CodingKeys: String, CodingKey {
      case fork = "fork-child"
      case vfork = "vfork-child"
      case singleThreaded = "single-threaded"
      case parent
    }
  }

  public var id: String
  public var title: String
  /// One sentence.
  public var summary: String
  public var levels: Rulings
  /// What the check does.
  public var what: String
  /// The mechanism: which lock, which memory.
  public var why: String
  public var instead: String
  /// What it does not report.
  public var limits: String
  /// Where its facts are said.
  public var sources: [String]
  /// The address of a page about the rule that is broken.
  public var link: String?
  /// Code that is reported; the comments tell where.
  public var bad: String = ""
  /// The same done right, and near misses.
  public var good: String = ""

  enum CodingKeys: String, CodingKey {
    case id, title, summary, levels, what, why, instead, limits, sources, link
  }

  public var highestLevel: Level? {
    [levels.fork.level, levels.vfork.level, levels.singleThreaded.level, levels.parent?.level].compactMap {
      $0
    }.max()
  }
}

public struct CheckPageError: Error, Hashable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "\(path): \(reason)" }
}

extension CheckPage {
  static let textName = "rule.yml"

  /// Ids of all pages, sorted; reads no YAML.
  public static func ids(in files: [String: String]) -> [String] {
    files.keys.compactMap(id(ofText:)).sorted()
  }

  /// All pages, sorted by id. `files` are texts by path; the last two components of a path count
  /// (`child-exit/rule.yml`).
  public static func all(in files: [String: String]) throws(CheckPageError) -> [CheckPage] {
    var pages: [CheckPage] = []
    for id in ids(in: files) {
      if let page = try page(id, in: files) { pages.append(page) }
    }
    return pages
  }

  /// Nil when there is no such check.
  public static func page(_ id: String, in files: [String: String]) throws(CheckPageError) -> CheckPage? {
    guard let path = files.keys.first(where: { Self.id(ofText: $0) == id }), let text = files[path] else {
      return nil
    }
    let folder = path.dropLast(textName.count)
    var page: CheckPage
    do {
      page = try YAMLDecoder().decode(CheckPage.self, from: text)
    } catch {
      throw CheckPageError(path: path, reason: String(describing: error))
    }
    guard page.id == id else { throw CheckPageError(path: path, reason: "its id is '\(page.id)'") }
    page.bad = files[folder + "bad.c"] ?? ""
    page.good = files[folder + "good.c"] ?? ""
    return page
  }

  /// `Rules/checks/child-exit/rule.yml` → `child-exit`.
  private static func id(ofText path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 1] == textName else { return nil }
    return String(parts[parts.count - 2])
  }
}
