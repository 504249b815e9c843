import Catalogue
import ChildPath

/// The child returns out of the code that spawned it and goes on as a second parent.
enum ChildLeaves: Check {
  static let id = "child-leaves"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard observation.kind == .leaves else { return nil }
    return Diagnosis(
      check: id, certainty: .forbidden,
      reason: "the child returns from here and goes on in its parent's code",
      source: "POSIX.1-2017, fork(), rationale", instead: "End the child with _exit after a failed exec.")
  }
}
