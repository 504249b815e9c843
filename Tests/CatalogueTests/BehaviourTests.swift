import Catalogue
import EmbeddedRules
import Testing

/// What the built-in catalogue says that calls do.
@Suite struct BehaviourTests {
  let catalogue = Catalogue.builtIn()

  private func entry(_ name: String) throws -> Entry {
    try #require(catalogue.entry(named: name), "\(name)")
  }

  @Test func spawnFunctions() throws {
    let names = Set(catalogue.spawnFunctionNames)
    #expect(
      names.isSuperset(of: [
        "fork", "vfork", "_Fork", "__vfork", "__libc_fork", "forkpty", "rfork", "clone", "clone3", "__clone2",
        "syscall", "pdfork",
      ]))
    #expect(names.isDisjoint(with: ["posix_spawn", "system", "popen", "execve", "pthread_create", "daemon"]))
    for name in names { #expect(try !entry(name).spawns.isEmpty) }
    #expect(try entry("fork").spawn == SpawnEffect(kind: .fork))
    #expect(try entry("_Fork").spawn?.kind == .rawFork)
    #expect(try entry("__vfork").spawn?.kind == .vfork)
    let clone = try #require(entry("clone").spawn)
    #expect(clone.flags == ArgumentPath(argument: 2) && clone.entryArgument == 0 && clone.entryData == 3)
    #expect(clone.flagBits == .linuxClone)
    let rfork = try #require(entry("rfork").spawn)
    #expect(rfork.flagBits.sharesMemory == 0x20 && rfork.flagBits.suspendsParent == 0x8000_0000)
  }

  @Test(arguments: [
    ("x86_64", 57, SpawnEffect.Kind.rawFork), ("x86_64", 58, .vfork), ("x86_64", 56, .flags),
    ("x86_64", 435, .flags), ("aarch64", 220, .flags), ("aarch64", 435, .flags), ("i386", 2, .rawFork),
    ("i386", 190, .vfork), ("i386", 120, .flags), ("riscv64", 220, .flags),
  ])
  func rawSystemCallsThatSpawn(architecture: String, number: Int64, kind: SpawnEffect.Kind) throws {
    let effects = try entry("syscall").spawns.filter {
      $0.holds(onArchitecture: architecture) && $0.whenArgument == 0 && $0.whenValues.contains(number)
    }
    #expect(effects.map(\.kind) == [kind])
    let name =
      switch kind {
      case .vfork: "SYS_vfork"
      case .flags: number == 435 ? "SYS_clone3" : "SYS_clone"
      default: "SYS_fork"
      }
    #expect(effects.map(\.shown) == [name])
    if number == 435 { #expect(effects.first?.flags == ArgumentPath(argument: 1, field: "flags")) }
  }

  /// 57, 58 and 56 are close, vhangup and openat on aarch64; 2 is open on x86_64.
  @Test(arguments: [("aarch64", 57), ("aarch64", 58), ("aarch64", 56), ("x86_64", 2), ("x86_64", 220)])
  func rawSystemCallsThatDoNot(architecture: String, number: Int64) throws {
    #expect(
      try !entry("syscall").spawns.contains {
        $0.holds(onArchitecture: architecture) && $0.whenValues.contains(number)
      })
  }

  @Test func ends() throws {
    for name in ["execve", "execvp", "execl", "fexecve", "execveat", "__builtin_execve"] {
      #expect(try entry(name).end == .exec && entry(name).returns == .constant(-1), "\(name)")
    }
    for name in ["_exit", "_Exit"] { #expect(try entry(name).end == .immediateExit) }
    for name in ["exit", "quick_exit", "err", "errx", "verr"] { #expect(try entry(name).end == .exit) }
    for name in ["abort", "__assert_fail", "__builtin_trap", "__stack_chk_fail"] {
      #expect(try entry(name).end == .abort, "\(name)")
    }
    for name in ["longjmp", "siglongjmp", "_longjmp"] { #expect(try entry(name).end == .longjmp) }
    for name in ["setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp"] { #expect(try entry(name).isSetjmp) }
    #expect(try entry("posix_spawn").end == nil && entry("warn").end == nil && entry("error").end == nil)
    #expect(
      try entry("error").conditionalEnds
        == [ConditionalEnd(end: .exit, whenArgument: 0, whenValues: [0], isUnless: true)])
    let exitGroup = try entry("syscall").conditionalEnds.filter {
      $0.holds(onArchitecture: "x86_64") && $0.whenValues.contains(231)
    }
    #expect(exitGroup.map(\.end) == [.immediateExit])
  }

  @Test func memory() throws {
    #expect(try entry("read").writes == [1])
    #expect(try entry("write").writes == [])
    #expect(try entry("sigaction").writes == [2] && !entry("sigaction").retains)
    #expect(try entry("pthread_create").retains && entry("pthread_create").createsThreads)
    #expect(try entry("sscanf").writesFrom == 2)
    #expect(try entry("PyArg_ParseTuple").writesFrom == 2 && entry("PyArg_ParseTuple").writes == [])
    #expect(try entry("__fxstat").writes == [2] && entry("__fxstat").name == "fstat")
    #expect(try entry("memcpy").returns == .argument(0))
    #expect(try entry("__errno_location").returns == .errorNumber)
    #expect(try entry("open").returns == .range(-1, 2_147_483_647))
  }

  @Test func functionsThatAreRun() throws {
    #expect(try entry("qsort").calls == [3])
    #expect(try entry("pthread_once").calls == [1])
    #expect(try entry("atexit").calls == [] && entry("atexit").retains)
    #expect(try entry("signal").calls == [])
    #expect(
      try entry("pthread_atfork").childEntries == [
        ChildEntry(
          argument: 2, startsLater: true, prepare: 0, check: "atfork-unsafe",
          permits: [.release, .reinitialise])
      ])
    #expect(try entry("g_spawn_async").childEntries == [ChildEntry(argument: 4, data: 5)])
    #expect(catalogue.childEntryFunctionNames.contains("g_spawn_sync"))
    #expect(
      Set(catalogue.threadCreatorNames).isSuperset(of: ["pthread_create", "g_thread_new", "thrd_create"]))
  }

  @Test func locks() throws {
    #expect(
      try entry("pthread_mutex_lock").locks == [LockEffect(action: .acquire, argument: 0, name: nil)])
    #expect(
      try entry("PyGILState_Ensure").locks == [
        LockEffect(action: .acquire, argument: nil, name: "GIL", succeeds: .always, isRecursive: true)
      ])
    #expect(
      try entry("PyEval_SaveThread").locks == [
        LockEffect(action: .release, argument: nil, name: "GIL", succeeds: .always)
      ])
    #expect(
      try entry("sem_wait").locks == [LockEffect(action: .acquire, argument: 0, name: nil, isCounter: true)])
    #expect(
      try entry("g_mutex_trylock").locks == [
        LockEffect(action: .tryAcquire, argument: 0, name: nil, succeeds: .nonZero)
      ])
  }

  @Test func forkProtocols() throws {
    #expect(try entry("PyOS_BeforeFork").forkProtocol == ProtocolStep(part: .before, name: "python"))
    #expect(try entry("PyLong_AsLong").forkProtocol == ProtocolStep(part: .needs, name: "python"))
    #expect(try entry("PyObject_Call").requirement?.check == "python-callback-in-subinterpreter")
    #expect(catalogue.functions(of: ProtocolStep(part: .child, name: "python")) == ["PyOS_AfterFork_Child"])
    let members = catalogue.entryLocks.filter { $0.lock == "GIL" }.flatMap(\.members)
    #expect(members.contains(EntryLock.Member(record: "PyMethodDef", field: "ml_meth")))
    let runners = catalogue.entryLocks.filter { $0.lock == "GVL" }.flatMap(\.runners)
    #expect(runners.contains(EntryLock.Registrar(function: "rb_ensure", argument: 2)))
  }

  @Test func signals() throws {
    let mask = SignalEffect(action: .mask, how: 0, set: 1, old: 2)
    #expect(try entry("sigprocmask").signals == [mask])
    #expect(try entry("thr_sigsetmask").signals == [mask])
    #expect(try entry("sigaddset").signals == [SignalEffect(action: .add, set: 0, signal: 1)])
    #expect(try entry("syscall").signals.allSatisfy { $0.changesMask && $0.whenArgument == 0 })
    #expect(catalogue.handlerFunctionNames.contains("sigaction"))
    #expect(!catalogue.handlerFunctionNames.contains("sigprocmask"))
  }

  @Test func descriptors() throws {
    #expect(
      try entry("pipe2").descriptors == [
        DescriptorEffect(
          action: .opensInto, argument: 0, count: 2, closeOnExec: .flags(argument: 1, bits: 0x80000))
      ])
    #expect(try entry("dup").descriptors.map(\.action) == [.opens, .borrows])
    #expect(try entry("open64").descriptors == entry("open").descriptors)
    #expect(try entry("fcntl").descriptors.map(\.whenValues) == [[0], [1030], []])
    #expect(try entry("printf").descriptors == [DescriptorEffect(action: .borrows)])
    #expect(try entry("fdopen").descriptors.isEmpty)
  }

  @Test func contractsBelongToSingleFunctions() throws {
    for name in ["PyLong_AsLong", "PyErr_SetString", "PyObject_Call", "PySys_Audit"] {
      #expect(try entry(name).isContract && entry(name).check == "python-api-in-child", "\(name)")
    }
    for name in ["PyOS_setsig", "_Py_write_noraise", "_Py_set_inheritable_async_safe", "PyErr_SetInterrupt"] {
      #expect(catalogue.entry(named: name)?.isContract != true, "\(name)")
    }
  }
}
