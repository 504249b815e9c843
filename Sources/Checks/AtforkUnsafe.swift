import Catalogue
import ChildPath

/// A handler that `pthread_atfork` or a relative runs in the child of every fork does what a child must
/// not. Catalogue entries name it as the check of the functions that they start.
enum AtforkUnsafe: Check {
  static let id = "atfork-unsafe"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .entry(let start) = observation.start, start.check == id,
      case .external(let name) = observation.kind,
      let entry = inputs.catalogue.entry(named: inputs.program.names[name].text),
      case .violation(_, let certainty, let reason, let source, let instead) = judge(
        entry, context: observation.context, platform: inputs.platform)
    else { return nil }
    return Diagnosis(check: id, certainty: certainty, reason: reason, source: source, instead: instead)
  }
}
