import Catalogue
import ChildPath

/// The parent opens a descriptor that children of other threads inherit.
enum FdInherited: Check {
  static let id = "fd-inherited"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .inheritable(let held) = observation.kind else { return nil }
    return Diagnosis(
      check: id, certainty: inputs.threadsAreCertain ? .forbidden : .unlisted,
      reason:
        "\(held.shownOpened()) without close-on-exec: a child that another thread starts meanwhile keeps "
        + (held.names.count < 2 ? "it open" : "them open"),
      source: "open(2), O_CLOEXEC: setting the flag later is a race; POSIX.1-2024, pipe2()",
      instead:
        "Open it with close-on-exec at once (O_CLOEXEC, SOCK_CLOEXEC, pipe2); dup2 clears it in the child.")
  }
}
