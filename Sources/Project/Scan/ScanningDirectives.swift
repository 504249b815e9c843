/// Preprocessor directives, as far as a scan of words needs them.
extension SourceScanner {
  mutating func directive() {
    position += 1
    skipBlanks()
    guard Self.isWord(byte(position)) else {
      skipLine()
      return
    }
    let start = position
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    let name = bytes[start..<position]
    if name.elementsEqual("define".utf8) {
      define()
    } else if name.elementsEqual("include".utf8) || name.elementsEqual("include_next".utf8) {
      include()
    } else if name.elementsEqual("if".utf8) {
      conditions.append((braces, parentheses))
      skipBlanks()
      let isNever = byte(position) == UInt8(ascii: "0") && !Self.isWord(byte(position + 1))
      skipLine()
      if isNever { skipArm() }
    } else if name.elementsEqual("ifdef".utf8) {
      conditions.append((braces, parentheses))
      skipBlanks()
      let start = position
      while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
      let isOther = bytes[start..<position].elementsEqual("__cplusplus".utf8)
      skipLine()
      if isOther { skipArm() }
    } else if name.elementsEqual("ifndef".utf8) {
      conditions.append((braces, parentheses))
      skipLine()
    } else if name.elementsEqual("else".utf8) || name.elementsEqual("elif".utf8) {
      // Each arm goes on from where the condition stands.
      if let condition = conditions.last { (braces, parentheses) = condition }
      skipLine()
    } else {
      if name.elementsEqual("endif".utf8) { _ = conditions.popLast() }
      skipLine()
    }
  }

  mutating func skipBlanks() {
    while position < bytes.count {
      if Self.kinds[Int(bytes[position])] & 4 != 0 {
        position += 1
      } else if bytes[position] == UInt8(ascii: "\\"), byte(position + 1) == UInt8(ascii: "\n") {
        position += 2
      } else if bytes[position] == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") {
        skipComment()
      } else {
        return
      }
    }
  }

  /// To the end of the line, continued lines and comments included.
  mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      if bytes[position] == UInt8(ascii: "\\") {
        position += byte(position + 1) == UInt8(ascii: "\r") ? 3 : 2
      } else if bytes[position] == UInt8(ascii: "/"),
        byte(position + 1) == UInt8(ascii: "*") || byte(position + 1) == UInt8(ascii: "/")
      {
        skipComment()
      } else {
        position += 1
      }
    }
  }

  /// From the line after a condition that never holds to its `#else`, `#elif` or `#endif`, which is left to be read.
  mutating func skipArm() {
    var depth = 0
    while position < bytes.count {
      // At a line's end.
      position += 1
      while position < bytes.count, Self.kinds[Int(bytes[position])] & 4 != 0 { position += 1 }
      guard byte(position) == UInt8(ascii: "#") else {
        skipLine()
        continue
      }
      let line = position
      position += 1
      skipBlanks()
      let start = position
      while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
      let name = bytes[start..<position]
      if name.starts(with: "if".utf8) {
        depth += 1
      } else if name.elementsEqual("endif".utf8) {
        if depth == 0 {
          position = line
          return
        }
        depth -= 1
      } else if depth == 0, name.starts(with: "el".utf8) {
        position = line
        return
      }
      skipLine()
    }
  }

  mutating func include() {
    skipBlanks()
    let open = byte(position)
    if open == UInt8(ascii: "<") || open == UInt8(ascii: "\"") {
      let close = open == UInt8(ascii: "<") ? UInt8(ascii: ">") : open
      let start = position + 1
      position += 1
      while position < bytes.count, bytes[position] != close, bytes[position] != UInt8(ascii: "\n") {
        position += 1
      }
      file.includes.append(
        ScannedFile.Include(
          name: String(decoding: bytes[start..<position], as: UTF8.self), isQuoted: open == close))
    } else if Self.isWord(open) {
      file.includedMacros.append(take())
    }
    skipLine()
  }

  mutating func define() {
    skipBlanks()
    guard Self.isWord(byte(position)) else {
      skipLine()
      return
    }
    var macro = ScannedFile.Item(kind: .macro, names: [take()], mentions: [])
    let parameters = parameters()
    var seen = parameters
    var plain = parameters
    var last: Int32?
    macro.isFunctionLike = !parameters.isEmpty
    var lead = -1
    skipBlanks()
    macro.initializes = byte(position) == UInt8(ascii: "{")
    /// For each open parenthesis: a word stands before it.
    var calls: [Bool] = []
    var chain: [Int32] = []
    /// `##` stood here, so that the next word belongs to the chain.
    var isPasting = false
    func endChain() {
      if chain.count > 1 { macro.pastes.append(chain) }
      chain = []
    }
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      let next = bytes[position]
      let kind = Self.kinds[Int(next)]
      if kind & 2 != 0 {
        let word = take()
        if seen.insert(word).inserted { macro.mentions.append(word) }
        if !isMember(after: lead) { plain.insert(word) }
        let isParameter = parameters.contains(word)
        if isStored(lead: lead, end: position) {
          if isParameter { macro.storesParameter = true } else { macro.stores.append(word) }
        }
        macro.tail = isParameter || calls.contains(true) ? nil : word
        lead = -1
        let operand = isParameter ? -1 : word
        if isPasting {
          chain.append(operand)
        } else {
          endChain()
          chain = [operand]
        }
        isPasting = false
        last = word
        continue
      }
      if next == UInt8(ascii: "\\") {
        position += byte(position + 1) == UInt8(ascii: "\r") ? 3 : 2
        continue
      }
      if next == UInt8(ascii: "#"), byte(position + 1) == next {
        if chain.isEmpty { chain = [-1] }
        isPasting = true
        position += 2
        continue
      }
      if next == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") || byte(position + 1) == next {
        skipComment()
        continue
      }
      if kind & 4 != 0 {
        position += 1
        continue
      }
      switch next {
      case UInt8(ascii: "("):
        if let last { macro.calls.append(last) }
        calls.append(last != nil)
        // Of a function's parameters nothing is a last word.
        if last != nil { macro.tail = nil }
      case UInt8(ascii: ")"):
        _ = calls.popLast()
        lead = position
      case UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: ";"):
        macro.makesCode = true
        lead = position
        macro.tail = nil
      default:
        lead = position
        macro.tail = nil
      }
      last = nil
      if kind & 8 != 0 {
        skipNumber()
        lead = -1
        if isPasting { chain.append(-1) }
        isPasting = false
        continue
      }
      endChain()
      isPasting = false
      if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
        skipText(next, &macro)
        lead = position - 1
      } else {
        position += 1
      }
    }
    endChain()
    macro.memberCount = macro.mentions.count - macro.mentions.partition { !plain.contains($0) }
    file.items.append(macro)
  }

  /// Of a macro, whose name was just read.
  mutating func parameters() -> Set<Int32> {
    guard byte(position) == UInt8(ascii: "(") else { return [] }
    var found: Set<Int32> = [table.number(of: "__VA_ARGS__")]
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: ")"), bytes[position] != UInt8(ascii: "\n")
    {
      if Self.kinds[Int(bytes[position])] & 2 != 0 {
        found.insert(take())
      } else if bytes[position] == UInt8(ascii: "\\") {
        position += 2
      } else {
        position += 1
      }
    }
    position = min(position + 1, bytes.count)
    return found
  }

  /// A header's name in a macro is what `#include MACRO` means.
  mutating func skipText(_ quote: UInt8, _ macro: inout ScannedFile.Item) {
    let start = position + 1
    position += 1
    while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "\n") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = min(end + 1, bytes.count)
    guard quote == UInt8(ascii: "\""), end > start + 2, bytes[end - 2] == UInt8(ascii: ".") else { return }
    file.includes.append(
      ScannedFile.Include(name: String(decoding: bytes[start..<end], as: UTF8.self), isQuoted: true))
  }
}
