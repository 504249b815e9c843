import Linking
import SpawnIR

typealias SymbolID = Int32
typealias RegionID = Int32

/// A symbolic value: what an expression is known to be.
enum SValue: Hashable, Sendable {
  /// An integer; null pointers are 0.
  case int(Int64)
  case symbol(SymbolID)
  /// The address of a region; never null.
  case address(RegionID)
  case function(FunctionNameID)
}

/// Where an unknown value comes from. Equal kinds are the same value.
enum SymbolKind: Hashable {
  /// What the region held at the function's entry (epoch 0) or after the call with that number
  /// changed memory in unknown ways.
  case initial(RegionID, epoch: Int32)
  /// A part of an object whose whole value is unknown.
  case part(SymbolID, RegionID)
  /// Made at a place of the code: the result of a call.
  case conjured(site: Int32, tag: Int32)
  /// The region's value where paths that disagree about it were merged.
  case merged(site: Int32, RegionID)
  case unary(UnaryOperator, SValue)
  case binary(BinaryOperator, SValue, SValue)
  case toBool(SValue)
  case narrowed(SValue)
  /// The n-th unknown that a caller hands in, numbered in order of appearance; `origin` is the
  /// storage it was first read from.
  case slot(Int32, origin: FlowNode?)
}

/// A piece of memory.
enum RegionKind: Hashable {
  /// A parameter, local or temporary of the function under analysis.
  case variable(function: FunctionID, Int)
  case global(GlobalID)
  case pointee(SymbolID)
  case literal(String)
  /// The n-th object of a caller that a pointer handed in reaches.
  case outer(Int32)
  case field(RegionID, FieldKey)
  case element(RegionID, SValue)
  /// Notes kept about a region (a `setjmp` was done there), not memory of the program.
  case ghost(RegionID)
}

/// Interns symbols and regions, so that states hold and compare small numbers.
final class SymbolTable {
  private(set) var symbols: [SymbolKind] = []
  private(set) var regions: [RegionKind] = []
  /// Bounds by type.
  private(set) var bounds: [Interval] = []
  private var depths: [Int] = []
  /// Per symbol: every symbol it is made of, itself first. Per region: those its address depends on.
  private var contents: [[SymbolID]] = []
  private var regionContents: [[SymbolID]] = []
  /// Per symbol: the place that made it (`conjured`) or merged it, 0 for others.
  private(set) var conjuredAt: [Int32] = []
  private(set) var mergedAt: [Int32] = []
  /// Per symbol: made by the function under analysis, so that only what it stored can lead there.
  private(set) var isMade: [Bool] = []
  /// Per symbol and per region: the local variable whose memory it names, -1 for none.
  private(set) var initialVariable: [Int32] = []
  private(set) var variable: [Int32] = []
  private var symbolIDs: [SymbolKind: SymbolID] = [:]
  private var regionIDs: [RegionKind: RegionID] = [:]
  private var bases: [RegionID] = []

  static let deepestExpression = 6
  /// Added to the tag of what a child made.
  static let childTag: Int32 = 1 << 28

  func symbol(_ kind: SymbolKind, bounds limit: Interval = .any) -> SymbolID {
    if let known = symbolIDs[kind] {
      if limit != .any { bounds[Int(known)] = Constraints.intersect(bounds[Int(known)], limit) }
      return known
    }
    let id = SymbolID(symbols.count)
    symbols.append(kind)
    bounds.append(limit)
    depths.append(depth(of: kind))
    symbolIDs[kind] = id
    contents.append([id] + parts(of: kind))
    var conjured: Int32 = 0
    var merged: Int32 = 0
    var local: Int32 = -1
    switch kind {
    case .conjured(let site, _): conjured = site
    case .merged(let site, _): merged = site
    case .initial(let region, _): local = variable[Int(region)]
    default: break
    }
    conjuredAt.append(conjured)
    mergedAt.append(merged)
    isMade.append(conjured != 0 || merged != 0)
    initialVariable.append(local)
    return id
  }

  private func parts(of kind: SymbolKind) -> [SymbolID] {
    func inside(_ value: SValue) -> [SymbolID] {
      switch value {
      case .int, .function: []
      case .address(let region): regionContents[Int(region)]
      case .symbol(let id): contents[Int(id)]
      }
    }
    switch kind {
    case .unary(_, let inner), .toBool(let inner), .narrowed(let inner): return inside(inner)
    case .binary(_, let left, let right): return inside(left) + inside(right)
    case .part(let symbol, _): return contents[Int(symbol)]
    case .initial(let region, _): return regionContents[Int(region)]
    case .conjured, .merged, .slot: return []
    }
  }

  func region(_ kind: RegionKind) -> RegionID {
    if let known = regionIDs[kind] { return known }
    let id = RegionID(regions.count)
    regions.append(kind)
    switch kind {
    case .field(let parent, _), .element(let parent, _), .ghost(let parent): bases.append(base(of: parent))
    default: bases.append(id)
    }
    regionIDs[kind] = id
    var inner: [SymbolID] = []
    var local: Int32 = -1
    switch kind {
    case .pointee(let symbol): inner = contents[Int(symbol)]
    case .element(let parent, let index):
      inner = regionContents[Int(parent)]
      switch index {
      case .symbol(let symbol): inner += contents[Int(symbol)]
      case .address(let region): inner += regionContents[Int(region)]
      case .int, .function: break
      }
      local = variable[Int(parent)]
    case .field(let parent, _), .ghost(let parent):
      inner = regionContents[Int(parent)]
      local = variable[Int(parent)]
    case .variable(_, let index): local = Int32(index)
    case .global, .literal, .outer: break
    }
    regionContents.append(inner)
    variable.append(local)
    return id
  }

  func kind(_ symbol: SymbolID) -> SymbolKind { symbols[Int(symbol)] }
  func shape(_ region: RegionID) -> RegionKind { regions[Int(region)] }

  /// The object a member or element belongs to.
  func base(of region: RegionID) -> RegionID { bases[Int(region)] }

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
    case .initial(let region, _), .part(_, let region):
      var current = region
      while true {
        switch shape(current) {
        case .field(_, let key): return .field(key)
        case .element(let parent, _), .ghost(let parent): current = parent
        case .global(let global): return .global(global)
        case .variable(let function, let variable): return .variable(function, variable)
        case .pointee(let pointer): return origin(of: pointer)
        case .literal, .outer: return nil
        }
      }
    case .conjured, .merged, .unary, .binary, .toBool, .narrowed: return nil
    }
  }

  func isPart(_ region: RegionID, of ancestor: RegionID) -> Bool {
    if bases[Int(region)] != bases[Int(ancestor)] { return false }
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
    if case .symbol(let id) = value { return depths[Int(id)] >= Self.deepestExpression }
    return false
  }

  private func depth(of kind: SymbolKind) -> Int {
    switch kind {
    case .unary(_, let value), .toBool(let value), .narrowed(let value): 1 + depth(value)
    case .binary(_, let left, let right): 1 + max(depth(left), depth(right))
    case .part(let symbol, _): 1 + depths[Int(symbol)]
    default: 0
    }
  }

  private func depth(_ value: SValue) -> Int {
    if case .symbol(let id) = value { return depths[Int(id)] }
    return 0
  }

  /// Calls `visit` for every symbol that `value` is made of, itself included.
  func forEachSymbol(in value: SValue, _ visit: (SymbolID) -> Void) {
    switch value {
    case .int, .function: break
    case .address(let region): for symbol in regionContents[Int(region)] { visit(symbol) }
    case .symbol(let id): for symbol in contents[Int(id)] { visit(symbol) }
    }
  }

  func forEachSymbol(inRegion region: RegionID, _ visit: (SymbolID) -> Void) {
    for symbol in regionContents[Int(region)] { visit(symbol) }
  }

  /// Whether `value` is made of a symbol for which `condition` holds.
  func contains(_ value: SValue, _ condition: (SymbolID) -> Bool) -> Bool {
    switch value {
    case .int, .function: false
    case .address(let region): regionContents[Int(region)].contains(where: condition)
    case .symbol(let id): contents[Int(id)].contains(where: condition)
    }
  }

  func contains(region: RegionID, _ condition: (SymbolID) -> Bool) -> Bool {
    regionContents[Int(region)].contains(where: condition)
  }
}
