import Catalogue
import Linking
import SpawnIR

/// Index into `Analysis.sites`.
typealias SiteID = Int32

/// One level of "this runs in the child of …".
struct RoleTag: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    /// The child was made in this function's activation, or in a callee that has returned.
    case site(SiteID)
    /// The function was entered in that child; index into the caller's tags.
    case inherited(Int32)
  }
  var origin: Origin
  var context: ChildContext
  /// The frame that called `vfork` has been left.
  var frameLeft = false
}

/// What is known of one unknown value.
struct Facts: Hashable, BitwiseCopyable {
  var interval: Interval
  /// Values it is known not to be, beyond the interval; sorted in order of discovery, few.
  var excluded = Exclusions.none
  /// It is that very value.
  var equal: SValue?

  static let most = 6
}

/// A list of values that `SymbolTable` keeps.
struct Exclusions: Hashable, BitwiseCopyable {
  var number: Int32

  static let none = Exclusions(number: 0)

  var isEmpty: Bool { number == 0 }
}

/// What an object holds where no part of it is bound.
enum ObjectDefault: Hashable, BitwiseCopyable {
  case zero
  case unknown(SymbolID)
  /// Copied from that region when memory had that epoch.
  case copy(RegionID, epoch: Int32)
}

/// One abstract state of a function under analysis: who executes, what memory holds, what is known.
///
/// States are handed around and kept far more often than they change: copies share their parts.
struct State {
  private final class Parts {
    @exclusivity(unchecked) var roles: [RoleTag] = []
    @exclusivity(unchecked) var store = SortedMap<RegionID, SValue>()
    @exclusivity(unchecked) var defaults = SortedMap<RegionID, ObjectDefault>()
    @exclusivity(unchecked) var facts = SortedMap<SymbolID, Facts>()
    @exclusivity(unchecked) var epoch: Int32 = 0
    @exclusivity(unchecked) var held = SortedMap<RegionID, LockState>()
    @exclusivity(unchecked) var signals = SignalState()
    @exclusivity(unchecked) var descriptors = SortedMap<SymbolID, Descriptor>()
    @exclusivity(unchecked) var hasChild = false
    @exclusivity(unchecked) var isAfterSpawn = false
    /// 0 where it was not asked for since the last change.
    @exclusivity(unchecked) var hash: UInt = 0
    /// Nil likewise.
    @exclusivity(unchecked) var print: DecisivePrint?
    @exclusivity(unchecked) var decisive: [SymbolID]?

    init() {}

    init(_ other: Parts) {
      roles = other.roles
      store = other.store
      defaults = other.defaults
      facts = other.facts
      epoch = other.epoch
      held = other.held
      signals = other.signals
      descriptors = other.descriptors
      hasChild = other.hasChild
      isAfterSpawn = other.isAfterSpawn
    }
  }

  private var parts = Parts()

  init(roles: [RoleTag] = []) {
    parts.roles = roles
  }

  private mutating func own() {
    if !isKnownUniquelyReferenced(&parts) { parts = Parts(parts) }
    parts.hash = 0
    parts.print = nil
    if parts.decisive != nil { parts.decisive = nil }
  }

  /// Empty outside every child; innermost last.
  var roles: [RoleTag] {
    get { parts.roles }
    _modify {
      own()
      yield &parts.roles
    }
  }

  var store: SortedMap<RegionID, SValue> {
    get { parts.store }
    _modify {
      own()
      yield &parts.store
    }
  }

  var defaults: SortedMap<RegionID, ObjectDefault> {
    get { parts.defaults }
    _modify {
      own()
      yield &parts.defaults
    }
  }

  var facts: SortedMap<SymbolID, Facts> {
    get { parts.facts }
    _modify {
      own()
      yield &parts.facts
    }
  }

  /// Which unknown call last changed all memory that it could reach; 0 is the function's entry.
  var epoch: Int32 {
    get { parts.epoch }
    _modify {
      own()
      yield &parts.epoch
    }
  }

  /// Locks and fork protocols of which something is known.
  var held: SortedMap<RegionID, LockState> {
    get { parts.held }
    _modify {
      own()
      yield &parts.held
    }
  }

  var signals: SignalState {
    get { parts.signals }
    _modify {
      own()
      yield &parts.signals
    }
  }

  /// Descriptors that only locals hold, by their value; where the parent's way is followed.
  var descriptors: SortedMap<SymbolID, Descriptor> {
    get { parts.descriptors }
    _modify {
      own()
      yield &parts.descriptors
    }
  }

  /// A spawn call made a child on the parent's way; where that is followed.
  var hasChild: Bool {
    get { parts.hasChild }
    _modify {
      own()
      yield &parts.hasChild
    }
  }

  /// A spawn call lies behind this state, on the parent's side.
  var isAfterSpawn: Bool {
    get { parts.isAfterSpawn }
    _modify {
      own()
      yield &parts.isAfterSpawn
    }
  }

  /// Of what child paths turn on, as far as it has a name of its own.
  func print(_ analysis: Analysis) -> DecisivePrint {
    if let known = parts.print { return known }
    let made = DecisivePrint(parts.store, analysis)
    parts.print = made
    return made
  }

  /// What the values are made of on which a child's path turns and that have a place of their own.
  func decisiveSymbols(_ analysis: Analysis) -> [SymbolID] {
    if let known = parts.decisive { return known }
    var made: [SymbolID] = []
    parts.store.forEach { region, value in
      guard analysis.isRooted(region), analysis.decidesInChildren(region) else { return }
      analysis.table.forEachSymbol(in: value) { made.append($0) }
    }
    parts.decisive = made
    return made
  }

  /// Executed by the same process.
  func hasSameRole(as other: State) -> Bool {
    parts === other.parts
      || (parts.isAfterSpawn == other.parts.isAfterSpawn && parts.roles == other.parts.roles)
  }

  /// Executed by the same process with the same things held: locks, signals, descriptors.
  func isAlike(_ other: State) -> Bool { hasSameRole(as: other) && hasSameHolds(as: other) }

  func hasSameHolds(as other: State) -> Bool {
    parts === other.parts
      || (held == other.held && signals == other.signals && descriptors == other.descriptors
        && hasChild == other.hasChild)
  }

  var isChild: Bool { !roles.isEmpty }

  /// The child was made in this activation or returned into it.
  var hasOwnChild: Bool {
    roles.contains { if case .site = $0.origin { true } else { false } }
  }

  /// The spawn calls of which the state is a child that was made in this activation or returned into it.
  var ownSites: [SiteID] {
    roles.compactMap { if case .site(let site) = $0.origin { site } else { nil } }
  }
}

extension State: Hashable {
  static func == (left: State, right: State) -> Bool {
    if left.parts === right.parts { return true }
    return left.hash == right.hash && left.epoch == right.epoch && left.store == right.store
      && left.facts == right.facts && left.defaults == right.defaults && left.isAlike(right)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  private var hash: UInt {
    if parts.hash != 0 { return parts.hash }
    var hash = PlainHash.mix(UInt(parts.roles.count), parts.epoch, parts.isAfterSpawn ? 1 : 0)
    parts.store.forEach { region, value in
      hash = PlainHash.mix(hash ^ UInt(UInt32(bitPattern: region)), value.plainHash)
    }
    parts.facts.forEach { symbol, facts in
      hash = PlainHash.mix(hash ^ UInt(UInt32(bitPattern: symbol)), UInt(bitPattern: Int(facts.interval.low)))
      hash = PlainHash.mix(hash, UInt(bitPattern: Int(facts.interval.high)))
    }
    parts.hash = max(hash, 1)
    return parts.hash
  }
}

/// Hashes of the bindings on which a child's path turns, in a few parts: where two parts differ, two bindings do.
struct DecisivePrint: BitwiseCopyable {
  private var parts = SIMD8<UInt64>()

  init(_ store: SortedMap<RegionID, SValue>, _ analysis: Analysis) {
    store.forEach { region, value in
      guard analysis.decidesInChildren(region) else { return }
      if case .pointee = analysis.table.shape(analysis.table.base(of: region)) { return }
      let hash = PlainHash.mix(UInt(UInt32(bitPattern: region)), value.plainHash)
      parts[Int(region & 7)] &+= UInt64(hash)
    }
  }

  /// No more bindings differ than that, for all that is known.
  func mayDiffer(from other: DecisivePrint, inAtMost most: Int) -> Bool {
    if parts == other.parts { return true }
    if most == 0 { return false }
    var count = 0
    for index in parts.indices where parts[index] != other.parts[index] { count += 1 }
    return count <= most
  }
}
