/// Reads what `ByteWriter` wrote. Whatever the bytes are, it ends with a value or an error.
public struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  public var isAtEnd: Bool { index == bytes.endIndex }
  public var rest: ArraySlice<UInt8> { bytes[index...] }

  public mutating func byte() throws(FactsError) -> UInt8 {
    guard index < bytes.endIndex else { throw .damaged }
    defer { index += 1 }
    return bytes[index]
  }

  public mutating func number() throws(FactsError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw .damaged }
      result |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return result }
      shift += 7
    }
  }

  /// Of things that take a byte each at least, unless they are indices.
  public mutating func count() throws(FactsError) -> Int {
    guard let count = Int(exactly: try number()), count <= Int(Int32.max) else { throw .damaged }
    return count
  }

  public mutating func signed() throws(FactsError) -> Int64 {
    let raw = try number()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  public mutating func small() throws(FactsError) -> Int32 {
    guard let value = Int32(exactly: try signed()) else { throw .damaged }
    return value
  }

  public mutating func flag() throws(FactsError) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw .damaged
    }
  }

  public mutating func block() throws(FactsError) -> ArraySlice<UInt8> {
    try raw(try count())
  }

  public mutating func raw(_ count: Int) throws(FactsError) -> ArraySlice<UInt8> {
    guard count <= bytes.endIndex - index else { throw .damaged }
    defer { index += count }
    return bytes[index..<index + count]
  }

  public mutating func text() throws(FactsError) -> String {
    String(decoding: try block(), as: UTF8.self)
  }

  public mutating func optionalText() throws(FactsError) -> String? {
    try flag() ? try text() : nil
  }

  public mutating func list<Element>(
    _ read: (inout ByteReader) throws(FactsError) -> Element
  ) throws(FactsError) -> [Element] {
    let count = try count()
    guard count <= bytes.endIndex - index else { throw .damaged }
    var result: [Element] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(try read(&self)) }
    return result
  }
}
