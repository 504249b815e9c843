import SpawnIR

/// Gives names that several programs define a meaning of their own in each unit.
extension Linker {
  /// What an external function's name means to a unit.
  private struct Meaning: Hashable {
    var name: FunctionNameID
    var bodies: [FunctionID]
    var isSkimmed: Bool
    var isElsewhere: Bool
  }

  /// - Parameter elsewhere: units that were not read and define the function.
  mutating func separateFunctions(_ elsewhere: ((String) -> [LinkPlace])?) {
    var all: [FunctionNameID: [Definition]] = [:]
    for name in program.names.indices where !program.names[name].isStatic {
      let unread = elsewhere?(program.names[name].text) ?? []
      if program.names[name].bodies.isEmpty { program.names[name].isElsewhere = !unread.isEmpty }
      let known = definitions[name] ?? []
      guard known.count + unread.count > 1 else { continue }
      all[name] = known + unread.map { Definition(unit: nil, place: $0, kind: .strong, bodies: []) }
    }
    if all.isEmpty { return }
    var meanings: [Meaning: FunctionNameID] = [:]
    for unit in program.functionNames.indices {
      for (symbol, name) in program.functionNames[unit].sorted(by: {
        ($0.value, $0.key.name) < ($1.value, $1.key.name)
      }) {
        guard let candidates = all[name] else { continue }
        let meaning = meaning(of: name, in: unit, candidates)
        let old = program.names[name]
        if meaning.bodies == old.bodies, meaning.isSkimmed == old.isSkimmed,
          meaning.isElsewhere == old.isElsewhere
        {
          continue
        }
        let id = meanings[meaning] ?? program.names.count
        if meanings.updateValue(id, forKey: meaning) == nil {
          var own = old
          own.bodies = meaning.bodies
          own.isSkimmed = meaning.isSkimmed
          own.isElsewhere = meaning.isElsewhere
          program.names.append(own)
          program.homonyms[id] = name
          program.homonyms[name] = name
        }
        program.functionNames[unit][symbol] = id
      }
    }
    for (id, function) in program.functions.enumerated() where all[function.name] != nil {
      let own = program.functionNames[function.unit][function.body.symbol] ?? function.name
      if program.names[own].bodies.contains(id) { program.functions[id].name = own }
    }
  }

  private func meaning(
    of name: FunctionNameID, in unit: Int, _ candidates: [Definition]
  ) -> Meaning {
    let choice = DefinitionChoice(unit: unit, place: places[unit])
    let chosen = choice.chosen(candidates.filter { $0.unit != nil })
    var bodies: [FunctionID] = []
    for kind in [Definition.Kind.strong, .weak, .alias] {
      for definition in chosen where definition.kind == kind {
        bodies += definition.bodies.filter { !bodies.contains($0) }
      }
    }
    return Meaning(
      name: name, bodies: bodies,
      isSkimmed: chosen.contains { $0.bodies.isEmpty },
      isElsewhere: choice.chosen(candidates).contains { $0.unit == nil })
  }

  /// Definitions that no unit can mean both are variables of their own.
  mutating func separateVariables() {
    for (name, found) in variables.sorted(by: { $0.key.text < $1.key.text }) where found.count > 1 {
      guard let shared = program.externalGlobals[name] else { continue }
      let definitions = found.indices.map { index in
        Definition(
          unit: found[index].unit, place: places[found[index].unit], kind: .strong, bodies: [index])
      }
      var groups = Groups(count: found.count)
      var users: [(unit: Int, symbol: Symbol, first: Int)] = []
      for unit in program.globalIDs.indices {
        for (symbol, id) in program.globalIDs[unit] where id == shared {
          let own = found.firstIndex { $0.unit == unit && !$0.global.initializer.isEmpty }
          let meant =
            own.map { [$0] }
            ?? DefinitionChoice(unit: unit, place: places[unit]).chosen(definitions, isCommon: true)
            .flatMap(\.bodies)
          guard let first = meant.first else { continue }
          for other in meant { groups.unite(first, other) }
          users.append((unit, symbol, first))
        }
      }
      var ids: [Int: GlobalID] = [:]
      for index in found.indices where groups.root(index) == index {
        let members = found.indices.filter { groups.root($0) == index }.map { found[$0] }
        let global = joined(members)
        if ids.isEmpty {
          program.globals[shared] = global
          ids[index] = shared
        } else {
          ids[index] = program.globals.count
          program.globals.append(global)
        }
      }
      for user in users { program.globalIDs[user.unit][user.symbol] = ids[groups.root(user.first)] }
    }
  }

  /// One variable of several definitions: one of them where they are known to be one object, else each may be it.
  private func joined(_ members: [(unit: Int, global: Global)]) -> LinkedGlobal {
    var main = members[0]
    for member in members where main.global.initializer.isEmpty { main = member }
    var result = linked(main.global, unit: main.unit)
    result.alternatives = members.filter { member in
      member.unit != main.unit && !isOneObject(main.unit, member.unit)
        && !Self.isSame(member.global.initializer, main.global.initializer)
    }.map { Initializer(unit: $0.unit, stores: $0.global.initializer) }
    return result
  }

  private func isOneObject(_ unit: Int, _ other: Int) -> Bool {
    places[unit].target != nil && places[unit].target == places[other].target
  }

  /// The same values, whatever symbols mean in each unit.
  private static func isSame(_ left: [InitialStore], _ right: [InitialStore]) -> Bool {
    left == right
      && left.allSatisfy { store in
        if case .integer = store.value { true } else { false }
      }
  }
}

/// Numbers that are united step by step; a group is known by its smallest.
private struct Groups {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number { number = parents[number] }
    return number
  }

  mutating func unite(_ left: Int, _ right: Int) {
    let (left, right) = (root(left), root(right))
    parents[max(left, right)] = min(left, right)
  }
}
