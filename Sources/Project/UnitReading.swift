import Foundation
import Lowering
import SpawnIR
import Synchronization

/// Reads units on several threads; the result has the order of the input.
enum UnitReading {
  static func read(_ units: [SourceUnit], jobs: Int) throws -> [UnitFacts] {
    let workers = max(1, min(jobs, units.count))
    let slots = Mutex<[Int: Result<UnitFacts, any Error>]>([:])
    let next = Atomic<Int>(0)
    @Sendable func work() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < units.count else { return }
        let unit = units[index]
        let result = Result { () throws -> UnitFacts in
          try FrontEnd().facts(
            file: unit.file, flags: unit.flags, directory: unit.directory, contents: unit.contents)
        }
        slots.withLock { $0[index] = result }
      }
    }
    if workers == 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
    return try slots.withLock { results in
      try units.indices.compactMap { try results[$0]?.get() }
    }
  }
}
