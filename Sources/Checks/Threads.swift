import Catalogue
import Linking
import SpawnIR

/// Whether other threads are possible when the program forks, and why.
public struct ThreadsVerdict: Hashable, Sendable {
  public var possible: Bool
  public var reason: String

  public init(possible: Bool, reason: String) {
    self.possible = possible
    self.reason = reason
  }

  /// Single-threaded for certain only if the program has a `main`, calls nothing unknown, and
  /// nothing that it calls creates threads.
  public static func infer(_ program: Program, catalogue: Catalogue, isComplete: Bool) -> ThreadsVerdict {
    guard let main = program.externalFunction("main"), !program.names[main].bodies.isEmpty else {
      return ThreadsVerdict(possible: true, reason: "library code: no main is among the files")
    }
    if !isComplete {
      return ThreadsVerdict(possible: true, reason: "a file was not understood completely")
    }
    for name in called(program) where program.names[name].bodies.isEmpty {
      let text = program.names[name].text
      guard let entry = catalogue.entry(named: text) else {
        return ThreadsVerdict(possible: true, reason: "'\(text)' is unknown and may create threads")
      }
      if entry.createsThreads {
        return ThreadsVerdict(possible: true, reason: "'\(text)' creates threads")
      }
    }
    return ThreadsVerdict(possible: false, reason: "the program has a main and never creates a thread")
  }

  private static func called(_ program: Program) -> [FunctionNameID] {
    var names: Set<FunctionNameID> = []
    for function in program.functions {
      for block in function.body.blocks {
        for instruction in block.instructions {
          if case .call(let call) = instruction.kind, case .direct(let symbol) = call.callee,
            let name = program.functionName(symbol, unit: function.unit)
          {
            names.insert(name)
          }
        }
      }
      function.body.forEachValue { _, value in
        if case .function(let symbol) = value, let name = program.functionName(symbol, unit: function.unit) {
          names.insert(name)
        }
      }
    }
    return names.sorted { program.names[$0].text < program.names[$1].text }
  }
}
