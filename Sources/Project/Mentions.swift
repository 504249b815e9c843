import SpawnIR

/// A function with a body: its unit and its index among the unit's skimmed functions.
struct FunctionPlace: Hashable {
  var unit: Int
  var index: Int
}

/// Who mentions whom across units.
struct Mentions {
  let skims: [UnitSkim]
  let names: LinkedSymbols
  private(set) var callers: [FunctionPlace: [FunctionPlace]] = [:]
  /// Functions in which a member or variable that may hold functions occurs.
  private(set) var users: [LinkedSymbols.ID: [FunctionPlace]] = [:]
  /// Functions that use the function as a value.
  private(set) var takers: [FunctionPlace: [FunctionPlace]] = [:]
  /// Members and variables whose initialisers may hold the function.
  private(set) var holders: [FunctionPlace: [LinkedSymbols.ID]] = [:]

  init(_ skims: [UnitSkim]) {
    self.skims = skims
    names = LinkedSymbols(skims)
    for (unit, skim) in skims.enumerated() {
      for (index, function) in skim.functions.enumerated() {
        let place = FunctionPlace(unit: unit, index: index)
        for callee in definitions(function.calls + function.values, unit: unit) {
          callers[callee, default: []].append(place)
        }
        for callee in definitions(function.values, unit: unit) { takers[callee, default: []].append(place) }
        for slot in function.slots { users[names.id(slot, unit: unit), default: []].append(place) }
      }
      for global in skim.globals {
        let slots = global.slots.map { names.id($0, unit: unit) }
        for function in definitions(global.functions, unit: unit) { holders[function, default: []] += slots }
      }
    }
  }

  subscript(place: FunctionPlace) -> SkimmedFunction { skims[place.unit].functions[place.index] }

  func definitions(_ symbols: [Int32], unit: Int) -> [FunctionPlace] {
    symbols.flatMap { names.functions[names.id($0, unit: unit)] ?? [] }
  }
}
