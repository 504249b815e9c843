/// A list of functions that somebody promises to be async-signal-safe.
public enum Platform: String, CaseIterable, Codable, Sendable {
  case posix2017 = "posix-2017"
  case posix2024 = "posix-2024"
  case glibc
  case musl
  case freebsd
  case macos
}

/// What a source says of a function on one platform.
public struct SafetyRemark: Hashable, Codable, Sendable {
  public var platform: Platform
  public var isSafe: Bool
  /// Reason codes of the glibc manual (`heap`, `lock`, `corrupt`, `dlopen`, `i18n`, `init` …) or plain words.
  public var reasons: [String]
  /// First version of the platform's libc for which the remark holds, e.g. `2.41`.
  public var since: String?
  /// The source calls itself preliminary; an unsafe remark then yields to POSIX's promise.
  public var isPreliminary: Bool
  /// Where it is said: standard section, man page, manual chapter, bug number.
  public var source: String

  public init(
    platform: Platform, isSafe: Bool, reasons: [String], since: String?, isPreliminary: Bool = false,
    source: String
  ) {
    self.platform = platform
    self.isSafe = isSafe
    self.reasons = reasons
    self.since = since
    self.isPreliminary = isPreliminary
    self.source = source
  }
}

/// In what kind of child a call is made.
public enum ChildContext: String, CaseIterable, Codable, Sendable {
  /// `fork` of a process in which other threads are possible.
  case fork
  /// `_Fork`, raw `clone`/`clone3`: no atfork work was done, other threads are possible.
  case rawFork = "raw-fork"
  /// The parent's memory is shared: `vfork`, `CLONE_VM`.
  case vfork
}

/// How sure the harm is; see the design's table of levels.
public enum Certainty: String, CaseIterable, Codable, Sendable {
  case harmful
  case forbidden
  case unlisted
  /// Said of a context in which the call is all right although the platform's list lacks it.
  case allowed
}

public struct CertaintyRule: Hashable, Codable, Sendable {
  public var context: ChildContext
  public var certainty: Certainty
  /// One clause that completes "…, because"; shown to the user.
  public var because: String
  public var source: String
  /// The check that reports it in this context; nil: the entry's own.
  public var check: String?
  /// Where the rule holds; empty means on every platform.
  public var platforms: [Platform]
  /// What to use instead in this context; nil: what the entry says.
  public var instead: String?

  public init(
    context: ChildContext, certainty: Certainty, because: String, source: String, check: String? = nil,
    platforms: [Platform] = [], instead: String? = nil
  ) {
    self.context = context
    self.certainty = certainty
    self.because = because
    self.source = source
    self.check = check
    self.platforms = platforms
    self.instead = instead
  }

  public func holds(on platform: Platform) -> Bool {
    platforms.isEmpty || platforms.contains(platform)
  }
}

/// Where an argument lies: `arg: 1`, or a member of what it points to: `arg: 1, field: flags`.
public struct ArgumentPath: Hashable, Codable, Sendable {
  public var argument: Int
  public var field: String?

  public init(argument: Int, field: String? = nil) {
    self.argument = argument
    self.field = field
  }
}

/// What the bits of a spawn call's flags mean; a mask of 0 matches nothing.
public struct SpawnFlagBits: Hashable, Codable, Sendable {
  /// Any of these set: the child shares the parent's memory.
  public var sharesMemory: Int64
  /// Any of these set: the parent is suspended until the child's exec or exit.
  public var suspendsParent: Int64
  /// Any of these set: the call makes a thread, no child process.
  public var thread: Int64
  /// Without any of these the call makes no process at all (`rfork`'s `RFPROC`); 0: it always does.
  public var process: Int64
  /// Any of these set: the child's signals have their default effects.
  public var resetsHandlers: Int64

  public init(
    sharesMemory: Int64, suspendsParent: Int64, thread: Int64, process: Int64 = 0, resetsHandlers: Int64 = 0
  ) {
    self.sharesMemory = sharesMemory
    self.suspendsParent = suspendsParent
    self.thread = thread
    self.process = process
    self.resetsHandlers = resetsHandlers
  }

  /// Linux: `CLONE_VM`, `CLONE_VFORK`, `CLONE_THREAD`, `CLONE_CLEAR_SIGHAND` (clone(2)).
  public static let linuxClone = SpawnFlagBits(
    sharesMemory: 0x100, suspendsParent: 0x4000, thread: 0x10000, resetsHandlers: 0x1_0000_0000)
}

/// The call creates a child that shares this code.
public struct SpawnEffect: Hashable, Codable, Sendable {
  public enum Kind: String, CaseIterable, Codable, Sendable {
    case fork
    /// As `fork`, without atfork handlers.
    case rawFork = "raw-fork"
    case vfork
    /// Decided by flags: `clone`, `clone3`, `rfork`.
    case flags
  }
  public var kind: Kind
  /// For `flags`: where they are.
  public var flags: ArgumentPath?
  /// What the flags' bits mean.
  public var flagBits: SpawnFlagBits
  /// The child runs this function and does not return from the call (`clone`'s `fn`).
  public var entryArgument: Int?
  /// The argument that is handed to this function (`clone`'s `arg`).
  public var entryData: Int?
  /// Only if this argument has this value does the call spawn (`syscall(SYS_fork)`).
  public var whenArgument: Int?
  public var whenValues: [Int64]
  /// Names as in clang's target triples (`x86_64`, `aarch64`, `i386`); empty means every one.
  public var architectures: [String]
  /// What the deciding argument is called (`SYS_clone3`), for showing the call as
  /// `syscall(SYS_clone3)`; nil where the function's name says enough.
  public var shown: String?
  /// What the call returns in the child and in the parent where that is not 0 and the child's number
  /// (`apr_proc_fork`); a failure returns something else.
  public var childReturns: Int64?
  public var parentReturns: Int64?

  public init(
    kind: Kind, flags: ArgumentPath? = nil, flagBits: SpawnFlagBits = .linuxClone,
    entryArgument: Int? = nil, entryData: Int? = nil, whenArgument: Int? = nil, whenValues: [Int64] = [],
    architectures: [String] = [], shown: String? = nil, childReturns: Int64? = nil,
    parentReturns: Int64? = nil
  ) {
    self.kind = kind
    self.flags = flags
    self.flagBits = flagBits
    self.entryArgument = entryArgument
    self.entryData = entryData
    self.whenArgument = whenArgument
    self.whenValues = whenValues
    self.architectures = architectures
    self.shown = shown
    self.childReturns = childReturns
    self.parentReturns = parentReturns
  }

  public func holds(onArchitecture architecture: String) -> Bool {
    architectures.isEmpty || architectures.contains(architecture)
  }
}

public enum EndEffect: String, CaseIterable, Codable, Sendable {
  /// Replaces the process image; returns only on failure, with -1.
  case exec
  /// `_exit`, `_Exit`: ends the process at once.
  case immediateExit = "immediate-exit"
  /// `exit`: handlers and stdio first.
  case exit
  /// Ends the process by a signal or a trap.
  case abort
  /// Jumps to where `setjmp` was called.
  case longjmp
  /// Never returns for another reason (`pthread_exit`, `err`).
  case never
}

/// The call ends the child path only if an argument has one of these values
/// (`syscall(SYS_exit_group, 1)`).
public struct ConditionalEnd: Hashable, Codable, Sendable {
  public var end: EndEffect
  public var whenArgument: Int
  public var whenValues: [Int64]
  /// The call ends if the argument has none of the values (`error(status, …)` unless `status` is 0).
  public var isUnless: Bool
  /// As in `SpawnEffect`.
  public var architectures: [String]

  public init(
    end: EndEffect, whenArgument: Int, whenValues: [Int64], isUnless: Bool = false,
    architectures: [String] = []
  ) {
    self.end = end
    self.whenArgument = whenArgument
    self.whenValues = whenValues
    self.isUnless = isUnless
    self.architectures = architectures
  }

  public func holds(onArchitecture architecture: String) -> Bool {
    architectures.isEmpty || architectures.contains(architecture)
  }
}

public enum ReturnFact: Hashable, Codable, Sendable {
  case nonNull
  case constant(Int64)
  /// Inclusive.
  case range(Int64, Int64)
  /// Returns this argument.
  case argument(Int)
  /// Returns the address of the calling thread's `errno`.
  case errorNumber
  /// Returns the same value at every call in one process, known by this name.
  case stable(String)
}

/// Another function that takes the same arguments, and may take more behind them.
public struct Replacement: Hashable, Codable, Sendable {
  public var name: String
  /// Macros, as C names them.
  public var moreArguments: [String]
  /// Where it exists; nil: everywhere.
  public var platforms: [Platform]?

  public init(name: String, moreArguments: [String] = [], platforms: [Platform]? = nil) {
    self.name = name
    self.moreArguments = moreArguments
    self.platforms = platforms
  }
}

/// Which calls of an output function leave nothing in a stream's buffer.
public enum Unbuffered: Hashable, Codable, Sendable {
  case always
  /// The argument is one of these variables.
  case argument(Int, is: [String])
}

/// What a parameter is declared as, as far as it tells the function from another of the same name.
public enum ParameterKind: String, CaseIterable, Codable, Sendable {
  case integer
  case pointer
  /// Any number of others.
  case more
}

/// All that is known of one function that has no source here.
public struct Entry: Hashable, Codable, Sendable {
  public var name: String
  /// Judged, modelled and shown as that entry (`__errno_location` as `errno`, `__printf_chk` as `printf`).
  public var shownAs: String?
  public var remarks: [SafetyRemark] = []
  /// Certainty where it differs from what the remarks imply.
  public var certainties: [CertaintyRule] = []
  /// The check that reports it when it is not allowed; nil means the general one.
  public var check: String?
  /// Families it belongs to: `set-id`, `spawn`, `allocation`, `stdio`, `lock`, `environment`, `name-service` …
  public var families: [String] = []
  /// Changes state in user space beyond its arguments, so that a child that shares memory corrupts the parent.
  public var keepsUserState = false
  /// What to use instead, one sentence.
  public var instead: String?
  /// What to write in its place, where that is certain to be right.
  public var fix: Replacement?
  /// Nil: whoever ends without flushing streams may lose what it wrote.
  public var unbuffered: Unbuffered?
  /// An API with rules of its own, judged at the call even where its source is part of the program.
  public var isContract = false
  /// Ways in which the call spawns; more than one where an argument decides (`syscall`).
  public var spawns: [SpawnEffect] = []
  /// Holds whatever the arguments are.
  public var end: EndEffect?
  public var conditionalEnds: [ConditionalEnd] = []
  public var returns: ReturnFact?
  /// Marks the place to which `longjmp` comes back.
  public var isSetjmp = false
  /// Arguments whose pointee the call writes; nil: every pointer to non-const memory.
  public var writes: [Int]?
  /// From this argument on the call writes what every pointer points to (`sscanf`, `PyArg_ParseTuple`).
  public var writesFrom: Int?
  /// Keeps addresses it was given beyond the call.
  public var retains = false
  /// Function-pointer arguments that the call itself runs (`qsort`'s comparison).
  public var calls: [Int] = []
  /// Function-pointer arguments that run in a child (`child_setup`, `pthread_atfork`'s third).
  public var childEntries: [ChildEntry] = []
  public var createsThreads = false
  public var locks: [LockEffect] = []
  public var signals: [SignalEffect] = []
  public var descriptors: [DescriptorEffect] = []
  /// Its part in what a fork must be surrounded with.
  public var forkProtocol: ProtocolStep?
  /// What must be known on the path to the call.
  public var requirement: Requirement?
  /// A function declared otherwise is another; nil: the name says enough.
  public var parameters: [ParameterKind]?

  public init(name: String) {
    self.name = name
  }

  /// The spawn effect of a function that has at most one.
  public var spawn: SpawnEffect? {
    get { spawns.first }
    set { spawns = newValue.map { [$0] } ?? [] }
  }
}
