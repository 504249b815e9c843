import Clang

extension UnitLowering {
  /// The first words of the source text at a cursor, in a macro's body where it comes from there.
  func words(at cursor: Cursor, count: Int) -> [String] {
    guard let position = cursor.location.spellingPosition else { return [] }
    return unit.withContents(of: position.file) { bytes in
      var result: [String] = []
      var index = position.offset
      while result.count < count, index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") {
          index += 1
          continue
        }
        let start = index
        while index < bytes.count, Self.isWordByte(bytes[index]) { index += 1 }
        guard index > start else { break }
        result.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      return result
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
  }
}
