import Catalogue
import SpawnIR

/// Finds the decisions that matter and the storage that they depend on; `Relevance` says when they do.
struct Slice {
  private(set) var numbers: FlowNumbers
  private(set) var needed: [Bool] = []

  private let program: Program
  private let flow: PointerFlow
  private let graph: CallGraph
  private let children: ChildCode
  /// Where the slice is made for what parents do.
  private let parents: ParentCode?

  private struct Block: Hashable {
    var function: FunctionID
    var block: Int
  }

  private struct Edge {
    var source: Int32
    /// The value itself flows on, not what a pointer to it reaches.
    var isValue: Bool
    /// The next edge of the same target; -1 ends the list.
    var next: Int32
  }

  /// By storage: what flows into it.
  private var firstEdge: [Int32] = []
  private var edges: [Edge] = []
  /// By storage: the blocks that store to it.
  private var stores: [Int: [Block]] = [:]
  /// By result: the blocks that return it.
  private var returns: [Int: [Block]] = [:]
  /// Values that matter wherever they stand, with the block in which they do.
  private var demands: [(value: Value, block: Block)] = []
  /// What is stored where only a points-to analysis could tell.
  private var hiddenStores: [(value: Value, block: Block)] = []
  private var flagFields: Set<Name> = []

  private var controls: [FunctionID: ControlDependence] = [:]
  private var mattering: Set<Block> = []
  private var choosing: Set<Block> = []
  private var effective: Set<Block> = []
  private var modifiers: Set<FunctionID> = []
  private var neededWork: [Int] = []
  private var effectiveWork: [Block] = []

  init(
    _ program: Program, flow: PointerFlow, graph: CallGraph, children: ChildCode, parents: ParentCode? = nil
  ) {
    self.program = program
    self.flow = flow
    self.graph = graph
    self.children = children
    self.parents = parents
    numbers = FlowNumbers(program)
  }

  mutating func build() {
    for global in program.globals.indices { collect(initializerOf: global) }
    for id in program.functions.indices { collect(id) }
    needed = Array(repeating: false, count: numbers.count)
    for demand in demands { need(demand.value, demand.block.function) }
    for name in flagFields { for number in numbers.fields(named: name) { need(number) } }
    if let parents {
      findEffects(parents)
    } else {
      for id in program.functions.indices where graph.effects[id].reachesSpawn { findChoices(id) }
      for id in program.functions.indices { findEffects(id) }
    }
    propagate()
    if parents == nil, findPredicates() { propagate() }
  }

  /// Results of small functions that tell something of what decides in children: where they decide in a function
  /// that spawns, its children know it.
  ///
  /// - Returns: whether there are any.
  private mutating func findPredicates() -> Bool {
    var known: [FunctionNameID: Bool] = [:]
    lazy var deciding = closure(of: decisions(inChildrenAlone: true))
    func isPredicate(_ name: FunctionNameID) -> Bool {
      if let answer = known[name] { return answer }
      let bodies = program.names[name].bodies
      var answer =
        !bodies.isEmpty
        && bodies.allSatisfy {
          program.functions[$0].body.blocks.count <= 8 && !graph.effects[$0].reachesSpawn
        }
      if answer {
        answer = program.definingNames(name).contains { name in
          guard let result = numbers[.result(name)] else { return true }
          return sources(of: result).contains { deciding[$0] && !numbers.isVariable($0) }
        }
      }
      known[name] = answer
      return answer
    }
    var found = false
    for id in program.functions.indices where graph.effects[id].reachesSpawn {
      for call in graph.calls[id] where call.names.contains(where: isPredicate) {
        guard let result = program.instruction(call, of: id)?.result else { continue }
        need(numbers.number(.variable(id, result)))
        found = true
      }
    }
    return found
  }

  private func sources(of number: Int) -> [Int] {
    var found: [Int] = []
    var edge = number < firstEdge.count ? firstEdge[number] : -1
    while edge >= 0 {
      found.append(Int(edges[Int(edge)].source))
      edge = edges[Int(edge)].next
    }
    return found
  }

  private mutating func propagate() {
    while true {
      if let block = effectiveWork.popLast() {
        for controller in controllers(of: block) { matter(controller) }
      } else if let number = neededWork.popLast() {
        spread(number)
      } else {
        break
      }
    }
  }

  func isNeeded(_ node: SpecialNode) -> Bool { needed[numbers.unknownMemory] }

  enum SpecialNode { case unknownMemory }

  // MARK: Results

  /// The storage whose value is compared or called where that matters.
  func decisions(inChildrenAlone: Bool) -> [Int] {
    func counts(_ block: Block) -> Bool {
      !inChildrenAlone || children.contains(block.function, block.block) || choosing.contains(block)
    }
    var found: [Int] = []
    for block in mattering where counts(block) {
      if let value = condition(of: block) { values(in: value, block.function, &found) }
    }
    for demand in demands where counts(demand.block) {
      values(in: demand.value, demand.block.function, &found)
    }
    if needed[numbers.unknownMemory] {
      for store in hiddenStores where counts(store.block) {
        values(in: store.value, store.block.function, &found)
      }
    }
    for name in flagFields { found += numbers.fields(named: name) }
    return found
  }

  /// All storage whose value flows there.
  func closure(of numbers: [Int]) -> [Bool] {
    var result = Array(repeating: false, count: self.numbers.count)
    var work = numbers
    while let number = work.popLast() {
      if result[number] { continue }
      result[number] = true
      guard number < firstEdge.count else { continue }
      var edge = firstEdge[number]
      while edge >= 0 {
        if edges[Int(edge)].isValue { work.append(Int(edges[Int(edge)].source)) }
        edge = edges[Int(edge)].next
      }
    }
    return result
  }

  private func condition(of block: Block) -> Value? {
    switch program.functions[block.function].body.blocks[block.block].terminator.kind {
    case .branch(let value, _, _), .switch(let value, _, _): value
    default: nil
    }
  }

  // MARK: Propagation

  private mutating func need(_ number: Int) {
    if needed[number] { return }
    needed[number] = true
    neededWork.append(number)
  }

  private mutating func need(_ value: Value, _ id: FunctionID) {
    var found: [Int] = []
    storage(in: value, id, &found)
    for number in found { need(number) }
  }

  private mutating func matter(_ block: Block) {
    guard mattering.insert(block).inserted else { return }
    if let value = condition(of: block) { need(value, block.function) }
    effect(block)
  }

  private mutating func effect(_ block: Block) {
    if effective.insert(block).inserted { effectiveWork.append(block) }
  }

  private mutating func controllers(of block: Block) -> [Block] {
    if program.functions[block.function].body.blocks.count < 2 { return [] }
    let known = controls[block.function]
    let dependence = known ?? ControlDependence(program.functions[block.function].body)
    if known == nil { controls[block.function] = dependence }
    return dependence.controllers[block.block].map { Block(function: block.function, block: $0) }
  }

  private mutating func spread(_ number: Int) {
    if number < firstEdge.count {
      var edge = firstEdge[number]
      while edge >= 0 {
        need(Int(edges[Int(edge)].source))
        edge = edges[Int(edge)].next
      }
    }
    for block in returns[number] ?? [] { effect(block) }
    let isShared = !numbers.isVariable(number)
    for block in stores[number] ?? [] {
      effect(block)
      if isShared { noteModifier(block.function) }
    }
  }

  /// Calls of the function may change storage that matters.
  private mutating func noteModifier(_ id: FunctionID) {
    var work = [id]
    while let id = work.popLast() {
      guard modifiers.insert(id).inserted else { continue }
      for site in graph.callers[id] ?? [] {
        effect(Block(function: site.caller, block: site.block))
        work.append(site.caller)
      }
    }
  }

  // MARK: Effects that do not depend on storage

  private mutating func findEffects(_ parents: ParentCode) {
    for node in parents.storage {
      let number = numbers.number(node)
      if number < needed.count { need(number) }
    }
    for id in program.functions.indices where parents.functions[id] {
      for call in graph.calls[id] where parents.concerns(call, program) {
        effect(Block(function: id, block: call.block))
        if let result = program.instruction(call, of: id)?.result {
          need(numbers.number(.variable(id, result)))
        }
      }
    }
  }

  private mutating func findEffects(_ id: FunctionID) {
    for call in graph.calls[id] where changesSituation(call) {
      effect(Block(function: id, block: call.block))
    }
    guard children.touches(id) else { return }
    for (index, block) in program.functions[id].body.blocks.enumerated() where children.contains(id, index) {
      let place = Block(function: id, block: index)
      let isWhole = !children.isOnTheWay(id, index)
      // Whether a function knows its child is told by its branches.
      if !isWhole, Set(block.terminator.successors).count > 1 { matter(place) }
      let isEffective = block.instructions.contains { instruction in
        switch instruction.kind {
        case .call: true
        case .assembly(_, _, let reach): reach != .none
        case .assign(let target, _), .zero(let target):
          graph.sharesMemory && isShared(target, isWhole: isWhole)
        case .declare: false
        }
      }
      if isEffective || (!isWhole && isReturn(block.terminator)) { effect(place) }
    }
  }

  private func isReturn(_ terminator: Terminator) -> Bool {
    if case .return = terminator.kind { return true }
    return false
  }

  /// A child's store there may be seen by the parent.
  private func isShared(_ place: Place, isWhole: Bool) -> Bool {
    if case .variable = place.base { return !isWhole }
    return true
  }

  private func changesSituation(_ call: LinkedCall) -> Bool {
    call.names.contains { name in
      if let entry = graph.entries.judging(name, in: program) {
        return entry.changesSituation(sharesMemory: graph.sharesMemory)
      }
      return program.names[name].bodies.contains { graph.effects[$0].changesSituation }
    }
  }

  /// Branches that decide which of several spawn calls comes.
  private mutating func findChoices(_ id: FunctionID) {
    let blocks = program.functions[id].body.blocks
    var reached = Array(repeating: UInt64(0), count: blocks.count)
    var count: UInt64 = 0
    for call in graph.calls[id] where makesChild(call, id) {
      reached[call.block] |= 1 << min(count, 63)
      count += 1
    }
    if count < 2 { return }
    var changed = true
    while changed {
      changed = false
      for (index, block) in blocks.enumerated().reversed() {
        let all = block.terminator.successors.reduce(reached[index]) { $0 | reached[$1] }
        if all != reached[index] {
          reached[index] = all
          changed = true
        }
      }
    }
    for (index, block) in blocks.enumerated() {
      let outcomes = Set(block.terminator.successors.map { reached[$0] }.filter { $0 != 0 })
      guard outcomes.count > 1 else { continue }
      choosing.insert(Block(function: id, block: index))
      matter(Block(function: id, block: index))
    }
  }

  /// A child goes on behind the call.
  private func makesChild(_ call: LinkedCall, _ id: FunctionID) -> Bool {
    call.names.contains { name in
      if let entry = graph.entries.judging(name, in: program) {
        guard let made = program.instruction(call, of: id) else { return false }
        return entry.maySpawn(made)
      }
      return program.names[name].bodies.contains(where: children.returnsInChild.contains)
    }
  }
}

// MARK: What flows where

extension Slice {
  private mutating func collect(_ id: FunctionID) {
    let function = program.functions[id]
    var next = 0
    let calls = graph.calls[id]
    for (index, block) in function.body.blocks.enumerated() {
      let place = Block(function: id, block: index)
      let isChilds = graph.sharesMemory && children.contains(id, index)
      for (position, instruction) in block.instructions.enumerated() {
        switch instruction.kind {
        case .assign(let target, let value):
          store(value, to: target, place, isChilds: isChilds)
          noteAddresses(value, id)
        case .zero(let target): store(nil, to: target, place, isChilds: isChilds)
        case .assembly(let outputs, let inputs, _):
          for output in outputs { store(nil, to: output, place, isChilds: isChilds) }
          for input in inputs { noteAddresses(input, id) }
        case .call(let call):
          while next < calls.count, (calls[next].block, calls[next].index) < (index, position) { next += 1 }
          let isLinked = next < calls.count && calls[next].block == index && calls[next].index == position
          collect(call, isLinked ? calls[next].names : [], place, isChilds: isChilds)
        case .declare: break
        }
      }
      if let condition = condition(of: place) { number(storageIn: condition, id) }
      if case .return(.some(let value)) = block.terminator.kind {
        let result = numbers.number(.result(function.name))
        connect(value, to: result, id)
        returns[result, default: []].append(place)
        noteAddresses(value, id)
      }
    }
  }

  private mutating func collect(initializerOf global: GlobalID) {
    let linked = program.globals[global]
    for (unit, store) in linked.initializers.stores {
      guard case .addressOf(let place) = store.value, case .global(let symbol) = place.base,
        let other = program.global(symbol, unit: unit)
      else { continue }
      var node = FlowNode.global(global)
      for case .field(let field) in store.path { node = .field(FieldKey(field)) }
      connect(numbers.number(.global(other)), to: numbers.number(node), isValue: false)
      connect(numbers.unknownMemory, to: numbers.number(.global(other)), isValue: false)
    }
  }

  private mutating func demand(_ value: Value, _ place: Block) {
    number(storageIn: value, place.function)
    demands.append((value, place))
  }

  /// Gives every storage a number before any is needed.
  private mutating func number(storageIn value: Value, _ id: FunctionID) {
    var found: [Int] = []
    storage(in: value, id, &found)
  }

  private mutating func number(_ place: Place, _ id: FunctionID) -> Int {
    program.flowNode(place, function: id).map { numbers.number($0) } ?? numbers.unknownMemory
  }

  private mutating func store(_ value: Value?, to target: Place, _ place: Block, isChilds: Bool) {
    let id = place.function
    let number = number(target, id)
    stores[number, default: []].append(place)
    if let value {
      connect(value, to: number, id)
      if number == numbers.unknownMemory { hiddenStores.append((value, place)) }
    }
    guard case .dereference(let pointer) = target.base else { return }
    var found: [Int] = []
    storage(in: pointer, id, &found)
    for source in found { connect(source, to: number, isValue: false) }
    if isChilds { demand(pointer, place) }
  }

  private mutating func collect(
    _ call: Call, _ names: [FunctionNameID], _ place: Block, isChilds: Bool
  ) {
    let id = place.function
    if case .indirect(let value) = call.callee { demand(value, place) }
    if names.isEmpty { for argument in call.arguments { noteAddresses(argument, id) } }
    for name in names {
      if let result = call.result {
        let number = numbers.number(.variable(id, result))
        for name in program.definingNames(name) {
          connect(numbers.number(.result(name)), to: number, isValue: true)
        }
        stores[number, default: []].append(place)
      }
      let bodies = program.names[name].bodies
      for body in bodies {
        for (argument, parameter) in zip(call.arguments, program.functions[body].body.parameters) {
          connect(argument, to: numbers.number(.variable(body, parameter)), id)
        }
      }
      let entry = graph.entries.judging(name, in: program)
      if !bodies.isEmpty || entry == nil || entry?.retains == true {
        for argument in call.arguments { noteAddresses(argument, id) }
      }
      if bodies.contains(where: { graph.effects[$0].mayWriteArguments }) {
        for case .addressOf(let target) in call.arguments {
          stores[number(target, id), default: []].append(place)
        }
      }
      if let entry { collect(call, name, entry, place, isChilds: isChilds) }
    }
  }

  private var signalsMatter: Bool { graph.sharesMemory || parents != nil }

  private mutating func collect(
    _ call: Call, _ name: FunctionNameID, _ entry: Entry, _ place: Block, isChilds: Bool
  ) {
    let id = place.function
    let declaration = program.names[name].declaration
    for (index, argument) in call.arguments.enumerated()
    where entry.mayWrite(argument: index, declaration) {
      if isChilds { demand(argument, place) }
      if case .addressOf(let target) = argument {
        store(nil, to: target, place, isChilds: false)
      } else {
        stores[numbers.unknownMemory, default: []].append(place)
        var found: [Int] = []
        storage(in: argument, id, &found)
        for source in found { connect(source, to: numbers.unknownMemory, isValue: false) }
      }
    }
    if case .argument(let index)? = entry.returns, let result = call.result, index < call.arguments.count {
      connect(call.arguments[index], to: numbers.number(.variable(id, result)), id)
    }
    for index in entry.decidingArguments(sharesMemory: signalsMatter)
    where index < call.arguments.count {
      demand(call.arguments[index], place)
    }
    // `clone3` reads its flags from a structure: every member of that name may be it.
    for spawn in entry.spawns {
      if let field = spawn.flags?.field { flagFields.insert(Name(field)) }
    }
    if signalsMatter {
      for signal in entry.signals { flagFields.formUnion(signal.members.map { Name($0) }) }
    }
  }

  /// Where an address goes that is not only handed to a catalogue function, the object may be met again without a name.
  private mutating func noteAddresses(_ value: Value, _ id: FunctionID) {
    switch value {
    case .addressOf(let place):
      connect(numbers.unknownMemory, to: number(place, id), isValue: false)
    case .unary(_, let inner), .convert(_, let inner): noteAddresses(inner, id)
    case .binary(_, let left, let right):
      noteAddresses(left, id)
      noteAddresses(right, id)
    case .integer, .string, .function, .opaque, .load: break
    }
  }

  private mutating func connect(_ value: Value, to target: Int, _ id: FunctionID) {
    var values: [Int] = []
    self.values(in: value, id, &values)
    var all: [Int] = []
    storage(in: value, id, &all)
    for source in all where !values.contains(source) { connect(source, to: target, isValue: false) }
    for source in values { connect(source, to: target, isValue: true) }
  }

  private mutating func connect(_ source: Int, to target: Int, isValue: Bool) {
    if source == target { return }
    while firstEdge.count <= target { firstEdge.append(-1) }
    edges.append(Edge(source: Int32(source), isValue: isValue, next: firstEdge[target]))
    firstEdge[target] = Int32(edges.count - 1)
  }

  /// Storage that must be known to know the value, pointers on the way included.
  private mutating func storage(in value: Value, _ id: FunctionID, _ found: inout [Int]) {
    switch value {
    case .load(let place):
      storage(in: place, id, isLoaded: true, &found)
    case .addressOf(let place): storage(in: place, id, isLoaded: false, &found)
    case .unary(_, let inner), .convert(_, let inner): storage(in: inner, id, &found)
    case .binary(_, let left, let right):
      storage(in: left, id, &found)
      storage(in: right, id, &found)
    case .integer, .string, .function, .opaque: break
    }
  }

  private mutating func storage(in place: Place, _ id: FunctionID, isLoaded: Bool, _ found: inout [Int]) {
    if let node = program.flowNode(place, function: id) {
      found.append(numbers.number(node))
    } else if isLoaded {
      found.append(numbers.unknownMemory)
    }
    // The object around a member must be known to know the member.
    switch place.base {
    case .variable(let index):
      let number = numbers.number(.variable(id, index))
      if found.last != number { found.append(number) }
    case .global(let symbol):
      if let global = program.global(symbol, unit: program.functions[id].unit) {
        let number = numbers.number(.global(global))
        if found.last != number { found.append(number) }
      }
    default: break
    }
    places(in: place, id, &found)
  }

  /// Pointers and indices of a place.
  private mutating func places(in place: Place, _ id: FunctionID, _ found: inout [Int]) {
    switch place {
    case .variable, .global: break
    case .dereference(let value): storage(in: value, id, &found)
    case .field(let base, _): places(in: base, id, &found)
    case .element(let base, let index):
      places(in: base, id, &found)
      storage(in: index, id, &found)
    }
  }

  /// Storage whose value is the value, or goes into it.
  private func values(in value: Value, _ id: FunctionID, _ found: inout [Int]) {
    switch value {
    case .load(let place), .addressOf(let place):
      if let node = program.flowNode(place, function: id), let number = numbers[node] { found.append(number) }
    case .unary(_, let inner), .convert(_, let inner): values(in: inner, id, &found)
    case .binary(_, let left, let right):
      values(in: left, id, &found)
      values(in: right, id, &found)
    case .integer, .string, .function, .opaque: break
    }
  }
}
