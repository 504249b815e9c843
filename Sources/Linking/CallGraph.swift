import Catalogue
import SpawnIR

/// What a function does to the world, callees included; an over-approximation without states.
public struct FunctionEffects: Sendable {
  public var modifiedGlobals = NumberSet()
  public var modifiedFields = FieldSet()
  public var readGlobals = NumberSet()
  public var readFields = FieldSet()
  /// Stores through a pointer that is neither a member access nor its own local.
  public var writesThroughPointers = false
  /// Calls something without body or entry: anything may have changed.
  public var callsUnknown = false
  /// A spawn call is reachable.
  public var reachesSpawn = false
  /// A call is reachable that hands over a function to start in a child.
  public var handsOver = false
  /// A call that ends or leaves the process image, or jumps away, is reachable.
  public var reachesEnd = false
  /// No path returns.
  public var neverReturns = false
  /// Calls what is part of the program and was not read.
  public var reachesElsewhere = false
  /// The situation in which a child starts may be another: locks, a fork protocol, what signals do.
  public var changesSituation = false
  /// Blocks of this function and all callees; a measure of the cost of entering it. Stops counting
  /// at `CallGraph.largestSize`.
  public var size = 0

  /// What arguments point to may be another afterwards.
  var mayWriteArguments: Bool { writesThroughPointers || callsUnknown || !modifiedFields.isEmpty }
}

/// A call as written in a function.
public struct CallSite: Hashable, Sendable {
  public var caller: FunctionID
  public var block: Int
  public var instruction: Int

  public init(caller: FunctionID, block: Int, instruction: Int) {
    self.caller = caller
    self.block = block
    self.instruction = instruction
  }
}

/// Who calls whom, by name and through pointers as far as `PointerFlow` knows.
public struct CallGraph: Sendable {
  public private(set) var callees: [Set<FunctionID>]
  public private(set) var callers: [FunctionID: [CallSite]] = [:]
  private var callersByCallee: [FunctionID: [FunctionID]] = [:]
  private var fieldNumbers: [FieldKey: Int] = [:]
  public private(set) var effects: [FunctionEffects]
  /// Per function: its calls, in order.
  public private(set) var calls: [[LinkedCall]]
  public let entries: LinkedEntries
  /// Some child that the program makes may share its parent's memory.
  public private(set) var sharesMemory = false

  public static let largestSize = 10_000

  public init(_ program: Program, flow: PointerFlow, catalogue: Catalogue) {
    entries = LinkedEntries(program, catalogue: catalogue)
    calls = Array(repeating: [], count: program.functions.count)
    callees = Array(repeating: [], count: program.functions.count)
    effects = Array(repeating: FunctionEffects(), count: program.functions.count)
    for id in program.functions.indices {
      collect(id, program: program, flow: flow)
    }
    for id in callees.indices {
      for callee in callees[id] { callersByCallee[callee, default: []].append(id) }
    }
    findSituations(program)
    findNoReturn(program)
    propagate(program)
  }

  /// Functions that call the function, or hand it to one that calls it.
  public func directCallers(of function: FunctionID) -> [FunctionID] { callersByCallee[function] ?? [] }

  private mutating func collect(_ id: FunctionID, program: Program, flow: PointerFlow) {
    let function = program.functions[id]
    var effect = FunctionEffects()
    effect.size = function.body.blocks.count
    function.body.forEachValue { _, value in
      guard case .load(let place) = value else { return }
      if let field = place.lastField { effect.readFields.members.insert(number(of: field)) }
      if case .global(let symbol) = place.base, let global = program.global(symbol, unit: function.unit) {
        effect.readGlobals.insert(global)
      }
    }
    for (blockIndex, block) in function.body.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        switch instruction.kind {
        case .assign(let place, _), .zero(let place):
          noteStore(place, function: function, program: program, effect: &effect)
        case .assembly(let outputs, _, let reach):
          for output in outputs { noteStore(output, function: function, program: program, effect: &effect) }
          if reach != .none { effect.callsUnknown = true }
        case .declare: break
        case .call(let call):
          let site = CallSite(caller: id, block: blockIndex, instruction: index)
          let names = program.targets(of: call, function: id, flow: flow)
          calls[id].append(LinkedCall(block: blockIndex, index: index, names: names))
          for name in names { note(name, call, site: site, program: program, flow: flow, effect: &effect) }
          if names.isEmpty { noteAnything(call, of: id, program: program, flow: flow, effect: &effect) }
        }
      }
    }
    effects[id] = effect
  }

  private mutating func number(of field: Field) -> Int {
    let key = FieldKey(field)
    if let known = fieldNumbers[key] { return known }
    let number = fieldNumbers.count
    fieldNumbers[key] = number
    return number
  }

  private mutating func note(
    _ name: FunctionNameID, _ call: Call, site: CallSite, program: Program, flow: PointerFlow,
    effect: inout FunctionEffects
  ) {
    let entry = entries[name]
    let bodies = program.names[name].bodies
    if !bodies.isEmpty, entry?.isContract != true {
      for body in bodies {
        callees[site.caller].insert(body)
        callers[body, default: []].append(site)
      }
      return
    }
    guard let entry else {
      effect.callsUnknown = true
      if program.names[name].isElsewhere {
        effect.reachesElsewhere = true
        effect.size = Self.largestSize
      }
      return
    }
    if entry.maySpawn(call) { effect.reachesSpawn = true }
    if entry.mayHandOver(call) { effect.handsOver = true }
    if entry.end != nil || !entry.conditionalEnds.isEmpty { effect.reachesEnd = true }
    let declaration = program.names[name].declaration
    if call.arguments.indices.contains(where: { entry.mayWrite(argument: $0, declaration) }) {
      effect.writesThroughPointers = true
    }
    if bodies.isEmpty {
      for index in entry.entryArguments where index < call.arguments.count {
        for name in program.functions(
          in: call, argument: index, function: site.caller, flow: flow)
        {
          callees[site.caller].formUnion(program.names[name].bodies)
        }
      }
    }
  }

  /// Whoever is called through a pointer that may hold anything, what those do that are known is not all. They are no
  /// targets to be followed, nor is this one of their callers.
  private mutating func noteAnything(
    _ call: Call, of id: FunctionID, program: Program, flow: PointerFlow, effect: inout FunctionEffects
  ) {
    guard case .indirect(.load(let place)) = call.callee, let node = program.flowNode(place, function: id),
      flow.isAnything(node)
    else { return }
    effect.callsUnknown = true
    for name in flow.candidates(node) where entries[name]?.isContract != true {
      callees[id].formUnion(program.names[name].bodies)
    }
  }

  private mutating func noteStore(
    _ place: Place, function: LinkedFunction, program: Program, effect: inout FunctionEffects
  ) {
    switch place.base {
    case .variable: return
    case .global(let symbol):
      if let global = program.global(symbol, unit: function.unit) { effect.modifiedGlobals.insert(global) }
    default:
      if let field = place.lastField {
        effect.modifiedFields.members.insert(number(of: field))
      } else {
        effect.writesThroughPointers = true
      }
    }
  }

  private mutating func findSituations(_ program: Program) {
    sharesMemory = calls.indices.contains { id in
      calls[id].contains { call in
        call.names.contains { name in
          guard let entry = entries.judging(name, in: program), !entry.spawns.isEmpty,
            let made = program.instruction(call, of: id)
          else { return false }
          return entry.maySpawn(made) && entry.spawns.contains { $0.kind == .vfork || $0.kind == .flags }
        }
      }
    }
    for id in calls.indices {
      effects[id].changesSituation = calls[id].contains { call in
        call.names.contains {
          entries.judging($0, in: program)?.changesSituation(sharesMemory: sharesMemory) == true
        }
      }
    }
  }

  /// A function whose every path ends in a call that does not return does not return either.
  private mutating func findNoReturn(_ program: Program) {
    for id in program.functions.indices {
      effects[id].neverReturns = program.functions[id].body.neverReturns
    }
    var work = Array(program.functions.indices.reversed())
    var isWaiting = Array(repeating: true, count: work.count)
    while let id = work.popLast() {
      isWaiting[id] = false
      if effects[id].neverReturns || canReturn(id, program) { continue }
      effects[id].neverReturns = true
      for site in callers[id] ?? [] where !isWaiting[site.caller] {
        isWaiting[site.caller] = true
        work.append(site.caller)
      }
    }
  }

  private func canReturn(_ id: FunctionID, _ program: Program) -> Bool {
    let blocks = program.functions[id].body.blocks
    var stops = Array(repeating: false, count: blocks.count)
    for call in calls[id] where !stops[call.block] {
      stops[call.block] = neverReturns(call, id, program)
    }
    var isSeen = Array(repeating: false, count: blocks.count)
    var work = [0]
    while let index = work.popLast() {
      if isSeen[index] || stops[index] { continue }
      isSeen[index] = true
      if case .return = blocks[index].terminator.kind { return true }
      work += blocks[index].terminator.successors
    }
    return false
  }

  private func neverReturns(_ call: LinkedCall, _ id: FunctionID, _ program: Program) -> Bool {
    guard let made = program.instruction(call, of: id) else { return false }
    if made.neverReturns { return true }
    guard case .direct = made.callee, let name = call.names.first else { return false }
    let bodies = program.names[name].bodies
    if !bodies.isEmpty { return bodies.allSatisfy { effects[$0].neverReturns } }
    switch entries[name]?.end {
    case .immediateExit, .exit, .abort, .longjmp, .never: return true
    case .exec, nil: return false
    }
  }

  /// Callees first, all functions of a recursion at once.
  private mutating func propagate(_ program: Program) {
    let components = Components(callees)
    let meaning = FieldNumbers(fieldNumbers)
    for members in components.order {
      var effect = FunctionEffects()
      effect.modifiedFields.meaning = meaning
      effect.readFields.meaning = meaning
      for id in members {
        effect.add(effects[id])
        for callee in callees[id] where components.number[callee] != components.number[id] {
          effect.add(effects[callee])
        }
      }
      // All functions of a recursion share what was found.
      for id in members {
        let own = effects[id]
        effects[id] = effect
        effects[id].neverReturns = own.neverReturns
      }
    }
    measure(components, program)
  }

  /// How much code a call of each function may execute.
  private mutating func measure(_ components: Components, _ program: Program) {
    let own = program.functions.map(\.body.blocks.count)
    let callees = callees.map { $0.sorted() }
    var lastSeen = Array(repeating: -1, count: own.count)
    for (number, members) in components.order.enumerated() {
      var total = 0
      // Counted in the order of functions, so that where it stops is the same in each run.
      var work = members
      for id in members { lastSeen[id] = number }
      while let next = work.popLast(), total < Self.largestSize {
        total += own[next]
        for callee in callees[next] where lastSeen[callee] != number {
          lastSeen[callee] = number
          work.append(callee)
        }
      }
      for id in members { effects[id].size = effects[id].reachesElsewhere ? Self.largestSize : total }
    }
  }
}

extension FunctionEffects {
  /// What a callee does, its caller does.
  fileprivate mutating func add(_ other: FunctionEffects) {
    modifiedGlobals.formUnion(other.modifiedGlobals)
    modifiedFields.members.formUnion(other.modifiedFields.members)
    readGlobals.formUnion(other.readGlobals)
    readFields.members.formUnion(other.readFields.members)
    writesThroughPointers = writesThroughPointers || other.writesThroughPointers
    callsUnknown = callsUnknown || other.callsUnknown
    reachesElsewhere = reachesElsewhere || other.reachesElsewhere
    reachesSpawn = reachesSpawn || other.reachesSpawn
    handsOver = handsOver || other.handsOver
    reachesEnd = reachesEnd || other.reachesEnd
    changesSituation = changesSituation || other.changesSituation
  }
}

extension Program {
  /// The functions a call may reach, by name or through what its pointer is known to hold.
  public func targets(of call: Call, function: FunctionID, flow: PointerFlow) -> [FunctionNameID] {
    switch call.callee {
    case .direct(let symbol):
      return functionName(symbol, unit: functions[function].unit).map { [$0] } ?? []
    case .indirect(.load(let place)):
      guard let node = flowNode(place, function: function), !flow.isAnything(node) else { return [] }
      return flow.candidates(node)
    case .indirect: return []
    }
  }
}
