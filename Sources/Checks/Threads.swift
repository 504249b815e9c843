import Catalogue
import Linking
import SpawnIR

/// Whether other threads are possible when the program forks, and why.
public struct ThreadsVerdict: Hashable, Sendable {
  public var possible: Bool
  /// The program creates some.
  public var areCertain: Bool
  public var reason: String

  public init(possible: Bool, areCertain: Bool = false, reason: String) {
    self.possible = possible
    self.areCertain = areCertain
    self.reason = reason
  }

  /// Single-threaded for certain only if the program has a `main`, calls nothing unknown, and
  /// nothing that it calls creates threads.
  ///
  /// - Parameters:
  ///   - external: functions without a body that anything calls or uses as a value, sorted.
  ///   - namesUnknown: whether to say which function is unknown.
  public static func infer(
    _ program: Program, external: [String], catalogue: Catalogue, isComplete: Bool, namesUnknown: Bool = true
  ) -> ThreadsVerdict {
    func entry(_ name: String) -> Entry? {
      guard let known = program.externalFunction(name) else { return catalogue.entry(named: name) }
      return catalogue.entry(for: program.names[known])
    }
    let creator = external.first { entry($0)?.createsThreads == true }
    func possible(_ reason: String) -> ThreadsVerdict {
      ThreadsVerdict(possible: true, areCertain: creator != nil, reason: reason)
    }
    guard program.hasMain else { return possible("library code: no main is among the files") }
    if let creator { return possible("'\(creator)' creates threads") }
    if let unknown = external.first(where: { entry($0) == nil }) {
      return possible(
        namesUnknown
          ? "'\(unknown)' is unknown and may create threads"
          : "functions are called of which nothing is known, and which may create threads")
    }
    if !isComplete { return possible("a file was not understood completely") }
    return ThreadsVerdict(possible: false, reason: "the program has a main and never creates a thread")
  }

  /// Functions without a body that anything calls or uses as a value, sorted.
  public static func external(_ program: Program) -> [String] {
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
      for symbol in mentioned(facts.skimmed) {
        let name = program.functionName(symbol, unit: unit)
        if name.map({ !program.hasBody($0) }) ?? true { texts.insert(symbol.name) }
      }
    }
    return texts.sorted()
  }

  /// Functions that code calls or uses as a value, each once.
  public static func mentioned(_ skim: UnitSkim) -> [Symbol] {
    var isKnown = Array(repeating: false, count: skim.symbols.count)
    var found: [Symbol] = []
    for function in skim.functions {
      for number in function.calls + function.values where !isKnown[Int(number)] {
        isKnown[Int(number)] = true
        found.append(skim.symbols[Int(number)])
      }
    }
    return found
  }
}
