import Catalogue
import SpawnIR

/// Parameters through which a function is lent a number for the time of its call: it uses it, and neither keeps it, nor
/// returns it, nor closes it, itself or in what it calls; without states.
struct BorrowedParameters {
  /// By function, by position.
  private(set) var isLent: [[Bool]]

  /// - Parameter effects: of functions that have no body here.
  init(_ program: Program, flow: PointerFlow, effects: [FunctionNameID: [DescriptorEffect]]) {
    isLent = program.functions.map { Array(repeating: true, count: $0.body.parameters.count) }
    /// Per parameter, the parameters that are handed on to it.
    var handedOn: [Parameter: [Parameter]] = [:]
    var work: [Parameter] = []
    for id in program.functions.indices {
      for position in program.functions[id].body.parameters.indices {
        let parameter = Parameter(function: id, position: position)
        var uses = Uses(program: program, flow: flow, effects: effects, function: id)
        if uses.keeps(program.functions[id].body.parameters[position]) { work.append(parameter) }
        for target in uses.handedTo { handedOn[target, default: []].append(parameter) }
      }
    }
    while let parameter = work.popLast() {
      if !isLent[parameter.function][parameter.position] { continue }
      isLent[parameter.function][parameter.position] = false
      work += handedOn[parameter] ?? []
    }
  }

  private struct Parameter: Hashable {
    var function: FunctionID
    var position: Int
  }

  /// What one function does with a parameter's value.
  private struct Uses {
    let program: Program
    let flow: PointerFlow
    let effects: [FunctionNameID: [DescriptorEffect]]
    let function: FunctionID
    var handedTo: Set<Parameter> = []

    /// The value comes to be where others find it, by what this function does itself.
    mutating func keeps(_ parameter: Int) -> Bool {
      let body = program.functions[function].body
      // A pointer's target is the caller's, and what is passed whole is more than a number.
      let type = body.variables[parameter].type
      if type.isPointerLike || type.isRecord { return true }
      var holders: Set<Int> = [parameter]
      var grew = true
      while grew {
        grew = false
        for block in body.blocks {
          for instruction in block.instructions {
            switch instruction.kind {
            case .assign(let place, let value):
              guard holds(value, holders) else { continue }
              guard let local = Self.local(place) else { return true }
              if holders.insert(local).inserted { grew = true }
            case .call(let call): if keeps(call, holders) { return true }
            case .assembly(_, let inputs, _):
              if inputs.contains(where: { holds($0, holders) }) { return true }
            case .zero, .declare: break
            }
          }
          if case .return(.some(let value)) = block.terminator.kind, holds(value, holders) { return true }
        }
      }
      return false
    }

    /// The variable that the place is, or is a part of.
    private static func local(_ place: Place) -> Int? {
      switch place {
      case .variable(let index): index
      case .field(let base, _), .element(let base, _): local(base)
      case .global, .dereference: nil
      }
    }

    /// The number can be had back from the value; from a comparison or a single bit it cannot.
    private func holds(_ value: Value, _ holders: Set<Int>) -> Bool {
      switch value {
      case .load(let place), .addressOf(let place): Self.local(place).map(holders.contains) ?? false
      case .convert(let type, let inner): type.kind != .bool && holds(inner, holders)
      case .unary(let op, let inner): op != .logicalNot && holds(inner, holders)
      case .binary(let op, let left, let right):
        switch op {
        case .add, .subtract, .bitOr, .bitXor: holds(left, holders) || holds(right, holders)
        default: false
        }
      case .integer, .string, .function, .opaque: false
      }
    }

    private mutating func keeps(_ call: Call, _ holders: Set<Int>) -> Bool {
      let given = call.arguments.indices.filter { holds(call.arguments[$0], holders) }
      if given.isEmpty { return false }
      let names = program.targets(of: call, function: function, flow: flow)
      if names.isEmpty { return true }
      for name in names {
        let bodies = program.names[name].bodies
        for position in given {
          if bodies.isEmpty {
            if !Self.borrows(effects[name] ?? [], position) { return true }
            continue
          }
          if case .addressOf = call.arguments[position] { return true }
          for body in bodies {
            guard position < program.functions[body].body.parameters.count else { return true }
            handedTo.insert(Parameter(function: body, position: position))
          }
        }
      }
      return false
    }

    private static func borrows(_ effects: [DescriptorEffect], _ position: Int) -> Bool {
      if effects.contains(where: { $0.action == .closes && $0.argument == position }) { return false }
      return effects.contains { $0.action == .borrows && ($0.argument == nil || $0.argument == position) }
    }
  }
}
