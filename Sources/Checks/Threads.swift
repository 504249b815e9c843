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
    guard program.hasMain else {
      return ThreadsVerdict(possible: true, reason: "library code: no main is among the files")
    }
    if !isComplete {
      return ThreadsVerdict(possible: true, reason: "a file was not understood completely")
    }
    for text in external(program) {
      guard let entry = catalogue.entry(named: text) else {
        return ThreadsVerdict(possible: true, reason: "'\(text)' is unknown and may create threads")
      }
      if entry.createsThreads {
        return ThreadsVerdict(possible: true, reason: "'\(text)' creates threads")
      }
    }
    return ThreadsVerdict(possible: false, reason: "the program has a main and never creates a thread")
  }

  /// Functions without a body that anything calls or uses as a value, sorted.
  private static func external(_ program: Program) -> [String] {
    var names: Set<FunctionNameID> = []
    var texts: Set<String> = []
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
    for name in names where !program.hasBody(name) { texts.insert(program.names[name].text) }
    for (unit, facts) in program.units.enumerated() {
      var isKnown = Array(repeating: false, count: facts.skimmed.symbols.count)
      for function in facts.skimmed.functions {
        for number in function.calls + function.values where !isKnown[Int(number)] {
          isKnown[Int(number)] = true
          let symbol = facts.skimmed.symbols[Int(number)]
          let name = program.functionName(symbol, unit: unit)
          if name.map({ !program.hasBody($0) }) ?? true { texts.insert(symbol.name) }
        }
      }
    }
    return texts.sorted()
  }
}
