import Catalogue
import ChildPath

/// The parent forgets to release a lock that it took for a spawn call.
enum LockLeak: Check {
  static let id = "lock-leak"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .leaks(let held) = observation.kind, held.kind == .lock else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful,
      reason: "\(held.shown("the lock")) is still held, although other ways of the function release it",
      source: "POSIX.1-2017, pthread_mutex_lock(): whoever wants the lock waits until its owner unlocks it",
      instead: "Release it on this way too.")
  }
}
