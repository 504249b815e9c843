/// What a call does to a lock.
public struct LockEffect: Hashable, Codable, Sendable {
  public enum Action: String, CaseIterable, Codable, Sendable {
    case acquire
    case acquireShared = "acquire-shared"
    case tryAcquire = "try-acquire"
    case release
    case reinitialise
  }

  /// Which result of an acquisition says that the lock was taken; a result nobody looks at says so too.
  public enum Success: String, CaseIterable, Codable, Sendable {
    case zero
    case nonZero = "non-zero"
    /// Whatever the result is: it means something else (`PyGILState_Ensure`) or there is none.
    case always
  }
  public var action: Action
  /// The argument that is the lock; nil for a lock known by name alone.
  public var argument: Int?
  /// E.g. `GIL`.
  public var name: String?
  public var succeeds: Success
  /// Its holder may take it again.
  public var isRecursive: Bool
  /// A counter (semaphore): a lock only where the program also releases the same object.
  public var isCounter: Bool

  public init(
    action: Action, argument: Int?, name: String?, succeeds: Success = .zero, isRecursive: Bool = false,
    isCounter: Bool = false
  ) {
    self.action = action
    self.argument = argument
    self.name = name
    self.succeeds = succeeds
    self.isRecursive = isRecursive
    self.isCounter = isCounter
  }

  public var acquires: Bool {
    switch action {
    case .acquire, .acquireShared, .tryAcquire: true
    case .release, .reinitialise: false
    }
  }
}

/// A call's part in what must surround a fork whose child goes on with a runtime (`PyOS_BeforeFork`).
public struct ProtocolStep: Hashable, Codable, Sendable {
  public enum Part: String, CaseIterable, Codable, Sendable {
    /// Comes before the fork.
    case before
    /// Comes after it in the parent, also when it failed.
    case parent
    /// Comes first in the child.
    case child
    /// Makes the runtime anew: what comes after it needs no other part.
    case starts
    /// Runs the runtime's code: the child goes on with it.
    case runs
    /// Needs the runtime; all right in a child that did the `child` part.
    case needs
  }
  public var part: Part
  /// The protocol's name, e.g. `python`.
  public var name: String

  public init(part: Part, name: String) {
    self.part = part
    self.name = name
  }
}

/// Two stable values that must be known to be equal where the function is called in a child.
public struct Requirement: Hashable, Codable, Sendable {
  /// Names of stable values (`ReturnFact.stable`).
  public var left: String
  public var right: String
  /// Reports calls where they are not.
  public var check: String
  public var because: String
  public var source: String

  public init(left: String, right: String, check: String, because: String, source: String) {
    self.left = left
    self.right = right
    self.check = check
    self.because = because
    self.source = source
  }
}

/// Functions that are called with a lock held: those stored in certain members, and those of certain
/// types that the program itself calls nowhere.
public struct EntryLock: Hashable, Codable, Sendable {
  public struct Member: Hashable, Codable, Sendable {
    public var record: String
    public var field: String

    public init(record: String, field: String) {
      self.record = record
      self.field = field
    }
  }
  /// The lock's name, as in `LockEffect.name`.
  public var lock: String
  /// A child that returns to such a function's caller goes on with the runtime of this protocol.
  public var forkProtocol: String?
  public var members: [Member]
  /// An argument that is a function: what is handed to `function` there.
  public struct Registrar: Hashable, Codable, Sendable {
    public var function: String
    public var argument: Int

    public init(function: String, argument: Int) {
      self.function = function
      self.argument = argument
    }
  }
  /// Functions that register others.
  public var registrars: [Registrar]
  /// Functions that run others during the call, with the lock as it is; what else they do is not stated.
  public var runners: [Registrar]
  /// Function types as clang spells them, without blanks.
  public var shapes: [String]
  /// Who calls them, e.g. `Python`.
  public var caller: String
  public var source: String

  public init(
    lock: String, forkProtocol: String?, members: [Member], registrars: [Registrar] = [],
    runners: [Registrar] = [], shapes: [String], caller: String, source: String
  ) {
    self.lock = lock
    self.forkProtocol = forkProtocol
    self.members = members
    self.registrars = registrars
    self.runners = runners
    self.shapes = shapes
    self.caller = caller
    self.source = source
  }
}
