import Catalogue
import ChildPath

/// The parent loses a descriptor that it opened for a child.
enum FdLeak: Check {
  static let id = "fd-leak"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .leaks(let held) = observation.kind, held.kind == .descriptor else { return nil }
    return Diagnosis(
      check: id, certainty: .forbidden,
      reason: held.names.count < 2
        ? "\(held.shown("the descriptor")) is still open, and nothing that could close it is left"
        : "\(held.shown("the descriptors")) are still open, and nothing that could close them is left",
      source: "POSIX.1-2017, close(); pipe(7): end-of-file comes when every write end is closed",
      instead: "Close it on this way too.")
  }
}

extension HeldForSpawn {
  /// `the descriptors 'in[0]' and 'in[1]'`.
  func shown(_ what: String) -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last else { return what }
    if quoted.count == 1 { return "\(what) \(last)" }
    return "\(what) \(quoted.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// As `shown`, with a verb in the right number.
  func shownOpened() -> String {
    names.count < 2 ? "\(shown("the descriptor")) is opened" : "\(shown("the descriptors")) are opened"
  }
}
