import Foundation
import SpawnIR
import Spawning

/// What one unit may cost.
public struct UnitLimits: Sendable, Equatable {
  /// Seconds on the clock.
  public var seconds = 120
  /// Bytes.
  public var memory: UInt64 = 4 << 30
  /// Address space that every process takes: a large stack of which little is used, libraries.
  static let reserved: UInt64 = 1 << 30

  public init() {}
}

/// A process that reads units, one at a time.
final class Worker: Sendable {
  /// What became of a request.
  enum Answer {
    case record(UnitRecord)
    /// The whole run has to end.
    case error(String)
    /// The process is gone; why, as a sentence about the unit.
    case lost(String)
  }

  private let channel: Channel
  private let process: SpawnedProcess
  /// What the process says on standard error.
  private let errors: Int32
  private let limits: UnitLimits

  /// Nil: the system has no more processes, memory or descriptors to give.
  init?(program: String, markers: Set<String>, keepsDigests: Bool, limits: UnitLimits) {
    self.limits = limits
    guard let null = Self.opened("/dev/null", O_RDWR) else { return nil }
    defer { close(null) }
    guard let errors = Self.scratchFile() else { return nil }
    guard let (mine, theirs) = Channel.pair() else {
      close(errors)
      return nil
    }
    defer { theirs.close() }
    var spawn = Spawn(program, [WorkerService.argument])
    spawn.descriptors = [
      0: .descriptor(null), 1: .descriptor(null), 2: .descriptor(errors),
      WorkerService.descriptor: .descriptor(theirs.descriptor),
    ]
    spawn.closesOthers = true
    spawn.blockedSignals = []
    let space = limits.memory + UnitLimits.reserved
    spawn.limits = [
      Int32(RLIMIT_AS.rawValue): .init(soft: space, hard: space),
      Int32(RLIMIT_CORE.rawValue): .init(soft: 0, hard: 0),
    ]
    guard let process = try? spawn.start() else {
      close(errors)
      mine.close()
      return nil
    }
    self.process = process
    self.errors = errors
    channel = mine
    var hello = ByteWriter()
    hello.count(limits.seconds)
    hello.flag(keepsDigests)
    hello.list(markers.sorted()) { $0.text($1) }
    _ = channel.send(hello.bytes)
  }

  deinit {
    channel.close()
    close(errors)
    // At the end of its input the process ends at once.
    _ = process.wait()
  }

  func ask(_ unit: SourceUnit) -> Answer {
    var request = ByteWriter()
    unit.write(to: &request)
    guard channel.send(request.bytes) else { return .lost(ending()) }
    switch channel.receive(within: limits.seconds) {
    case .message(let reply): return answer(reply)
    case .closed: return .lost(ending())
    case .timedOut:
      kill(process.id, SIGKILL)
      return .lost("it was not read within \(limits.seconds) seconds")
    }
  }

  private func answer(_ reply: [UInt8]) -> Answer {
    var reader = ByteReader(reply[...])
    do throws(FactsError) {
      guard try reader.flag() else { return .error(try reader.text()) }
      let record = try UnitRecord(&reader)
      // clang may catch its own crash; what it leaves behind is not to be trusted.
      let isUnread = record.surroundings.files.isEmpty && !record.surroundings.areKnown
      return isUnread && ranOutOfMemory ? .lost(tooLarge) : .record(record)
    } catch {
      kill(process.id, SIGKILL)
      return .lost("the process that read it answered nonsense")
    }
  }

  private var tooLarge: String { "reading it takes more than \(limits.memory >> 20) MB of memory" }

  private func ending() -> String {
    let ending = process.wait()
    if ranOutOfMemory { return tooLarge }
    switch ending {
    case .signalled(SIGALRM): return "it was not read within \(limits.seconds) seconds"
    case .signalled(let signal):
      return "clang crashed while reading it (\(String(cString: strsignal(signal))))"
    case .exited(let status): return "the process that read it ended with status \(status)"
    case nil: return "the process that read it is gone"
    }
  }

  /// What LLVM, the C++ library and Swift's say when they get no more.
  private static let complaints = [
    "out of memory", "std::bad_alloc", "Allocation failed", "Cannot allocate memory",
  ]

  private var ranOutOfMemory: Bool {
    let size = 1 << 16
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let end = lseek(errors, 0, SEEK_END)
      count = max(0, pread(errors, buffer.baseAddress, size, max(0, end - off_t(size))))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return Self.complaints.contains { text.contains($0) }
  }

  private static func opened(_ path: String, _ flags: Int32) -> Int32? {
    let descriptor = open(path, flags | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Without a name, gone when it is closed.
  private static func scratchFile() -> Int32? {
    var name = Array((FileManager.default.temporaryDirectory.path + "/spawnlint-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return opened("/dev/null", O_RDWR) }
    unlink(name)
    // Workers get theirs by name, and close all others.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
