import Catalogue
import SpawnIR

/// Storage whose value can decide what is executed: it flows, here or in callees, into a branch, an
/// indirect call, a lock, a spawn call's flags. Everything else need not be tracked.
public struct Relevance: Sendable {
  private var nodes: Set<FlowNode>
  private var decisive: Set<FlowNode>
  private var inChildren: Set<FlowNode>

  /// Some child may share its parent's memory.
  public let hasSharedMemory: Bool

  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    hasSharedMemory = program.mayShareMemory(flow, catalogue)
    var builder = RelevanceBuilder(program: program, flow: flow, catalogue: catalogue)
    builder.hasSharedMemory = hasSharedMemory
    for id in program.functions.indices { builder.collect(id) }
    builder.propagate()
    nodes = builder.relevant
    var values = RelevanceBuilder(program: program, flow: flow, catalogue: catalogue)
    values.valuesOnly = true
    for id in program.functions.indices { values.collect(id) }
    values.propagate()
    decisive = values.relevant
    var children = RelevanceBuilder(program: program, flow: flow, catalogue: catalogue)
    children.valuesOnly = true
    children.findChildCode(graph)
    for id in program.functions.indices { children.collect(id) }
    children.propagate()
    inChildren = children.relevant
  }

  /// As seen from the parent: descriptors are followed, and every decision counts.
  public func forParents(keepingDescriptorsIn storage: Set<FlowNode>) -> Relevance {
    var result = self
    result.nodes.formUnion(storage)
    result.inChildren.formUnion(decisive)
    return result
  }

  public func contains(_ node: FlowNode) -> Bool { nodes.contains(node) }

  /// The catalogue function's effect depends on the argument, or reaches memory through it.
  public func isDecisive(argument index: Int, of entry: Entry, declaration: Declaration?) -> Bool {
    if entry.retains { return true }
    if entry.mayWrite(argument: index, declaration) { return true }
    return entry.decidingArguments(sharesMemory: hasSharedMemory).contains(index)
  }

  /// Code that a child may execute decides on the value.
  public func decidesInChildren(_ node: FlowNode) -> Bool { inChildren.contains(node) }

  /// The value itself is compared or called, not only the memory behind it.
  public func decides(_ node: FlowNode) -> Bool { decisive.contains(node) }
}

extension Entry {
  /// The call may write what the argument points to. An API with a contract of its own writes its
  /// objects by its own rules and nothing of the caller's unless its entry says so.
  public func mayWrite(argument index: Int, _ declaration: Declaration?) -> Bool {
    if let from = writesFrom, index >= from { return true }
    if let writes { return writes.contains(index) }
    if isContract || end == .exec { return false }
    guard let parameters = declaration?.parameters, index < parameters.count else { return false }
    return parameters[index].isPointerLike && !parameters[index].pointeeIsConst
  }

  /// Arguments on whose value the call's effect on control depends.
  func decidingArguments(sharesMemory: Bool) -> Set<Int> {
    var deciding = Set(calls)
    for entry in childEntries {
      deciding.insert(entry.argument)
      if let data = entry.data { deciding.insert(data) }
    }
    for spawn in spawns {
      if let argument = spawn.flags?.argument { deciding.insert(argument) }
      if let argument = spawn.entryArgument { deciding.insert(argument) }
      if let argument = spawn.entryData { deciding.insert(argument) }
      if let argument = spawn.whenArgument { deciding.insert(argument) }
    }
    for end in conditionalEnds { deciding.insert(end.whenArgument) }
    for lock in locks { if let argument = lock.argument { deciding.insert(argument) } }
    if sharesMemory { for signal in signals { deciding.formUnion(signal.arguments) } }
    if self.end == .longjmp || isSetjmp { deciding.insert(0) }
    return deciding
  }
}

private struct RelevanceBuilder {
  let program: Program
  let flow: PointerFlow
  let catalogue: Catalogue
  var relevant: Set<FlowNode> = []
  /// Pointers that are only followed do not count.
  var valuesOnly = false
  /// What signals do matters.
  var hasSharedMemory = false
  var work: [FlowNode] = []
  /// If the key is relevant, so are these.
  var sources: [FlowNode: Set<FlowNode>] = [:]

  /// Blocks whose decisions count, by function; nil counts all. An empty set stands for all blocks.
  private var deciding: [FunctionID: Set<Int>]?

  private func decides(_ id: FunctionID, _ block: Int) -> Bool {
    guard let deciding else { return true }
    guard let blocks = deciding[id] else { return false }
    return blocks.isEmpty || blocks.contains(block)
  }

  /// What follows a spawn call in its function, and all that can be called from there.
  mutating func findChildCode(_ graph: CallGraph) {
    var blocks: [FunctionID: Set<Int>] = [:]
    var work: [FunctionID] = []
    for id in program.functions.indices {
      let body = program.functions[id].body
      var after: [Int] = []
      for (index, block) in body.blocks.enumerated()
      where block.instructions.contains(where: { isSpawn($0) { $0.maySpawn($1) } }) {
        after.append(index)
      }
      for block in body.blocks {
        for instruction in block.instructions {
          guard case .call(let call) = instruction.kind else { continue }
          for name in program.childEntries(of: call, function: id, flow: flow, catalogue: catalogue) {
            work += program.names[name].bodies
          }
        }
      }
      while let block = after.popLast() {
        if blocks[id, default: []].insert(block).inserted {
          after += body.blocks[block].terminator.successors
        }
      }
      for block in blocks[id] ?? [] {
        for instruction in body.blocks[block].instructions {
          guard case .call(let call) = instruction.kind else { continue }
          for name in program.targets(of: call, function: id, flow: flow) {
            work += program.names[name].bodies
          }
        }
      }
    }
    var entered: Set<FunctionID> = []
    while let id = work.popLast() {
      if entered.insert(id).inserted { work += graph.callees[id] }
    }
    for (id, function) in program.functions.enumerated()
    where graph.effects[id].reachesSpawn && !entered.contains(id) {
      blocks[id, default: []].formUnion(choosingBlocks(function, id, graph))
    }
    for id in entered { blocks[id] = [] }
    deciding = blocks
  }

  /// Blocks whose branch decides which of several spawn calls comes.
  private func choosingBlocks(_ function: LinkedFunction, _ id: FunctionID, _ graph: CallGraph) -> Set<Int> {
    let body = function.body
    var reached = body.blocks.map { block -> Set<Int> in
      var calls: Set<Int> = []
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(let call) = instruction.kind else { continue }
        let enters = program.targets(of: call, function: id, flow: flow).contains { name in
          program.names[name].bodies.contains { graph.effects[$0].reachesSpawn }
        }
        if enters || isSpawn(instruction, { $0.mayStartChild($1) }) {
          calls.insert(Int(instruction.span.line) << 12 | index)
        }
      }
      return calls
    }
    var changed = true
    while changed {
      changed = false
      for (index, block) in body.blocks.enumerated().reversed() {
        let all = block.terminator.successors.reduce(into: reached[index]) { $0.formUnion(reached[$1]) }
        if all != reached[index] {
          reached[index] = all
          changed = true
        }
      }
    }
    return Set(
      body.blocks.indices.filter { index in
        let outcomes = Set(
          body.blocks[index].terminator.successors.map { reached[$0] }.filter { !$0.isEmpty })
        return outcomes.count > 1
      })
  }

  private func isSpawn(_ instruction: Instruction, _ spawns: (Entry, Call) -> Bool) -> Bool {
    guard case .call(let call) = instruction.kind, case .direct(let symbol) = call.callee,
      let entry = catalogue.entry(named: symbol.name)
    else { return false }
    return spawns(entry, call)
  }

  mutating func collect(_ id: FunctionID) {
    let function = program.functions[id]
    for (index, block) in function.body.blocks.enumerated() {
      isDeciding = decides(id, index)
      for instruction in block.instructions {
        switch instruction.kind {
        case .assign(let place, let value):
          let target = program.flowNode(place, function: id)
          if let field = place.lastField { storedFields.insert(FieldKey(field)) }
          for node in nodes(in: value, id) { depend(target, on: node) }
          markPointer(place, id)
        case .call(let call): collect(call, id)
        case .zero, .declare, .assembly: break
        }
      }
      switch block.terminator.kind {
      case .branch(let value, _, _), .switch(let value, _, _):
        for node in nodes(in: value, id) { mark(node) }
      case .return(.some(let value)):
        for node in nodes(in: value, id) { depend(.result(function.name), on: node) }
      case .jump, .computedGoto, .return(nil), .unreachable: break
      }
    }
  }

  private mutating func collect(_ call: Call, _ id: FunctionID) {
    if case .indirect(let value) = call.callee {
      for node in nodes(in: value, id) { mark(node) }
    }
    for name in program.targets(of: call, function: id, flow: flow) {
      let target = program.names[name]
      if let result = call.result {
        depend(.variable(id, result), on: .result(name))
      }
      for body in target.bodies {
        for (argument, parameter) in zip(call.arguments, program.functions[body].body.parameters) {
          for node in nodes(in: argument, id) { depend(.variable(body, parameter), on: node) }
        }
      }
      guard target.bodies.isEmpty, let entry = catalogue.entry(named: target.text) else { continue }
      for (index, argument) in call.arguments.enumerated()
      where entry.mayWrite(argument: index, target.declaration) {
        for node in nodes(in: argument, id) { mark(node) }
      }
      if case .argument(let index)? = entry.returns, let result = call.result,
        index < call.arguments.count
      {
        for node in nodes(in: call.arguments[index], id) { depend(.variable(id, result), on: node) }
      }
      for index in entry.decidingArguments(sharesMemory: hasSharedMemory) where index < call.arguments.count {
        for node in nodes(in: call.arguments[index], id) { mark(node) }
      }
      for spawn in entry.spawns {
        guard let path = spawn.flags, let field = path.field else { continue }
        markFields(named: field)
      }
      if hasSharedMemory {
        for signal in entry.signals { signal.members.forEach { markFields(named: $0) } }
      }
    }
  }

  /// `clone3` reads its flags from a structure: every member of that name may be it.
  private mutating func markFields(named name: String) {
    fieldNames.insert(Name(name))
  }
  private var fieldNames: Set<Name> = []
  private var storedFields: Set<FieldKey> = []

  init(program: Program, flow: PointerFlow, catalogue: Catalogue) {
    self.program = program
    self.flow = flow
    self.catalogue = catalogue
  }

  /// The pointer through which a store goes.
  private mutating func markPointer(_ place: Place, _ id: FunctionID) {
    if case .dereference(let pointer) = place.base {
      for node in nodes(in: pointer, id) { mark(node) }
    }
  }

  private func nodes(in value: Value, _ id: FunctionID) -> [FlowNode] {
    var found: [FlowNode] = []
    if valuesOnly {
      collectValues(value, id, &found)
      return found
    }
    value.walk { inner in
      switch inner {
      case .load(let place), .addressOf(let place):
        if let node = program.flowNode(place, function: id) { found.append(node) }
        // The object around a member must be known to know the member.
        switch place.base {
        case .variable(let index): found.append(.variable(id, index))
        case .global(let symbol):
          if let global = program.global(symbol, unit: program.functions[id].unit) {
            found.append(.global(global))
          }
        default: break
        }
      default: break
      }
    }
    return found
  }

  private func collectValues(_ value: Value, _ id: FunctionID, _ found: inout [FlowNode]) {
    switch value {
    case .load(let place), .addressOf(let place):
      if let node = program.flowNode(place, function: id) { found.append(node) }
    case .unary(_, let inner), .convert(_, let inner): collectValues(inner, id, &found)
    case .binary(_, let left, let right):
      collectValues(left, id, &found)
      collectValues(right, id, &found)
    case .integer, .string, .function, .opaque: break
    }
  }

  private mutating func depend(_ target: FlowNode?, on source: FlowNode) {
    guard let target else {
      mark(source)
      return
    }
    sources[target, default: []].insert(source)
  }

  private var isDeciding = true

  private mutating func mark(_ node: FlowNode) {
    guard isDeciding else { return }
    if relevant.insert(node).inserted { work.append(node) }
  }

  mutating func propagate() {
    isDeciding = true
    for key in storedFields where fieldNames.contains(key.name) { mark(.field(key)) }
    while let node = work.popLast() {
      for source in sources[node] ?? [] { mark(source) }
    }
  }
}
