/// `Replacement` and `Unbuffered` as text, see `EntryText`.
enum FixText {
  static func replacement(_ value: Replacement?) -> String {
    guard let value else { return "" }
    let platforms = value.platforms.map { words($0.map(\.rawValue)) } ?? "*"
    return [FieldText.escaped(value.name), words(value.moreArguments), platforms].joined(separator: "|")
  }

  static func replacement(_ text: Substring) -> Replacement? {
    let fields = FieldText.split(text, at: FieldText.field)
    guard fields.count == 3 else { return nil }
    let platforms = FieldText.split(fields[2], at: FieldText.word).map(String.init)
    return Replacement(
      name: FieldText.unescaped(fields[0]),
      moreArguments: FieldText.split(fields[1], at: FieldText.word).map(FieldText.unescaped),
      platforms: platforms == ["*"] ? nil : platforms.compactMap(Platform.init))
  }

  static func unbuffered(_ value: Unbuffered?) -> String {
    switch value {
    case nil: ""
    case .always: "always"
    case .argument(let index, let names): "\(index)|\(words(names))"
    }
  }

  static func unbuffered(_ text: Substring) -> Unbuffered? {
    if text == "always" { return .always }
    let fields = FieldText.split(text, at: FieldText.field)
    guard fields.count == 2, let index = Int(fields[0]) else { return nil }
    return .argument(index, is: FieldText.split(fields[1], at: FieldText.word).map(FieldText.unescaped))
  }

  private static func words(_ words: [String]) -> String {
    words.map(FieldText.escaped).joined(separator: ",")
  }
}
