import Catalogue
import ChildPath

/// A Python callable can run in the child of a subinterpreter.
enum PythonCallbackInSubinterpreter: Check {
  static let id = "python-callback-in-subinterpreter"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .unmet(let name) = observation.kind,
      let requirement = inputs.catalogue.entry(named: inputs.program.names[name].text)?.requirement,
      requirement.check == id
    else { return nil }
    return Diagnosis(
      check: id, certainty: .harmful, reason: requirement.because, source: requirement.source,
      instead: "Refuse the callable before the fork unless the interpreter is the main one.")
  }
}
