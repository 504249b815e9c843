import Catalogue
import ChildPath

/// The parent forgets to restore the signal mask after a spawn call.
enum SignalMaskLeak: Check {
  static let id = "signal-mask-leak"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .leaks(let held) = observation.kind, held.kind == .mask else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful,
      reason: "signals that were blocked for the spawn call are still blocked",
      source: "POSIX.1-2017, pthread_sigmask(); signal(7): exec and fork hand the mask on",
      instead: "Restore the old mask on this way too.")
  }
}
