/// GitHub's fingerprint of a line, `primaryLocationLineHash`, so that alerts of uploads that do not go through its action
/// are recognised too (github/codeql-action, `src/fingerprints.ts`, states how it is computed).
///
/// A rolling hash modulo 2^64 over the first 100 UTF-16 units from the start of the line, blanks and tabs left out, every
/// line end one line feed; then how often the same hash came before.
enum LineHash {
  private static let window = 100
  private static let base: Int64 = 37
  private static let end: Int64 = 65535

  /// One for each line of a file, in order.
  static func all(of bytes: some Sequence<UInt8>) -> [String] {
    var units: [Int64] = []
    var starts: [Int] = []
    var startsLine = true
    var wasReturn = false
    func add(_ unit: Int64) {
      if startsLine { starts.append(units.count) }
      startsLine = unit == 0x0A
      units.append(unit)
    }
    for unit in String(decoding: Array(bytes), as: UTF8.self).utf16 {
      switch unit {
      case 0x20, 0x09: wasReturn = false
      case 0x0A where wasReturn: wasReturn = false
      case 0x0D:
        add(0x0A)
        wasReturn = true
      default:
        add(Int64(unit))
        wasReturn = false
      }
    }
    add(end)
    var counts: [Int64: Int] = [:]
    return starts.map { start in
      var hash: Int64 = 0
      for offset in start..<start + window {
        hash = hash &* base &+ (offset < units.count ? units[offset] : 0)
      }
      counts[hash, default: 0] += 1
      return String(UInt64(bitPattern: hash), radix: 16) + ":\(counts[hash, default: 1])"
    }
  }
}
