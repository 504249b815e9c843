/// The hash of FIPS 180-4.
package enum SHA256 {
  private static let constants: [UInt32] = firstPrimes(64).map { fraction(of: $0, root: 3) }
  private static let start: [UInt32] = firstPrimes(8).map { fraction(of: $0, root: 2) }

  /// 32 bytes.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// 32 bytes.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let whole = bytes.count / 64 * 64
    var last = [UInt8](bytes[whole...]) + [0x80]
    last += [UInt8](repeating: 0, count: (120 - last.count % 64) % 64)
    let length = UInt64(bytes.count) * 8
    last += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
    var state = start
    var words = [UInt32](repeating: 0, count: 64)
    constants.withUnsafeBufferPointer { constants in
      words.withUnsafeMutableBufferPointer { words in
        for chunk in stride(from: 0, to: whole, by: 64) {
          compress(&state, bytes, chunk, words, constants)
        }
        last.withUnsafeBytes { last in
          for chunk in stride(from: 0, to: last.count, by: 64) {
            compress(&state, last, chunk, words, constants)
          }
        }
      }
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
  }

  /// The message schedule in `words`, then the 64 rounds; `chunk` is the offset of 64 bytes.
  private static func compress(
    _ state: inout [UInt32], _ bytes: UnsafeRawBufferPointer, _ chunk: Int,
    _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      words[index] = UInt32(
        bigEndian: bytes.loadUnaligned(fromByteOffset: chunk + 4 * index, as: UInt32.self))
    }
    for index in 16..<64 {
      let early = words[index - 15]
      let late = words[index - 2]
      let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
      let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let sum = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let first = h &+ sum &+ (e & f ^ ~e & g) &+ constants[index] &+ words[index]
      let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ (a & b ^ a & c ^ b & c)
      (a, b, c, d, e, f, g, h) = (first &+ second, a, b, c, d &+ first, e, f, g)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] = state[index] &+ value }
  }

  private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value >> count | value << (32 - count)
  }

  private static func firstPrimes(_ count: Int) -> [UInt64] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }

  /// The first 32 bits of the fractional part of a root, found by halving in whole numbers: the largest `x` with
  /// `x ^ root <= prime * 2 ^ (32 * root)`.
  private static func fraction(of prime: UInt64, root: Int) -> UInt32 {
    var low: UInt64 = 0
    var high: UInt64 = 1 << 37
    while high - low > 1 {
      let middle = (low + high) / 2
      if power(middle, root, isAtMost: prime) { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }

  private static func power(_ base: UInt64, _ exponent: Int, isAtMost prime: UInt64) -> Bool {
    let square = base.multipliedFullWidth(by: base)
    // prime << 64, as high and low word.
    if exponent == 2 { return square.high < prime || (square.high == prime && square.low == 0) }
    // base³ <= prime << 96: three words.
    let low = square.low.multipliedFullWidth(by: base)
    let high = square.high.multipliedFullWidth(by: base)
    let (middle, carry) = low.high.addingReportingOverflow(high.low)
    let top = high.high + (carry ? 1 : 0)
    let limit = (high: prime >> 32, middle: prime << 32)
    if top != limit.high { return top < limit.high }
    if middle != limit.middle { return middle < limit.middle }
    return low.low == 0
  }
}

enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  static func encoded(_ bytes: [UInt8]) -> String {
    var result = ""
    for index in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = bytes[index..<min(index + 3, bytes.count)]
      var bits = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < chunk.count ? Int(bytes[index + offset]) : 0) }
      for digit in 0..<4 {
        result.append(digit <= chunk.count ? alphabet[bits >> (18 - 6 * digit) & 63] : "=")
      }
    }
    return result
  }
}
