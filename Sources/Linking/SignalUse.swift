import Catalogue
import SpawnIR

/// Which functions have to do with signals; callees included, without states.
public struct SignalUse: Sendable {
  /// Changes a mask or a set of signals, or says what a signal does.
  public private(set) var touches: [Bool]
  /// Changes a mask or a set of signals.
  public private(set) var changesMask: [Bool]
  /// Says what a signal does.
  private var handles: [Bool]
  /// Changes a mask or a set of signals itself.
  private var changesMaskItself: [Bool] = []

  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    let count = program.functions.count
    touches = Array(repeating: false, count: count)
    changesMask = touches
    handles = touches
    var effects: [FunctionNameID: [SignalEffect]] = [:]
    for (id, name) in program.names.enumerated() where name.bodies.isEmpty {
      guard let entry = catalogue.entry(for: name), !entry.signals.isEmpty else { continue }
      effects[id] = entry.signals
    }
    if effects.isEmpty { return }
    for id in program.functions.indices {
      program.forEachCall(in: id) { call, _ in
        for name in program.targets(of: call, function: id, flow: flow) {
          for effect in effects[name] ?? [] where effect.mayHold(call) {
            if effect.action == .handle { handles[id] = true } else { changesMask[id] = true }
          }
        }
      }
    }
    changesMaskItself = changesMask
    handles = graph.reaching(handles)
    changesMask = graph.reaching(changesMask)
    touches = zip(handles, changesMask).map { $0 || $1 }
  }

  /// The function changes the mask, itself or by a helper that spawns nothing.
  public func changesMaskBeforeSpawn(_ id: FunctionID, _ graph: CallGraph) -> Bool {
    guard !changesMaskItself.isEmpty else { return false }
    return changesMaskItself[id]
      || graph.callees[id].contains { changesMask[$0] && !graph.effects[$0].reachesSpawn }
  }

  /// Blocks on loops that may change what many signals do, one after the other; all of one loop have the
  /// same number.
  public func handlerLoops(of id: FunctionID, _ program: Program, flow: PointerFlow, catalogue: Catalogue)
    -> [Int: Int]
  {
    guard handles[id] else { return [:] }
    var calling: Set<Int> = []
    program.forEachCall(in: id) { call, block in
      let mayHandle = program.targets(of: call, function: id, flow: flow).contains { name in
        let bodies = program.names[name].bodies
        if !bodies.isEmpty { return bodies.contains { handles[$0] } }
        return catalogue.entry(for: program.names[name])?.signals.contains { $0.action == .handle }
          == true
      }
      if mayHandle { calling.insert(block) }
    }
    var loops: [Int: Int] = [:]
    for block in calling.sorted() where loops[block] == nil {
      for member in program.functions[id].body.loop(around: block) { loops[member] = block }
    }
    return loops
  }
}

extension SignalEffect {
  /// As far as literals tell.
  func mayHold(_ call: Call) -> Bool {
    guard holds(onArchitecture: Architecture.host) else { return false }
    guard let index = whenArgument else { return true }
    guard index < call.arguments.count else { return false }
    guard case .integer(let value) = call.arguments[index] else { return true }
    return whenValues.contains(value)
  }
}

extension Program {
  /// Calls `visit` for every call of the function, with its block.
  public func forEachCall(in id: FunctionID, _ visit: (Call, Int) -> Void) {
    for (index, block) in functions[id].body.blocks.enumerated() {
      for instruction in block.instructions {
        if case .call(let call) = instruction.kind { visit(call, index) }
      }
    }
  }
}

extension CallGraph {
  /// The functions that are marked or can reach one that is.
  public func reaching(_ marked: [Bool]) -> [Bool] {
    var result = marked
    var work = marked.indices.filter { marked[$0] }
    while let id = work.popLast() {
      for site in callers[id] ?? [] where !result[site.caller] {
        result[site.caller] = true
        work.append(site.caller)
      }
    }
    return result
  }
}

extension Function {
  /// The blocks on ways from the block back to it; empty where there is none.
  func loop(around block: Int) -> Set<Int> {
    var predecessors: [[Int]] = Array(repeating: [], count: blocks.count)
    for (index, block) in blocks.enumerated() {
      for next in block.terminator.successors { predecessors[next].append(index) }
    }
    func closure(_ start: [Int], _ next: (Int) -> [Int]) -> Set<Int> {
      var seen: Set<Int> = []
      var work = start
      while let block = work.popLast() {
        if seen.insert(block).inserted { work += next(block) }
      }
      return seen
    }
    let after = closure(blocks[block].terminator.successors) { blocks[$0].terminator.successors }
    return after.contains(block) ? after.intersection(closure([block]) { predecessors[$0] }) : []
  }
}
