/// One entry as a line of text: `name` tab `property=value` tab …, only what was stated. Compact enough
/// to embed thousands of entries, quick enough to read one when it is asked for.
enum EntryText {
  static func line(_ stated: StatedEntry) -> String {
    var fields = [stated.entry.name]
    for property in Property.allCases where stated.stated.contains(property) {
      fields.append("\(property.rawValue)=\(value(of: property, in: stated.entry))")
    }
    return fields.joined(separator: "\t")
  }

  /// The entry of a line that `line(_:)` made; what it does not understand is left out.
  static func entry(line: Substring) -> StatedEntry {
    var fields = FieldText.split(line, at: FieldText.property)[...]
    var stated = StatedEntry(name: fields.popFirst().map(String.init) ?? "")
    for field in fields {
      guard let equals = field.utf8.firstIndex(of: UInt8(ascii: "=")),
        let property = Property(rawValue: String(field[..<equals]))
      else { continue }
      set(property, to: field[field.utf8.index(after: equals)...], in: &stated.entry)
      stated.state(property)
    }
    return stated
  }

  // MARK: Writing

  /// The same text for equal values and for those only.
  static func value(of property: Property, in entry: Entry) -> String {
    switch property {
    case .shownAs: text(entry.shownAs)
    case .remarks: items(entry.remarks.map(remark))
    case .certainty: items(entry.certainties.map(rule))
    case .check: text(entry.check)
    case .families: words(entry.families)
    case .keepsUserState: flag(entry.keepsUserState)
    case .instead: text(entry.instead)
    case .fix: FixText.replacement(entry.fix)
    case .unbuffered: FixText.unbuffered(entry.unbuffered)
    case .contract: flag(entry.isContract)
    case .spawns: items(entry.spawns.map(spawn))
    case .ends: text(entry.end?.rawValue)
    case .endsWhen: items(entry.conditionalEnds.map(conditionalEnd))
    case .returns: returns(entry.returns)
    case .setjmp: flag(entry.isSetjmp)
    case .writes: words((entry.writes ?? []).map { "\($0)" })
    case .writesFrom: number(entry.writesFrom)
    case .retains: flag(entry.retains)
    case .calls: words(entry.calls.map { "\($0)" })
    case .childEntries: items(entry.childEntries.map(childEntry))
    case .createsThreads: flag(entry.createsThreads)
    case .locks: items(entry.locks.map(LockText.lock))
    case .signals: items(entry.signals.map(SignalText.signal))
    case .descriptors: items(entry.descriptors.map(DescriptorText.descriptor))
    case .forkProtocol: LockText.step(entry.forkProtocol)
    case .requires: LockText.requirement(entry.requirement)
    case .parameters: words((entry.parameters ?? []).map(\.rawValue))
    }
  }

  private static func text(_ value: String?) -> String { FieldText.escaped(value ?? "") }
  private static func flag(_ value: Bool) -> String { value ? "1" : "0" }
  private static func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
  private static func words(_ values: [String]) -> String {
    values.map(FieldText.escaped).joined(separator: ",")
  }
  private static func record(_ fields: String...) -> String { fields.joined(separator: "|") }
  private static func items(_ values: [String]) -> String { values.joined(separator: ";") }

  private static func remark(_ remark: SafetyRemark) -> String {
    record(
      remark.platform.rawValue, flag(remark.isSafe), words(remark.reasons), text(remark.since),
      flag(remark.isPreliminary), text(remark.source))
  }

  private static func rule(_ rule: CertaintyRule) -> String {
    record(
      rule.context.rawValue, rule.certainty.rawValue, text(rule.because), text(rule.source),
      text(rule.check), words(rule.platforms.map(\.rawValue)), text(rule.instead))
  }

  private static func spawn(_ spawn: SpawnEffect) -> String {
    let bits = spawn.flagBits
    return record(
      spawn.kind.rawValue, number(spawn.flags?.argument), text(spawn.flags?.field),
      words(
        [bits.sharesMemory, bits.suspendsParent, bits.thread, bits.process, bits.resetsHandlers].map {
          "\($0)"
        }),
      number(spawn.entryArgument), number(spawn.entryData), number(spawn.whenArgument),
      words(spawn.whenValues.map { "\($0)" }), words(spawn.architectures), text(spawn.shown),
      words([spawn.childReturns, spawn.parentReturns].compactMap { $0 }.map { "\($0)" }))
  }

  private static func conditionalEnd(_ end: ConditionalEnd) -> String {
    record(
      end.end.rawValue, number(end.whenArgument), words(end.whenValues.map { "\($0)" }),
      flag(end.isUnless), words(end.architectures))
  }

  private static func returns(_ fact: ReturnFact?) -> String {
    switch fact {
    case nil: ""
    case .nonNull: "non-null"
    case .errorNumber: "error-number"
    case .constant(let value): record("constant", "\(value)")
    case .range(let low, let high): record("range", "\(low)", "\(high)")
    case .argument(let index): record("argument", "\(index)")
    case .stable(let name): record("stable", text(name))
    }
  }

  private static func childEntry(_ entry: ChildEntry) -> String {
    record(
      "\(entry.argument)", entry.child.rawValue, number(entry.data), flag(entry.startsLater),
      number(entry.prepare), text(entry.check), words(entry.permits.map(\.rawValue)))
  }

  // MARK: Reading

  private static func set(_ property: Property, to value: Substring, in entry: inout Entry) {
    switch property {
    case .shownAs: entry.shownAs = optional(value)
    case .remarks: entry.remarks = records(value).compactMap(remark)
    case .certainty: entry.certainties = records(value).compactMap(rule)
    case .check: entry.check = optional(value)
    case .families: entry.families = strings(value)
    case .keepsUserState: entry.keepsUserState = value == "1"
    case .instead: entry.instead = optional(value)
    case .fix: entry.fix = FixText.replacement(value)
    case .unbuffered: entry.unbuffered = FixText.unbuffered(value)
    case .contract: entry.isContract = value == "1"
    case .spawns: entry.spawns = records(value).compactMap(spawn)
    case .ends: entry.end = EndEffect(rawValue: String(value))
    case .endsWhen: entry.conditionalEnds = records(value).compactMap(conditionalEnd)
    case .returns: entry.returns = returns(FieldText.parts(value, at: FieldText.field))
    case .setjmp: entry.isSetjmp = value == "1"
    case .writes: entry.writes = integers(value)
    case .writesFrom: entry.writesFrom = Int(value)
    case .retains: entry.retains = value == "1"
    case .calls: entry.calls = integers(value)
    case .childEntries: entry.childEntries = records(value).compactMap(childEntry)
    case .createsThreads: entry.createsThreads = value == "1"
    case .locks: entry.locks = records(value).compactMap(LockText.lock)
    case .signals: entry.signals = records(value).compactMap(SignalText.signal)
    case .descriptors: entry.descriptors = records(value).compactMap(DescriptorText.descriptor)
    case .forkProtocol: entry.forkProtocol = LockText.step(FieldText.parts(value, at: FieldText.field))
    case .requires: entry.requirement = LockText.requirement(FieldText.parts(value, at: FieldText.field))
    case .parameters: entry.parameters = strings(value).compactMap(ParameterKind.init)
    }
  }

  private static func optional(_ value: Substring) -> String? {
    value.isEmpty ? nil : FieldText.unescaped(value)
  }
  private static func strings(_ value: Substring) -> [String] {
    FieldText.split(value, at: FieldText.word).map(FieldText.unescaped)
  }
  private static func integers(_ value: Substring) -> [Int] {
    FieldText.split(value, at: FieldText.word).compactMap { Int($0) }
  }
  private static func wideIntegers(_ value: Substring) -> [Int64] {
    FieldText.split(value, at: FieldText.word).compactMap { Int64($0) }
  }
  private static func records(_ value: Substring) -> [[Substring]] {
    FieldText.split(value, at: FieldText.item).map { FieldText.parts($0, at: FieldText.field) }
  }

  private static func remark(_ fields: [Substring]) -> SafetyRemark? {
    guard fields.count == 6, let platform = Platform(rawValue: String(fields[0])) else { return nil }
    return SafetyRemark(
      platform: platform, isSafe: fields[1] == "1", reasons: strings(fields[2]),
      since: optional(fields[3]), isPreliminary: fields[4] == "1", source: FieldText.unescaped(fields[5]))
  }

  private static func rule(_ fields: [Substring]) -> CertaintyRule? {
    guard fields.count == 7, let context = ChildContext(rawValue: String(fields[0])),
      let certainty = Certainty(rawValue: String(fields[1]))
    else { return nil }
    return CertaintyRule(
      context: context, certainty: certainty, because: FieldText.unescaped(fields[2]),
      source: FieldText.unescaped(fields[3]), check: optional(fields[4]),
      platforms: strings(fields[5]).compactMap(Platform.init), instead: optional(fields[6]))
  }

  private static func spawn(_ fields: [Substring]) -> SpawnEffect? {
    guard fields.count == 11, let kind = SpawnEffect.Kind(rawValue: String(fields[0])) else { return nil }
    let bits = wideIntegers(fields[3])
    let results = wideIntegers(fields[10])
    return SpawnEffect(
      kind: kind, flags: Int(fields[1]).map { ArgumentPath(argument: $0, field: optional(fields[2])) },
      flagBits: bits.count == 5
        ? SpawnFlagBits(
          sharesMemory: bits[0], suspendsParent: bits[1], thread: bits[2], process: bits[3],
          resetsHandlers: bits[4])
        : .linuxClone,
      entryArgument: Int(fields[4]), entryData: Int(fields[5]), whenArgument: Int(fields[6]),
      whenValues: wideIntegers(fields[7]), architectures: strings(fields[8]), shown: optional(fields[9]),
      childReturns: results.first, parentReturns: results.count == 2 ? results[1] : nil)
  }

  private static func conditionalEnd(_ fields: [Substring]) -> ConditionalEnd? {
    guard fields.count == 5, let end = EndEffect(rawValue: String(fields[0])),
      let argument = Int(fields[1])
    else { return nil }
    return ConditionalEnd(
      end: end, whenArgument: argument, whenValues: wideIntegers(fields[2]), isUnless: fields[3] == "1",
      architectures: strings(fields[4]))
  }

  private static func returns(_ fields: [Substring]) -> ReturnFact? {
    if fields.count == 2, fields[0] == "stable" { return .stable(FieldText.unescaped(fields[1])) }
    let numbers = fields.dropFirst().compactMap { Int64($0) }
    return switch (fields.first, numbers.count) {
    case ("non-null", 0): .nonNull
    case ("error-number", 0): .errorNumber
    case ("constant", 1): .constant(numbers[0])
    case ("range", 2): .range(numbers[0], numbers[1])
    case ("argument", 1): .argument(Int(numbers[0]))
    default: nil
    }
  }

  private static func childEntry(_ fields: [Substring]) -> ChildEntry? {
    guard fields.count == 7, let argument = Int(fields[0]),
      let child = ChildContext(rawValue: String(fields[1]))
    else { return nil }
    return ChildEntry(
      argument: argument, child: child, data: Int(fields[2]), startsLater: fields[3] == "1",
      prepare: Int(fields[4]), check: optional(fields[5]),
      permits: strings(fields[6]).compactMap(LockEffect.Action.init))
  }
}
