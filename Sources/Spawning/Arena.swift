#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory for C: what it hands out holds as long as the arena does, so keep that alive with `withExtendedLifetime`.
final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// Null for no elements.
  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let block = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    block.initialize(from: elements, count: elements.count)
    blocks.append(block)
    return UnsafePointer(block)
  }

  /// Ends in a zero byte.
  func text(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let block = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (offset, byte) in bytes.enumerated() { (block + offset).initialize(to: byte) }
    blocks.append(block)
    return block
  }

  /// Texts as C wants them: pointers that end in a null pointer.
  func vector(_ texts: [String]) -> UnsafePointer<UnsafeMutablePointer<CChar>?>? {
    array(texts.map { text($0) } + [nil])
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
