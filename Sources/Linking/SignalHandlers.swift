import Catalogue
import SpawnIR

/// A function that the program has run when a signal comes.
public struct SignalHandler: Hashable, Sendable {
  public var function: FunctionNameID
  /// The signals, as bits (`SignalBits`).
  public var signals: UInt64
  /// Why running it in a child that shares memory harms the parent, as a clause about it: "changes 'x'";
  /// nil where nothing of the kind is known.
  public var harm: String?
}

/// The handlers that a program installs anywhere, whatever the path; found by what is stored and handed on.
public struct SignalHandlers: Sendable {
  public private(set) var all: [SignalHandler] = []

  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    var effects: [FunctionNameID: [SignalEffect]] = [:]
    for (id, name) in program.names.enumerated() where name.bodies.isEmpty {
      let found = catalogue.entry(for: name)?.signals.filter { $0.action == .handle } ?? []
      if !found.isEmpty { effects[id] = found }
    }
    if effects.isEmpty { return }
    var signals: [FunctionNameID: UInt64] = [:]
    for id in program.functions.indices {
      program.forEachCall(in: id) { call, _ in
        for name in program.targets(of: call, function: id, flow: flow) {
          for effect in effects[name] ?? [] where effect.mayHold(call) {
            for handler in Self.functions(effect, call, id, program, flow) {
              signals[handler, default: 0] |= Self.signals(effect, call)
            }
          }
        }
      }
    }
    let harms = HandlerHarms(program, flow: flow, graph: graph, catalogue: catalogue)
    all = signals.keys.sorted().map { name in
      SignalHandler(
        function: name, signals: signals[name] ?? 0,
        harm: program.names[name].bodies.lazy.compactMap { harms.harm(of: $0) }.first)
    }
  }

  private static func signals(_ effect: SignalEffect, _ call: Call) -> UInt64 {
    guard let index = effect.signal, index < call.arguments.count,
      case .integer(let number) = call.arguments[index]
    else { return SignalBits.all }
    return SignalBits.bit(number)
  }

  private static func functions(
    _ effect: SignalEffect, _ call: Call, _ id: FunctionID, _ program: Program, _ flow: PointerFlow
  ) -> [FunctionNameID] {
    var found: [FunctionNameID] = []
    if let index = effect.function, index < call.arguments.count {
      found += functions(call.arguments[index], id, program, flow)
    }
    guard let index = effect.structure, index < call.arguments.count else { return found }
    if let own = stored(in: call.arguments[index], effect, id, program, flow) { return found + own }
    for (node, names) in flow.targets {
      if case .field(let key) = node, effect.members.contains(key.name.text) { found += names }
    }
    return found
  }

  private static func functions(
    _ value: Value, _ id: FunctionID, _ program: Program, _ flow: PointerFlow
  ) -> [FunctionNameID] {
    switch value {
    case .function(let symbol):
      return program.functionName(symbol, unit: program.functions[id].unit).map { [$0] } ?? []
    case .load(let place): return program.flowNode(place, function: id).map { flow.candidates($0) } ?? []
    case .convert(_, let inner): return functions(inner, id, program, flow)
    default: return []
    }
  }

  /// What this function stores in its own structure; nil where the structure is filled elsewhere too.
  private static func stored(
    in structure: Value, _ effect: SignalEffect, _ id: FunctionID, _ program: Program, _ flow: PointerFlow
  ) -> [FunctionNameID]? {
    guard case .addressOf(.variable(let variable)) = structure else { return nil }
    let body = program.functions[id].body
    guard body.variables[variable].kind == .local else { return nil }
    var found: [FunctionNameID] = []
    var isStored = false
    for block in body.blocks {
      for instruction in block.instructions {
        guard case .assign(let place, let value) = instruction.kind, place.base == .variable(variable) else {
          continue
        }
        guard let field = place.lastField else { return nil }
        if effect.members.contains(field.name.text) {
          isStored = true
          found += functions(value, id, program, flow)
        }
      }
    }
    return isStored ? found : nil
  }
}

/// What a function, run at any time, does to memory that it shares with the thread it interrupts.
private struct HandlerHarms {
  let program: Program
  let flow: PointerFlow
  let graph: CallGraph
  let catalogue: Catalogue

  init(_ program: Program, flow: PointerFlow, graph: CallGraph, catalogue: Catalogue) {
    self.program = program
    self.flow = flow
    self.graph = graph
    self.catalogue = catalogue
  }

  /// The first harm found in the function or, breadth first, in what it calls.
  func harm(of function: FunctionID) -> String? {
    var seen: Set<FunctionID> = [function]
    var work = [function]
    var next = 0
    while next < work.count {
      let id = work[next]
      next += 1
      if let harm = ownHarm(id) { return harm }
      for callee in graph.callees[id].sorted() where seen.insert(callee).inserted { work.append(callee) }
    }
    return nil
  }

  private func ownHarm(_ id: FunctionID) -> String? {
    let function = program.functions[id]
    for block in function.body.blocks {
      for instruction in block.instructions {
        switch instruction.kind {
        case .assign(let place, _), .zero(let place):
          if let harm = harm(ofWriting: place, function) { return harm }
        case .call(let call):
          if let harm = harm(of: call, id) { return harm }
        case .declare, .assembly: break
        }
      }
    }
    return nil
  }

  private func harm(ofWriting place: Place, _ function: LinkedFunction) -> String? {
    switch place.base {
    case .global(let symbol): return "changes '\(symbol.name)'"
    case .dereference(let pointer):
      if reachesOwn(pointer, function, depth: 0) { return nil }
      return place.lastField.map { "changes '\($0.name)'" } ?? "writes through a pointer"
    case .variable, .field, .element: return nil
    }
  }

  /// The pointer is known to lead to a local of the function or to `errno`, which handlers save and restore.
  private func reachesOwn(_ pointer: Value, _ function: LinkedFunction, depth: Int) -> Bool {
    switch pointer {
    case .addressOf(let place):
      if case .dereference(let inner) = place.base { return reachesOwn(inner, function, depth: depth) }
      if case .variable = place.base { return true }
      return false
    case .convert(_, let inner): return reachesOwn(inner, function, depth: depth)
    case .binary(.add, let left, _), .binary(.subtract, let left, _):
      return reachesOwn(left, function, depth: depth)
    case .load(.variable(let variable)):
      guard depth < 4, function.body.variables[variable].kind != .parameter else { return false }
      var isSet = false
      for block in function.body.blocks {
        for instruction in block.instructions {
          switch instruction.kind {
          case .assign(.variable(variable), let value):
            if !reachesOwn(value, function, depth: depth + 1) { return false }
            isSet = true
          case .call(let call) where call.result == variable:
            guard case .direct(let symbol) = call.callee,
              catalogue.entry(named: symbol.name)?.returns == .errorNumber
            else { return false }
            isSet = true
          default: break
          }
        }
      }
      return isSet
    default: return false
    }
  }

  private func harm(of call: Call, _ id: FunctionID) -> String? {
    for name in program.targets(of: call, function: id, flow: flow) {
      let target = program.names[name]
      guard let entry = catalogue.entry(for: target), target.bodies.isEmpty || entry.isContract else {
        continue
      }
      if entry.locks.contains(where: \.acquires) { return "takes a lock with '\(entry.name)'" }
      if entry.end == .longjmp { return "jumps with '\(entry.name)' to where the parent was" }
      if entry.end == .exit { return "ends the process with '\(entry.name)'" }
      if entry.keepsUserState { return "calls '\(entry.name)', which changes memory of the library" }
      for (index, argument) in call.arguments.enumerated()
      where entry.mayWrite(argument: index, target.declaration) {
        if case .addressOf(let place) = argument, let harm = harm(ofWriting: place, program.functions[id]) {
          return harm
        }
      }
    }
    return nil
  }
}
