import Foundation
import Spawning
import Testing

/// The library's own tests are in C, see Tests/ReferenceSpawner; these are about the wrapper.
@Suite struct SpawningTests {
  /// Runs a shell script and returns what it writes.
  private func output(of script: String, _ change: (inout Spawn) -> Void = { _ in }) throws -> String {
    let pipe = Pipe()
    var spawn = Spawn("/bin/sh", ["-c", script])
    spawn.descriptors[1] = .descriptor(pipe.fileHandleForWriting.fileDescriptor)
    change(&spawn)
    let process = try spawn.start()
    try pipe.fileHandleForWriting.close()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    #expect(process.wait() == .exited(0))
    return String(decoding: data, as: UTF8.self)
  }

  @Test func passesArgumentsAndEnvironment() throws {
    let text = try output(of: "echo $ONE $0") {
      $0.environment = ["ONE=1"]
      $0.arguments.append("name")
    }
    #expect(text == "1 name\n")
  }

  @Test func setsPlacesAndLimits() throws {
    let text = try output(of: "pwd; umask; ulimit -n; ulimit -Hn; nice") {
      $0.directory = "/usr"
      $0.fileModeMask = 0o27
      $0.limits = [Int32(RLIMIT_NOFILE.rawValue): .init(soft: 64, hard: 128)]
      $0.priority = 5
      $0.isSessionLeader = true
      $0.readsAhead = true
    }
    #expect(text == "/usr\n0027\n64\n128\n5\n")
  }

  @Test func placesDescriptors() throws {
    let other = Pipe()
    let number = other.fileHandleForReading.fileDescriptor
    let text = try output(of: "ls /proc/self/fd | tr '\\n' ' '") {
      $0.descriptors[9] = .descriptor(number)
      $0.descriptors[0] = .closed
      $0.closesOthers = true
    }
    // The lowest free number is that of the listing itself.
    #expect(text == "0 1 2 9 ")
  }

  @Test func setsSignals() throws {
    // Without the shell, which clears the mask.
    let text = try output(of: "") {
      $0.program = "grep"
      $0.arguments = ["grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"]
      $0.blockedSignals = [SIGTERM]
      $0.defaultSignals = Set(1...64)
    }
    // 32 and 33 are the C library's own: nobody can change them.
    #expect(text.contains("SigBlk:\t0000000000004000\n"), "\(text)")
    let ignored = text.split(separator: "\t").last.flatMap { UInt64($0.dropLast(), radix: 16) }
    #expect(ignored.map { $0 & ~(3 << 31) } == 0, "\(text)")
  }

  @Test func findsProgramsInASearchPath() throws {
    var spawn = Spawn("true")
    spawn.searchPath = "/nowhere:/bin"
    #expect(try spawn.start().wait() == .exited(0))
    spawn.searchPath = "/nowhere"
    let error = #expect(throws: SpawnError.self) { try spawn.start() }
    #expect(error == SpawnError(stage: "execve", code: ENOENT))
    #expect(error?.description == "execve: No such file or directory")
  }

  @Test func tellsWhereAStartFailed() {
    var spawn = Spawn("/bin/true")
    spawn.directory = "/nowhere"
    #expect(throws: SpawnError(stage: "chdir", code: ENOENT)) { try spawn.start() }
    #expect(throws: SpawnError(stage: "request", code: EINVAL)) { try Spawn("/bin/true\0").start() }
  }

  @Test func tellsHowAProgramEnded() throws {
    #expect(try Spawn("/bin/sh", ["-c", "exit 3"]).start().wait() == .exited(3))
    #expect(try Spawn("/bin/sh", ["-c", "kill -9 $$"]).start().wait() == .signalled(9))
    var spawn = Spawn("/bin/true")
    spawn.wantsProcessDescriptor = true
    spawn.forbidsVfork = true
    let process = try spawn.start()
    #expect(process.wait() == .exited(0))
    #expect(process.wait() == nil)
    if let descriptor = process.descriptor { close(descriptor) }
  }
}
