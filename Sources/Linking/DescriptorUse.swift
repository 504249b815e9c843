import Catalogue
import SpawnIR

/// Which functions open, close or hand on descriptors, and where descriptors are kept; callees included,
/// without states.
public struct DescriptorUse: Sendable {
  /// A descriptor may be opened there.
  public private(set) var opens: [Bool]
  /// Descriptors may be opened, closed or given to somebody who keeps them.
  public private(set) var touches: [Bool]
  /// Storage that may hold a descriptor that the program opened.
  public private(set) var storage: Set<FlowNode> = []
  private var borrowed: BorrowedParameters?

  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    let count = program.functions.count
    opens = Array(repeating: false, count: count)
    touches = opens
    var effects: [FunctionNameID: [DescriptorEffect]] = [:]
    for (id, name) in program.names.enumerated() where name.bodies.isEmpty {
      guard let entry = catalogue.entry(for: name), !entry.descriptors.isEmpty else { continue }
      effects[id] = entry.descriptors
    }
    if !effects.values.contains(where: { $0.contains(where: \.acquires) }) { return }
    for id in program.functions.indices {
      program.forEachCall(in: id) { call, _ in
        for name in program.targets(of: call, function: id, flow: flow) {
          for effect in effects[name] ?? [] where effect.action != .borrows {
            if effect.acquires { opens[id] = true }
            touches[id] = true
          }
        }
      }
    }
    opens = graph.reaching(opens)
    touches = graph.reaching(touches)
    var builder = StorageBuilder(program: program, flow: flow, effects: effects, opens: opens)
    for id in program.functions.indices { builder.collect(id) }
    storage = builder.closure()
    borrowed = BorrowedParameters(program, flow: flow, effects: effects)
  }

  /// What the function gets there it uses during its call only.
  public func borrows(_ function: FunctionID, argument: Int) -> Bool {
    guard let lent = borrowed?.isLent[function], lent.indices.contains(argument) else { return false }
    return lent[argument]
  }

  /// Follows descriptors forwards, from where they are opened to all storage that they may come to.
  private struct StorageBuilder {
    let program: Program
    let flow: PointerFlow
    let effects: [FunctionNameID: [DescriptorEffect]]
    let opens: [Bool]
    private var found: Set<FlowNode> = []
    private var targets: [FlowNode: Set<FlowNode>] = [:]
    /// Storage of flags that tell whether a descriptor is inherited.
    private var flags: Set<FlowNode> = []

    init(
      program: Program, flow: PointerFlow, effects: [FunctionNameID: [DescriptorEffect]], opens: [Bool]
    ) {
      self.program = program
      self.flow = flow
      self.effects = effects
      self.opens = opens
    }

    mutating func collect(_ id: FunctionID) {
      let function = program.functions[id]
      for block in function.body.blocks {
        for instruction in block.instructions {
          switch instruction.kind {
          case .assign(let place, let value):
            guard let target = program.flowNode(place, function: id) else { continue }
            flow(value, to: target, id, isNumber: type(of: place, function.body).kind == .signed(32))
            // Who is handed the object around a member can come to it.
            if place.lastField != nil, case .variable(let base) = place.base {
              targets[target, default: []].insert(.variable(id, base))
            }
          case .call(let call): collect(call, id)
          case .zero, .declare, .assembly: break
          }
        }
        if case .return(.some(let value)) = block.terminator.kind {
          flow(value, to: .result(function.name), id, isNumber: function.body.returnType == .int)
        }
      }
    }

    private mutating func collect(_ call: Call, _ id: FunctionID) {
      for name in program.targets(of: call, function: id, flow: flow) {
        for effect in effects[name] ?? [] {
          if case .flags(let index, _) = effect.closeOnExec, index < call.arguments.count {
            call.arguments[index].walk { value in
              if case .load(let place) = value, let node = program.flowNode(place, function: id) {
                flags.insert(node)
              }
            }
          }
          switch effect.action {
          case .opens:
            if let result = call.result { found.insert(.variable(id, result)) }
          case .opensInto: if let index = effect.argument { pointee(of: index, call, id) }
          default: break
          }
        }
        let bodies = program.names[name].bodies
        if bodies.isEmpty { continue }
        if let result = call.result {
          for name in program.definingNames(name) {
            targets[.result(name), default: []].insert(.variable(id, result))
          }
        }
        for body in bodies {
          for (index, pair) in zip(call.arguments, program.functions[body].body.parameters).enumerated() {
            let type = program.functions[body].body.variables[pair.1].type
            flow(pair.0, to: .variable(body, pair.1), id, isNumber: type.kind == .signed(32))
            if opens[body] { pointee(of: index, call, id) }
          }
        }
      }
    }

    /// The callee may store a descriptor where the argument points to.
    private mutating func pointee(of index: Int, _ call: Call, _ id: FunctionID) {
      guard index < call.arguments.count else { return }
      switch call.arguments[index] {
      case .addressOf(let place): if let node = program.flowNode(place, function: id) { found.insert(node) }
      default: break
      }
    }

    private func type(of place: Place, _ body: Function) -> TypeShape {
      switch place {
      case .variable(let index): body.variables[index].type
      case .field(_, let field): field.type
      case .global, .dereference, .element: .other
      }
    }

    private mutating func flow(_ value: Value, to target: FlowNode, _ id: FunctionID, isNumber: Bool) {
      switch value {
      case .load(let place):
        guard let node = program.flowNode(place, function: id) else {
          // Behind a pointer of its own type any number may lie.
          if isNumber { found.insert(target) }
          return
        }
        if node != target { targets[node, default: []].insert(target) }
      case .convert(_, let inner): flow(inner, to: target, id, isNumber: isNumber)
      case .addressOf(let place):
        // The pointer's target may hold one: who follows it must know the pointer.
        if let node = program.flowNode(place, function: id), node != target {
          targets[node, default: []].insert(target)
        }
      default: break
      }
    }

    func closure() -> Set<FlowNode> {
      var result = found
      var work = Array(found)
      while let node = work.popLast() {
        for target in targets[node] ?? [] where result.insert(target).inserted { work.append(target) }
      }
      var sources: [FlowNode: [FlowNode]] = [:]
      for (source, nodes) in targets { for target in nodes { sources[target, default: []].append(source) } }
      work = Array(flags)
      result.formUnion(flags)
      while let node = work.popLast() {
        for source in sources[node] ?? [] where result.insert(source).inserted { work.append(source) }
      }
      return result
    }
  }
}
