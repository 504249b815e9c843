/// Identifiers by number: each text once. Grows only; one thread at a time.
struct IdentifierTable {
  private var bytes: [UInt8] = []
  /// Where each one's text ends in `bytes`.
  private var ends: [Int] = [0]
  private var hashes: [UInt32] = []
  /// Open addressing; -1 is free. Its size is a power of two, at most half full.
  private var slots: [Int32]

  init(capacity: Int = 1 << 12) { slots = Array(repeating: -1, count: max(2, capacity)) }

  var count: Int { hashes.count }

  static let emptyHash: UInt32 = 0x811c_9dc5

  @inline(__always)
  static func extend(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }

  /// - Parameter hash: of all bytes of the text, by `extend` from `emptyHash`.
  mutating func number(of text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(hash &* 0x9e37_79b1 >> 7) & mask
    while slots[slot] >= 0 {
      let known = Int(slots[slot])
      if hashes[known] == hash, isEqual(known, text) { return Int32(known) }
      slot = (slot + 1) & mask
    }
    let number = Int32(hashes.count)
    slots[slot] = number
    hashes.append(hash)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if hashes.count * 2 > slots.count { grow() }
    return number
  }

  mutating func number(of text: String) -> Int32 {
    var text = text
    return text.withUTF8 { utf8 in
      number(of: utf8, hash: utf8.reduce(Self.emptyHash, Self.extend))
    }
  }

  /// Nil for a text that is not in the table.
  func known(_ text: some StringProtocol) -> Int32? {
    var text = String(text)
    return text.withUTF8 { utf8 in
      let hash = utf8.reduce(Self.emptyHash, Self.extend)
      let mask = slots.count - 1
      var slot = Int(hash &* 0x9e37_79b1 >> 7) & mask
      while slots[slot] >= 0 {
        let known = Int(slots[slot])
        if hashes[known] == hash, isEqual(known, utf8) { return Int32(known) }
        slot = (slot + 1) & mask
      }
      return nil
    }
  }

  func text(_ number: Int32) -> String {
    String(decoding: bytes[ends[Int(number)]..<ends[Int(number) + 1]], as: UTF8.self)
  }

  /// Takes all of another table over; the result holds the new number of each.
  mutating func merge(_ other: IdentifierTable) -> [Int32] {
    other.bytes.withUnsafeBufferPointer { all in
      (0..<other.count).map { index in
        number(
          of: UnsafeBufferPointer(rebasing: all[other.ends[index]..<other.ends[index + 1]]),
          hash: other.hashes[index])
      }
    }
  }

  private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[number]
    let length = ends[number + 1] - start
    guard length == text.count else { return false }
    for index in 0..<length where bytes[start + index] != text[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for number in hashes.indices {
      var slot = Int(hashes[number] &* 0x9e37_79b1 >> 7) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }
}
