import SpawnIR

/// A member of a record type, whichever object it belongs to.
public struct FieldKey: Hashable, Sendable, BitwiseCopyable {
  public var record: Name
  public var name: Name

  public init(_ field: Field) {
    record = field.record
    name = field.name
  }
}

/// A set of storage locations that the flow-insensitive passes treat as one.
public enum FlowNode: Hashable, Sendable, BitwiseCopyable {
  case field(FieldKey)
  case global(GlobalID)
  case variable(FunctionID, Int)
  case result(FunctionNameID)
}

/// Which functions each pointer variable, member or table may hold: all that is ever stored there
/// anywhere in the program, also through parameters and results (inclusion-based, array elements and
/// objects of one type merged).
public struct PointerFlow: Sendable {
  /// Sorted.
  public private(set) var targets: [FlowNode: [FunctionNameID]] = [:]
  /// Functions whose address is taken.
  public private(set) var addressTaken: Set<FunctionNameID> = []
  /// The functions named in initialisers of tables, by global.
  public private(set) var tableFunctions: [GlobalID: [FunctionNameID]] = [:]
  /// From where values flow into a node.
  public private(set) var sources: [FlowNode: Set<FlowNode>] = [:]

  public init(_ program: Program) {
    var builder = Builder(program: program)
    builder.collect()
    builder.propagate()
    targets = builder.sets.mapValues { $0.sorted() }
    for (source, nodes) in builder.edges {
      for node in nodes { sources[node, default: []].insert(source) }
    }
    addressTaken = builder.addressTaken
    tableFunctions = builder.tables.mapValues { $0.sorted() }
  }

  /// Functions that one pointer may hold; where they are more, it may hold anything.
  public static let mostTargets = 64

  public func candidates(_ node: FlowNode) -> [FunctionNameID] {
    targets[node] ?? []
  }

  /// Nobody can say what it holds, however much more of the program is known.
  public func isAnything(_ node: FlowNode) -> Bool { candidates(node).count > Self.mostTargets }
}

extension Program {
  /// The flow node of a place in `function`; nil where only a points-to analysis could tell.
  public func flowNode(_ place: Place, function: FunctionID) -> FlowNode? {
    if let field = place.lastField { return .field(FieldKey(field)) }
    switch place.base {
    case .variable(let index): return .variable(function, index)
    case .global(let symbol):
      return global(symbol, unit: functions[function].unit).map { .global($0) }
    default: return nil
    }
  }
}

private struct Builder {
  let program: Program
  var sets: [FlowNode: Set<FunctionNameID>] = [:]
  var edges: [FlowNode: Set<FlowNode>] = [:]
  var addressTaken: Set<FunctionNameID> = []
  var tables: [GlobalID: Set<FunctionNameID>] = [:]
  /// Calls through pointers, whose arguments flow on once targets are known.
  var indirectCalls: [(function: FunctionID, node: FlowNode, call: Call)] = []

  mutating func collect() {
    for (id, global) in program.globals.enumerated() {
      for (unit, store) in global.initializers.stores {
        var node = FlowNode.global(id)
        for case .field(let field) in store.path { node = .field(FieldKey(field)) }
        store.value.walk { value in
          guard case .function(let symbol) = value,
            let name = program.functionName(symbol, unit: unit)
          else { return }
          addressTaken.insert(name)
          tables[id, default: []].insert(name)
          sets[node, default: []].insert(name)
          if node != .global(id), store.path.contains(where: { if case .index = $0 { true } else { false } })
          {
            sets[.global(id), default: []].insert(name)
          }
        }
      }
    }
    for id in program.functions.indices { collect(function: id) }
  }

  private mutating func collect(function id: FunctionID) {
    let function = program.functions[id]
    for block in function.body.blocks {
      for instruction in block.instructions {
        switch instruction.kind {
        case .assign(let place, let value):
          if let node = program.flowNode(place, function: id) { flow(value, into: node, function: id) }
          noteAddresses(value, unit: function.unit)
        case .call(let call):
          collect(call, function: id)
        case .assembly(_, let inputs, _): for input in inputs { noteAddresses(input, unit: function.unit) }
        case .zero, .declare: break
        }
      }
      if case .return(.some(let value)) = block.terminator.kind {
        flow(value, into: .result(function.name), function: id)
        noteAddresses(value, unit: function.unit)
      }
    }
  }

  private mutating func collect(_ call: Call, function id: FunctionID) {
    let unit = program.functions[id].unit
    for argument in call.arguments { noteAddresses(argument, unit: unit) }
    switch call.callee {
    case .direct(let symbol):
      guard let name = program.functionName(symbol, unit: unit) else { return }
      connect(call, to: name, function: id)
    case .indirect(let value):
      if case .load(let place) = value, let node = program.flowNode(place, function: id) {
        indirectCalls.append((id, node, call))
      }
    }
  }

  private mutating func connect(_ call: Call, to name: FunctionNameID, function id: FunctionID) {
    for body in program.names[name].bodies {
      let callee = program.functions[body].body
      for (argument, parameter) in zip(call.arguments, callee.parameters) {
        flow(argument, into: .variable(body, parameter), function: id)
      }
    }
    if let result = call.result {
      for name in program.definingNames(name) {
        edges[.result(name), default: []].insert(.variable(id, result))
      }
    }
  }

  private mutating func noteAddresses(_ value: Value, unit: Int) {
    value.walk { inner in
      if case .function(let symbol) = inner, let name = program.functionName(symbol, unit: unit) {
        addressTaken.insert(name)
      }
    }
  }

  private mutating func flow(_ value: Value, into node: FlowNode, function id: FunctionID) {
    switch value {
    case .function(let symbol):
      if let name = program.functionName(symbol, unit: program.functions[id].unit) {
        sets[node, default: []].insert(name)
      }
    case .load(let place):
      if let source = program.flowNode(place, function: id), source != node {
        edges[source, default: []].insert(node)
      }
    case .convert(_, let inner): flow(inner, into: node, function: id)
    case .binary(.add, let left, let right), .binary(.subtract, let left, let right):
      flow(left, into: node, function: id)
      flow(right, into: node, function: id)
    case .addressOf(let place):
      // A pointer to a table of pointers: `handlers = table; handlers[i]()`.
      if let source = program.flowNode(place, function: id), source != node {
        edges[source, default: []].insert(node)
      }
    default: break
    }
  }

  mutating func propagate() {
    var connected: Set<String> = []
    while true {
      var work = Array(sets.keys)
      while let node = work.popLast() {
        guard let set = sets[node], let next = edges[node] else { continue }
        for target in next where !set.isSubset(of: sets[target, default: []]) {
          sets[target, default: []].formUnion(set)
          work.append(target)
        }
      }
      var grew = false
      for (index, item) in indirectCalls.enumerated() {
        guard let names = sets[item.node], names.count <= PointerFlow.mostTargets else { continue }
        for name in names where connected.insert("\(index):\(name)").inserted {
          connect(item.call, to: name, function: item.function)
          grew = true
        }
      }
      if !grew { return }
    }
  }
}
