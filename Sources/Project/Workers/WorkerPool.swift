import Foundation
import SpawnIR
import Synchronization

/// Reads units in processes of their own: what one unit does to the parser costs this unit alone.
final class WorkerPool: RecordSource {
  private let program: String
  private let markers: Set<String>
  private let keepsDigests: Bool
  private let limits: UnitLimits
  private let idle = Mutex<[Worker]>([])
  /// Where no process is to be had.
  private let fallback: StoringSource

  /// - Parameters:
  ///   - program: this one; started with `WorkerService.argument`.
  ///   - markers: macros that count as annotations.
  ///   - keepsDigests: records come with what a cache needs.
  init(program: String, markers: Set<String>, keepsDigests: Bool, limits: UnitLimits) {
    self.program = program
    self.markers = markers
    self.keepsDigests = keepsDigests
    self.limits = limits
    fallback = StoringSource(markers: markers, keepsDigests: keepsDigests)
  }

  /// As many processes as threads that call it.
  func record(of unit: SourceUnit) throws -> UnitRecord {
    let waiting = idle.withLock { $0.popLast() }
    let worker =
      waiting ?? Worker(program: program, markers: markers, keepsDigests: keepsDigests, limits: limits)
    guard let worker else {
      return try fallback.record(of: unit)
    }
    switch worker.ask(unit) {
    case .record(let record):
      idle.withLock { $0.append(worker) }
      return record
    case .error(let text): throw WorkerError(description: text)
    case .lost(let reason): return .unread(unit, reason)
    }
  }
}

/// What makes a run pointless, as a worker tells it.
struct WorkerError: Error, CustomStringConvertible {
  var description: String
}

extension UnitRecord {
  /// Of a unit of which nothing is known but the reason.
  static func unread(_ unit: SourceUnit, _ reason: String) -> UnitRecord {
    let problem = ParseProblem(message: reason, file: unit.path, line: 0, column: 0)
    let facts = UnitFacts(
      mainFile: unit.file, files: [], functions: [], globals: [], declarations: [], aliases: [:],
      problem: problem)
    return UnitRecord(
      facts: facts.encoded()[...],
      surroundings: Surroundings(files: [], folders: [], names: [], areKnown: false))
  }
}
