/// What a call does to signals: to the calling thread's mask, to a set of signals, to what a signal does.
public struct SignalEffect: Hashable, Codable, Sendable {
  public enum Action: String, CaseIterable, Codable, Sendable {
    /// Changes the mask by a set and tells the old one (`sigprocmask`).
    case mask
    /// Makes the set full or empty, adds a signal to it or takes one out.
    case fill
    case empty
    case add
    case remove
    /// Blocks or unblocks one signal (`sighold`, `sigrelse`).
    case hold
    case unhold
    /// As `mask`, with a word of bits as the set and the old one as the result (`sigblock`, `sigsetmask`).
    case blockBits = "block-bits"
    case setBits = "set-bits"
    /// Says what a signal does: runs a function, or has its default effect, or none (`sigaction`); without
    /// `function` and `structure` none.
    case handle
  }
  public var action: Action
  /// The argument that says how the mask changes: 0 adds the set, 1 takes it out, 2 replaces the mask
  /// (Linux: `SIG_BLOCK`, `SIG_UNBLOCK`, `SIG_SETMASK`).
  public var how: Int?
  /// The argument that points to the set (is it, for words of bits).
  public var set: Int?
  /// The argument that points to where the old mask goes.
  public var old: Int?
  /// The argument that is the signal's number.
  public var signal: Int?
  /// The argument that is the handler.
  public var function: Int?
  /// The argument that points to a structure with the handler.
  public var structure: Int?
  /// Its members that may hold the handler.
  public var members: [String]
  /// Only if this argument has one of these values (`syscall(SYS_rt_sigprocmask, …)`).
  public var whenArgument: Int?
  public var whenValues: [Int64]
  /// As in `SpawnEffect`.
  public var architectures: [String]

  public init(
    action: Action, how: Int? = nil, set: Int? = nil, old: Int? = nil, signal: Int? = nil,
    function: Int? = nil, structure: Int? = nil, members: [String] = [], whenArgument: Int? = nil,
    whenValues: [Int64] = [], architectures: [String] = []
  ) {
    self.action = action
    self.how = how
    self.set = set
    self.old = old
    self.signal = signal
    self.function = function
    self.structure = structure
    self.members = members
    self.whenArgument = whenArgument
    self.whenValues = whenValues
    self.architectures = architectures
  }

  public func holds(onArchitecture architecture: String) -> Bool {
    architectures.isEmpty || architectures.contains(architecture)
  }

  /// The calling thread's mask may be another one afterwards.
  public var changesMask: Bool {
    switch action {
    case .mask, .hold, .unhold, .blockBits, .setBits: true
    case .fill, .empty, .add, .remove, .handle: false
    }
  }

  /// Arguments on whose value the effect depends.
  public var arguments: [Int] {
    [how, set, old, signal, function, structure, whenArgument].compactMap { $0 }
  }
}

/// Signals as bits of a word: signal n is bit n - 1. Numbers are Linux's (signal(7)).
public enum SignalBits {
  public static let all = ~UInt64(0)

  /// 0 where there is no such signal.
  public static func bit(_ number: Int64) -> UInt64 {
    (1...64).contains(number) ? 1 << UInt64(number - 1) : 0
  }

  private static func bits(_ numbers: [Int64]) -> UInt64 {
    numbers.reduce(0) { $0 | bit($1) }
  }

  /// `SIGKILL` and `SIGSTOP` cannot be handled; 32 and 33 are the C library's own, which no program blocks.
  private static let unblockable = bits([9, 19, 32, 33])
  /// `SIGILL`, `SIGTRAP`, `SIGABRT`, `SIGBUS`, `SIGFPE`, `SIGSEGV`, `SIGSYS` come from what the receiver does
  /// itself; blocking them helps nobody, so many programs leave them out.
  private static let own = bits([4, 5, 6, 7, 8, 11, 31])
  /// `SIGALRM`, `SIGCHLD`, `SIGURG`, `SIGVTALRM`, `SIGPROF`, `SIGIO` come from timers, children and
  /// descriptors of the process that set them up, which a new child has none of (fork(2)).
  private static let personal = bits([14, 17, 23, 26, 27, 29])

  /// Signals that may come at any time.
  public static let asynchronous = all & ~unblockable & ~own
  /// Those of them that reach a child without anybody meaning it: the terminal and `kill` send them to
  /// whole groups of processes.
  public static let shared = asynchronous & ~personal
}
