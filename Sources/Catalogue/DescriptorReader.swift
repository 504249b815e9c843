import Yams

/// The parts of a catalogue file that speak of descriptors.
extension EntryReader {
  /// `{opens: result, close-on-exec: {argument: 1, bits: 0x80000}}`, `{opens-into: 0, count: 2}`,
  /// `{closes: 0}`, `{closes-at: 0}`, `{closes-many: all}`, `{borrows: [0, 1]}`, `{borrows: all}`.
  func descriptors(_ node: Node) throws(CatalogueError) -> [DescriptorEffect] {
    let actions = DescriptorEffect.Action.allCases.map(\.rawValue)
    let pairs = try yaml.pairs(
      node, "descriptors", keys: actions + ["count", "succeeds", "close-on-exec", "when"])
    let stated = pairs.keys.filter { actions.contains($0) }
    guard stated.count == 1, let key = stated.first, let value = pairs[key],
      let action = DescriptorEffect.Action(rawValue: key)
    else { throw yaml.failure(node, "descriptors must state one action") }
    var effect = DescriptorEffect(action: action)
    if let node = pairs["count"] { effect.count = try yaml.index(node, "count") }
    if let node = pairs["succeeds"] {
      effect.succeeds = try yaml.choice(node, "success", as: LockEffect.Success.self)
    }
    if let node = pairs["close-on-exec"] { effect.closeOnExec = try closeOnExec(node) }
    if let node = pairs["when"] { (effect.whenArgument, effect.whenValues) = try condition(node) }
    switch (action, value.scalar?.string) {
    case (.opens, "result"), (.borrows, "all"), (.closesMany, "all"): return [effect]
    case (.opens, _): throw yaml.failure(value, "\(key) must be 'result'")
    case (.closesMany, _): throw yaml.failure(value, "\(key) must be 'all'")
    case (.borrows, _):
      return try yaml.indices(value, key).map {
        var copy = effect
        copy.argument = $0
        return copy
      }
    case (.opensInto, _), (.closes, _), (.closesAt, _):
      effect.argument = try yaml.index(value, key)
      return [effect]
    }
  }

  private func closeOnExec(_ node: Node) throws(CatalogueError) -> DescriptorEffect.CloseOnExec {
    switch node.scalar?.string {
    case "always": return .always
    case "never": return .never
    default: break
    }
    let pairs = try yaml.pairs(node, "close-on-exec", keys: ["argument", "bits"])
    guard let argument = pairs["argument"], let bits = pairs["bits"] else {
      throw yaml.failure(node, "close-on-exec needs 'argument' and 'bits', or 'always'")
    }
    return .flags(argument: try yaml.index(argument, "argument"), bits: try yaml.integer(bits, "bits"))
  }
}
