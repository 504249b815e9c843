import Checks
import Foundation
import Project

/// `--timings`: what was read and why, and what it cost.
enum Timings {
  static func tell(_ result: RunResult) {
    var lines = ["read \(result.readUnits.count) of \(result.unitCount) files"]
    let groups = Dictionary(grouping: result.readUnits, by: \.reason)
    for (reason, units) in groups.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
      lines.append("\(units.count) because it \(reason)")
      if units.count < result.unitCount { lines += units.map { "  " + $0.path } }
    }
    for step in Stopwatch.shared.steps {
      lines.append(
        "\(step.name): \(seconds(step.wall)) s, processor \(seconds(step.processor)) s"
          + (step.count > 1 ? ", \(step.count) times" : ""))
    }
    FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static func seconds(_ value: Double) -> String { String(format: "%.2f", value) }
}
