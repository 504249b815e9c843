#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import ReferenceSpawner

/// A program to start, and what differs from the caller's surroundings: a Swift view of `spawner_request`, whose header
/// tells each field in full. Without its callback, and without the lock pair: Swift holds no lock of the whole process.
public struct Spawn: Sendable {
  /// A descriptor in the program.
  public enum Source: Hashable, Sendable {
    /// An open descriptor of the caller, which keeps it.
    case descriptor(Int32)
    case closed
  }

  /// A limit in the units of `setrlimit(2)`.
  public struct Limit: Hashable, Sendable {
    public var soft: UInt64
    public var hard: UInt64

    public init(soft: UInt64, hard: UInt64) {
      self.soft = soft
      self.hard = hard
    }
  }

  /// A path, or a name that is looked for in `searchPath`.
  public var program: String
  /// With the program's name in front.
  public var arguments: [String]
  /// Folders between colons; nil for the caller's PATH.
  public var searchPath: String?
  /// `NAME=value`; nil for the caller's.
  public var environment: [String]?
  public var directory: String?
  /// The program's descriptors by number; all hold at once, so two can be swapped.
  public var descriptors: [Int32: Source] = [:]
  /// Close all descriptors above 2 that `descriptors` does not name.
  public var closesOthers = false
  public var isSessionLeader = false
  /// 0 for a group of its own.
  public var processGroup: pid_t?
  /// A terminal that shall control the new session; needs `isSessionLeader`.
  public var terminal: Int32?
  public var fileModeMask: mode_t?
  /// The nice value, -20 to 19.
  public var priority: Int32?
  /// By `RLIMIT_…`.
  public var limits: [Int32: Limit] = [:]
  /// Signals with their default action, also where the caller ignores them.
  public var defaultSignals: Set<Int32> = []
  /// Signals that the program starts with blocked; nil for the calling thread's.
  public var blockedSignals: Set<Int32>?
  public var groups: [gid_t]?
  public var group: gid_t?
  public var user: uid_t?
  /// Use fork even where vfork would do.
  public var forbidsVfork = false
  /// Read the head of the executable first, so that a slow file system suspends nobody.
  public var readsAhead = false
  public var wantsProcessDescriptor = false

  public init(_ program: String, _ arguments: [String] = []) {
    self.program = program
    self.arguments = [program] + arguments
  }
}

/// A program that runs. Somebody has to wait for it.
public struct SpawnedProcess: Hashable, Sendable {
  public var id: pid_t
  /// The caller's to close; nil without `wantsProcessDescriptor`, and where the kernel gave none.
  public var descriptor: Int32?

  /// How a program ended.
  public enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Waits for the end. Nil where somebody else has waited already.
  public func wait() -> Ending? {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 {
      if errno != EINTR { return nil }
    }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }
}

/// Where a start failed, and why.
public struct SpawnError: Error, Hashable, CustomStringConvertible {
  /// In words, such as `execve`.
  public var stage: String
  /// An `errno` value.
  public var code: Int32

  public init(stage: String, code: Int32) {
    self.stage = stage
    self.code = code
  }

  public var description: String { "\(stage): \(String(cString: strerror(code)))" }
}
