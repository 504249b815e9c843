import Catalogue
import ChildPath

/// A child that shares memory changes what the parent goes on using.
enum VforkWritesParent: Check {
  static let id = "vfork-writes-parent"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .writesParent(let what) = observation.kind else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful,
      reason: "the child changes \(what), which the parent sees: their memory is shared until exec",
      source: "vfork(2); POSIX.1-2004, vfork()",
      instead: "Prepare the value before the spawn, or hand results back through a pipe.")
  }
}
