import Foundation
import Synchronization

/// What the steps of a run cost: they follow each other, so that the process's own clock tells them apart.
public final class Stopwatch: Sendable {
  public struct Step: Sendable {
    public var name: String
    /// Seconds by the clock on the wall, and of all processors together.
    public var wall: Double
    public var processor: Double
    public var count: Int
  }

  public static let shared = Stopwatch()

  private let known = Mutex<[Step]>([])

  /// In the order in which they were begun.
  public var steps: [Step] { known.withLock { $0 } }

  func measure<Result, Failure>(
    _ name: String, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let wall = Date()
    let processor = Self.processorTime
    defer {
      let step = Step(
        name: name, wall: Date().timeIntervalSince(wall), processor: Self.processorTime - processor, count: 1)
      known.withLock { steps in
        if let index = steps.firstIndex(where: { $0.name == name }) {
          steps[index].wall += step.wall
          steps[index].processor += step.processor
          steps[index].count += 1
        } else {
          steps.append(step)
        }
      }
    }
    return try work()
  }

  private static var processorTime: Double {
    // Files are read in processes of their own.
    [RUSAGE_SELF.rawValue, RUSAGE_CHILDREN.rawValue].reduce(0) { sum, who in
      var usage = rusage()
      guard getrusage(who, &usage) == 0 else { return sum }
      return sum + Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
  }
}
