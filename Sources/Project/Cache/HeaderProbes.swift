import Foundation

/// Headers of which a text asks whether they exist: `__has_include(<name>)`, `__has_include_next("name")`.
struct HeaderProbes: Sendable, Equatable {
  var names: [String] = []
  /// The name of one comes out of a macro.
  var areComputed = false

  private static let word = Array("__has_include".utf8)
  private static let next = Array("_next".utf8)

  init(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while let found = Self.find(bytes, from: index) {
      index = found + Self.word.count
      if bytes[index...].starts(with: Self.next) { index += Self.next.count }
      read(bytes, index, isDefined: Self.isDefined(bytes, before: found))
    }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, _ start: Int, isDefined: Bool) {
    var index = start
    func skipBlanks() {
      while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") {
        index += 1
      }
    }
    skipBlanks()
    // `defined(__has_include)`, `#ifdef __has_include`.
    guard index < bytes.count, bytes[index] == UInt8(ascii: "("), !isDefined else { return }
    index += 1
    skipBlanks()
    guard index < bytes.count else { return }
    let end: UInt8
    switch bytes[index] {
    case UInt8(ascii: "<"): end = UInt8(ascii: ">")
    case UInt8(ascii: "\""): end = UInt8(ascii: "\"")
    default:
      areComputed = true
      return
    }
    let name = bytes[(index + 1)...].prefix { $0 != end && $0 != UInt8(ascii: "\n") }
    names.append(String(decoding: name, as: UTF8.self))
  }

  /// `#define __has_include(x) 0`, for compilers without it.
  private static func isDefined(_ bytes: UnsafeRawBufferPointer, before index: Int) -> Bool {
    let start = bytes[..<index].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let words = String(decoding: bytes[start..<index], as: UTF8.self).split { " \t#".contains($0) }
    return words == ["define"]
  }

  private static func find(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var index = start
    while index + word.count <= bytes.count,
      let hit = memchr(base + index, Int32(UInt8(ascii: "_")), bytes.count - index - word.count + 1)
    {
      index = UnsafeRawPointer(hit) - base
      if memcmp(hit, word, word.count) == 0 { return index }
      index += 1
    }
    return nil
  }
}
