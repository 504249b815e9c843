import Catalogue
import Linking
import SpawnIR

/// A place of the program: an instruction, or a block's terminator.
public struct InstructionRef: Hashable, Sendable, Comparable {
  public var function: FunctionID
  public var block: Int
  /// `terminator` for the block's end.
  public var index: Int

  public static let terminator = Int.max

  public static func < (left: InstructionRef, right: InstructionRef) -> Bool {
    (left.function, left.block, left.index) < (right.function, right.block, right.index)
  }
}

/// What a child does at one place, apart from entering a function with a body.
public enum EventKind: Hashable, Sendable {
  /// Calls a function that the catalogue knows.
  case external(FunctionNameID)
  /// Calls a function without body or entry.
  case unknown(FunctionNameID)
  /// Calls through a pointer whose target the program does not determine; the expression's last name.
  case pointer(String)
  /// More than 64 functions may be called here.
  case tooManyTargets(String)
  /// Inline assembly of unknown effect.
  case assembly
  /// Returns from the frame that called `vfork`.
  case vforkReturn
  /// Returns out of all known callers.
  case leaves
  /// Changes memory that the parent sees; what it is.
  case writesParent(String)
  /// Jumps out of the child.
  case longjmp(FunctionNameID)
  /// The flags of the spawn call are not known.
  case unknownFlags
  /// A bound of the analysis was reached.
  case limit
  /// Calls a lock function on a lock that is no other thread's: initialised in the child, taken there, or
  /// inherited from the thread that forked.
  case settled(FunctionNameID)
  /// Calls a runtime that the child made usable first.
  case readied(FunctionNameID)
  /// Returns to a runtime that the child made usable first; who that is.
  case goesOn(String)
  /// Calls a function whose requirement is not known to be met.
  case unmet(FunctionNameID)
  /// The parent holds a lock while it waits for the child; at the spawn call.
  case heldAcrossVfork(HeldLock)
  /// Takes a lock that the forking thread held: nobody is left to release it.
  case heldAcrossFork(HeldLock)
  /// Uses what a lock guards that the forking thread held; what it uses.
  case guardedUse(HeldLock, String)
  /// Goes on with a runtime whose protocol around the fork is incomplete.
  case protocolBreak(String, ProtocolGap)

  /// At a spawn call whose child shares memory: signals are not blocked; those that are, as bits, and handlers
  /// that do nothing in this child.
  case signalsOpen(safe: UInt64, idle: [FunctionNameID])
  /// Unblocks signals in such a child; those that run no handler of the parent all the same, as bits, and
  /// handlers that do nothing in this child.
  case signalsUnblocked(safe: UInt64, idle: [FunctionNameID])

  /// The parent returns with something that it got hold of for the child and has not given back.
  case leaks(HeldForSpawn)
  /// Opens a descriptor that a child of another thread can inherit.
  case inheritable(HeldForSpawn)

  /// Something that the parent does on its own way.
  public var isParents: Bool {
    switch self {
    case .leaks, .inheritable: true
    default: false
    }
  }

  /// What is wrong is not that a child comes here.
  public var isSaidOfTheCall: Bool {
    switch self {
    case .signalsOpen, .inheritable: return true
    default: return concernsSpawnCall
    }
  }

  var isAboutSignals: Bool {
    switch self {
    case .signalsOpen, .signalsUnblocked: true
    default: false
    }
  }

  /// Where it happens is the spawn call's business: that is the place to change.
  public var concernsSpawnCall: Bool {
    switch self {
    case .heldAcrossVfork, .heldAcrossFork, .guardedUse, .protocolBreak: true
    default: false
    }
  }
}

struct Event: Hashable {
  var kind: EventKind
  var at: InstructionRef
  var roles: [RoleTag]
  /// The call of this frame that led to `at`, where `at` lies in a callee.
  var via: InstructionRef?
  /// For a write to a local: which one, of the function that made the child or that it returned into.
  var local: Int?
  /// The one of `roles` that it speaks of; nil for each.
  var role: Int?
  /// It is none where one of these loops keeps handlers from running.
  var loops: [LoopRef] = []
}

/// A store through a pointer to an object of a caller: outer(k) of the context.
struct OuterWrite: Hashable {
  var object: Int32
  var at: InstructionRef
  /// The type that it is stored as says that the change is meant.
  var isVolatile: Bool
}

/// A call of a function with a body, made in the states described by `roles`.
struct Edge: Hashable {
  var at: InstructionRef
  var target: Int
  var roles: [RoleTag]
}

struct Exit: Hashable {
  var state: State
  var value: SValue?
}

/// One function analysed from one entry state.
struct Context {
  var function: FunctionID
  var events = OrderedSet<Event>()
  var edges = OrderedSet<Edge>()
  var exits: [Exit] = []
  var outerWrites = OrderedSet<OuterWrite>()
  var entryRoles: [RoleTag] = []
  /// Spawn calls executed here.
  var spawned: Set<SiteID> = []
  /// The outermost position on the stack whose unfinished exits were used; its own or more: none.
  var low = Int.max
  /// Made with exits that have grown since.
  var isStale = false
  /// A bound was reached: exits are missing.
  var isPartial = false
  /// Of a root: the parent returns after a spawn call.
  var parentReturns = false
  /// Of a root: a bound was reached on the way to a spawn call or after it.
  var hitLimit = false
  var asked = AskedInChild()
  var trace = ParentTrace()
}

/// Insertion order, no duplicates.
struct OrderedSet<Element: Hashable> {
  private(set) var elements: [Element] = []
  private var members: Set<Element> = []

  mutating func insert(_ element: Element) {
    if members.insert(element).inserted { elements.append(element) }
  }
}

struct ContextKey: Hashable {
  var function: FunctionID
  var entry: State
}

/// Where children come from: a spawn call as written, or what stands for one.
struct SpawnSite: Hashable {
  var at: InstructionRef
  var name: FunctionNameID
  var shown: String?
  var start = SiteStart.call
}
