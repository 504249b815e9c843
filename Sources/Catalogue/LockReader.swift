import Yams

/// The parts of a catalogue file that speak of locks.
extension EntryReader {
  /// `{acquire: 0}`: the lock is an argument; `{acquire: GIL}`: it is known by name. Beside the action
  /// `succeeds`, `recursive` and `counter`.
  func lock(_ node: Node) throws(CatalogueError) -> LockEffect {
    let actions = LockEffect.Action.allCases.map(\.rawValue)
    let pairs = try yaml.pairs(node, "locks", keys: actions + ["succeeds", "recursive", "counter"])
    let stated = pairs.keys.filter { actions.contains($0) }
    guard stated.count == 1, let key = stated.first, let value = pairs[key],
      let action = LockEffect.Action(rawValue: key)
    else { throw yaml.failure(node, "locks must state one action") }
    var effect = LockEffect(action: action, argument: nil, name: nil)
    if let index = value.int {
      guard (0...255).contains(index) else {
        throw yaml.failure(value, "\(key) must be an argument's index, counted from 0")
      }
      effect.argument = index
    } else {
      effect.name = try yaml.string(value, key)
      effect.succeeds = .always
    }
    if let node = pairs["succeeds"] {
      effect.succeeds = try yaml.choice(node, "success", as: LockEffect.Success.self)
    }
    if let node = pairs["recursive"] { effect.isRecursive = try yaml.bool(node, "recursive") }
    if let node = pairs["counter"] { effect.isCounter = try yaml.bool(node, "counter") }
    return effect
  }

  /// `{before: python}`
  func protocolStep(_ node: Node) throws(CatalogueError) -> ProtocolStep {
    let parts = ProtocolStep.Part.allCases.map(\.rawValue)
    let pairs = try yaml.pairs(node, "fork-protocol", keys: parts)
    guard pairs.count == 1, let (key, value) = pairs.first, let part = ProtocolStep.Part(rawValue: key)
    else { throw yaml.failure(node, "fork-protocol must state one part") }
    return ProtocolStep(part: part, name: try yaml.string(value, key))
  }

  /// `{equal: [name, name], check: id, because: …, source: …}`
  func requirement(_ node: Node) throws(CatalogueError) -> Requirement {
    let keys = ["equal", "check", "because", "source"]
    let pairs = try yaml.pairs(node, "requires", keys: keys)
    guard let equal = pairs["equal"], let check = pairs["check"], let because = pairs["because"] else {
      throw yaml.failure(node, "requires needs 'equal', 'check' and 'because'")
    }
    let values = try yaml.strings(equal, "equal")
    guard values.count == 2 else { throw yaml.failure(equal, "equal must name two stable values") }
    return Requirement(
      left: values[0], right: values[1], check: try yaml.string(check, "check"),
      because: try yaml.string(because, "because"), source: try source(pairs["source"], for: node, "requires")
    )
  }

  /// `{lock: GIL, fork-protocol: python, caller: Python, members: {PyMethodDef: [ml_meth]}, types: [...]}`
  func entryLock(_ node: Node) throws(CatalogueError) -> EntryLock {
    let keys = ["lock", "fork-protocol", "caller", "members", "registered-by", "runs", "types", "source"]
    let pairs = try yaml.pairs(node, "an entry lock", keys: keys)
    guard let lock = pairs["lock"], let caller = pairs["caller"] else {
      throw yaml.failure(node, "an entry lock needs 'lock' and 'caller'")
    }
    var result = EntryLock(
      lock: try yaml.string(lock, "lock"), forkProtocol: nil, members: [], shapes: [],
      caller: try yaml.string(caller, "caller"),
      source: try source(pairs["source"], for: node, "an entry lock"))
    if let node = pairs["fork-protocol"] { result.forkProtocol = try yaml.string(node, "fork-protocol") }
    if let node = pairs["members"] {
      for (_, record, fields) in try yaml.pairs(node, "members") {
        for field in try yaml.strings(fields, "members") {
          result.members.append(EntryLock.Member(record: record, field: field))
        }
      }
    }
    if let node = pairs["registered-by"] { result.registrars = try functionArguments(node, "registered-by") }
    if let node = pairs["runs"] { result.runners = try functionArguments(node, "runs") }
    if let node = pairs["types"] {
      result.shapes = try yaml.strings(node, "types").map { $0.filter { $0 != " " } }
    }
    return result
  }

  /// `{0: [rb_ensure]}`
  private func functionArguments(
    _ node: Node, _ what: String
  ) throws(CatalogueError) -> [EntryLock.Registrar] {
    var result: [EntryLock.Registrar] = []
    for (_, argument, functions) in try yaml.pairs(node, what) {
      guard let index = Int(argument), index >= 0 else {
        throw yaml.failure(node, "'\(what)' maps the index of an argument to functions, not '\(argument)'")
      }
      for function in try yaml.strings(functions, what) {
        result.append(EntryLock.Registrar(function: function, argument: index))
      }
    }
    return result
  }
}
