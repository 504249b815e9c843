import Linking
import SpawnIR

/// What is opened on the way to a spawn call for the same object: a file that a request names.
struct OpenedFor {
  let analysis: Analysis

  /// The call leads to a spawn call's object: the descriptor that is opened by the instruction `opening`, in this function
  /// or below, is opened by that object's data.
  func serves(_ call: InstructionRef, opening: InstructionRef) -> Bool {
    let objects = variables(ofCall: call)
    if objects.isEmpty { return false }
    let shared = analysis.spawnCalls(after: call).reduce(into: Set<Int>()) { shared, later in
      shared.formUnion(objects.intersection(variables(ofCall: later)))
    }
    if shared.isEmpty { return false }
    if call == opening { return true }
    var ways = Array(repeating: false, count: analysis.program.functions.count)
    ways[opening.function] = true
    ways = analysis.graph.reaching(ways)
    return reaches(opening, from: call, by: shared, through: ways, seen: [])
  }

  /// Whether data of these variables come to the opening call's arguments, by way of the call.
  ///
  /// - Parameter ways: by function, whether it leads there.
  private func reaches(
    _ opening: InstructionRef, from call: InstructionRef, by variables: Set<Int>, through ways: [Bool],
    seen: Set<FunctionID>
  ) -> Bool {
    guard let made = self.call(at: call) else { return false }
    let given = made.arguments.indices.filter { mentions(made.arguments[$0], variables) }
    if given.isEmpty { return false }
    if call == opening { return true }
    for name in analysis.program.targets(of: made, function: call.function, flow: analysis.flow) {
      for callee in analysis.bodies(name) where ways[callee] && !seen.contains(callee) {
        let parameters = analysis.body(callee).parameters
        let inner = derived(from: Set(given.filter { $0 < parameters.count }.map { parameters[$0] }), callee)
        for (block, contents) in analysis.body(callee).blocks.enumerated() {
          for index in contents.instructions.indices {
            let next = InstructionRef(function: callee, block: block, index: index)
            if reaches(opening, from: next, by: inner, through: ways, seen: seen.union([callee])) {
              return true
            }
          }
        }
      }
    }
    return false
  }

  /// Variables whose values are made of these, as far as assignments tell.
  private func derived(from variables: Set<Int>, _ function: FunctionID) -> Set<Int> {
    var found = variables
    var grew = true
    while grew {
      grew = false
      for block in analysis.body(function).blocks {
        for instruction in block.instructions {
          guard case .assign(let place, let value) = instruction.kind,
            case .variable(let target) = place.base,
            !found.contains(target), mentions(value, found)
          else { continue }
          found.insert(target)
          grew = true
        }
      }
    }
    return found
  }

  private func mentions(_ value: Value, _ variables: Set<Int>) -> Bool {
    var found = false
    value.walk { inner in
      switch inner {
      case .load(let place), .addressOf(let place):
        if case .variable(let index) = place.base, variables.contains(index) { found = true }
      default: break
      }
    }
    return found
  }

  private func call(at place: InstructionRef) -> Call? {
    let instructions = analysis.body(place.function).blocks[place.block].instructions
    guard instructions.indices.contains(place.index), case .call(let call) = instructions[place.index].kind
    else { return nil }
    return call
  }

  /// Variables of the function through whose value, or to whose memory, the call's arguments lead.
  private func variables(ofCall at: InstructionRef) -> Set<Int> {
    let function = analysis.body(at.function)
    var found: Set<Int> = []
    for argument in call(at: at)?.arguments ?? [] {
      argument.walk { value in
        switch value {
        case .load(let place), .addressOf(let place):
          guard case .variable(let index) = place.base else { return }
          let type = function.variables[index].type
          if type.isPointerLike || type.isRecord { found.insert(index) }
        default: break
        }
      }
    }
    return found
  }
}
