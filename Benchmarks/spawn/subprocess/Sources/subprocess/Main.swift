import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// `subprocess MEGABYTES THREADS`: what latency.c does with - for STARTS, by swift-subprocess.
@main
struct Main {
  static func main() async throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 2 else {
      FileHandle.standardError.write(Data("usage: subprocess MEGABYTES THREADS\n".utf8))
      exit(2)
    }
    let size = numbers[0] << 20
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { exit(2) }
    madvise(memory, size, Int32(MADV_NOHUGEPAGE))
    memset(memory, 1, size)
    for _ in 1..<max(1, numbers[1]) { Thread { while true { pause() } }.start() }
    let clock = ContinuousClock()
    while let line = readLine() {
      for _ in 0..<(Int(line) ?? 0) {
        let before = clock.now
        let result = try await Subprocess.run(.path("/bin/true"), output: .discarded)
        let (seconds, attoseconds) = (clock.now - before).components
        guard result.terminationStatus.isSuccess else { exit(2) }
        print("swift-subprocess", seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
      }
      print()
      fflush(nil)
    }
  }
}
