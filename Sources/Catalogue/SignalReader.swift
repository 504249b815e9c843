import Yams

/// The parts of a catalogue file that speak of signals.
extension EntryReader {
  /// `{mask: {how: 0, set: 1, old: 2}}`, `{fill: {set: 0}}`, `{add: {set: 0, signal: 1}}`,
  /// `{handle: {signal: 0, structure: 1, members: [sa_handler]}}`; beside the action `when` and
  /// `architectures`.
  func signal(_ node: Node) throws(CatalogueError) -> SignalEffect {
    let actions = SignalEffect.Action.allCases.map(\.rawValue)
    let pairs = try yaml.pairs(node, "signals", keys: actions + ["when", "architectures"])
    let stated = pairs.keys.filter { actions.contains($0) }
    guard stated.count == 1, let key = stated.first, let value = pairs[key],
      let action = SignalEffect.Action(rawValue: key)
    else { throw yaml.failure(node, "signals must state one action") }
    var effect = SignalEffect(action: action)
    let places = ["how", "set", "old", "signal", "function", "structure"]
    for (name, node) in try yaml.pairs(value, key, keys: places + ["members"]) {
      switch name {
      case "how": effect.how = try yaml.index(node, name)
      case "set": effect.set = try yaml.index(node, name)
      case "old": effect.old = try yaml.index(node, name)
      case "signal": effect.signal = try yaml.index(node, name)
      case "function": effect.function = try yaml.index(node, name)
      case "structure": effect.structure = try yaml.index(node, name)
      default: effect.members = try yaml.strings(node, name)
      }
    }
    if let missing = Self.missing(in: effect) {
      throw yaml.failure(value, "\(key) lacks '\(missing)'")
    }
    if let when = pairs["when"] { (effect.whenArgument, effect.whenValues) = try condition(when) }
    if let names = pairs["architectures"] { effect.architectures = try yaml.strings(names, "architectures") }
    return effect
  }

  private static func missing(in effect: SignalEffect) -> String? {
    switch effect.action {
    case .mask: effect.how == nil ? "how" : effect.set == nil ? "set" : nil
    case .fill, .empty, .blockBits, .setBits: effect.set == nil ? "set" : nil
    case .add, .remove: effect.set == nil ? "set" : effect.signal == nil ? "signal" : nil
    case .hold, .unhold: effect.signal == nil ? "signal" : nil
    case .handle:
      effect.signal == nil
        ? "signal" : effect.structure != nil && effect.members.isEmpty ? "members" : nil
    }
  }
}
