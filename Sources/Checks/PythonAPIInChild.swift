import Catalogue
import ChildPath

/// The child calls an API of CPython that needs the GIL or allocates.
enum PythonAPIInChild: Check {
  static let id = "python-api-in-child"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    switch observation.kind {
    case .external: return catalogueDiagnosis(observation, inputs)
    case .readied(let name):
      // In a worker the call is what PyOS_AfterFork_Child is for; such observations do not come here.
      guard let entry = inputs.catalogue.entry(named: inputs.program.names[name].text),
        entry.families.contains("python")
      else { return nil }
      return Diagnosis(
        check: id, certainty: .forbidden,
        reason:
          "the child made the interpreter usable again, but what it runs before exec may wait for locks that "
          + "other threads of the parent held",
        source: "Python, subprocess: preexec_fn is not safe in the presence of threads",
        instead: entry.instead)
    default: return nil
    }
  }
}
