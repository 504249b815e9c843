import Catalogue
import Linking
import SpawnIR

/// One activation: a function executed symbolically from one entry state.
///
/// Every block keeps the states it was entered with; equal ones are dropped, and past a bound the
/// least different ones are merged, so that the work ends on any input.
final class Frame {
  let analysis: Analysis
  let context: Int
  let id: FunctionID
  let body: Function
  let unit: Int
  /// The analysis starts here: nobody calls, as far as is known.
  let isRoot: Bool
  let liveness: Liveness
  let decisions: Liveness
  let order: BlockOrder
  let effects: FunctionEffects
  /// The instruction under execution, as a number.
  var currentPlace: Int32 = 0
  var currentRef: InstructionRef
  /// Who executes it: what a child makes is told apart from what the parent made at the same place.
  var makerTag: Int32 = 0

  let reachesSpawn: [Bool]
  private let places: PlaceNumbers
  var arrivals: Arrivals
  /// Blocks that were noted for the whole analysis.
  var childBlocks: Bits
  var sharedBlocks: Bits
  /// The instruction under execution may be executed again on the same way.
  var mayRepeat = false
  private var stepsLeft: Int
  private var isOverLimit = false

  init(analysis: Analysis, context: Int, function: FunctionID, isRoot: Bool) {
    self.analysis = analysis
    self.context = context
    id = function
    body = analysis.body(function)
    unit = analysis.program.functions[function].unit
    self.isRoot = isRoot
    liveness = analysis.liveness(function)
    // Whoever still reads a descriptor may close it or keep it.
    decisions = analysis.isAboutParent ? liveness : analysis.decisionLiveness(function)
    order = analysis.order(function)
    effects = analysis.graph.effects[function]
    currentRef = InstructionRef(function: function, block: 0, index: 0)
    reachesSpawn = analysis.reachesSpawn(function)
    places = analysis.places(function)
    arrivals = Arrivals(body, order: order)
    childBlocks = Bits(count: body.blocks.count)
    sharedBlocks = Bits(count: body.blocks.count)
    stepsLeft = analysis.limits.stepsPerContext
  }

  func run(from entry: State) {
    guard !body.blocks.isEmpty else { return }
    arrive(at: 0, entry)
    while let (block, states) = arrivals.next() {
      for item in states { execute(block, item.state) }
      if isOverLimit { return }
    }
  }

  // MARK: Blocks

  func blockPlace(_ block: Int) -> Int32 { places.start(of: block) }

  func reachLimit(_ state: State, block: Int) {
    analysis.contexts[context].isPartial = true
    if analysis.quietDepth > 0 { return }
    if state.isChild {
      record(.limit, InstructionRef(function: id, block: block, index: 0), state)
    }
    // The parent's way after its last spawn call tells nothing about children.
    if state.isChild || !state.isAfterSpawn || reachesSpawn[block] {
      analysis.rootHitLimit = true
    }
  }

  private func execute(_ block: Int, _ start: State) {
    var work: [(index: Int, state: State)] = [(0, start)]
    let instructions = body.blocks[block].instructions
    mayRepeat = order.isOnLoop[block]
    while let item = work.popLast() {
      var (index, state) = item
      var isAlive = true
      while index < instructions.count {
        stepsLeft -= 1
        analysis.stepsLeft -= 1
        if stepsLeft < 0 || analysis.stepsLeft < 0 {
          reachLimit(state, block: block)
          isOverLimit = true
          return
        }
        currentRef = InstructionRef(function: id, block: block, index: index)
        currentPlace = places.instruction(index, of: block)
        makerTag = state.isChild ? SymbolTable.childTag : 0
        let instruction = instructions[index]
        index += 1
        if case .call(let call) = instruction.kind {
          let next = execute(call, state)
          guard let first = next.first else {
            isAlive = false
            break
          }
          for other in next.dropFirst().reversed() { work.append((index, other)) }
          state = first
        } else {
          if !state.held.isEmpty { noteGuardedUses(instruction, state) }
          execute(instruction, &state)
        }
      }
      if isAlive { finish(block, state) }
    }
  }

  private func execute(_ instruction: Instruction, _ state: inout State) {
    switch instruction.kind {
    case .assign(let place, let value): assign(place, value, &state)
    case .zero(let place):
      let target = region(of: place, state)
      noteWrite(target, state, isSpawnResult: false)
      if isTracked(place) {
        Memory.writeDefault(target, .zero, in: &state, analysis.table)
        if !type(of: place).isRecord, type(of: place).kind != .array { state.store[target] = .int(0) }
      }
    case .declare(let index): Memory.clear(variableRegion(index), in: &state, analysis.table)
    case .assembly(let outputs, let inputs, let effect):
      forgetConjured(&state)
      if effect == .unknown { record(.assembly, currentRef, state) }
      if effect != .none { forgetReachable(inputs.map { evaluate($0, state) }, &state) }
      for (index, output) in outputs.enumerated() {
        let target = region(of: output, state)
        noteWrite(target, state, isSpawnResult: false)
        bindUnknown(target, type: type(of: output), tag: Int32(index), &state)
      }
    case .call: break
    }
  }

  func isTracked(_ place: Place) -> Bool { analysis.isTracked(place, in: id) }

  private func assign(_ place: Place, _ value: Value, _ state: inout State) {
    let target = region(of: place, state)
    noteWrite(
      target, state, isSpawnResult: isSpawnResult(value), isVolatile: isVolatile(place))
    let before = state.descriptors.isEmpty ? nil : state
    guard isTracked(place) else {
      if !state.descriptors.isEmpty {
        noteEscape(of: evaluate(value, state), to: target, isTracked: false, &state)
      }
      return
    }
    if case .load(let source) = value, type(of: source).isRecord || type(of: place).isRecord {
      let from = region(of: source, state)
      copySets(from: from, to: target, &state)
      noteEscape(of: .address(from), to: target, isTracked: true, &state)
      copyRecord(from: from, to: target, &state)
      return
    }
    let result = evaluateAnew(value, &state)
    Memory.write(target, result, in: &state, analysis.table)
    if let before {
      noteEscape(of: result, to: target, isTracked: true, &state)
      forgetLostDescriptors(before: before, overwritten: target, &state)
    }
  }

  private func copyRecord(from: RegionID, to target: RegionID, _ state: inout State) {
    if let constant = constantRecord(from) {
      Memory.writeDefault(target, .zero, in: &state, analysis.table)
      for (part, value) in constant {
        state.store[analysis.table.rebase(part, from: from, to: target)] = value
      }
      return
    }
    let base = analysis.table.base(of: from)
    let isOwn = isLocal(base)
    Memory.copy(from: from, to: target, in: &state, analysis.table) { $0 == base && isOwn }
  }

  /// The parts of a constant record, when it is copied as a whole.
  private func constantRecord(_ region: RegionID) -> [(RegionID, SValue)]? {
    let base = analysis.table.base(of: region)
    guard base == region, case .global(let global) = analysis.table.shape(base),
      analysis.globals.isConstant(global, in: analysis.program)
    else { return nil }
    var parts: [(RegionID, SValue)] = []
    for store in analysis.program.globals[global].initializer {
      var part = region
      for step in store.path {
        switch step {
        case .field(let field): part = analysis.table.region(.field(part, FieldKey(field)))
        case .index(0): break
        case .index(let index): part = analysis.table.region(.element(part, .int(Int64(index))))
        }
      }
      parts.append((part, read(part, type: .other, State())))
    }
    return parts
  }

  /// What a spawn call returned is stored again by the parent: no lasting change of its memory.
  private func isSpawnResult(_ value: Value) -> Bool {
    switch value {
    case .load(.variable(let index)): analysis.spawnResults[id]?.contains(index) == true
    case .convert(_, let inner): isSpawnResult(inner)
    default: false
    }
  }

  private func finish(_ block: Int, _ start: State) {
    currentRef = InstructionRef(function: id, block: block, index: InstructionRef.terminator)
    currentPlace = places.instruction(body.blocks[block].instructions.count, of: block)
    var state = start
    makerTag = state.isChild ? SymbolTable.childTag : 0
    if state.hasOwnChild || state.isAfterSpawn { analysis.comers.end(state, at: block, of: id) }
    switch body.blocks[block].terminator.kind {
    case .jump(let target): arrive(at: target, state)
    case .branch(let value, let then, let otherwise):
      let condition = evaluateAnew(value, &state)
      var other = state
      if Constraints.assume(condition, true, &state, analysis.table) { arrive(at: then, state) }
      if Constraints.assume(condition, false, &other, analysis.table) { arrive(at: otherwise, other) }
    case .switch(let value, let cases, let otherwise):
      let scrutinee = evaluateAnew(value, &state)
      for item in cases {
        var chosen = state
        if Constraints.compare(.greaterOrEqual, scrutinee, .int(item.low), &chosen, analysis.table),
          Constraints.compare(.lessOrEqual, scrutinee, .int(item.high), &chosen, analysis.table)
        {
          arrive(at: item.target, chosen)
        }
        guard exclude(item, from: scrutinee, &state) else { return }
      }
      arrive(at: otherwise, state)
    case .computedGoto(let targets): for target in targets { arrive(at: target, state) }
    case .return(let value): leave(value, state)
    case .unreachable: break
    }
  }

  /// What is left for later cases and `default`; false when nothing is.
  private func exclude(_ item: SwitchCase, from scrutinee: SValue, _ state: inout State) -> Bool {
    if item.low == item.high {
      return Constraints.compare(.notEqual, scrutinee, .int(item.low), &state, analysis.table)
    }
    let known = Constraints.interval(scrutinee, state, analysis.table)
    if known.low >= item.low {
      return Constraints.compare(.greater, scrutinee, .int(item.high), &state, analysis.table)
    }
    if known.high <= item.high {
      return Constraints.compare(.less, scrutinee, .int(item.low), &state, analysis.table)
    }
    return true
  }

  /// What the instruction itself makes is new each time it is executed.
  private func evaluateAnew(_ value: Value, _ state: inout State) -> SValue {
    let result = evaluate(value, state)
    let place = currentPlace
    guard mayRepeat, analysis.table.contains(result, { analysis.table.conjuredAt($0) == place }) else {
      return result
    }
    forgetConjured(&state)
    return evaluate(value, state)
  }

  // MARK: Ends

  private func leave(_ value: Value?, _ start: State) {
    var state = start
    var result = value.map { evaluateAnew($0, &state) }
    if let returned = value, case .load(let place) = returned, type(of: place).isRecord {
      result = nil
      if !isRoot { copyRecord(from: region(of: place, state), to: analysis.returnedRecord, &state) }
    }
    var leavesVfork = false
    for index in state.roles.indices {
      guard case .site = state.roles[index].origin, state.roles[index].context == .vfork,
        !state.roles[index].frameLeft
      else { continue }
      leavesVfork = true
    }
    if leavesVfork {
      record(.vforkReturn, currentRef, state)
      for index in state.roles.indices where state.roles[index].context == .vfork {
        if case .site = state.roles[index].origin { state.roles[index].frameLeft = true }
      }
    }
    if isRoot || state.hasOwnChild, let runtime = runtimeReturnedTo(state) {
      record(.goesOn(runtime), currentRef, state)
    } else if state.hasOwnChild {
      record(.leaves, currentRef, state)
    }
    if isRoot {
      if state.isAfterSpawn { analysis.contexts[context].parentReturns = true }
      noteProtocolAtReturn(state)
      noteReturn(result, of: value, state)
      return
    }
    keepFoundDescriptors(result, of: value, &state)
    noteWayOut(result, state)
    forgetDead(&state, live: Bits(count: body.variables.count), keeping: result)
    addExit(Exit(state: state, value: result))
  }

  private func addExit(_ exit: Exit) {
    let exits = analysis.contexts[context].exits
    if exits.contains(exit) { return }
    if let twin = exits.firstIndex(where: { Merging.isLossless($0, exit, analysis: analysis) }) {
      replaceExit(twin, with: exit)
      return
    }
    let sameRole = exits.indices.filter {
      exits[$0].state.roles == exit.state.roles && exits[$0].state.isAfterSpawn == exit.state.isAfterSpawn
    }
    let alike =
      sameRole.count >= 3 * analysis.limits.exitsPerContext
      ? sameRole : sameRole.filter { exits[$0].state.hasSameHolds(as: exit.state) }
    let limits = analysis.limits
    guard alike.count >= (exit.state.isChild ? limits.exitsPerContext : limits.parentExitsPerContext) else {
      analysis.contexts[context].exits.append(exit)
      analysis.exitChanges += 1
      return
    }
    let sameValue = alike.filter { exits[$0].value == exit.value }
    let choices = sameValue.isEmpty ? alike : sameValue
    let distances = choices.map {
      Merging.distance(exits[$0].state, exit.state, below: .max, analysis: analysis)
    }
    guard let least = distances.min(), let position = distances.firstIndex(of: least) else { return }
    let choice = choices[position]
    replaceExit(choice, with: exit)
  }

  private func replaceExit(_ index: Int, with exit: Exit) {
    var exits = analysis.contexts[context].exits
    let merged = Merging.merge(exits[index], exit, site: places.exit, frame: self)
    if merged == exits[index] { return }
    exits.remove(at: index)
    if !exits.contains(merged) { exits.append(merged) }
    analysis.contexts[context].exits = exits
    analysis.exitChanges += 1
  }

  func record(_ kind: EventKind, _ at: InstructionRef, _ state: State) {
    guard state.isChild else { return }
    analysis.contexts[context].events.insert(Event(kind: kind, at: at, roles: state.roles))
  }
}
