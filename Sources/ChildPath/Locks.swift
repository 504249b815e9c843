import Catalogue
import Linking
import SpawnIR

/// How a lock came to be held.
public enum LockOrigin: Hashable, Sendable {
  /// By that call.
  case call(InstructionRef)
  /// That function is called with it held; `table` is where its address stands.
  case entry(FunctionID, caller: String, table: GlobalID?)
}

/// A lock that the parent holds, as shown to users.
public struct HeldLock: Hashable, Sendable {
  /// The lock's own name: `GIL`, or the last name of the expression.
  public var name: String
  public var origin: LockOrigin
}

/// What is known of a lock, or of a fork protocol that was begun.
struct LockState: Hashable {
  enum Kind: Hashable {
    case held
    case shared
    /// In a child: initialised there, or released after it was held across the fork. Nobody else's.
    case settled
    /// A lock known by name that is known not to be held.
    case released
    /// A protocol that callers may have begun.
    case unknown
  }
  var kind: Kind
  /// No lock but a fork protocol that was begun.
  var isProtocol = false
  /// Levels of children when it was taken.
  var depth: Int
  var count = 1
  var isRecursive = false
  /// It was this child's own when the child took it.
  var wasSettled = false
  var origin: LockOrigin

  var isHeld: Bool { kind == .held || kind == .shared }
}

extension SymbolTable {
  /// The region that stands for a lock known by name alone.
  func namedLock(_ name: String) -> RegionID { region(.literal(Name("lock \(name)"))) }

  /// The region that stands for a fork protocol.
  func forkProtocol(_ name: String) -> RegionID { region(.literal(Name("fork protocol \(name)"))) }

  /// The storage that a region belongs to, whichever object of its type it is.
  func storage(of region: RegionID) -> FlowNode? {
    var current = region
    while true {
      switch shape(current) {
      case .field(_, let key): return .field(key)
      case .element(let parent, _), .ghost(let parent): current = parent
      case .global(let global): return .global(global)
      case .variable(let function, let variable): return .variable(function, variable)
      case .pointee(let symbol): return origin(of: symbol)
      case .literal, .outer: return nil
      }
    }
  }
}

/// What a fork protocol lacks.
public enum ProtocolGap: Hashable, Sendable {
  /// Its part before the fork.
  case before
  /// Its part in the child.
  case child
  /// Its part in the parent.
  case parent
  /// The lock that must be held around it.
  case lock(String)
}
