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
struct Facts: Hashable {
  var interval: Interval
  /// Values it is known not to be, beyond the interval; sorted in order of discovery, few.
  var excluded: [SValue] = []
  /// It is that very value.
  var equal: SValue?

  static let most = 6
}

/// What an object holds where no part of it is bound.
enum ObjectDefault: Hashable {
  case zero
  case unknown(SymbolID)
  /// Copied from that region when memory had that epoch.
  case copy(RegionID, epoch: Int32)
}

/// One abstract state of a function under analysis: who executes, what memory holds, what is known.
struct State: Hashable {
  /// Empty outside every child; innermost last.
  var roles: [RoleTag] = []
  var store = SortedMap<RegionID, SValue>()
  var defaults = SortedMap<RegionID, ObjectDefault>()
  var facts = SortedMap<SymbolID, Facts>()
  /// Which unknown call last changed all memory that it could reach; 0 is the function's entry.
  var epoch: Int32 = 0

  /// A spawn call lies behind this state, on the parent's side.
  var isAfterSpawn = false

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
