#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import ReferenceSpawner

extension Spawn {
  /// Starts the program and returns when it is executed.
  public func start() throws(SpawnError) -> SpawnedProcess {
    let texts = [program] + arguments + (environment ?? []) + [searchPath, directory].compactMap { $0 }
    // C would see the part before it alone.
    if texts.contains(where: { $0.utf8.contains(0) }) {
      throw SpawnError(stage: String(cString: spawner_stage_name(SPAWNER_STAGE_REQUEST)), code: EINVAL)
    }
    let arena = Arena()
    var request = request(in: arena)
    var result = spawner_result()
    let code = withExtendedLifetime(arena) { spawner_start(&request, &result) }
    guard code == 0 else {
      throw SpawnError(stage: String(cString: spawner_stage_name(result.stage)), code: code)
    }
    return SpawnedProcess(id: result.pid, descriptor: result.pidfd >= 0 ? result.pidfd : nil)
  }

  private func request(in arena: Arena) -> spawner_request {
    var request = spawner_request()
    request.program = UnsafePointer(arena.text(program))
    request.search_path = searchPath.map { UnsafePointer(arena.text($0)) }
    request.arguments = arena.vector(arguments)
    request.environment = environment.flatMap { arena.vector($0) }
    request.directory = directory.map { UnsafePointer(arena.text($0)) }
    request.flags = flags
    request.descriptors = arena.array(
      descriptors.map { spawner_descriptor(source: $0.value.number, target: $0.key) })
    request.descriptor_count = descriptors.count
    request.process_group = processGroup ?? 0
    request.terminal = terminal ?? 0
    request.file_mode_mask = fileModeMask ?? 0
    request.priority = priority ?? 0
    request.limits = arena.array(
      limits.map {
        spawner_limit(
          resource: $0.key,
          value: rlimit(rlim_cur: rlim_t($0.value.soft), rlim_max: rlim_t($0.value.hard)))
      })
    request.limit_count = limits.count
    request.default_signals = arena.array([Self.set(of: defaultSignals)])
    request.signal_mask = blockedSignals.flatMap { arena.array([Self.set(of: $0)]) }
    request.groups = arena.array(groups ?? [])
    request.group_count = groups?.count ?? 0
    request.gid = group ?? 0
    request.uid = user ?? 0
    return request
  }

  private var flags: UInt32 {
    let chosen: [(isSet: Bool, flag: spawner_flag)] = [
      (forbidsVfork, SPAWNER_FORBID_VFORK), (closesOthers, SPAWNER_CLOSE_OTHERS),
      (isSessionLeader, SPAWNER_NEW_SESSION), (processGroup != nil, SPAWNER_PROCESS_GROUP),
      (terminal != nil, SPAWNER_TERMINAL), (fileModeMask != nil, SPAWNER_UMASK),
      (priority != nil, SPAWNER_PRIORITY), (groups != nil, SPAWNER_GROUPS), (group != nil, SPAWNER_GID),
      (user != nil, SPAWNER_UID), (wantsProcessDescriptor, SPAWNER_PIDFD), (readsAhead, SPAWNER_PREREAD),
    ]
    return chosen.reduce(0) { $0 | ($1.isSet ? $1.flag.rawValue : 0) }
  }

  private static func set(of signals: Set<Int32>) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}

extension Spawn.Source {
  fileprivate var number: Int32 {
    switch self {
    case .descriptor(let number): number
    case .closed: SPAWNER_CLOSED
    }
  }
}
