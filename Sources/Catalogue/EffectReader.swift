import Yams

/// The parts of an entry that say what a call does.
extension EntryReader {
  /// `fork`, or `{kind: flags, flags: {argument: 2, field: …}, entry: 0, data: 3,
  /// when: {argument: 0, values: [57]}, architectures: [x86_64], shown: SYS_fork, bits: {…}}`
  func spawn(_ node: Node) throws(CatalogueError) -> SpawnEffect {
    if node.scalar != nil {
      let kind = try yaml.choice(node, "kind of spawn", as: SpawnEffect.Kind.self)
      guard kind != .flags else { throw yaml.failure(node, "'flags' needs to say where the flags are") }
      return SpawnEffect(kind: kind)
    }
    let keys = ["kind", "flags", "bits", "entry", "data", "when", "architectures", "shown", "results"]
    let pairs = try yaml.pairs(node, "spawns", keys: keys)
    guard let kind = pairs["kind"] else { throw yaml.failure(node, "spawns lacks 'kind'") }
    var effect = SpawnEffect(kind: try yaml.choice(kind, "kind of spawn", as: SpawnEffect.Kind.self))
    if let flags = pairs["flags"] { effect.flags = try argumentPath(flags) }
    guard (effect.kind == .flags) == (effect.flags != nil) else {
      throw yaml.failure(node, "'flags' belongs to the kind 'flags' and to no other")
    }
    if let bits = pairs["bits"] { effect.flagBits = try flagBits(bits) }
    if let entry = pairs["entry"] { effect.entryArgument = try yaml.index(entry, "entry") }
    if let data = pairs["data"] {
      guard effect.entryArgument != nil else { throw yaml.failure(data, "'data' belongs to an 'entry'") }
      effect.entryData = try yaml.index(data, "data")
    }
    if let when = pairs["when"] { (effect.whenArgument, effect.whenValues) = try condition(when) }
    if let names = pairs["architectures"] { effect.architectures = try yaml.strings(names, "architectures") }
    if let results = pairs["results"] {
      let pairs = try yaml.pairs(
        results, "results", keys: ["child", "parent"], required: ["child", "parent"])
      effect.childReturns = try pairs["child"].map { node throws(CatalogueError) in
        try yaml.integer(node, "child")
      }
      effect.parentReturns = try pairs["parent"].map { node throws(CatalogueError) in
        try yaml.integer(node, "parent")
      }
    }
    if let shown = pairs["shown"] { effect.shown = try yaml.string(shown, "shown") }
    return effect
  }

  /// `4`, or `{argument: 2, child: fork, data: 3, starts: later, prepare: 0, check: atfork-unsafe,
  /// permits: [release]}`
  func childEntry(_ node: Node) throws(CatalogueError) -> ChildEntry {
    if node.scalar != nil { return ChildEntry(argument: try yaml.index(node, "a child entry")) }
    let keys = ["argument", "child", "data", "starts", "prepare", "check", "permits"]
    let pairs = try yaml.pairs(node, "a child entry", keys: keys, required: ["argument"])
    var entry = ChildEntry(argument: 0)
    if let argument = pairs["argument"] { entry.argument = try yaml.index(argument, "argument") }
    if let child = pairs["child"] {
      entry.child = try yaml.choice(child, "kind of child", as: ChildContext.self)
    }
    if let data = pairs["data"] { entry.data = try yaml.index(data, "data") }
    if let starts = pairs["starts"] {
      switch try yaml.string(starts, "starts") {
      case "now": entry.startsLater = false
      case "later": entry.startsLater = true
      case let word: throw yaml.failure(starts, "unknown time '\(word)' (known: now, later)")
      }
    }
    if let prepare = pairs["prepare"] { entry.prepare = try yaml.index(prepare, "prepare") }
    if let check = pairs["check"] { entry.check = try yaml.string(check, "check") }
    if let permits = pairs["permits"] {
      for item in yaml.oneOrMore(permits) {
        entry.permits.append(try yaml.choice(item, "action on a lock", as: LockEffect.Action.self))
      }
    }
    return entry
  }

  /// `{end: exec, when: {argument: 0, values: [59]}, architectures: [x86_64]}`
  func conditionalEnd(_ node: Node) throws(CatalogueError) -> ConditionalEnd {
    let pairs = try yaml.pairs(node, "ends-when", keys: ["end", "when", "unless", "architectures"])
    guard let end = pairs["end"] else { throw yaml.failure(node, "ends-when lacks 'end'") }
    guard let when = pairs["when"] ?? pairs["unless"], (pairs["when"] == nil) != (pairs["unless"] == nil)
    else {
      throw yaml.failure(node, "ends-when needs 'when' or 'unless'")
    }
    let (argument, values) = try condition(when)
    var effect = ConditionalEnd(
      end: try yaml.choice(end, "end", as: EndEffect.self), whenArgument: argument, whenValues: values,
      isUnless: pairs["unless"] != nil)
    if let names = pairs["architectures"] { effect.architectures = try yaml.strings(names, "architectures") }
    return effect
  }

  func condition(_ node: Node) throws(CatalogueError) -> (Int, [Int64]) {
    let pairs = try yaml.pairs(node, "when", keys: ["argument", "values"])
    guard let argument = pairs["argument"], let values = pairs["values"] else {
      throw yaml.failure(node, "when lacks '\(pairs["argument"] == nil ? "argument" : "values")'")
    }
    return (try yaml.index(argument, "argument"), try yaml.integers(values, "values"))
  }

  private func argumentPath(_ node: Node) throws(CatalogueError) -> ArgumentPath {
    let pairs = try yaml.pairs(node, "flags", keys: ["argument", "field"], required: ["argument"])
    var path = ArgumentPath(argument: 0)
    if let node = pairs["argument"] { path.argument = try yaml.index(node, "argument") }
    if let node = pairs["field"] { path.field = try yaml.string(node, "field") }
    return path
  }

  private func flagBits(_ node: Node) throws(CatalogueError) -> SpawnFlagBits {
    let keys = ["shares-memory", "suspends-parent", "thread", "process", "resets-handlers"]
    let pairs = try yaml.pairs(node, "bits", keys: keys)
    var bits = SpawnFlagBits(sharesMemory: 0, suspendsParent: 0, thread: 0)
    if let node = pairs["shares-memory"] { bits.sharesMemory = try yaml.integer(node, "shares-memory") }
    if let node = pairs["suspends-parent"] { bits.suspendsParent = try yaml.integer(node, "suspends-parent") }
    if let node = pairs["thread"] { bits.thread = try yaml.integer(node, "thread") }
    if let node = pairs["process"] { bits.process = try yaml.integer(node, "process") }
    if let node = pairs["resets-handlers"] { bits.resetsHandlers = try yaml.integer(node, "resets-handlers") }
    return bits
  }

  /// `non-null`, `error-number`, `{constant: 0}`, `{range: [-1, max]}`, `{argument: 0}`, `{stable: name}`
  func returns(_ node: Node) throws(CatalogueError) -> ReturnFact {
    if let word = node.scalar?.string {
      switch word {
      case "non-null": return .nonNull
      case "error-number": return .errorNumber
      default:
        throw yaml.failure(
          node,
          "unknown fact '\(word)' in returns (known: non-null, error-number, constant, range, argument, stable)"
        )
      }
    }
    let pairs = try yaml.pairs(node, "returns", keys: ["constant", "range", "argument", "stable"])
    guard pairs.count == 1 else { throw yaml.failure(node, "returns must state one fact") }
    if let value = pairs["constant"] { return .constant(try yaml.integer(value, "constant")) }
    if let value = pairs["argument"] { return .argument(try yaml.index(value, "argument")) }
    if let value = pairs["stable"] { return .stable(try yaml.string(value, "stable")) }
    let bounds = try yaml.integers(pairs["range"] ?? node, "range")
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw yaml.failure(pairs["range"] ?? node, "range must be [lowest, highest]")
    }
    return .range(bounds[0], bounds[1])
  }
}
