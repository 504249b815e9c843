import Linking
import SpawnIR

/// Interns symbols and regions, so that states hold and compare small numbers.
final class SymbolTable {
  private struct SymbolInfo: BitwiseCopyable {
    var kind: SymbolKind
    /// By type.
    var bounds: Interval
    /// Every symbol it is made of, itself first: a range of `contents`.
    var contents: Span
    var depth: Int32
    /// The place that made it, 0 for symbols that no call made.
    var conjuredAt: Int32
    /// Made by the function under analysis, so that only what it stored can lead there.
    var isMade: Bool
    /// The local variable whose memory it names, -1 for none.
    var variable: Int32
  }

  private struct RegionInfo: BitwiseCopyable {
    var kind: RegionKind
    var base: RegionID
    /// The symbols on which its address depends: a range of `contents`.
    var contents: Span
    var variable: Int32
  }

  private struct Span: BitwiseCopyable {
    var start: Int32
    var count: Int32

    static let empty = Span(start: 0, count: 0)
  }

  /// `Program.homonyms`.
  let homonyms: [FunctionNameID: FunctionNameID]

  init(homonyms: [FunctionNameID: FunctionNameID]) { self.homonyms = homonyms }

  @exclusivity(unchecked) private var symbols = PlainArray<SymbolInfo>()
  @exclusivity(unchecked) private var regions = PlainArray<RegionInfo>()
  @exclusivity(unchecked) private var contents = PlainArray<SymbolID>()
  @exclusivity(unchecked) private var symbolIDs = PlainIndex()
  @exclusivity(unchecked) private var regionIDs = PlainIndex()

  private var exclusionLists: [[SValue]] = [[]]
  private var exclusionIDs: [[SValue]: Exclusions] = [[]: .none]

  static let deepestExpression = 6
  /// Added to the tag of what a child made.
  static let childTag: Int32 = 1 << 28

  var symbolCount: Int { symbols.count }
  var regionCount: Int { regions.count }

  func symbol(_ kind: SymbolKind, bounds limit: Interval = .any) -> SymbolID {
    let hash = kind.plainHash
    if let known = symbolIDs.find(hash, { symbols[$0].kind == kind }) {
      if limit != .any { symbols[known].bounds = Constraints.intersect(symbols[known].bounds, limit) }
      return known
    }
    let id = SymbolID(symbols.count)
    let start = Int32(contents.count)
    contents.append(id)
    var info = SymbolInfo(
      kind: kind, bounds: limit, contents: .empty, depth: 0, conjuredAt: 0, isMade: false, variable: -1)
    switch kind {
    case .unary(_, let inner), .toBool(let inner), .narrowed(let inner):
      info.depth = 1 + depth(inner)
      append(contentsOf: inner)
    case .binary(_, let left, let right):
      info.depth = 1 + max(depth(left), depth(right))
      append(contentsOf: left)
      append(contentsOf: right)
    case .part(let symbol, _):
      info.depth = 1 + symbols[symbol].depth
      append(symbols[symbol].contents)
    case .initial(let region, _):
      info.variable = regions[region].variable
      append(regions[region].contents)
    case .conjured(let site, _):
      info.conjuredAt = site
      info.isMade = site != 0
    case .merged(let site, _): info.isMade = site != 0
    case .slot, .stable: break
    }
    info.contents = Span(start: start, count: Int32(contents.count) - start)
    symbols.append(info)
    symbolIDs.insert(id, hash: hash) { symbols[$0].kind.plainHash }
    return id
  }

  func region(_ kind: RegionKind) -> RegionID {
    let hash = kind.plainHash
    if let known = regionIDs.find(hash, { regions[$0].kind == kind }) { return known }
    let id = RegionID(regions.count)
    var info = RegionInfo(kind: kind, base: id, contents: .empty, variable: -1)
    switch kind {
    case .field(let parent, _), .ghost(let parent):
      info.base = regions[parent].base
      info.contents = regions[parent].contents
      info.variable = regions[parent].variable
    case .element(let parent, let index):
      info.base = regions[parent].base
      info.variable = regions[parent].variable
      let start = Int32(contents.count)
      append(regions[parent].contents)
      append(contentsOf: index)
      info.contents = Span(start: start, count: Int32(contents.count) - start)
    case .pointee(let symbol): info.contents = symbols[symbol].contents
    case .variable(_, let index): info.variable = Int32(index)
    case .global, .literal, .outer: break
    }
    regions.append(info)
    regionIDs.insert(id, hash: hash) { regions[$0].kind.plainHash }
    return id
  }

  func values(_ excluded: Exclusions) -> [SValue] { exclusionLists[Int(excluded.number)] }

  func exclusions(_ values: [SValue]) -> Exclusions {
    if values.isEmpty { return .none }
    if let known = exclusionIDs[values] { return known }
    let id = Exclusions(number: Int32(exclusionLists.count))
    exclusionLists.append(values)
    exclusionIDs[values] = id
    return id
  }

  func excludes(_ facts: Facts?, _ value: SValue) -> Bool {
    guard let facts, !facts.excluded.isEmpty else { return false }
    return exclusionLists[Int(facts.excluded.number)].contains(value)
  }

  private func append(_ span: Span) {
    for index in span.start..<(span.start + span.count) { contents.append(contents[index]) }
  }

  private func append(contentsOf value: SValue) {
    switch value {
    case .int, .function: break
    case .address(let region): append(regions[region].contents)
    case .symbol(let symbol): append(symbols[symbol].contents)
    }
  }

  func kind(_ symbol: SymbolID) -> SymbolKind { symbols[symbol].kind }
  func shape(_ region: RegionID) -> RegionKind { regions[region].kind }
  /// By type.
  func bounds(of symbol: SymbolID) -> Interval { symbols[symbol].bounds }
  /// The place that made the symbol, 0 for symbols that no call made.
  func conjuredAt(_ symbol: SymbolID) -> Int32 { symbols[symbol].conjuredAt }
  /// Made by the function under analysis, so that only what it stored can lead there.
  func isMade(_ symbol: SymbolID) -> Bool { symbols[symbol].isMade }
  /// The local variable whose memory the symbol or region names, -1 for none.
  func variable(ofSymbol symbol: SymbolID) -> Int32 { symbols[symbol].variable }
  func variable(ofRegion region: RegionID) -> Int32 { regions[region].variable }

  /// The object a member or element belongs to.
  func base(of region: RegionID) -> RegionID { regions[region].base }

  func parent(of region: RegionID) -> RegionID? {
    switch shape(region) {
    case .field(let parent, _), .element(let parent, _), .ghost(let parent): parent
    default: nil
    }
  }

  /// The storage that an unknown was first read from.
  func origin(of symbol: SymbolID) -> FlowNode? {
    switch kind(symbol) {
    case .slot(_, let origin): return origin
    case .initial(let region, _), .part(_, let region): return storage(of: region)
    case .conjured, .merged, .unary, .binary, .toBool, .narrowed, .stable: return nil
    }
  }

  func isPart(_ region: RegionID, of ancestor: RegionID) -> Bool {
    if regions[region].base != regions[ancestor].base { return false }
    var current: RegionID? = region
    while let next = current {
      if next == ancestor { return true }
      current = parent(of: next)
    }
    return false
  }

  /// The region that is to `target` what `region` is to `ancestor`.
  func rebase(_ region: RegionID, from ancestor: RegionID, to target: RegionID) -> RegionID {
    if region == ancestor { return target }
    switch shape(region) {
    case .field(let parent, let key):
      return self.region(.field(rebase(parent, from: ancestor, to: target), key))
    case .element(let parent, let index):
      return self.region(.element(rebase(parent, from: ancestor, to: target), index))
    case .ghost(let parent):
      return self.region(.ghost(rebase(parent, from: ancestor, to: target)))
    default: return region
    }
  }

  func isTooDeep(_ value: SValue) -> Bool {
    depth(value) >= Int32(Self.deepestExpression)
  }

  private func depth(_ value: SValue) -> Int32 {
    if case .symbol(let id) = value { return symbols[id].depth }
    return 0
  }

  private func span(_ value: SValue) -> Span {
    switch value {
    case .int, .function: .empty
    case .address(let region): regions[region].contents
    case .symbol(let id): symbols[id].contents
    }
  }

  private func contains(_ span: Span, _ condition: (SymbolID) -> Bool) -> Bool {
    for index in span.start..<(span.start + span.count) where condition(contents[index]) { return true }
    return false
  }

  /// Calls `visit` for every symbol that `value` is made of, itself included.
  func forEachSymbol(in value: SValue, _ visit: (SymbolID) -> Void) {
    let span = span(value)
    for index in span.start..<(span.start + span.count) { visit(contents[index]) }
  }

  func forEachSymbol(inRegion region: RegionID, _ visit: (SymbolID) -> Void) {
    let span = regions[region].contents
    for index in span.start..<(span.start + span.count) { visit(contents[index]) }
  }

  /// Whether `value` is made of a symbol for which `condition` holds.
  func contains(_ value: SValue, _ condition: (SymbolID) -> Bool) -> Bool {
    contains(span(value), condition)
  }

  func contains(region: RegionID, _ condition: (SymbolID) -> Bool) -> Bool {
    contains(regions[region].contents, condition)
  }
}
