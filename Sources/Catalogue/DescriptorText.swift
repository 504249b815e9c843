/// The text form of what entries say of descriptors; see `EntryText`.
enum DescriptorText {
  static func descriptor(_ effect: DescriptorEffect) -> String {
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    let closeOnExec =
      switch effect.closeOnExec {
      case .never: ""
      case .always: "always"
      case .flags(let argument, let bits): "\(argument),\(bits)"
      }
    return [
      effect.action.rawValue, number(effect.argument), "\(effect.count)", effect.succeeds.rawValue,
      closeOnExec, number(effect.whenArgument), effect.whenValues.map { "\($0)" }.joined(separator: ","),
    ].joined(separator: "|")
  }

  static func descriptor(_ fields: [Substring]) -> DescriptorEffect? {
    guard fields.count == 7, let action = DescriptorEffect.Action(rawValue: String(fields[0])),
      let count = Int(fields[2]), let succeeds = LockEffect.Success(rawValue: String(fields[3]))
    else { return nil }
    func numbers(_ field: Substring) -> [Int64] { field.split(separator: ",").compactMap { Int64($0) } }
    var effect = DescriptorEffect(
      action: action, argument: Int(fields[1]), count: count, succeeds: succeeds,
      whenArgument: Int(fields[5]), whenValues: numbers(fields[6]))
    if fields[4] == "always" {
      effect.closeOnExec = .always
    } else if case let flags = numbers(fields[4]), flags.count == 2 {
      effect.closeOnExec = .flags(argument: Int(flags[0]), bits: flags[1])
    }
    return effect
  }
}
