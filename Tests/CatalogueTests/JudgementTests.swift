import Catalogue
import EmbeddedRules
import Testing

/// What the built-in catalogue says of a call in a child.
@Suite struct JudgementTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var context: ChildContext
    var platform: Platform
    /// `allowed`, or a check and a certainty.
    var verdict: String
    var testDescription: String { "\(name) in \(context.rawValue) on \(platform.rawValue)" }

    init(_ name: String, _ context: ChildContext, _ platform: Platform, _ verdict: String) {
      self.name = name
      self.context = context
      self.platform = platform
      self.verdict = verdict
    }
  }

  static let rows: [Row] = [
    // Promised everywhere.
    Row("write", .fork, .glibc, "allowed"),
    Row("write", .vfork, .posix2017, "allowed"),
    Row("dup2", .vfork, .musl, "allowed"),
    Row("execve", .vfork, .glibc, "allowed"),
    Row("_exit", .vfork, .glibc, "allowed"),
    Row("strlen", .fork, .posix2017, "allowed"),
    Row("memcpy", .vfork, .macos, "allowed"),
    // POSIX promises what the manual's preliminary remark denies.
    Row("sleep", .fork, .glibc, "allowed"),
    Row("execl", .fork, .glibc, "allowed"),
    Row("longjmp", .fork, .glibc, "allowed"),
    Row("sigprocmask", .vfork, .glibc, "allowed"),
    Row("mkdirat", .vfork, .glibc, "allowed"),
    Row("utimensat", .fork, .glibc, "allowed"),
    Row("utimensat", .fork, .freebsd, "child-unsafe-call forbidden"),
    // A libc's own promises.
    Row("strtol", .fork, .glibc, "allowed"),
    Row("strtol", .fork, .posix2017, "child-unsafe-call forbidden"),
    Row("ioctl", .vfork, .glibc, "allowed"),
    Row("ioctl", .fork, .posix2017, "child-unsafe-call unlisted"),
    Row("syscall", .vfork, .glibc, "allowed"),
    Row("getenv", .fork, .glibc, "allowed"),
    Row("getenv", .fork, .posix2017, "child-unsafe-call forbidden"),
    Row("close_range", .vfork, .glibc, "allowed"),
    Row("pipe2", .fork, .freebsd, "allowed"),
    Row("pipe2", .fork, .glibc, "child-unsafe-call unlisted"),
    // Lists that differ.
    Row("fork", .fork, .posix2017, "allowed"),
    Row("fork", .fork, .posix2024, "child-unsafe-call forbidden"),
    Row("_Fork", .fork, .posix2024, "allowed"),
    Row("_Fork", .fork, .freebsd, "allowed"),
    Row("fork", .fork, .freebsd, "child-unsafe-call forbidden"),
    Row("abort", .fork, .freebsd, "child-unsafe-call forbidden"),
    Row("abort", .fork, .glibc, "allowed"),
    // Thin system calls on no list: never unlisted in a vfork child.
    Row("prctl", .fork, .glibc, "child-unsafe-call unlisted"),
    Row("prctl", .rawFork, .glibc, "child-unsafe-call unlisted"),
    Row("prctl", .vfork, .glibc, "child-unsafe-call forbidden"),
    Row("writev", .fork, .glibc, "child-unsafe-call unlisted"),
    // Users and groups.
    Row("setuid", .fork, .glibc, "allowed"),
    Row("setuid", .vfork, .glibc, "vfork-set-id harmful"),
    Row("setuid", .rawFork, .glibc, "child-unsafe-call harmful"),
    Row("setgroups", .fork, .glibc, "child-unsafe-call unlisted"),
    Row("setgroups", .fork, .musl, "child-unsafe-call unlisted"),
    Row("setgroups", .rawFork, .glibc, "child-unsafe-call harmful"),
    Row("setresuid", .vfork, .musl, "vfork-set-id harmful"),
    Row("initgroups", .fork, .glibc, "child-unsafe-call harmful"),
    Row("initgroups", .vfork, .glibc, "vfork-set-id harmful"),
    // Families.
    Row("malloc", .fork, .glibc, "child-allocates forbidden"),
    Row("malloc", .vfork, .glibc, "child-allocates harmful"),
    Row("asprintf", .fork, .glibc, "child-allocates forbidden"),
    Row("opendir", .fork, .glibc, "child-allocates forbidden"),
    Row("printf", .fork, .glibc, "child-stdio forbidden"),
    Row("printf", .fork, .musl, "child-stdio harmful"),
    Row("printf", .rawFork, .glibc, "child-stdio harmful"),
    Row("printf", .vfork, .glibc, "child-stdio harmful"),
    Row("snprintf", .fork, .glibc, "child-stdio forbidden"),
    Row("snprintf", .vfork, .glibc, "child-stdio forbidden"),
    Row("__fprintf_chk", .fork, .glibc, "child-stdio forbidden"),
    Row("pthread_mutex_lock", .fork, .glibc, "child-locks harmful"),
    Row("pthread_mutex_unlock", .fork, .glibc, "child-locks forbidden"),
    Row("sem_post", .fork, .glibc, "allowed"),
    Row("exit", .fork, .glibc, "child-exit forbidden"),
    Row("exit", .vfork, .glibc, "child-exit harmful"),
    Row("quick_exit", .fork, .posix2017, "child-exit forbidden"),
    Row("execvp", .fork, .glibc, "child-path-search forbidden"),
    Row("execvp", .vfork, .glibc, "child-path-search forbidden"),
    Row("setenv", .fork, .glibc, "child-environment harmful"),
    Row("setenv", .fork, .musl, "child-environment forbidden"),
    Row("setenv", .vfork, .glibc, "child-environment harmful"),
    Row("putenv", .vfork, .musl, "child-environment harmful"),
    Row("strerror", .fork, .glibc, "child-unsafe-call forbidden"),
    Row("strerror", .vfork, .glibc, "child-unsafe-call harmful"),
    // Measured.
    Row("getpwnam", .fork, .glibc, "child-unsafe-call harmful"),
    Row("getpwnam", .fork, .musl, "child-unsafe-call forbidden"),
    Row("syslog", .fork, .glibc, "child-unsafe-call harmful"),
    Row("localtime_r", .fork, .posix2017, "child-unsafe-call harmful"),
    Row("dlopen", .fork, .glibc, "child-unsafe-call harmful"),
    Row("dlsym", .rawFork, .glibc, "child-unsafe-call harmful"),
    Row("popen", .fork, .glibc, "child-stdio harmful"),
    // Spawning from a child.
    Row("vfork", .fork, .glibc, "child-unsafe-call unlisted"),
    Row("posix_spawn", .fork, .glibc, "child-unsafe-call forbidden"),
    Row("fork", .vfork, .glibc, "vfork-spawns harmful"),
    Row("vfork", .vfork, .glibc, "vfork-spawns harmful"),
    Row("clone", .vfork, .glibc, "vfork-spawns harmful"),
    Row("posix_spawn", .vfork, .glibc, "vfork-spawns harmful"),
    Row("system", .vfork, .glibc, "vfork-spawns harmful"),
    Row("popen", .vfork, .glibc, "vfork-spawns harmful"),
    Row("pthread_create", .vfork, .glibc, "vfork-spawns harmful"),
    // Other libraries.
    Row("PyLong_AsLong", .fork, .glibc, "python-api-in-child harmful"),
    Row("PyLong_AsLong", .vfork, .glibc, "python-api-in-child harmful"),
    Row("PyOS_setsig", .vfork, .glibc, "allowed"),
    Row("g_malloc", .fork, .glibc, "child-allocates forbidden"),
    Row("g_log", .vfork, .glibc, "child-stdio harmful"),
    Row("g_mutex_lock", .fork, .glibc, "child-locks harmful"),
    Row("g_thread_new", .vfork, .glibc, "vfork-spawns harmful"),
    // Behind macros.
    Row("__errno_location", .vfork, .glibc, "allowed"),
    Row("__ctype_b_loc", .fork, .glibc, "allowed"),
    Row("__builtin_memcpy", .vfork, .glibc, "allowed"),
    Row("__builtin_expect", .fork, .glibc, "allowed"),
    Row("__atomic_load_n", .vfork, .glibc, "allowed"),
    Row("_setjmp", .fork, .glibc, "allowed"),
    Row("__assert_fail", .fork, .glibc, "child-stdio forbidden"),
  ]

  @Test(arguments: rows) func table(_ row: Row) throws {
    let entry = try #require(Catalogue.builtIn().entry(named: row.name))
    switch judge(entry, context: row.context, platform: row.platform) {
    case .allowed(let source):
      #expect(row.verdict == "allowed")
      #expect(!source.isEmpty)
    case .violation(let check, let certainty, let reason, let source, _):
      #expect(row.verdict == "\(check) \(certainty.rawValue)")
      #expect(!reason.isEmpty && !source.isEmpty)
    }
  }

  @Test func reasonsAndSources() throws {
    let catalogue = Catalogue.builtIn()
    let malloc = try #require(catalogue.entry(named: "malloc"))
    #expect(
      judge(malloc, context: .fork, platform: .glibc)
        == .violation(
          check: "child-allocates", certainty: .forbidden,
          reason: "it is not async-signal-safe: it takes a lock that another thread may have held",
          source: "The GNU C Library manual 2.42.9000, memory.texi",
          instead: "Allocate before the fork and hand the memory to the child, or use a buffer on the stack.")
    )
    #expect(
      judge(malloc, context: .vfork, platform: .musl)
        == .violation(
          check: "child-allocates", certainty: .harmful,
          reason: "it changes memory that the parent goes on using; "
            + "it is on no list of async-signal-safe functions of musl",
          source: "POSIX.1-2017, System Interfaces 2.4.3", instead: malloc.instead))
    let strtol = try #require(catalogue.entry(named: "strtol"))
    #expect(
      judge(strtol, context: .fork, platform: .posix2017)
        == .violation(
          check: "child-unsafe-call", certainty: .forbidden,
          reason: "it is on no list of async-signal-safe functions of posix-2017",
          source: "POSIX.1-2017, System Interfaces 2.4.3", instead: nil))
    #expect(
      judge(strtol, context: .fork, platform: .glibc)
        == .allowed(source: "The GNU C Library manual 2.42.9000, arith.texi"))
  }

  @Test func nothingKnownIsForbidden() {
    #expect(
      judge(Entry(name: "f"), context: .vfork, platform: .musl)
        == .violation(
          check: "child-unsafe-call", certainty: .forbidden,
          reason: "it is on no list of async-signal-safe functions of musl",
          source: "POSIX.1-2017, System Interfaces 2.4.3", instead: nil))
  }

  @Test func aFinalRemarkOutweighsPosix() {
    var entry = Entry(name: "f")
    entry.remarks = [
      SafetyRemark(platform: .posix2017, isSafe: true, reasons: [], since: nil, source: "POSIX"),
      SafetyRemark(platform: .glibc, isSafe: false, reasons: ["lock"], since: nil, source: "manual"),
    ]
    #expect(
      judge(entry, context: .fork, platform: .glibc)
        == .violation(
          check: "child-unsafe-call", certainty: .forbidden,
          reason: "it is not async-signal-safe: it takes a lock that another thread may have held",
          source: "manual", instead: nil))
    entry.remarks[1].isPreliminary = true
    #expect(judge(entry, context: .fork, platform: .glibc) == .allowed(source: "POSIX"))
  }
}
