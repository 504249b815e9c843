import SpawnIR

/// What makes a function one that a child may call, whoever calls it.
public struct ContractRules: Sendable {
  /// Texts of `annotate` attributes and names of macros that say so.
  public var marks: Set<String>
  /// The pattern that a function's name matches; nil for none.
  public var pattern: @Sendable (String) -> String?

  public init(marks: Set<String>, pattern: @escaping @Sendable (String) -> String? = { _ in nil }) {
    self.marks = marks
    self.pattern = pattern
  }

  public static let none = ContractRules(marks: [])

  /// Whether anything in the unit fits; most hold nothing of the kind.
  public func mayHold(in skim: UnitSkim) -> Bool {
    skim.annotations.contains { marks.contains($0.text) }
      || skim.functions.contains { pattern(skim.symbols[Int($0.symbol)].name) != nil }
  }

  /// The same of a program, lowered as far as it is needed.
  public func mayHold(in program: Program) -> Bool {
    program.units.contains { mayHold(in: $0.skimmed) }
      || program.functions.contains { pattern(program.names[$0.name].text) != nil }
  }
}

/// A function that promises to be async-signal-safe, or of which it is demanded.
public struct Contract: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// A mark at one of its declarations.
    case mark(String)
    /// Its name matches.
    case name(pattern: String)
    /// It is handed to that function, where only such functions may be.
    case argument(of: FunctionNameID)
  }
  public var function: FunctionID
  public var reason: Reason

  /// All of a program, in the order of its functions.
  public static func all(in program: Program, flow: PointerFlow, rules: ContractRules) -> [Contract] {
    var found: [FunctionID: Reason] = [:]
    func note(_ name: FunctionNameID, _ reason: Reason) {
      for body in program.names[name].bodies where found[body] == nil { found[body] = reason }
    }
    var parameters: [FunctionNameID: Set<Int>] = [:]
    for (unit, facts) in program.units.enumerated() {
      for annotation in facts.skimmed.annotations where rules.marks.contains(annotation.text) {
        let symbol = facts.skimmed.symbols[Int(annotation.symbol)]
        guard let name = program.functionName(symbol, unit: unit) else { continue }
        if let parameter = annotation.parameter {
          parameters[name, default: []].insert(parameter)
        } else {
          note(name, .mark(annotation.text))
        }
      }
    }
    for name in program.names.indices {
      if let pattern = rules.pattern(program.names[name].text) { note(name, .name(pattern: pattern)) }
    }
    if !parameters.isEmpty {
      for (id, function) in program.functions.enumerated() {
        for block in function.body.blocks {
          for instruction in block.instructions {
            guard case .call(let call) = instruction.kind, case .direct(let symbol) = call.callee,
              let name = program.functionName(symbol, unit: function.unit)
            else { continue }
            for index in parameters[name, default: []].sorted() {
              for handed in program.functions(in: call, argument: index, function: id, flow: flow) {
                note(handed, .argument(of: name))
              }
            }
          }
        }
      }
    }
    return found.sorted { $0.key < $1.key }.map { Contract(function: $0.key, reason: $0.value) }
  }
}
