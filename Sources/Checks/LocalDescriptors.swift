import Catalogue
import ChildPath
import Linking
import SpawnIR

/// Whether a child execs with descriptors that a call opened: where it closes them all, close-on-exec changes nothing for it.
struct LocalDescriptors {
  private let paths: ChildPaths
  private let inputs: CheckInputs

  init(_ paths: ChildPaths, _ inputs: CheckInputs) {
    self.paths = paths
    self.inputs = inputs
  }

  /// The descriptors go into a local array of the function that spawns, of which nobody else hears before the spawn call; in
  /// the child each is used by calls alone that keep nothing, and closed on every way to an exec.
  func areClosedAnyway(_ observation: Observation) -> Bool {
    let id = observation.at.function
    let function = inputs.program.functions[id].body
    let spawn = paths.sites[observation.site].at
    guard spawn.function == id, let own = paths.childCode.own[id],
      let array = array(at: observation.at, function)
    else { return false }
    let shared = paths.childCode.shared[id] ?? []
    let before = before(spawn.block, function)
    let unit = inputs.program.functions[id].unit
    var used: Set<Place> = []
    var ends: [Int: Ends] = [:]
    for (index, block) in function.blocks.enumerated() {
      let isChilds = own.contains(index)
      var closed: Set<Place> = []
      for instruction in block.instructions {
        guard case .call(let call) = instruction.kind else {
          let mentions = mentions(array, in: instruction.forEachValue)
          if mentions.address || (mentions.value && (isChilds || before.contains(index))) { return false }
          if mentions.value, shared.contains(index) { return false }
          continue
        }
        guard let uses = uses(of: array, in: call, unit: unit) else { return false }
        if !uses.places.isEmpty, shared.contains(index), !before.contains(index) { return false }
        if isExec(call) { ends[index, default: Ends()].closedBeforeExecs.append(closed) }
        if uses.closes { closed.formUnion(uses.places) }
        if isChilds { used.formUnion(uses.places) }
      }
      ends[index, default: Ends()].closed = closed
      let mentions = mentions(array, in: block.terminator.forEachValue)
      if mentions.address || (mentions.value && (isChilds || shared.contains(index))) { return false }
    }
    guard ends.values.contains(where: { !$0.closedBeforeExecs.isEmpty }) else { return false }
    return used.allSatisfy { !reachesExec(from: spawn.block, with: $0, ends, function) }
  }

  /// What a block closes, and what it has closed before each of its calls of exec.
  private struct Ends {
    var closed: Set<Place> = []
    var closedBeforeExecs: [Set<Place>] = []
  }

  private func isExec(_ call: Call) -> Bool {
    guard case .direct(let symbol) = call.callee else { return false }
    return inputs.catalogue.entry(named: symbol.name)?.end == .exec
  }

  /// Behind the block control may come to an exec with the descriptor open.
  private func reachesExec(
    from block: Int, with place: Place, _ ends: [Int: Ends], _ function: Function
  ) -> Bool {
    var seen: Set<Int> = []
    var work = function.blocks[block].terminator.successors
    while let next = work.popLast() {
      guard seen.insert(next).inserted else { continue }
      let end = ends[next] ?? Ends()
      if end.closedBeforeExecs.contains(where: { !$0.contains(place) }) { return true }
      if !end.closed.contains(place) { work += function.blocks[next].terminator.successors }
    }
    return false
  }

  /// The variable that the call's argument points to.
  private func array(at place: InstructionRef, _ function: Function) -> Int? {
    guard case .call(let call) = function.blocks[place.block].instructions[place.index].kind,
      case .direct(let symbol) = call.callee, let entry = inputs.catalogue.entry(named: symbol.name),
      let index = entry.descriptors.first(where: { $0.action == .opensInto })?.argument,
      call.arguments.indices.contains(index), case .addressOf(let target) = call.arguments[index],
      case .variable(let variable) = target.base, target.lastField == nil,
      function.variables[variable].kind == .local
    else { return nil }
    return variable
  }

  /// Blocks from which control may come to this one; itself included.
  private func before(_ block: Int, _ function: Function) -> Set<Int> {
    var sources: [Int: [Int]] = [:]
    for (index, block) in function.blocks.enumerated() {
      for next in block.terminator.successors { sources[next, default: []].append(index) }
    }
    var result: Set<Int> = [block]
    var work = [block]
    while let next = work.popLast() {
      for source in sources[next] ?? [] where result.insert(source).inserted { work.append(source) }
    }
    return result
  }

  private func mentions(
    _ array: Int, in visit: ((Value) -> Void) -> Void
  ) -> (value: Bool, address: Bool) {
    var result = (value: false, address: false)
    visit { value in
      switch value {
      case .load(let place) where place.base == .variable(array): result.value = true
      case .addressOf(let place) where place.base == .variable(array): result.address = true
      default: break
      }
    }
    return result
  }

  /// The descriptors that a call is given; nil if it may keep one, or the array.
  private func uses(of array: Int, in call: Call, unit: Int) -> (places: Set<Place>, closes: Bool)? {
    var places: Set<Place> = []
    var effects: [DescriptorEffect] = []
    if case .direct(let symbol) = call.callee, let name = inputs.program.functionName(symbol, unit: unit),
      !inputs.program.hasBody(name)
    {
      effects = inputs.catalogue.entry(named: symbol.name)?.descriptors ?? []
    }
    var closes = false
    for (index, argument) in call.arguments.enumerated() {
      let mentions = mentions(array) { argument.walk($0) }
      if mentions.address {
        // The call that opens them is the only one.
        guard effects.contains(where: { $0.action == .opensInto && $0.argument == index }) else { return nil }
        continue
      }
      guard mentions.value else { continue }
      guard case .load(let place) = argument else { return nil }
      if effects.contains(where: { $0.action == .closes && $0.argument == index }) {
        closes = true
      } else if !effects.contains(where: { $0.action == .borrows && $0.argument == index }) {
        // One that takes all its arguments so may tell the number to the program (printf).
        return nil
      }
      places.insert(place)
    }
    return (places, closes)
  }
}
