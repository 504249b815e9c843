import Synchronization

/// What is known of functions that have no source here. A value: adding a file makes a new catalogue.
public struct Catalogue: Sendable {
  private let base: CatalogueText
  private var additions: [String: StatedEntry] = [:]
  private var patterns: [NamePattern]
  /// Functions that are called with a lock held.
  public private(set) var entryLocks: [EntryLock]
  /// What marks functions that a child may call.
  public private(set) var contracts = ContractMarks()
  private var cache = EntryCache()

  public init(_ text: CatalogueText) {
    base = text
    entryLocks = text.headers("entry-lock").compactMap(LockText.entryLock)
    patterns = text.headers("pattern").map { fields in
      NamePattern(
        prefix: fields.first.map(FieldText.unescaped) ?? "",
        suffix: fields.dropFirst().first.map(FieldText.unescaped) ?? "")
    }
    for fields in text.headers("contract") {
      let names = Set(fields.dropFirst().map(FieldText.unescaped))
      switch fields.first {
      case "annotations": contracts.annotations = names
      case "macros": contracts.macros = names
      default: break
      }
    }
  }

  /// This catalogue with a user's file on top: what the file states wins.
  public func adding(file path: String) throws(CatalogueError) -> Catalogue {
    let text: String
    do {
      text = try TextFile.read(path)
    } catch {
      throw CatalogueError(file: path, line: 0, column: 0, message: "cannot be read: \(error.reason)")
    }
    return try adding(text: text, path: path)
  }

  /// As `adding(file:)` with the text at hand; `path` is for errors.
  public func adding(text: String, path: String) throws(CatalogueError) -> Catalogue {
    var merge = CatalogueMerge()
    try merge.add(try CatalogueFile(text: text, path: path))
    try merge.checkAliases { raw($0) != nil }
    var result = self
    result.cache = EntryCache()
    for (name, statement) in merge.statements {
      var stated = raw(name) ?? StatedEntry(name: name)
      stated.override(with: statement.stated)
      result.additions[name] = stated
    }
    result.entryLocks += merge.entryLocks.filter { !entryLocks.contains($0) }
    result.contracts.formUnion(merge.contracts)
    result.patterns += merge.patterns.filter { !patterns.contains($0) }
    return result
  }

  /// The entry of a function, with aliases and name patterns resolved: its `name` is the one to show.
  public func entry(named name: String) -> Entry? {
    if let known = cache.value(for: name) { return known }
    let entry = resolve(name, depth: 0)
    cache.store(entry, for: name)
    return entry
  }

  /// Every function with an entry of its own, sorted bytewise.
  public var names: [String] {
    let known = Set(base.names).union(additions.keys)
    return known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Functions that create a child sharing this code, at least for some arguments.
  public var spawnFunctionNames: [String] { names(in: .spawns) }
  public var threadCreatorNames: [String] { names(in: .threads) }
  /// Functions with an argument that later runs in a child.
  public var childEntryFunctionNames: [String] { names(in: .childEntries) }
  public var setjmpNames: [String] { names(in: .setjmp) }
  /// Functions that take, release or initialise a lock.
  public var lockFunctionNames: [String] { names(in: .locks) }
  /// Functions that say what a signal does.
  public var handlerFunctionNames: [String] { names(in: .handlers) }
  /// The functions that are that part of a fork protocol; aliases excepted.
  public func functions(of step: ProtocolStep) -> [String] {
    names(in: .protocols).filter { name in
      guard let entry = entry(named: name) else { return false }
      return entry.forkProtocol == step && entry.name == name
    }
  }
  /// Functions that replace the process image whatever their arguments are.
  public var execFunctionNames: [String] { names(in: .exec) }

  /// What a name without an entry of its own may stand for by a pattern: `__libc_fork` for `fork`.
  public func namesInside(_ name: String) -> [String] {
    patterns.compactMap { $0.base(of: name) }.filter { $0.utf8.count < name.utf8.count }
  }

  private func names(in index: CatalogueIndex) -> [String] {
    let header = base.headers("index", first: index.rawValue).first ?? []
    var result = Set(header.dropFirst().map(String.init))
    for name in additions.keys {
      if let entry = entry(named: name), index.contains(entry) {
        result.insert(name)
      } else {
        result.remove(name)
      }
    }
    return result.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func raw(_ name: String) -> StatedEntry? {
    additions[name] ?? base.entry(named: name)
  }

  /// Longer chains than this are mistakes of a user's file that the check for cycles cannot see.
  private static let maximalDepth = 16

  private func resolve(_ name: String, depth: Int) -> Entry? {
    guard depth < Self.maximalDepth else { return nil }
    guard let stated = raw(name) else {
      for pattern in patterns {
        if let inner = pattern.base(of: name), let entry = resolve(inner, depth: depth + 1) { return entry }
      }
      return nil
    }
    guard let target = stated.entry.shownAs else { return stated.entry }
    guard let entry = resolve(target, depth: depth + 1) else { return stated.entry }
    var result = StatedEntry(name: entry.name)
    result.entry = entry
    result.override(with: stated)
    result.entry.shownAs = nil
    return result.entry
  }
}

/// Entries that were asked for once: the analysis asks for the same few many times.
private final class EntryCache: Sendable {
  private let entries = Mutex<[String: Entry?]>([:])

  /// Nil: not asked for yet; a nil inside: there is none.
  func value(for name: String) -> Entry?? {
    entries.withLock { $0[name] }
  }

  func store(_ entry: Entry?, for name: String) {
    entries.withLock { $0[name] = .some(entry) }
  }
}
