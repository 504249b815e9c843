import Linking
import SpawnIR

/// Parameters that a function does nothing with but hand them over to start in a child: what is passed
/// there is mentioned for the child alone.
struct EntryParameters {
  private struct Parameter: Hashable {
    var function: FunctionID
    var variable: Int
  }

  private enum Use {
    case startsInChild
    case passed(FunctionNameID, argument: Int)
    case other
  }

  private let program: Program
  private var members: Set<Parameter> = []

  init(_ analysis: Analysis) {
    program = analysis.program
    var uses: [Parameter: [Use]] = [:]
    for id in program.functions.indices {
      let body = program.functions[id].body
      let parameters = Set(body.parameters.filter { body.variables[$0].type.kind == .functionPointer })
      if !parameters.isEmpty { Self.collect(id, parameters, analysis, &uses) }
    }
    members = Set(uses.keys)
    var changed = true
    while changed {
      changed = false
      for (parameter, uses) in uses where members.contains(parameter) && !uses.allSatisfy(isForChildren) {
        members.remove(parameter)
        changed = true
      }
    }
  }

  /// Whether what is passed as this argument of the function starts in a child and nowhere else.
  func contains(argument: Int, of name: FunctionNameID) -> Bool {
    let bodies = program.names[name].bodies
    return !bodies.isEmpty
      && bodies.allSatisfy { id in
        let parameters = program.functions[id].body.parameters
        return argument < parameters.count
          && members.contains(Parameter(function: id, variable: parameters[argument]))
      }
  }

  private func isForChildren(_ use: Use) -> Bool {
    switch use {
    case .startsInChild: true
    case .passed(let name, let argument): contains(argument: argument, of: name)
    case .other: false
    }
  }

  /// Tests of a parameter are no uses.
  private static func collect(
    _ id: FunctionID, _ parameters: Set<Int>, _ analysis: Analysis, _ uses: inout [Parameter: [Use]]
  ) {
    func note(_ value: Value, _ use: Use) {
      value.walk { inner in
        switch inner {
        case .load(.variable(let index)), .addressOf(.variable(let index)):
          if parameters.contains(index) {
            uses[Parameter(function: id, variable: index), default: []].append(use)
          }
        default: break
        }
      }
    }
    for block in analysis.body(id).blocks {
      for instruction in block.instructions {
        guard case .call(let call) = instruction.kind, case .direct(let symbol) = call.callee,
          let name = analysis.program.functionName(symbol, unit: analysis.program.functions[id].unit)
        else {
          instruction.forEachValue { value in
            if case .load(.variable) = value { note(value, .other) }
            if case .addressOf(.variable) = value { note(value, .other) }
          }
          continue
        }
        let isBody = !analysis.bodies(name).isEmpty
        let starting = isBody ? [] : analysis.entry(name)?.entryArguments ?? []
        for (index, argument) in call.arguments.enumerated() {
          note(
            argument,
            starting.contains(index) ? .startsInChild : isBody ? .passed(name, argument: index) : .other)
        }
      }
      if case .return(.some(let value)) = block.terminator.kind { note(value, .other) }
    }
  }
}
