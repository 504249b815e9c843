import SpawnIR

/// Where pointers to functions can go, without a look at the code: who handles them, through which members
/// and variables, and which functions they may thus be. A superset of what the program's flow analysis finds
/// when all is lowered, as long as no such pointer is hidden in another type.
struct PointerReach {
  private(set) var functions: Set<FunctionPlace> = []
  private(set) var slots: Set<LinkedSymbols.ID> = []
  /// Some of these functions makes such a pointer from something else: anything is possible.
  private(set) var isBlind = false

  private let mentions: Mentions
  private var work: [FunctionPlace] = []
  private var added: [FunctionPlace] = []

  /// Of no pointer yet.
  init(_ mentions: Mentions) { self.mentions = mentions }

  init(_ mentions: Mentions, functions: some Sequence<FunctionPlace>, slots: some Sequence<LinkedSymbols.ID>)
  {
    self.init(mentions)
    extend(functions: functions, slots: slots)
  }

  /// The functions that are new.
  @discardableResult
  mutating func extend(
    functions: some Sequence<FunctionPlace>, slots: some Sequence<LinkedSymbols.ID>
  ) -> [FunctionPlace] {
    added = []
    for function in functions { add(function) }
    for slot in slots { add(slot: slot) }
    close()
    return added
  }

  /// Functions whose address these functions use or an initialiser of these members holds.
  var candidates: Set<FunctionPlace> {
    var result: Set<FunctionPlace> = []
    for place in functions {
      result.formUnion(mentions.definitions(mentions[place].values, unit: place.unit))
    }
    for (unit, skim) in mentions.skims.enumerated() {
      for global in skim.globals where touches(global, unit: unit) {
        result.formUnion(mentions.definitions(global.functions, unit: unit))
      }
    }
    return result
  }

  func touches(_ global: SkimmedGlobal, unit: Int) -> Bool {
    global.slots.contains { slots.contains(mentions.names.id($0, unit: unit)) }
  }

  private mutating func add(_ place: FunctionPlace) {
    guard functions.insert(place).inserted else { return }
    work.append(place)
    added.append(place)
  }

  private mutating func add(slot: LinkedSymbols.ID) {
    guard slots.insert(slot).inserted else { return }
    for place in mentions.users[slot] ?? [] { add(place) }
  }

  private mutating func close() {
    while let place = work.popLast() {
      let function = mentions[place]
      if function.castsToFunctions { isBlind = true }
      for slot in function.slots { add(slot: mentions.names.id(slot, unit: place.unit)) }
      if function.takesFunctions || function.returnsFunctions {
        for caller in mentions.callers[place] ?? [] { add(caller) }
      }
      for callee in mentions.definitions(function.calls + function.values, unit: place.unit)
      where mentions[callee].takesFunctions || mentions[callee].returnsFunctions { add(callee) }
    }
  }
}
