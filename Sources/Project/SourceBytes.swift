/// Source text that need not be UTF-8.
public enum SourceBytes {
  /// The text with as many bytes: what is no UTF-8 becomes question marks, so that columns stay right.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let first = rest.first {
      if first < 0x80 {
        result.append(first)
        rest = rest.dropFirst()
        continue
      }
      var decoder = UTF8()
      var iterator = rest.makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&iterator) {
        result += Array(String(scalar).utf8)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        result.append(UInt8(ascii: "?"))
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
