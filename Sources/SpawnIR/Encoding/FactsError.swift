/// Why bytes are no facts that can be read here.
public enum FactsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// They do not begin like facts.
  case notFacts
  /// Another version of this program wrote them.
  case foreignVersion(UInt64)
  /// They were cut off or changed after they had been written.
  case damaged

  public var description: String {
    switch self {
    case .notFacts: "is no file of facts"
    case .foreignVersion(let version):
      "has version \(version) of the format, not \(FactsFormat.version): write it again with this spawnlint"
    case .damaged: "is damaged: write it again"
    }
  }
}

/// What all stored facts begin with.
public enum FactsFormat {
  /// Changes whenever the encoding or the meaning of what is encoded does.
  public static let version: UInt64 = 2
  static let magic = Array("spawnlint facts\n".utf8)

  /// A number that differs when any byte does, with all likelihood. No defence against intent: 64 bits, eight
  /// bytes at a time, mixed by multiplication with an odd number.
  public static func checksum(_ buffer: UnsafeRawBufferPointer) -> UInt64 {
    var state = UInt64(buffer.count) ^ 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= buffer.count {
      let word = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      mix(UInt64(littleEndian: word), into: &state)
      offset += 8
    }
    while offset < buffer.count {
      mix(UInt64(buffer[offset]), into: &state)
      offset += 1
    }
    return state
  }

  private static func mix(_ word: UInt64, into state: inout UInt64) {
    state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }
}

extension FactsFormat {
  /// A whole file: what it is, its version, a checksum, the body.
  public static func sealed(_ body: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.raw(magic)
    writer.number(version)
    let sum = body.withUnsafeBytes { checksum($0) }
    for shift: UInt64 in stride(from: 0, to: 64, by: 8) {
      writer.byte(UInt8(truncatingIfNeeded: sum >> shift))
    }
    writer.raw(body)
    return writer.bytes
  }

  /// The body of a whole file.
  public static func opened(_ file: [UInt8]) throws(FactsError) -> ArraySlice<UInt8> {
    guard file.starts(with: magic) else { throw .notFacts }
    var reader = ByteReader(file[magic.count...])
    let version = try reader.number()
    guard version == Self.version else { throw .foreignVersion(version) }
    let sum = try reader.raw(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard reader.rest.withUnsafeBytes({ checksum($0) }) == sum else { throw .damaged }
    return reader.rest
  }
}
