/// A set of small numbers that grows with its largest member.
public struct NumberSet: Hashable, Sendable {
  private var words: [UInt64] = []

  public init() {}

  public func contains(_ number: Int) -> Bool {
    let word = number / 64
    return word < words.count && words[word] & (1 << UInt64(number % 64)) != 0
  }

  public mutating func insert(_ number: Int) {
    let word = number / 64
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(number % 64)
  }

  public mutating func formUnion(_ other: NumberSet) {
    if other.words.isEmpty { return }
    if words.isEmpty {
      words = other.words
      return
    }
    while words.count < other.words.count { words.append(0) }
    for index in other.words.indices { words[index] |= other.words[index] }
  }
}

extension NumberSet {
  /// Nothing is ever taken out, so a set with words has members.
  public var isEmpty: Bool { words.isEmpty }

  public func contains(where isWanted: (Int) -> Bool) -> Bool {
    var isFound = false
    forEach { number in if !isFound { isFound = isWanted(number) } }
    return isFound
  }

  /// In ascending order.
  public func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(64 * index + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}

/// The members of records that a program's functions touch, by number.
public final class FieldNumbers: Sendable {
  let numbers: [FieldKey: Int]
  let keys: [FieldKey]

  init(_ numbers: [FieldKey: Int]) {
    self.numbers = numbers
    keys = numbers.sorted { $0.value < $1.value }.map(\.key)
  }
}

/// A set of members of records.
public struct FieldSet: Sendable {
  var members = NumberSet()
  /// What the numbers mean.
  var meaning: FieldNumbers?

  public var isEmpty: Bool { members.isEmpty }

  public func contains(_ key: FieldKey) -> Bool {
    if members.isEmpty { return false }
    return meaning?.numbers[key].map(members.contains) ?? false
  }

  public func contains(where isWanted: (FieldKey) -> Bool) -> Bool {
    guard let meaning else { return false }
    return members.contains { isWanted(meaning.keys[$0]) }
  }
}
