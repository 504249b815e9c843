import Catalogue
import SpawnIR

/// What a function does to the world, callees included; an over-approximation without states.
public struct FunctionEffects: Sendable {
  public var modifiedGlobals: Set<GlobalID> = []
  public var modifiedFields: Set<FieldKey> = []
  public var readGlobals: Set<GlobalID> = []
  public var readFields: Set<FieldKey> = []
  /// Stores through a pointer that is neither a member access nor its own local.
  public var writesThroughPointers = false
  /// Calls something without body or entry: anything may have changed.
  public var callsUnknown = false
  /// A spawn call is reachable.
  public var reachesSpawn = false
  /// A call that ends or leaves the process image, or jumps away, is reachable.
  public var reachesEnd = false
  /// No path returns.
  public var neverReturns = false
  /// Blocks of this function and all callees; a measure of the cost of entering it.
  public var size = 0
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
  public private(set) var effects: [FunctionEffects]

  public init(_ program: Program, flow: PointerFlow, catalogue: Catalogue) {
    callees = Array(repeating: [], count: program.functions.count)
    effects = Array(repeating: FunctionEffects(), count: program.functions.count)
    for id in program.functions.indices {
      collect(id, program: program, flow: flow, catalogue: catalogue)
    }
    findNoReturn(program, flow: flow, catalogue: catalogue)
    propagate(program)
  }

  private mutating func collect(
    _ id: FunctionID, program: Program, flow: PointerFlow, catalogue: Catalogue
  ) {
    let function = program.functions[id]
    var effect = FunctionEffects()
    effect.size = function.body.blocks.count
    function.body.forEachValue { _, value in
      guard case .load(let place) = value else { return }
      if let field = place.lastField { effect.readFields.insert(FieldKey(field)) }
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
          for name in program.targets(of: call, function: id, flow: flow) {
            note(name, call, site: site, program: program, catalogue: catalogue, effect: &effect)
          }
          for name in program.childEntries(of: call, function: id, flow: flow, catalogue: catalogue) {
            callees[id].formUnion(program.names[name].bodies)
          }
        }
      }
    }
    effects[id] = effect
  }

  private mutating func note(
    _ name: FunctionNameID, _ call: Call, site: CallSite, program: Program, catalogue: Catalogue,
    effect: inout FunctionEffects
  ) {
    let target = program.names[name]
    let isContract = catalogue.entry(named: target.text)?.isContract == true
    if !target.bodies.isEmpty, !isContract {
      for body in target.bodies {
        callees[site.caller].insert(body)
        callers[body, default: []].append(site)
      }
      return
    }
    guard let entry = catalogue.entry(named: target.text) else {
      effect.callsUnknown = true
      return
    }
    if entry.mayStartChild(call) { effect.reachesSpawn = true }
    if entry.end != nil || !entry.conditionalEnds.isEmpty { effect.reachesEnd = true }
    if call.arguments.indices.contains(where: { entry.mayWrite(argument: $0, target.declaration) }) {
      effect.writesThroughPointers = true
    }
  }

  private func noteStore(
    _ place: Place, function: LinkedFunction, program: Program, effect: inout FunctionEffects
  ) {
    switch place.base {
    case .variable: return
    case .global(let symbol):
      if let global = program.global(symbol, unit: function.unit) { effect.modifiedGlobals.insert(global) }
    default:
      if let field = place.lastField {
        effect.modifiedFields.insert(FieldKey(field))
      } else {
        effect.writesThroughPointers = true
      }
    }
  }

  /// A function whose every path ends in a call that does not return does not return either.
  private mutating func findNoReturn(_ program: Program, flow: PointerFlow, catalogue: Catalogue) {
    for id in program.functions.indices {
      effects[id].neverReturns = program.functions[id].body.neverReturns
    }
    var changed = true
    while changed {
      changed = false
      for id in program.functions.indices where !effects[id].neverReturns {
        if !canReturn(id, program: program, flow: flow, catalogue: catalogue) {
          effects[id].neverReturns = true
          changed = true
        }
      }
    }
  }

  private func canReturn(
    _ id: FunctionID, program: Program, flow: PointerFlow, catalogue: Catalogue
  ) -> Bool {
    let body = program.functions[id].body
    var seen: Set<Int> = [0]
    var work = [0]
    while let index = work.popLast() {
      let block = body.blocks[index]
      let stops = block.instructions.contains { instruction in
        guard case .call(let call) = instruction.kind else { return false }
        return program.neverReturns(call, function: id, catalogue: catalogue) { effects[$0].neverReturns }
      }
      if stops { continue }
      if case .return = block.terminator.kind { return true }
      for next in block.terminator.successors where seen.insert(next).inserted { work.append(next) }
    }
    return false
  }

  private mutating func propagate(_ program: Program) {
    var changed = true
    while changed {
      changed = false
      for id in program.functions.indices {
        var effect = effects[id]
        let before = Measure(effect)
        for callee in callees[id] where callee != id {
          let other = effects[callee]
          effect.modifiedGlobals.formUnion(other.modifiedGlobals)
          effect.modifiedFields.formUnion(other.modifiedFields)
          effect.readGlobals.formUnion(other.readGlobals)
          effect.readFields.formUnion(other.readFields)
          effect.writesThroughPointers = effect.writesThroughPointers || other.writesThroughPointers
          effect.callsUnknown = effect.callsUnknown || other.callsUnknown
          effect.reachesSpawn = effect.reachesSpawn || other.reachesSpawn
          effect.reachesEnd = effect.reachesEnd || other.reachesEnd
        }
        if Measure(effect) != before {
          changed = true
          effects[id] = effect
        }
      }
    }
    let own = effects.map(\.size)
    for id in program.functions.indices {
      var seen: Set<FunctionID> = [id]
      var work = [id]
      var total = 0
      while let next = work.popLast(), total < 100_000 {
        total += own[next]
        for callee in callees[next] where seen.insert(callee).inserted { work.append(callee) }
      }
      effects[id].size = total
    }
  }

  private struct Measure: Equatable {
    var counts: [Int]
    init(_ effect: FunctionEffects) {
      counts = [
        effect.modifiedGlobals.count, effect.modifiedFields.count, effect.readGlobals.count,
        effect.readFields.count, effect.writesThroughPointers ? 1 : 0, effect.callsUnknown ? 1 : 0,
        effect.reachesSpawn ? 1 : 0, effect.reachesEnd ? 1 : 0,
      ]
    }
  }
}

extension Program {
  /// The functions a call may reach, by name or through what its pointer is known to hold.
  public func targets(of call: Call, function: FunctionID, flow: PointerFlow) -> [FunctionNameID] {
    switch call.callee {
    case .direct(let symbol):
      return functionName(symbol, unit: functions[function].unit).map { [$0] } ?? []
    case .indirect(.load(let place)):
      return flowNode(place, function: function).map { flow.candidates($0) } ?? []
    case .indirect: return []
    }
  }

  func neverReturns(
    _ call: Call, function: FunctionID, catalogue: Catalogue, inferred: (FunctionID) -> Bool
  ) -> Bool {
    if call.neverReturns { return true }
    guard case .direct(let symbol) = call.callee,
      let name = functionName(symbol, unit: functions[function].unit)
    else { return false }
    let bodies = names[name].bodies
    if !bodies.isEmpty { return bodies.allSatisfy(inferred) }
    switch catalogue.entry(named: symbol.name)?.end {
    case .immediateExit, .exit, .abort, .longjmp, .never: return true
    case .exec, nil: return false
    }
  }
}
