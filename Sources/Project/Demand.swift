import Linking
import Lowering
import SpawnIR

/// Which bodies of a program must be lowered so that its child paths are understood exactly as if all
/// were; decided from who mentions whom.
///
/// Executed is what an analysis may enter: functions that spawn, their callers some levels up, all that
/// these name, and what the pointers that these handle may reach. Consulted are functions that an analysis
/// never enters but that decide what it meets: they change a variable that executed code reads, pass such
/// pointers on, or use an executed function as a value. Where a child may share memory, the handlers of
/// signals are executed too, and who installs them is consulted.
struct Demand {
  /// Callers of a spawning function that are analysed for what they guarantee; the analysis climbs less.
  static let callerLevels = 6

  /// One demand for each unit.
  ///
  /// - Parameters:
  ///   - contracts: which functions are to be judged whoever calls them.
  ///   - names: what decides by name.
  static func units(
    _ skims: [UnitSkim], contracts: ContractRules = .none, names: ConcernedNames
  ) -> [UnitDemand] {
    let starters = symbols(skims, where: names.startsChildPaths)
    let hasAlias = skims.contains { $0.aliases.values.contains(where: names.startsChildPaths) }
    let hasContracts = skims.contains(where: contracts.mayHold)
    if !hasAlias, !hasContracts, starters.allSatisfy(\.isEmpty) { return skims.map { _ in .nothing } }
    var demand = Demand(mentions: Mentions(skims), starters: starters)
    if hasContracts { demand.add(contracts) }
    if !symbols(skims, where: names.mayShareMemory).allSatisfy(\.isEmpty) {
      demand.installers = symbols(skims, where: names.installsHandlers)
    }
    if hasAlias { demand.needsEverything = true }
    return demand.solve()
  }

  private static func symbols(_ skims: [UnitSkim], where isWanted: (String) -> Bool) -> [Set<Int32>] {
    skims.map { skim in
      Set(skim.symbols.indices.filter { isWanted(skim.symbols[$0].name) }.map { Int32($0) })
    }
  }

  private let mentions: Mentions
  /// Symbols of functions that start child paths, by unit.
  private var starters: [Set<Int32>]
  /// Symbols of functions that install handlers of signals, by unit; none where handlers do not matter.
  private var installers: [Set<Int32>] = []
  private var executed: Set<FunctionPlace> = []
  private var consulted: Set<FunctionPlace> = []
  private var variables: Set<LinkedSymbols.ID> = []
  private var work: [FunctionPlace] = []
  private var needsEverything = false

  private init(mentions: Mentions, starters: [Set<Int32>]) {
    self.mentions = mentions
    self.starters = starters
  }

  private var skims: [UnitSkim] { mentions.skims }
  private var names: LinkedSymbols { mentions.names }

  private mutating func solve() -> [UnitDemand] {
    climb(from: findStarters())
    let handling = findHandlers()
    close()
    let reach = followPointers()
    if needsEverything { return skims.map { _ in .everything } }
    if let handling { consult(handling) }
    consult(reach)
    return skims.indices.map(needed)
  }

  // MARK: Contracts

  /// Functions with a contract are executed; where one is called that demands something of functions
  /// handed to it, these start as children's code does.
  private mutating func add(_ contracts: ContractRules) {
    var marked: Set<LinkedSymbols.ID> = []
    var takers: Set<LinkedSymbols.ID> = []
    for (unit, skim) in skims.enumerated() {
      for annotation in skim.annotations where contracts.marks.contains(annotation.text) {
        let id = names.id(annotation.symbol, unit: unit)
        if annotation.parameter == nil { marked.insert(id) } else { takers.insert(id) }
      }
    }
    for (unit, skim) in skims.enumerated() {
      for (index, function) in skim.functions.enumerated()
      where marked.contains(names.id(function.symbol, unit: unit))
        || contracts.pattern(skim.symbols[Int(function.symbol)].name) != nil
      {
        execute(FunctionPlace(unit: unit, index: index))
      }
      for number in skim.symbols.indices where takers.contains(names.id(Int32(number), unit: unit)) {
        starters[unit].insert(Int32(number))
      }
    }
  }

  // MARK: Executed

  private mutating func findStarters() -> [FunctionPlace] {
    var found: [FunctionPlace] = []
    for (unit, skim) in skims.enumerated() where !starters[unit].isEmpty {
      let wanted = starters[unit]
      for (index, function) in skim.functions.enumerated() {
        if function.calls.contains(where: wanted.contains) {
          found.append(FunctionPlace(unit: unit, index: index))
        }
        // A spawn function behind a pointer may be called from anywhere.
        if function.values.contains(where: wanted.contains) { needsEverything = true }
      }
      if skim.globals.contains(where: { $0.functions.contains(where: wanted.contains) }) {
        needsEverything = true
      }
    }
    return found
  }

  /// Those that handle pointers to handlers; the handlers themselves are executed.
  private mutating func findHandlers() -> PointerReach? {
    var users: [FunctionPlace] = []
    for (unit, wanted) in installers.enumerated() where !wanted.isEmpty {
      for (index, function) in skims[unit].functions.enumerated()
      where (function.calls + function.values).contains(where: wanted.contains) {
        users.append(FunctionPlace(unit: unit, index: index))
      }
    }
    if users.isEmpty { return nil }
    let reach = PointerReach(mentions, functions: users, slots: [])
    if reach.isBlind { needsEverything = true }
    reach.candidates.forEach { execute($0) }
    return reach
  }

  private mutating func climb(from starters: [FunctionPlace]) {
    var level = starters
    level.forEach { execute($0) }
    var reach = PointerReach(mentions)
    for _ in 0..<Self.callerLevels {
      var next: [FunctionPlace] = []
      // Where pointers to all of a level's functions can go is where those to one of them can.
      let handling = reach.extend(
        functions: level.flatMap { mentions.takers[$0] ?? [] },
        slots: level.flatMap { mentions.holders[$0] ?? [] })
      if reach.isBlind { needsEverything = true }
      let indirect = handling.filter { mentions[$0].callsIndirectly }
      for caller in level.flatMap({ mentions.callers[$0] ?? [] }) + indirect
      where !executed.contains(caller) {
        execute(caller)
        next.append(caller)
      }
      level = next
    }
  }

  private mutating func execute(_ place: FunctionPlace) {
    if executed.insert(place).inserted { work.append(place) }
  }

  /// Adds all that executed functions name.
  private mutating func close() {
    while let place = work.popLast() {
      let function = mentions[place]
      mentions.definitions(function.calls + function.values, unit: place.unit).forEach { execute($0) }
      for symbol in function.globals { execute(variable: names.id(symbol, unit: place.unit)) }
    }
  }

  private mutating func execute(variable id: LinkedSymbols.ID) {
    guard variables.insert(id).inserted else { return }
    for place in names.initializers[id] ?? [] {
      let global = skims[place.unit].globals[place.index]
      mentions.definitions(global.functions, unit: place.unit).forEach { execute($0) }
      for inner in global.globals { execute(variable: names.id(inner, unit: place.unit)) }
    }
  }

  /// Adds what pointers in executed functions may reach.
  private mutating func followPointers() -> PointerReach {
    while true {
      let handlers = executed.filter { place in
        let function = mentions[place]
        return function.callsIndirectly || function.holdsFunctions || !function.slots.isEmpty
      }
      let reach = PointerReach(mentions, functions: handlers, slots: [])
      if reach.isBlind { needsEverything = true }
      if needsEverything { return reach }
      reach.candidates.forEach { execute($0) }
      if work.isEmpty { return reach }
      close()
    }
  }

  // MARK: Consulted

  private mutating func consult(_ reach: PointerReach) {
    for place in reach.functions where !executed.contains(place) { consult(place) }
    let executedNames = Set(executed.map { names.id(mentions[$0].symbol, unit: $0.unit) })
    var changed = true
    while changed {
      changed = false
      for (unit, skim) in skims.enumerated() {
        for (index, function) in skim.functions.enumerated() {
          let place = FunctionPlace(unit: unit, index: index)
          guard !executed.contains(place), !consulted.contains(place) else { continue }
          let isConsulted =
            function.changes.contains { variables.contains(names.id($0, unit: unit)) }
            || function.values.contains { executedNames.contains(names.id($0, unit: unit)) }
          guard isConsulted else { continue }
          consult(place)
          changed = true
        }
      }
    }
    let known = variables
    for (unit, skim) in skims.enumerated() {
      for global in skim.globals
      where reach.touches(global, unit: unit)
        || global.functions.contains(where: { executedNames.contains(names.id($0, unit: unit)) })
        // What a table points to may change without being named.
        || global.globals.contains(where: { known.contains(names.id($0, unit: unit)) })
      {
        variables.insert(names.id(global.symbol, unit: unit))
      }
    }
  }

  private mutating func consult(_ place: FunctionPlace) {
    consulted.insert(place)
    variables.formUnion(mentions[place].globals.map { names.id($0, unit: place.unit) })
  }

  private func needed(_ unit: Int) -> UnitDemand {
    let skim = skims[unit]
    var result = NeededSymbols()
    for (index, function) in skim.functions.enumerated() {
      let place = FunctionPlace(unit: unit, index: index)
      let symbol = skim.symbols[Int(function.symbol)]
      if executed.contains(place) { result.executed.insert(symbol) }
      if consulted.contains(place) { result.consulted.insert(symbol) }
    }
    for (number, symbol) in skim.symbols.enumerated()
    where variables.contains(names.id(Int32(number), unit: unit)) {
      result.variables.insert(symbol)
    }
    return result == NeededSymbols() ? .nothing : .some(result)
  }
}
