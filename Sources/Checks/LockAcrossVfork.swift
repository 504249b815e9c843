import Catalogue
import ChildPath

/// The parent holds a lock while it waits for its vfork child.
enum LockAcrossVfork: Check {
  static let id = "lock-across-vfork"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .heldAcrossVfork(let lock) = observation.kind else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful,
      reason:
        "the lock '\(lock.name)' is held while the parent waits for the child: every thread that wants it "
        + "waits until the child has execed or ended, however slow the file system is",
      source: "vfork(2); CPython gh-104372",
      instead: "Release the lock in the parent before the spawn call and take it again there afterwards.")
  }
}
