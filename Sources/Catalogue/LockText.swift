/// The text form of what entries say of locks; see `EntryText`.
enum LockText {
  static func lock(_ effect: LockEffect) -> String {
    [
      effect.action.rawValue, effect.argument.map { "\($0)" } ?? "", FieldText.escaped(effect.name ?? ""),
      effect.succeeds.rawValue, effect.isRecursive ? "1" : "0", effect.isCounter ? "1" : "0",
    ].joined(separator: "|")
  }

  static func lock(_ fields: [Substring]) -> LockEffect? {
    guard fields.count == 6, let action = LockEffect.Action(rawValue: String(fields[0])),
      let succeeds = LockEffect.Success(rawValue: String(fields[3]))
    else { return nil }
    return LockEffect(
      action: action, argument: Int(fields[1]), name: optional(fields[2]), succeeds: succeeds,
      isRecursive: fields[4] == "1", isCounter: fields[5] == "1")
  }

  static func step(_ step: ProtocolStep?) -> String {
    step.map { "\($0.part.rawValue)|\(FieldText.escaped($0.name))" } ?? ""
  }

  static func step(_ fields: [Substring]) -> ProtocolStep? {
    guard fields.count == 2, let part = ProtocolStep.Part(rawValue: String(fields[0])) else { return nil }
    return ProtocolStep(part: part, name: FieldText.unescaped(fields[1]))
  }

  static func requirement(_ requirement: Requirement?) -> String {
    guard let requirement else { return "" }
    return [
      requirement.left, requirement.right, requirement.check, requirement.because, requirement.source,
    ].map(FieldText.escaped).joined(separator: "|")
  }

  static func requirement(_ fields: [Substring]) -> Requirement? {
    guard fields.count == 5 else { return nil }
    let texts = fields.map(FieldText.unescaped)
    return Requirement(left: texts[0], right: texts[1], check: texts[2], because: texts[3], source: texts[4])
  }

  /// A header line's fields.
  static func entryLock(_ lock: EntryLock) -> String {
    let members = lock.members.map { FieldText.escaped("\($0.record).\($0.field)") }
    return [
      FieldText.escaped(lock.lock), FieldText.escaped(lock.forkProtocol ?? ""),
      FieldText.escaped(lock.caller),
      FieldText.escaped(lock.source), members.joined(separator: ","),
      lock.shapes.map(FieldText.escaped).joined(separator: ","),
      functionArguments(lock.registrars), functionArguments(lock.runners),
    ].joined(separator: "\t")
  }

  static func entryLock(_ fields: [Substring]) -> EntryLock? {
    guard fields.count >= 4 else { return nil }
    func words(_ index: Int) -> [String] {
      index < fields.count ? FieldText.split(fields[index], at: FieldText.word).map(FieldText.unescaped) : []
    }
    let members = words(4).compactMap { text -> EntryLock.Member? in
      guard let dot = text.lastIndex(of: ".") else { return nil }
      return EntryLock.Member(record: String(text[..<dot]), field: String(text[text.index(after: dot)...]))
    }
    func functionArguments(_ index: Int) -> [EntryLock.Registrar] {
      words(index).compactMap { text in
        guard let dot = text.firstIndex(of: "."), let argument = Int(text[..<dot]) else { return nil }
        return EntryLock.Registrar(function: String(text[text.index(after: dot)...]), argument: argument)
      }
    }
    return EntryLock(
      lock: FieldText.unescaped(fields[0]), forkProtocol: optional(fields[1]), members: members,
      registrars: functionArguments(6), runners: functionArguments(7), shapes: words(5),
      caller: FieldText.unescaped(fields[2]),
      source: FieldText.unescaped(fields[3]))
  }

  private static func functionArguments(_ all: [EntryLock.Registrar]) -> String {
    all.map { FieldText.escaped("\($0.argument).\($0.function)") }.joined(separator: ",")
  }

  private static func optional(_ value: Substring) -> String? {
    value.isEmpty ? nil : FieldText.unescaped(value)
  }
}
