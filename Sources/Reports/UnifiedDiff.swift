/// The difference between two versions of a file with as many lines, as `patch -p1` and `git apply` read it.
public enum UnifiedDiff {
  private static let context = 3

  /// - Returns: nothing where both are the same. Bytes, since sources need not be UTF-8.
  public static func bytes(path: String, before: [UInt8], after: [UInt8]) -> [UInt8] {
    let (old, new) = (lines(before), lines(after))
    guard old.count == new.count else { return [] }
    let changed = old.indices.filter { old[$0] != new[$0] }
    guard !changed.isEmpty else { return [] }
    let (from, to) = path.hasPrefix("/") ? (path, path) : ("a/" + path, "b/" + path)
    var result = Array("--- \(from)\n+++ \(to)\n".utf8)
    for hunk in hunks(changed, count: old.count) {
      let range = "\(hunk.lowerBound + 1)" + (hunk.count == 1 ? "" : ",\(hunk.count)")
      result += Array("@@ -\(range) +\(range) @@\n".utf8)
      var index = hunk.lowerBound
      while index < hunk.upperBound {
        guard old[index] != new[index] else {
          result += marked(" ", old[index])
          index += 1
          continue
        }
        let end = (index..<hunk.upperBound).first { old[$0] == new[$0] } ?? hunk.upperBound
        for line in old[index..<end] { result += marked("-", line) }
        for line in new[index..<end] { result += marked("+", line) }
        index = end
      }
    }
    return result
  }

  /// With their ends.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      result.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { result.append(bytes[start...]) }
    return result
  }

  private static func marked(_ mark: Unicode.Scalar, _ line: ArraySlice<UInt8>) -> [UInt8] {
    let text = [UInt8(ascii: mark)] + line
    return line.last == 0x0A ? text : text + Array("\n\\ No newline at end of file\n".utf8)
  }

  /// Changed lines with what stands around them; what touches is one.
  private static func hunks(_ changed: [Int], count: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for line in changed {
      let range = max(0, line - context)..<min(count, line + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }
}
