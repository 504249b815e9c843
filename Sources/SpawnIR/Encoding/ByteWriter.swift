/// Collects bytes: numbers as LEB128, so that small ones take one byte; texts and blocks with their length in front.
public struct ByteWriter {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func byte(_ value: UInt8) { bytes.append(value) }

  public mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Not negative.
  public mutating func count(_ value: Int) { number(UInt64(value)) }

  /// Small ones of either sign are short.
  public mutating func signed(_ value: Int64) {
    number(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  public mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  public mutating func text(_ text: String) {
    count(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  public mutating func block(_ block: [UInt8]) {
    count(block.count)
    bytes += block
  }

  /// Nothing of its length.
  public mutating func raw(_ block: [UInt8]) { bytes += block }

  public mutating func optionalText(_ text: String?) {
    flag(text != nil)
    if let text { self.text(text) }
  }

  public mutating func list<Element>(_ elements: [Element], _ write: (inout ByteWriter, Element) -> Void) {
    count(elements.count)
    for element in elements { write(&self, element) }
  }
}
