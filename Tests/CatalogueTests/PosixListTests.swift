import Catalogue
import EmbeddedRules
import Testing

/// The lists of POSIX in the built-in catalogue.
@Suite struct PosixListTests {
  let catalogue = Catalogue.builtIn()

  private func promised(on platform: Platform) -> Set<String> {
    Set(
      catalogue.names.filter { name in
        catalogue.entry(named: name)?.name == name
          && catalogue.entry(named: name)?.remarks.contains { $0.platform == platform && $0.isSafe } == true
      })
  }

  @Test func listOf2017IsComplete() {
    #expect(promised(on: .posix2017) == Set(Self.signalSafety))
    #expect(promised(on: .posix2017).count == 191)
  }

  /// The libcs on Linux claim POSIX, whatever the manual of one of them remarks.
  @Test(arguments: [Platform.posix2017, .glibc, .musl, .macos]) func promisesHold(platform: Platform) throws {
    for name in Self.signalSafety {
      let entry = try #require(catalogue.entry(named: name))
      guard case .allowed = judge(entry, context: .fork, platform: platform) else {
        Issue.record("\(name) is not allowed on \(platform.rawValue)")
        continue
      }
    }
  }

  @Test func listOf2024DropsForkAndHas_Fork() {
    let old = promised(on: .posix2017)
    let new = promised(on: .posix2024)
    #expect(old.subtracting(new) == ["fork"])
    #expect(new.subtracting(old) == ["_Fork"])
  }

  /// The table of signal-safety(7) in man-pages 6.03, in its order.
  static let signalSafety: [String] = """
    abort accept access aio_error aio_return aio_suspend alarm bind cfgetispeed cfgetospeed cfsetispeed
    cfsetospeed chdir chmod chown clock_gettime close connect creat dup dup2 execl execle execv execve
    _exit _Exit faccessat fchdir fchmod fchmodat fchown fchownat fcntl fdatasync fexecve ffs fork fstat
    fstatat fsync ftruncate futimens getegid geteuid getgid getgroups getpeername getpgrp getpid getppid
    getsockname getsockopt getuid htonl htons kill link linkat listen longjmp lseek lstat memccpy memchr
    memcmp memcpy memmove memset mkdir mkdirat mkfifo mkfifoat mknod mknodat ntohl ntohs open openat
    pause pipe poll posix_trace_event pselect pthread_kill pthread_self pthread_sigmask raise read
    readlink readlinkat recv recvfrom recvmsg rename renameat rmdir select sem_post send sendmsg sendto
    setgid setpgid setsid setsockopt setuid shutdown sigaction sigaddset sigdelset sigemptyset
    sigfillset sigismember siglongjmp signal sigpause sigpending sigprocmask sigqueue sigset sigsuspend
    sleep sockatmark socket socketpair stat stpcpy stpncpy strcat strchr strcmp strcpy strcspn strlen
    strncat strncmp strncpy strnlen strpbrk strrchr strspn strstr strtok_r symlink symlinkat tcdrain
    tcflow tcflush tcgetattr tcgetpgrp tcsendbreak tcsetattr tcsetpgrp time timer_getoverrun
    timer_gettime timer_settime times umask uname unlink unlinkat utime utimensat utimes wait waitpid
    wcpcpy wcpncpy wcscat wcschr wcscmp wcscpy wcscspn wcslen wcsncat wcsncmp wcsncpy wcsnlen wcspbrk
    wcsrchr wcsspn wcsstr wcstok wmemchr wmemcmp wmemcpy wmemmove wmemset write
    """.split(whereSeparator: \.isWhitespace).map(String.init)
}
