import Catalogue
import ChildPath

/// The child runs code that somebody outside hands in.
enum ChildCallback: Check {
  static let id = "child-callback"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .pointer(let name) = observation.kind else { return nil }
    return Diagnosis(
      check: id, certainty: .unlisted,
      reason: "'\(name)' is code from outside: whether it is safe in a child is not known here",
      source: "POSIX.1-2017, fork()",
      instead: "State in the interface that the callback may make only async-signal-safe calls.")
  }
}
