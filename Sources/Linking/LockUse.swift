import Catalogue
import SpawnIR

/// Which functions touch locks, and which may come back with another set of locks held than they were
/// entered with; callees included, without states.
public struct LockUse: Sendable {
  /// Takes, releases or initialises a lock, or takes part in a fork protocol.
  public private(set) var touches: [Bool]
  /// Some lock may be held at a return that was not at the entry, or the other way round.
  public private(set) var changes: [Bool]
  /// Storage of counters (semaphores) that are also released somewhere.
  public private(set) var releasedCounters: Set<FlowNode> = []
  /// For a lock that is a variable: the variables written by functions that take it themselves.
  public private(set) var guarded: [FlowNode: Set<GlobalID>] = [:]

  /// Per function, for locks known by name: how far their counts have moved at least at its returns, where not 0.
  public private(set) var leastOfNamed: [FunctionID: [String: Int]] = [:]

  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    let count = program.functions.count
    touches = Array(repeating: false, count: count)
    changes = Array(repeating: false, count: count)
    var entries: [FunctionNameID: Entry] = [:]
    for (id, name) in program.names.enumerated() {
      guard let entry = catalogue.entry(for: name), name.bodies.isEmpty || entry.isContract,
        !entry.locks.isEmpty || entry.forkProtocol != nil
      else { continue }
      entries[id] = entry
    }
    if entries.isEmpty { return }
    var builder = Builder(program: program, flow: flow, entries: entries)
    for id in program.functions.indices { builder.collect(id) }
    touches = builder.touches
    releasedCounters = builder.releasedCounters
    guarded = builder.guarded
    var callers: [FunctionID: Set<FunctionID>] = [:]
    for id in program.functions.indices {
      for callee in graph.callees[id] { callers[callee, default: []].insert(id) }
    }
    var work = program.functions.indices.filter { touches[$0] }
    while let id = work.popLast() {
      for caller in callers[id] ?? [] where !touches[caller] {
        touches[caller] = true
        work.append(caller)
      }
    }
    // Callees first; a function is looked at again where what it calls turned out otherwise.
    var isPending = touches
    var rounds = 0
    let components = Components(graph.callees)
    for members in components.order {
      var pending = members.filter { isPending[$0] }
      while let id = pending.popLast(), rounds < 4 * count + 16 {
        isPending[id] = false
        guard builder.moves(id, graph) else { continue }
        rounds += 1
        guard builder.update(id) else { continue }
        for caller in callers[id] ?? []
        where !isPending[caller] && components.number[caller] == components.number[id] {
          isPending[caller] = true
          pending.append(caller)
        }
      }
    }
    for id in program.functions.indices where touches[id] {
      changes[id] = builder.isUnbalanced(id)
      let least = builder.leastOfNamed(id)
      if !least.isEmpty { leastOfNamed[id] = least }
    }
  }

  private struct Builder {
    let program: Program
    let flow: PointerFlow
    let entries: [FunctionNameID: Entry]
    var touches: [Bool]
    var releasedCounters: Set<FlowNode> = []
    var guarded: [FlowNode: Set<GlobalID>] = [:]
    /// Per function: how far the count of each lock may have moved at its returns.
    private var balances: [FunctionID: [Lock: Set<Int>]] = [:]

    /// A lock as far as this pass tells them apart.
    enum Lock: Hashable {
      case node(FlowNode)
      case name(String)
      /// Known to the caller alone.
      case other
    }

    init(program: Program, flow: PointerFlow, entries: [FunctionNameID: Entry]) {
      self.program = program
      self.flow = flow
      self.entries = entries
      touches = Array(repeating: false, count: program.functions.count)
    }

    mutating func collect(_ id: FunctionID) {
      let function = program.functions[id]
      var taken: Set<FlowNode> = []
      var written: Set<GlobalID> = []
      for block in function.body.blocks {
        for instruction in block.instructions {
          switch instruction.kind {
          case .assign(let place, _), .zero(let place):
            if case .global(let symbol) = place.base, let global = program.global(symbol, unit: function.unit)
            {
              written.insert(global)
            }
          case .call(let call):
            for name in program.targets(of: call, function: id, flow: flow) {
              guard let entry = entries[name] else { continue }
              touches[id] = true
              for effect in entry.locks {
                guard let node = node(effect, call, id) else { continue }
                if effect.action == .release, effect.isCounter { releasedCounters.insert(node) }
                if effect.acquires { taken.insert(node) }
              }
            }
          case .declare, .assembly: break
          }
        }
      }
      for case .global(let lock) in taken { guarded[.global(lock), default: []].formUnion(written) }
    }

    private func node(_ effect: LockEffect, _ call: Call, _ id: FunctionID) -> FlowNode? {
      guard let index = effect.argument, index < call.arguments.count else { return nil }
      return node(of: call.arguments[index], id)
    }

    private func node(of value: Value, _ id: FunctionID) -> FlowNode? {
      switch value {
      case .addressOf(let place), .load(let place): program.flowNode(place, function: id)
      case .convert(_, let inner): node(of: inner, id)
      default: nil
      }
    }

    private func lock(_ effect: LockEffect, _ call: Call, _ id: FunctionID) -> Lock {
      if let name = effect.name { return .name(name) }
      guard let node = node(effect, call, id) else { return .other }
      if case .variable(_, let variable) = node {
        return program.functions[id].body.variables[variable].kind == .parameter ? .other : .node(node)
      }
      return .node(node)
    }

    /// Some lock's count may be moved by one of its calls.
    func moves(_ id: FunctionID, _ graph: CallGraph) -> Bool {
      graph.calls[id].contains { call in
        call.names.contains { name in
          entries[name] != nil || program.names[name].bodies.contains { isUnbalanced($0) }
        }
      }
    }

    /// False where nothing new was found.
    mutating func update(_ id: FunctionID) -> Bool {
      let found = exits(of: id)
      if balances[id] == found { return false }
      balances[id] = found
      return true
    }

    func isUnbalanced(_ id: FunctionID) -> Bool {
      (balances[id] ?? [:]).values.contains { !$0.subtracting([0]).isEmpty }
    }

    func leastOfNamed(_ id: FunctionID) -> [String: Int] {
      var result: [String: Int] = [:]
      for case (.name(let name), let steps) in balances[id] ?? [:] {
        if let least = steps.min(), least != 0 { result[name] = least }
      }
      return result
    }

    private func exits(of id: FunctionID) -> [Lock: Set<Int>] {
      let body = program.functions[id].body
      var atEntry: [[Lock: Set<Int>]?] = Array(repeating: nil, count: body.blocks.count)
      guard !body.blocks.isEmpty else { return [:] }
      atEntry[0] = [:]
      var work = [0]
      var result: [Lock: Set<Int>] = [:]
      while let index = work.popLast() {
        var state = atEntry[index] ?? [:]
        for instruction in body.blocks[index].instructions {
          if case .call(let call) = instruction.kind { apply(call, id, &state) }
        }
        if case .return = body.blocks[index].terminator.kind { Self.join(state, into: &result) }
        for next in body.blocks[index].terminator.successors {
          guard var old = atEntry[next] else {
            atEntry[next] = state
            work.append(next)
            continue
          }
          let before = old
          Self.join(state, into: &old)
          if old != before {
            atEntry[next] = old
            work.append(next)
          }
        }
      }
      return result
    }

    private static func join(_ other: [Lock: Set<Int>], into state: inout [Lock: Set<Int>]) {
      for key in Set(state.keys).union(other.keys) {
        state[key] = (state[key] ?? [0]).union(other[key] ?? [0])
      }
    }

    private func apply(_ call: Call, _ id: FunctionID, _ state: inout [Lock: Set<Int>]) {
      func move(_ lock: Lock, by steps: Set<Int>) {
        var moved: Set<Int> = []
        for count in state[lock] ?? [0] {
          for step in steps { moved.insert(min(2, max(-2, count + step))) }
        }
        state[lock] = moved
      }
      for name in program.targets(of: call, function: id, flow: flow) {
        if let entry = entries[name] {
          for effect in entry.locks {
            switch effect.action {
            case .acquire, .acquireShared: move(lock(effect, call, id), by: [1])
            case .tryAcquire: move(lock(effect, call, id), by: call.result == nil ? [1] : [0, 1])
            case .release: move(lock(effect, call, id), by: [-1])
            case .reinitialise: break
            }
          }
          switch entry.forkProtocol?.part {
          case .before?: move(.name("protocol"), by: [1])
          case .parent?, .child?, .starts?: move(.name("protocol"), by: [-1])
          case .runs?, .needs?, nil: break
          }
          continue
        }
        for body in program.names[name].bodies where body != id {
          for (lock, steps) in balances[body] ?? [:] where steps != [0] {
            // A callee's own lock is the caller's business only by way of its storage.
            if case .node(.variable) = lock { continue }
            move(lock, by: steps)
          }
        }
      }
    }
  }
}
