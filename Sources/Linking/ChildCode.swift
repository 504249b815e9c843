import Catalogue
import SpawnIR

/// What children may execute, found without states: from each spawn call on with the result that the child gets, all
/// that is called there, and the callers into which a child returns.
struct ChildCode {
  /// Per function: every block is child code.
  private(set) var isWhole: [Bool]
  /// Per function: the blocks that are; empty for none.
  private var blocks: [[Bool]]
  /// Functions out of which a child may return that they made.
  private(set) var returnsInChild: Set<FunctionID> = []

  func contains(_ function: FunctionID, _ block: Int) -> Bool {
    isWhole[function] || (!blocks[function].isEmpty && blocks[function][block])
  }

  /// A child that was made in the function, or that returned into it, comes to the block.
  func isOnTheWay(_ function: FunctionID, _ block: Int) -> Bool {
    !blocks[function].isEmpty && blocks[function][block]
  }

  /// Some block is.
  func touches(_ function: FunctionID) -> Bool { isWhole[function] || !blocks[function].isEmpty }

  private let program: Program
  private let flow: PointerFlow
  private let graph: CallGraph
  private var entered: [FunctionID] = []
  private var starts: [Start] = []
  /// What locals hold where the child comes to a block, as far as it is one constant.
  private typealias Constants = [Int: Int64]
  private var atEntry: [Place: Constants] = [:]
  private var unsteady: [FunctionID: Set<Int>] = [:]

  private struct Start {
    var function: FunctionID
    var block: Int
    var index: Int
    var known: Constants
  }

  private struct Place: Hashable {
    var function: FunctionID
    var block: Int
  }

  /// No child's code.
  static func none(_ program: Program, flow: PointerFlow, graph: CallGraph) -> ChildCode {
    ChildCode(program, flow, graph)
  }

  private init(_ program: Program, _ flow: PointerFlow, _ graph: CallGraph) {
    self.program = program
    self.flow = flow
    self.graph = graph
    isWhole = Array(repeating: false, count: program.functions.count)
    blocks = Array(repeating: [], count: program.functions.count)
  }

  init(_ program: Program, flow: PointerFlow, graph: CallGraph, contracts: [FunctionID]) {
    self.program = program
    self.flow = flow
    self.graph = graph
    isWhole = Array(repeating: false, count: program.functions.count)
    blocks = Array(repeating: [], count: program.functions.count)
    for id in contracts { enter(id) }
    for id in program.functions.indices {
      for call in graph.calls[id] { find(call, id) }
    }
    while true {
      if let id = entered.popLast() {
        for call in graph.calls[id] { enterCallees(call, id) }
      } else if let start = starts.popLast() {
        follow(start)
      } else {
        return
      }
    }
  }

  private mutating func find(_ call: LinkedCall, _ id: FunctionID) {
    for name in call.names {
      guard let entry = graph.entries.judging(name, in: program), let made = program.instruction(call, of: id)
      else { continue }
      for index in entry.entryArguments where index < made.arguments.count {
        for name in program.functions(in: made, argument: index, function: id, flow: flow) {
          for body in program.names[name].bodies { enter(body) }
        }
      }
      guard entry.maySpawn(made), entry.spawns.contains(where: { $0.entryArgument == nil }) else { continue }
      starts.append(start(after: call, made, id, result: 0))
    }
  }

  private func start(after call: LinkedCall, _ made: Call, _ id: FunctionID, result: Int64?) -> Start {
    var known: Constants = [:]
    if let variable = made.result, let result { known[variable] = result }
    return Start(function: id, block: call.block, index: call.index + 1, known: known)
  }

  private mutating func enter(_ id: FunctionID) {
    if isWhole[id] { return }
    isWhole[id] = true
    entered.append(id)
  }

  private mutating func enterCallees(_ call: LinkedCall, _ id: FunctionID) {
    for name in call.names {
      for body in graph.entries.entered(name, in: program) { enter(body) }
      guard let entry = graph.entries.judging(name, in: program), !entry.calls.isEmpty,
        let made = program.instruction(call, of: id)
      else { continue }
      for index in entry.calls where index < made.arguments.count {
        for name in program.functions(in: made, argument: index, function: id, flow: flow) {
          for body in program.names[name].bodies { enter(body) }
        }
      }
    }
  }

  // MARK: From a spawn call on

  private mutating func follow(_ start: Start) {
    let id = start.function
    let body = program.functions[id].body
    if blocks[id].isEmpty { blocks[id] = Array(repeating: false, count: body.blocks.count) }
    var work: [(block: Int, index: Int, known: Constants)] = [(start.block, start.index, start.known)]
    while let item = work.popLast() {
      blocks[id][item.block] = true
      var known = item.known
      execute(item.block, from: item.index, of: id, &known)
      let terminator = body.blocks[item.block].terminator
      if case .return(let value) = terminator.kind {
        goOnInCallers(of: id, result: value.flatMap { Self.constant($0, known) })
      }
      for next in Self.successors(terminator, known) {
        let place = Place(function: id, block: next)
        guard let before = atEntry[place] else {
          atEntry[place] = known
          work.append((next, 0, known))
          continue
        }
        let joined = before.filter { known[$0.key] == $0.value }
        if joined.count == before.count { continue }
        atEntry[place] = joined
        work.append((next, 0, joined))
      }
    }
  }

  private mutating func execute(_ block: Int, from start: Int, of id: FunctionID, _ known: inout Constants) {
    let instructions = program.functions[id].body.blocks[block].instructions
    for index in start..<max(start, instructions.count) {
      switch instructions[index].kind {
      case .assign(.variable(let variable), let value):
        known[variable] = isUnsteady(variable, id) ? nil : Self.constant(value, known)
      case .zero(.variable(let variable)): known[variable] = isUnsteady(variable, id) ? nil : 0
      case .declare(let variable): known[variable] = nil
      case .call(let call): if let result = call.result { known[result] = nil }
      case .assembly(let outputs, _, _):
        for case .variable(let variable) in outputs { known[variable] = nil }
      case .assign, .zero: break
      }
    }
    for call in graph.calls[id] where call.block == block && call.index >= start { enterCallees(call, id) }
  }

  /// The variable may change otherwise than by an assignment to it.
  private mutating func isUnsteady(_ variable: Int, _ id: FunctionID) -> Bool {
    if let found = unsteady[id] { return found.contains(variable) }
    var found: Set<Int> = []
    program.functions[id].body.forEachValue { _, value in
      if case .addressOf(let place) = value, case .variable(let variable) = place.base {
        found.insert(variable)
      }
    }
    unsteady[id] = found
    return found.contains(variable)
  }

  /// Also of a function that children call: the children that it makes for others return to those.
  private mutating func goOnInCallers(of id: FunctionID, result: Int64?) {
    returnsInChild.insert(id)
    for site in graph.callers[id] ?? [] {
      let call = LinkedCall(block: site.block, index: site.instruction, names: [])
      guard let made = program.instruction(call, of: site.caller) else { continue }
      let start = start(after: call, made, site.caller, result: result)
      // A start differs by the result alone: the first is followed with it, all others without.
      let key = Place(function: site.caller, block: -1 - (site.block << 16 | site.instruction))
      if let before = atEntry[key] {
        if before.isEmpty || before == start.known { continue }
        atEntry[key] = [:]
        starts.append(Start(function: start.function, block: start.block, index: start.index, known: [:]))
      } else {
        atEntry[key] = start.known
        starts.append(start)
      }
    }
  }

  private static func successors(_ terminator: Terminator, _ known: Constants) -> [Int] {
    switch terminator.kind {
    case .branch(let value, let then, let otherwise):
      if let constant = constant(value, known) { return [constant != 0 ? then : otherwise] }
    case .switch(let value, let cases, let otherwise):
      if let constant = constant(value, known) {
        let chosen = cases.first { $0.low <= constant && constant <= $0.high }
        return [chosen?.target ?? otherwise]
      }
    default: break
    }
    return terminator.successors
  }

  private static func constant(_ value: Value, _ known: Constants) -> Int64? {
    switch value {
    case .integer(let constant): return constant
    case .load(.variable(let variable)): return known[variable]
    case .convert(let type, let inner):
      guard let constant = constant(inner, known) else { return nil }
      if type.kind == .bool { return constant != 0 ? 1 : 0 }
      return constant >= 0 && constant <= Int64(Int8.max) ? constant : nil
    case .unary(let op, let inner):
      guard let constant = constant(inner, known) else { return nil }
      switch op {
      case .minus: return 0 &- constant
      case .bitNot: return ~constant
      case .logicalNot: return constant == 0 ? 1 : 0
      }
    case .binary(let op, let left, let right):
      guard let a = constant(left, known), let b = constant(right, known) else { return nil }
      switch op {
      case .add: return a &+ b
      case .subtract: return a &- b
      case .bitAnd: return a & b
      case .bitOr: return a | b
      case .less: return a < b ? 1 : 0
      case .lessOrEqual: return a <= b ? 1 : 0
      case .greater: return a > b ? 1 : 0
      case .greaterOrEqual: return a >= b ? 1 : 0
      case .equal: return a == b ? 1 : 0
      case .notEqual: return a != b ? 1 : 0
      default: return nil
      }
    default: return nil
    }
  }
}
