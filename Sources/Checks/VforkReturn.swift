import Catalogue
import ChildPath

/// The child of `vfork` returns from the frame that called it.
enum VforkReturn: Check {
  static let id = "vfork-return"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard observation.kind == .vforkReturn else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful,
      reason: "the child returns from the frame that called vfork; the parent goes on in a destroyed frame",
      source: "vfork(2); POSIX.1-2004, vfork()", instead: "End the child with _exit or exec in this function."
    )
  }
}
