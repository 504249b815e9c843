import Catalogue
import SpawnIR

/// Storage whose value can decide what a child executes or in which situation it starts: a backward slice.
///
/// A decision matters in code that children execute if it chooses between calls, returns or stores, and elsewhere if
/// it chooses between spawn calls, between stores to storage that matters, or between locks and masks. What flows
/// into a decision that matters, an indirect call, a spawn call's flags or a lock, matters itself. Everything else
/// need not be tracked.
public struct Relevance: Sendable {
  private let numbers: FlowNumbers
  private var nodes: [Bool]
  private var decisive: [Bool]
  private var inChildren: [Bool]
  private var unknownMemory: Bool
  /// Some child may share its parent's memory.
  public let hasSharedMemory: Bool
  /// Functions out of which a child may return that they made.
  public let returnsInChild: Set<FunctionID>

  /// - Parameter contracts: functions of which it is promised that a child may call them.
  public init(
    _ program: Program, flow: PointerFlow, graph: CallGraph, contracts: [FunctionID] = []
  ) {
    let children = ChildCode(program, flow: flow, graph: graph, contracts: contracts)
    var slice = Slice(program, flow: flow, graph: graph, children: children)
    slice.build()
    numbers = slice.numbers
    nodes = slice.needed
    decisive = slice.closure(of: slice.decisions(inChildrenAlone: false))
    inChildren = slice.closure(of: slice.decisions(inChildrenAlone: true))
    unknownMemory = slice.isNeeded(.unknownMemory)
    hasSharedMemory = graph.sharesMemory
    returnsInChild = children.returnsInChild
  }

  /// As seen from the parent: what decides on the calls by which it gets hold of something or gives it back.
  public init(_ program: Program, flow: PointerFlow, graph: CallGraph, parents: ParentCode) {
    var slice = Slice(
      program, flow: flow, graph: graph, children: .none(program, flow: flow, graph: graph), parents: parents)
    slice.build()
    numbers = slice.numbers
    nodes = slice.needed
    decisive = slice.closure(
      of: slice.decisions(inChildrenAlone: false) + parents.storage.compactMap { slice.numbers[$0] })
    inChildren = decisive
    unknownMemory = slice.isNeeded(.unknownMemory)
    hasSharedMemory = true
    returnsInChild = []
  }

  public func contains(_ node: FlowNode) -> Bool { numbers[node].map { nodes[$0] } ?? false }

  /// What a pointer of which nothing is known reaches.
  public var containsUnknownMemory: Bool { unknownMemory }

  /// The catalogue function's effect depends on the argument, or reaches memory through it.
  public func isDecisive(argument index: Int, of entry: Entry, declaration: Declaration?) -> Bool {
    if entry.retains { return true }
    if entry.mayWrite(argument: index, declaration) { return true }
    return entry.decidingArguments(sharesMemory: hasSharedMemory).contains(index)
  }

  /// Code that a child may execute decides on the value.
  public func decidesInChildren(_ node: FlowNode) -> Bool {
    numbers[node].map { inChildren[$0] } ?? false
  }

  /// The value itself is compared or called, not only the memory behind it.
  public func decides(_ node: FlowNode) -> Bool {
    numbers[node].map { decisive[$0] } ?? false
  }
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

  /// Changes the situation in which a child starts: locks, a fork protocol, what signals do.
  func changesSituation(sharesMemory: Bool) -> Bool {
    !locks.isEmpty || forkProtocol != nil || (sharesMemory && !signals.isEmpty)
  }

  /// Arguments on whose value the call's effect on control depends.
  func decidingArguments(sharesMemory: Bool) -> Set<Int> {
    var deciding = Set(calls)
    for entry in childEntries {
      deciding.insert(entry.argument)
      if let data = entry.data { deciding.insert(data) }
      if let prepare = entry.prepare { deciding.insert(prepare) }
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
