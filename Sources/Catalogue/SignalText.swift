/// The text form of what entries say of signals; see `EntryText`.
enum SignalText {
  static func signal(_ effect: SignalEffect) -> String {
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    func words(_ values: [String]) -> String { values.map(FieldText.escaped).joined(separator: ",") }
    return [
      effect.action.rawValue, number(effect.how), number(effect.set), number(effect.old),
      number(effect.signal), number(effect.function), number(effect.structure), words(effect.members),
      number(effect.whenArgument), words(effect.whenValues.map { "\($0)" }), words(effect.architectures),
    ].joined(separator: "|")
  }

  static func signal(_ fields: [Substring]) -> SignalEffect? {
    guard fields.count == 11, let action = SignalEffect.Action(rawValue: String(fields[0])) else {
      return nil
    }
    func words(_ field: Substring) -> [String] {
      FieldText.split(field, at: FieldText.word).map(FieldText.unescaped)
    }
    return SignalEffect(
      action: action, how: Int(fields[1]), set: Int(fields[2]), old: Int(fields[3]), signal: Int(fields[4]),
      function: Int(fields[5]), structure: Int(fields[6]), members: words(fields[7]),
      whenArgument: Int(fields[8]), whenValues: words(fields[9]).compactMap { Int64($0) },
      architectures: words(fields[10]))
  }
}
