import Catalogue
import ChildPath
import Linking

/// Signal handlers of the parent can run in a child that shares its memory.
enum VforkSignals: Check {
  static let id = "vfork-signals"

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    switch observation.kind {
    case .signalsOpen(let safe, let idle): diagnosis(safe, idle, "signals are not blocked here", inputs)
    case .signalsUnblocked(let safe, let idle):
      diagnosis(safe, idle, "this unblocks signals that may still run handlers of the parent", inputs)
    default: nil
    }
  }

  private static func diagnosis(
    _ safe: UInt64, _ idle: [FunctionNameID], _ what: String, _ inputs: CheckInputs
  ) -> Diagnosis? {
    let installed = inputs.handlers.filter { $0.signals & SignalBits.asynchronous & ~safe != 0 }
    let able = installed.filter { !idle.contains($0.function) }
    // All handlers of the program know the child and leave its memory alone.
    if able.isEmpty, !installed.isEmpty, inputs.program.hasMain { return nil }
    func name(_ index: Int) -> String { inputs.program.names[able[index].function].text }
    let worst = able.indices.first {
      able[$0].harm != nil && able[$0].signals & SignalBits.shared & ~safe != 0
    }
    let certainty: Certainty
    let reason: String
    if let worst, let harm = able[worst].harm {
      certainty = .harmful
      reason =
        "\(what): the handler '\(name(worst))' may run in the child, on the parent's memory, and \(harm)"
    } else if !able.isEmpty {
      certainty = .forbidden
      reason = "\(what): the handler '\(name(0))' may run in the child, on the parent's memory"
    } else {
      certainty = .unlisted
      reason = "\(what): a handler installed elsewhere may run in the child, on the parent's memory"
    }
    return Diagnosis(
      check: id, certainty: certainty, reason: reason,
      source: "vfork(2), caveats; glibc sysdeps/unix/sysv/linux/spawni.c; musl src/process/posix_spawn.c",
      instead:
        "Block all signals before the spawn call; in the child give each handled signal its default effect, then "
        + "restore the mask.")
  }
}
