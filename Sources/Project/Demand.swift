import Lowering
import SpawnIR

/// Which bodies of a program must be lowered so that its child paths are understood exactly as if all
/// were; decided from who mentions whom.
///
/// Executed is what an analysis may enter: functions that spawn, their callers some levels up, and all
/// that these name. Consulted are functions that an analysis never enters but that decide what it meets:
/// they change a variable that executed code reads, or use an executed function as a value.
struct Demand {
  /// Callers of a spawning function that are analysed for what they guarantee; the analysis climbs less.
  static let callerLevels = 6

  /// One demand for each unit.
  ///
  /// - Parameter startsChildPaths: whether calls of a function of that name do.
  static func units(_ skims: [UnitSkim], startsChildPaths: (String) -> Bool) -> [UnitDemand] {
    let starters = skims.map { skim in
      Set(skim.symbols.indices.filter { startsChildPaths(skim.symbols[$0].name) }.map { Int32($0) })
    }
    let hasAlias = skims.contains { $0.aliases.values.contains(where: startsChildPaths) }
    if !hasAlias, starters.allSatisfy(\.isEmpty) { return skims.map { _ in .nothing } }
    var demand = Demand(skims, starters)
    if hasAlias { demand.needsEverything = true }
    return demand.solve()
  }

  private struct Node: Hashable {
    var unit: Int
    var index: Int
  }

  private let skims: [UnitSkim]
  private let names: LinkedSymbols
  /// Symbols of functions that start child paths, by unit.
  private let starters: [Set<Int32>]
  private var executed: Set<Node> = []
  private var consulted: Set<Node> = []
  private var variables: Set<LinkedSymbols.ID> = []
  private var work: [Node] = []
  private var needsEverything = false

  private init(_ skims: [UnitSkim], _ starters: [Set<Int32>]) {
    self.skims = skims
    self.starters = starters
    names = LinkedSymbols(skims)
  }

  private mutating func solve() -> [UnitDemand] {
    climb(from: findStarters())
    close()
    if needsEverything { return skims.map { _ in .everything } }
    consult()
    return skims.indices.map(needed)
  }

  private func definitions(_ symbols: [Int32], _ unit: Int) -> [Node] {
    symbols.flatMap { names.functions[names.id($0, unit: unit)] ?? [] }.map {
      Node(unit: $0.unit, index: $0.index)
    }
  }

  // MARK: Executed

  private mutating func findStarters() -> [Node] {
    var found: [Node] = []
    for (unit, skim) in skims.enumerated() where !starters[unit].isEmpty {
      let wanted = starters[unit]
      for (index, function) in skim.functions.enumerated() {
        if function.calls.contains(where: wanted.contains) { found.append(Node(unit: unit, index: index)) }
        // A spawn function behind a pointer may be called from anywhere.
        if function.values.contains(where: wanted.contains) { needsEverything = true }
      }
      if skim.globals.contains(where: { $0.functions.contains(where: wanted.contains) }) {
        needsEverything = true
      }
    }
    return found
  }

  private mutating func climb(from starters: [Node]) {
    var callers: [Node: [Node]] = [:]
    var indirectCallers: [Node] = []
    var usedAsValue: Set<Node> = []
    for (unit, skim) in skims.enumerated() {
      for (index, function) in skim.functions.enumerated() {
        let caller = Node(unit: unit, index: index)
        for callee in definitions(function.calls + function.values, unit) {
          callers[callee, default: []].append(caller)
        }
        usedAsValue.formUnion(definitions(function.values, unit))
        if function.callsIndirectly { indirectCallers.append(caller) }
      }
      for global in skim.globals { usedAsValue.formUnion(definitions(global.functions, unit)) }
    }
    var level = starters
    level.forEach { execute($0) }
    for _ in 0..<Self.callerLevels {
      var next: [Node] = []
      for node in level {
        let all = (callers[node] ?? []) + (usedAsValue.contains(node) ? indirectCallers : [])
        for caller in all where !executed.contains(caller) {
          execute(caller)
          next.append(caller)
        }
      }
      level = next
    }
  }

  private mutating func execute(_ node: Node) {
    if executed.insert(node).inserted { work.append(node) }
  }

  /// Adds all that executed functions name.
  private mutating func close() {
    while let node = work.popLast() {
      let function = skims[node.unit].functions[node.index]
      // What a pointer may reach is decided by all that is ever stored anywhere.
      if function.callsIndirectly { needsEverything = true }
      definitions(function.calls + function.values, node.unit).forEach { execute($0) }
      for symbol in function.globals { execute(variable: names.id(symbol, unit: node.unit)) }
    }
  }

  private mutating func execute(variable id: LinkedSymbols.ID) {
    guard variables.insert(id).inserted else { return }
    for place in names.initializers[id] ?? [] {
      let global = skims[place.unit].globals[place.index]
      definitions(global.functions, place.unit).forEach { execute($0) }
      for inner in global.globals { execute(variable: names.id(inner, unit: place.unit)) }
    }
  }

  // MARK: Consulted

  private mutating func consult() {
    let executedNames = Set(
      executed.map { names.id(skims[$0.unit].functions[$0.index].symbol, unit: $0.unit) })
    var changed = true
    while changed {
      changed = false
      for (unit, skim) in skims.enumerated() {
        for (index, function) in skim.functions.enumerated() {
          let node = Node(unit: unit, index: index)
          guard !executed.contains(node), !consulted.contains(node) else { continue }
          let isConsulted =
            function.changes.contains { variables.contains(names.id($0, unit: unit)) }
            || function.values.contains { executedNames.contains(names.id($0, unit: unit)) }
          guard isConsulted else { continue }
          consulted.insert(node)
          variables.formUnion(function.globals.map { names.id($0, unit: unit) })
          changed = true
        }
      }
    }
    for (unit, skim) in skims.enumerated() {
      for global in skim.globals
      where global.functions.contains(where: { executedNames.contains(names.id($0, unit: unit)) }) {
        variables.insert(names.id(global.symbol, unit: unit))
      }
    }
  }

  private func needed(_ unit: Int) -> UnitDemand {
    let skim = skims[unit]
    var result = NeededSymbols()
    for (index, function) in skim.functions.enumerated() {
      let node = Node(unit: unit, index: index)
      let symbol = skim.symbols[Int(function.symbol)]
      if executed.contains(node) { result.executed.insert(symbol) }
      if consulted.contains(node) { result.consulted.insert(symbol) }
    }
    for (number, symbol) in skim.symbols.enumerated()
    where variables.contains(names.id(Int32(number), unit: unit)) {
      result.variables.insert(symbol)
    }
    return result == NeededSymbols() ? .nothing : .some(result)
  }
}
