/// Where a word may be assigned, or its address taken.
extension SourceScanner {
  /// - Parameters:
  ///   - lead: the last punctuator before the word, opening parentheses left out; -1 where there is none.
  ///   - end: behind the word.
  func isStored(lead: Int, end: Int) -> Bool {
    if lead >= 0, lead < bytes.count {
      let last = bytes[lead]
      let before = lead > 0 ? bytes[lead - 1] : 0
      switch last {
      case UInt8(ascii: "&"): if before != last { return true }
      case UInt8(ascii: "+"), UInt8(ascii: "-"): if before == last { return true }
      // An operand of inline assembly stands behind its constraint.
      case UInt8(ascii: "\""): return true
      default: break
      }
    }
    var index = skippedBlanks(from: end)
    while byte(index) == UInt8(ascii: ")") { index = skippedBlanks(from: index + 1) }
    let next = byte(index)
    let second = byte(index + 1)
    let isEqual = second == UInt8(ascii: "=")
    switch next {
    case UInt8(ascii: "="): return !isEqual
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return second == next || isEqual
    case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: "^"):
      return isEqual
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      return second == next && byte(index + 2) == UInt8(ascii: "=")
    // An element of it may be.
    case UInt8(ascii: "["): return true
    default: return false
    }
  }

  /// What a macro is given, it may assign: the word is an argument, or the last word of one.
  mutating func noteArgument(_ word: Int32) {
    guard let callee = callees.last(where: { $0 >= 0 }) else { return }
    let next = byte(skippedBlanks(from: position))
    guard next == UInt8(ascii: ",") || next == UInt8(ascii: ")") else { return }
    function?.arguments.append(ScannedFile.Argument(word: word, callee: callee))
  }

  /// The next character that is no blank, line's end or comment.
  func skippedBlanks(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let next = bytes[index]
      if Self.kinds[Int(next)] & 4 != 0 || next == UInt8(ascii: "\n") {
        index += 1
      } else if next == UInt8(ascii: "\\"), byte(index + 1) == UInt8(ascii: "\n") || byte(index + 1) == 13 {
        index += 2
      } else if next == UInt8(ascii: "/"), byte(index + 1) == UInt8(ascii: "*") {
        index += 2
        while index < bytes.count,
          !(bytes[index] == UInt8(ascii: "*") && byte(index + 1) == UInt8(ascii: "/"))
        {
          index += 1
        }
        index += 2
      } else {
        return index
      }
    }
    return index
  }
}
