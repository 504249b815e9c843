import SpawnIR

/// The symbols of many units: external ones are one across units, static ones stay in theirs.
struct LinkedSymbols {
  typealias ID = Int

  /// A variable: its unit and its index among the unit's skimmed variables.
  struct VariablePlace {
    var unit: Int
    var index: Int
  }

  /// Functions with bodies that a symbol may mean, aliases included.
  private(set) var functions: [ID: [FunctionPlace]] = [:]
  /// Variables with initialisers that name something.
  private(set) var initializers: [ID: [VariablePlace]] = [:]
  private var ids: [[ID]] = []

  init(_ skims: [UnitSkim]) {
    var external: [String: ID] = [:]
    var count = 0
    func newID() -> ID {
      count += 1
      return count - 1
    }
    for skim in skims {
      ids.append(
        skim.symbols.map { symbol in
          if symbol.isStatic { return newID() }
          if let known = external[symbol.name] { return known }
          let id = newID()
          external[symbol.name] = id
          return id
        })
    }
    for (unit, skim) in skims.enumerated() {
      for (index, function) in skim.functions.enumerated() {
        functions[ids[unit][Int(function.symbol)], default: []].append(
          FunctionPlace(unit: unit, index: index))
      }
      for (index, global) in skim.globals.enumerated() {
        initializers[ids[unit][Int(global.symbol)], default: []].append(
          VariablePlace(unit: unit, index: index))
      }
    }
    for (unit, skim) in skims.enumerated() {
      for (alias, target) in skim.aliases {
        // The alias and its target by name, whatever their linkage.
        let targets = skim.symbols.indices.filter { skim.symbols[$0].name == target }.map { ids[unit][$0] }
        let found = (targets + [external[target]].compactMap { $0 }).flatMap { functions[$0] ?? [] }
        let names = skim.symbols.indices.filter { skim.symbols[$0].name == alias }.map { ids[unit][$0] }
        for id in Set(names + [external[alias]].compactMap { $0 }) { functions[id, default: []] += found }
      }
    }
  }

  func id(_ symbol: Int32, unit: Int) -> ID { ids[unit][Int(symbol)] }
}
