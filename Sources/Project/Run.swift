import Checks

/// The analysis of a set of units.
public struct Run {
  struct NotLinked: Error, CustomStringConvertible {
    var description: String { "the analysis is not linked into this build" }
  }

  public static func perform(units: [SourceUnit], options: RunOptions) throws -> RunResult {
    throw NotLinked()
  }
}
