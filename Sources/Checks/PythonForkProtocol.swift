import Catalogue
import ChildPath

/// A fork whose child goes on with a runtime, without what the runtime wants around it.
enum PythonForkProtocol: Check {
  static let id = "python-fork-protocol"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    guard case .protocolBreak(let name, let gap) = observation.kind else { return nil }
    let runtime = name.prefix(1).uppercased() + name.dropFirst()
    func functions(_ part: ProtocolStep.Part) -> String {
      inputs.catalogue.functions(of: ProtocolStep(part: part, name: name)).map { "\($0)()" }
        .joined(separator: " or ")
    }
    let reason =
      switch gap {
      case .before:
        "the child goes on with \(runtime), but \(functions(.before)) is not called before the fork"
      case .child: "the child goes on with \(runtime), but does not call \(functions(.child)) first"
      case .parent:
        "\(functions(.before)) is called before it, but the parent returns without \(functions(.parent))"
      case .lock(let lock):
        "\(functions(.before)) is called before it, but the \(lock) is not held at the fork"
      }
    return Diagnosis(
      check: id, certainty: .harmful, reason: reason,
      source: "Python/C API manual, PyOS_BeforeFork, PyOS_AfterFork_Parent, PyOS_AfterFork_Child",
      instead:
        "Call \(functions(.before)) before the fork with the lock held, \(functions(.parent)) after it in the "
        + "parent, also when it failed, and \(functions(.child)) first in the child.")
  }
}
