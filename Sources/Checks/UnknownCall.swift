import Catalogue
import ChildPath
import SpawnIR

/// The child calls a function of which neither source nor catalogue entry is known.
enum UnknownCall: Check {
  static let id = "unknown-call"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    switch observation.kind {
    case .unknown(let name) where inputs.program.names[name].text == Symbol.lost.name:
      return Diagnosis(
        check: id, certainty: .unlisted, reason: "before this something stands that clang did not understand",
        source: "the analysed program", instead: "Give the flags and headers with which the file compiles.")
    case .unknown(let name):
      return Diagnosis(
        check: id, certainty: .unlisted,
        reason:
          "nothing is known of '\(inputs.program.names[name].text)': it has no source here and no catalogue entry",
        source: "the analysed program", instead: "Add its source to the run, or describe it in a catalogue.")
    case .tooManyTargets(let name):
      return Diagnosis(
        check: id, certainty: .unlisted, reason: "'\(name)' may be any of too many functions",
        source: "the analysed program", instead: "Call the function directly in the child.")
    case .assembly:
      return Diagnosis(
        check: id, certainty: .unlisted, reason: "what this inline assembly does is not known",
        source: "the analysed program", instead: "Call a function that has a catalogue entry.")
    default: return nil
    }
  }
}
