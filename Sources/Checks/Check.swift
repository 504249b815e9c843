import Catalogue
import ChildPath
import Linking

/// What a check sees in one observation.
public struct Diagnosis: Hashable, Sendable {
  public var check: String
  public var certainty: Certainty
  /// Completes "…: "; one clause without a full stop.
  public var reason: String
  /// Standard section, man page, bug number.
  public var source: String
  public var instead: String?

  public init(check: String, certainty: Certainty, reason: String, source: String, instead: String?) {
    self.check = check
    self.certainty = certainty
    self.reason = reason
    self.source = source
    self.instead = instead
  }
}

/// What checks may look at beside the observation.
public struct CheckInputs: Sendable {
  public var program: Program
  public var catalogue: Catalogue
  public var platform: Platform
  /// Signal handlers of the program, where a child may share its memory.
  public var handlers: [SignalHandler] = []
  /// The program creates threads.
  public var threadsAreCertain = false
}

/// One rule. Its page and examples stand in `Rules/checks/<id>`.
public protocol Check: Sendable {
  static var id: String { get }
  /// Nil when the observation is not this check's business.
  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis?
}

/// A check whose cases the catalogue names: it reports calls that the platform does not allow in
/// such a child and whose entry points to it.
public protocol CatalogueCheck: Check {}

extension CatalogueCheck {
  public static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    catalogueDiagnosis(observation, inputs)
  }
}

extension Check {
  /// What the catalogue says of the call, where it names this check.
  static func catalogueDiagnosis(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    let name: FunctionNameID
    switch observation.kind {
    // Of a runtime that the child made usable, before it execs: it had no need of it.
    case .external(let called), .readied(let called): name = called
    default: return nil
    }
    guard let entry = inputs.catalogue.entry(named: inputs.program.names[name].text),
      case .violation(let check, let certainty, let reason, let source, let instead) = judge(
        entry, context: observation.context, platform: inputs.platform),
      check == id
    else { return nil }
    return Diagnosis(check: check, certainty: certainty, reason: reason, source: source, instead: instead)
  }
}

/// Every check, in the order in which they claim an observation.
public enum CheckRegistry {
  public static let all: [any Check.Type] = [
    FdLeak.self, LockLeak.self, SignalMaskLeak.self, FdInherited.self,
    LockAcrossVfork.self, LockAcrossFork.self, PythonCallbackInSubinterpreter.self, PythonForkProtocol.self,
    VforkReturn.self, VforkWritesParent.self, VforkSetID.self, VforkSpawns.self, VforkSignals.self,
    PythonAPIInChild.self, AtforkUnsafe.self, ChildCallback.self, ChildLongjmp.self, ChildLeaves.self,
    UnknownCall.self,
    ChildAllocates.self,
    ChildStdio.self, ChildLocks.self, ChildExit.self, ChildPathSearch.self, ChildEnvironment.self,
    ChildUnsafeCall.self,
  ]

  static func diagnose(_ observation: Observation, _ inputs: CheckInputs) -> Diagnosis? {
    if isPermitted(observation, inputs) { return nil }
    for check in all {
      if let diagnosis = check.diagnose(observation, inputs) { return diagnosis }
    }
    return nil
  }

  /// The function that starts in the child may do that with locks.
  private static func isPermitted(_ observation: Observation, _ inputs: CheckInputs) -> Bool {
    guard case .entry(let start) = observation.start, case .external(let name) = observation.kind,
      let entry = inputs.catalogue.entry(named: inputs.program.names[name].text)
    else { return false }
    return start.permits(entry)
  }
}
