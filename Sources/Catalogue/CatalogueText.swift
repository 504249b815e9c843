/// A catalogue as one text: header lines that start with `@`, then a line for every entry, sorted by
/// name. It is searched where it lies; nothing is read before it is asked for.
public struct CatalogueText: Sendable {
  public let text: String

  /// `text` must have been made by `compile`.
  public init(_ text: String) {
    self.text = text
  }

  /// Reads catalogue files and joins them.
  public static func compile(files: [(path: String, text: String)]) throws(CatalogueError) -> CatalogueText {
    var merge = CatalogueMerge()
    for (path, text) in files { try merge.add(try CatalogueFile(text: text, path: path)) }
    try merge.checkAliases { _ in false }
    var lines: [String] = merge.patterns.map { pattern in
      "@pattern\t\(FieldText.escaped(pattern.prefix))\t\(FieldText.escaped(pattern.suffix))"
    }
    lines += merge.entryLocks.map { "@entry-lock\t\(LockText.entryLock($0))" }
    for (kind, names) in [("annotations", merge.contracts.annotations), ("macros", merge.contracts.macros)] {
      lines.append((["@contract", kind] + names.sorted().map(FieldText.escaped)).joined(separator: "\t"))
    }
    for kind in CatalogueIndex.allCases {
      let names = merge.statements.keys.filter { name in
        kind.contains(resolved(name, in: merge))
      }
      lines.append((["@index", kind.rawValue] + names.sorted(by: bytewise)).joined(separator: "\t"))
    }
    for name in merge.statements.keys.sorted(by: bytewise) {
      if let statement = merge.statements[name] { lines.append(EntryText.line(statement.stated)) }
    }
    return CatalogueText(lines.joined(separator: "\n"))
  }

  private static func resolved(_ name: String, in merge: CatalogueMerge) -> Entry {
    guard let statement = merge.statements[name] else { return Entry(name: name) }
    guard let target = statement.stated.entry.shownAs else { return statement.stated.entry }
    var base = StatedEntry(name: target)
    base.entry = resolved(target, in: merge)
    base.override(with: statement.stated)
    return base.entry
  }

  private static func bytewise(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// The header lines of one kind, split into fields, without the kind.
  ///
  /// - Parameter first: of these, the lines whose first field is that.
  func headers(_ kind: String, first: String? = nil) -> [[Substring]] {
    let start = Array("@\(kind)\t\(first ?? "")".utf8)
    let lines = text.utf8.withContiguousStorageIfAvailable { Self.headerLines(start, $0) } ?? []
    return lines.map { line in
      let start = text.utf8.index(text.startIndex, offsetBy: line.lowerBound)
      let fields = FieldText.split(
        text[start..<text.utf8.index(start, offsetBy: line.count)], at: FieldText.property)
      return Array(fields.dropFirst())
    }.filter { fields in first == nil || fields.first.map { $0 == first ?? "" } == true }
  }

  /// The lines at the text's start that begin with `@`, of these the ones that begin with `start`.
  private static func headerLines(_ start: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < bytes.count, bytes[index] == UInt8(ascii: "@") {
      var end = index
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if bytes[index..<end].starts(with: start) { found.append(index..<end) }
      index = end + 1
    }
    return found
  }

  /// All names, sorted bytewise.
  var names: [String] {
    text.split(separator: "\n").filter { !$0.hasPrefix("@") }
      .map { String($0.prefix { $0 != "\t" }) }
  }

  func entry(named name: String) -> StatedEntry? {
    line(named: name).map(EntryText.entry)
  }

  private func line(named name: String) -> Substring? {
    guard name.utf8.first != UInt8(ascii: "@") else { return nil }
    var name = name
    let range = name.withUTF8 { key in
      text.utf8.withContiguousStorageIfAvailable { Self.find(key, in: $0) } ?? nil
    }
    guard let range else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return text[start..<text.utf8.index(start, offsetBy: range.count)]
  }

  /// Binary search for the line whose first field is `key`.
  private static func find(_ key: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>)
    -> Range<Int>?
  {
    let newline = UInt8(ascii: "\n")
    var low = 0
    var high = bytes.count
    while low < high {
      var start = low + (high - low) / 2
      while start > low, bytes[start - 1] != newline { start -= 1 }
      var end = start
      while end < bytes.count, bytes[end] != newline { end += 1 }
      switch order(key, bytes, start, end) {
      case 0: return start..<end
      case ..<0: high = start
      default: low = end + 1
      }
    }
    return nil
  }

  /// Negative where the key comes before the first field of the line.
  private static func order(
    _ key: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var index = start
    for byte in key {
      guard index < end, bytes[index] != FieldText.property else { return 1 }
      if byte != bytes[index] { return byte < bytes[index] ? -1 : 1 }
      index += 1
    }
    return index == end || bytes[index] == FieldText.property ? 0 : -1
  }
}

/// Questions that need the names of all entries with a property, answered without reading all.
enum CatalogueIndex: String, CaseIterable {
  case spawns
  case threads
  case childEntries = "child-entries"
  case setjmp
  case exec
  case locks
  /// Functions that say what a signal does.
  case handlers
  /// Functions whose call a fork protocol wants.
  case protocols

  func contains(_ entry: Entry) -> Bool {
    switch self {
    case .spawns: !entry.spawns.isEmpty
    case .threads: entry.createsThreads
    case .childEntries: !entry.childEntries.isEmpty
    case .setjmp: entry.isSetjmp
    case .exec: entry.end == .exec
    case .locks: !entry.locks.isEmpty
    case .handlers: entry.signals.contains { $0.action == .handle }
    case .protocols: [.before, .parent, .child].contains(entry.forkProtocol?.part)
    }
  }
}
