import Catalogue
import ChildPath

/// The child jumps to a place that the parent prepared.
enum ChildLongjmp: Check {
  static let id = "child-longjmp"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .longjmp = observation.kind else { return nil }
    return Diagnosis(
      check: id, certainty: observation.context == .vfork ? .harmful : .forbidden,
      reason: observation.context == .vfork
        ? "the child jumps into a frame of the parent, on whose stack it runs"
        : "the child jumps out of its code and goes on as a second copy of the parent",
      source: "POSIX.1-2017, longjmp(); vfork(2)", instead: "End the child with _exit.")
  }
}
