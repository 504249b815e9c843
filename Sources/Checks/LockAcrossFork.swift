import Catalogue
import ChildPath

/// A lock held at fork that the child takes again, or whose data it goes on using.
enum LockAcrossFork: Check {
  static let id = "lock-across-fork"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    switch observation.kind {
    case .heldAcrossFork(let lock):
      Diagnosis(
        check: id, certainty: .harmful,
        reason:
          "the lock '\(lock.name)' is held at the fork and the child takes it again: nobody releases the "
          + "child's copy, so the child waits for ever",
        source: "POSIX.1-2017, fork(), rationale",
        instead: "Release the lock before the fork, or release or initialise the child's copy first.")
    case .guardedUse(let lock, let what):
      Diagnosis(
        check: id, certainty: .forbidden,
        reason:
          "the lock '\(lock.name)' is held at the fork, and the child goes on with '\(what)', which it guards, "
          + "without ever releasing it",
        source: "POSIX.1-2017, fork(), rationale",
        instead: "Release the lock on both sides of the fork, or initialise the child's copy.")
    default: nil
    }
  }
}
