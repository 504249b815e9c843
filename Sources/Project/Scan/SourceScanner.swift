/// Reads the words of C source at memory speed. It follows braces to tell where functions begin and end, on any
/// text: what it takes for a function too much only makes a superset larger.
struct SourceScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private(set) var file: ScannedFile
  var table: IdentifierTable

  /// What stands outside functions since the last `;` or `}`.
  private struct Statement {
    var candidates: [Int32] = []
    var hasAssignment = false
    var isTypedef = false
    var isStatic = false
    /// `struct`, `union` or `enum` without a parenthesis after it.
    var isType = false
    var words: [Int32] = []
    /// Those outside braces.
    var outerWords: [Int32] = []
    var calls: [Int32] = []
    var isEmpty = true
  }

  private var braces = 0
  private var parentheses = 0
  private var statement = Statement()
  /// Of the last declaration without a body: K&R parameters may stand between it and the brace.
  private var lastCandidates: [Int32] = []
  private var function: ScannedFile.Item?
  private var outside: Set<Int32> = []
  private var outsideCalls: Set<Int32> = []
  private var lastWord: Int32 = -1
  private var lastWordIsCallable = false
  private var isLineStart = true
  private var conditions: [(braces: Int, parentheses: Int)] = []
  /// By word: the item in which it was noted last.
  private var noted: [Int32] = []
  private var notedCall: [Int32] = []
  private var item: Int32 = 1

  private let words: Words

  /// Words that mean something to this scan.
  private struct Words {
    let typedef, isStatic, structure, union, enumeration: Int32
    let notNames: Set<Int32>
    /// May stand before a macro that makes a whole declaration.
    let storage: Set<Int32>
    /// Attributes that name another function.
    let naming: Set<Int32>

    init(_ table: inout IdentifierTable) {
      typedef = table.number(of: "typedef")
      isStatic = table.number(of: "static")
      structure = table.number(of: "struct")
      union = table.number(of: "union")
      enumeration = table.number(of: "enum")
      storage = Set(["static", "extern", "const", "inline", "__extension__"].map { table.number(of: $0) })
      naming = Set(
        ["alias", "weakref", "ifunc", "annotate", "__alias__", "__weakref__", "__ifunc__", "constructor"].map
        {
          table.number(of: $0)
        })
      notNames = Set(
        [
          "void", "int", "char", "long", "short", "unsigned", "signed", "float", "double", "const",
          "volatile",
          "struct", "union", "enum", "static", "extern", "inline", "_Bool", "bool", "__const", "__restrict",
          "__attribute__", "__attribute", "__declspec", "__asm__", "asm", "__asm", "typeof", "__typeof__",
          "_Alignas",
          "_Static_assert", "static_assert", "alignas", "sizeof", "if", "while", "for", "switch", "return",
          "do",
          "else", "case", "defined", "_Generic", "__typeof",
        ].map { table.number(of: $0) })
    }
  }

  static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String, _ table: inout IdentifierTable
  ) -> ScannedFile {
    var scanner = SourceScanner(bytes, path, table)
    // One owner at a time, or every new word copies the table.
    table = IdentifierTable(capacity: 0)
    scanner.run()
    table = scanner.table
    return scanner.file
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String, _ table: IdentifierTable) {
    self.bytes = bytes
    file = ScannedFile(path: path)
    file.byteCount = bytes.count
    self.table = table
    words = Words(&self.table)
    noted = Array(repeating: 0, count: self.table.count)
    notedCall = noted
  }

  // MARK: Characters

  @inline(__always)
  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool { kinds[Int(byte)] & 1 != 0 }

  /// 1: part of a word, 2: begins one, 4: blank, 8: digit.
  private static let kinds: [UInt8] = (0..<256).map { value in
    switch UInt8(value) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "$"), 128...255:
      3
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 9
    case 9, 11, 12, 13, 32: 4
    default: 0
    }
  }

  private mutating func run() {
    while position < bytes.count {
      let next = bytes[position]
      let kind = Self.kinds[Int(next)]
      if kind & 4 != 0 {
        position += 1
      } else if kind & 2 != 0 {
        word(take())
        isLineStart = false
      } else if next == UInt8(ascii: "\n") {
        position += 1
        isLineStart = true
      } else if next == UInt8(ascii: "#"), isLineStart {
        directive()
        isLineStart = true
      } else if next == UInt8(ascii: "/"),
        byte(position + 1) == UInt8(ascii: "*") || byte(position + 1) == next
      {
        skipComment()
      } else if next == UInt8(ascii: "\\"), byte(position + 1) == UInt8(ascii: "\n") {
        position += 2
      } else {
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
          text(next)
        } else if kind & 8 != 0 {
          skipNumber()
        } else {
          punctuator(next)
        }
        isLineStart = false
      }
    }
    endFunction()
    endStatement()
    file.items.append(
      ScannedFile.Item(kind: .outside, names: [], mentions: Array(outside), calls: Array(outsideCalls)))
  }

  private mutating func take() -> Int32 {
    let start = position
    var hash = IdentifierTable.emptyHash
    while position < bytes.count, Self.isWord(bytes[position]) {
      hash = IdentifierTable.extend(hash, bytes[position])
      position += 1
    }
    return table.number(of: UnsafeBufferPointer(rebasing: bytes[start..<position]), hash: hash)
  }

  private mutating func skipComment() {
    if byte(position + 1) == UInt8(ascii: "/") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      return
    }
    position += 2
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
  }

  private mutating func skipNumber() {
    while position < bytes.count {
      let next = bytes[position]
      let isPart =
        Self.isWord(next) || next == UInt8(ascii: ".")
        || (next == UInt8(ascii: "'") && Self.isWord(byte(position + 1)))
      if !isPart { return }
      position += 1
    }
  }

  /// Skips a literal. Outside functions a text may be a name: `alias("target")`, `annotate("…")`.
  private mutating func text(_ quote: UInt8) {
    let start = position + 1
    position += 1
    var isName = quote == UInt8(ascii: "\"")
    while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "\n") {
      if bytes[position] <= 32 || bytes[position] == UInt8(ascii: "\\") { isName = false }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = end + 1
    if isName, function == nil, end > start, end - start <= 64 {
      let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
      note(table.number(of: name, hash: name.reduce(IdentifierTable.emptyHash, IdentifierTable.extend)))
    }
    lastWord = -1
  }

  // MARK: Words and braces

  private mutating func note(_ word: Int32) {
    if function != nil {
      while noted.count <= Int(word) { noted.append(0) }
      guard noted[Int(word)] != item else { return }
      noted[Int(word)] = item
      function?.mentions.append(word)
    } else {
      statement.words.append(word)
    }
  }

  private mutating func word(_ word: Int32) {
    note(word)
    lastWord = word
    guard function == nil else { return }
    statement.isEmpty = false
    if braces == 0 { statement.outerWords.append(word) }
    switch word {
    case words.typedef: statement.isTypedef = true
    case words.isStatic: statement.isStatic = true
    case words.structure, words.union, words.enumeration: statement.isType = true
    default: break
    }
  }

  private mutating func punctuator(_ next: UInt8) {
    position += 1
    let before = lastWord
    lastWord = -1
    switch next {
    case UInt8(ascii: "("):
      if before >= 0 { noteCall(before) }
      parentheses += 1
    case UInt8(ascii: ")"): parentheses = max(0, parentheses - 1)
    case UInt8(ascii: "{"): openBrace()
    case UInt8(ascii: "}"): closeBrace()
    case UInt8(ascii: ";"):
      if braces == 0, function == nil {
        parentheses = 0
        endStatement()
      }
    case UInt8(ascii: "="):
      if function == nil, braces == 0, parentheses == 0 { statement.hasAssignment = true }
    default: break
    }
  }

  private mutating func noteCall(_ word: Int32) {
    if function != nil {
      while notedCall.count <= Int(word) { notedCall.append(0) }
      if notedCall[Int(word)] != item {
        notedCall[Int(word)] = item
        function?.calls.append(word)
      }
    } else {
      statement.calls.append(word)
      if braces == 0, parentheses <= 1, !statement.hasAssignment, !words.notNames.contains(word) {
        statement.candidates.append(word)
      }
    }
  }

  private mutating func openBrace() {
    guard function == nil else {
      braces += 1
      return
    }
    if braces == 0 {
      // `extern "C" {` holds declarations like the file itself.
      let isLanguage =
        !statement.isEmpty && !statement.isType && statement.candidates.isEmpty && !statement.hasAssignment
        && !statement.isTypedef
      if isLanguage {
        endStatement()
        return
      }
      let names = statement.isEmpty ? lastCandidates : statement.candidates
      if !names.isEmpty, !statement.hasAssignment, !statement.isTypedef {
        item += 1
        parentheses = 0
        function = ScannedFile.Item(
          kind: .function, names: names, isStatic: statement.isStatic, mentions: [])
      }
    }
    braces += 1
  }

  private mutating func closeBrace() {
    // Where conditions left the count wrong, functions still end in the first column.
    if position >= 2, bytes[position - 2] == UInt8(ascii: "\n"), braces > 1,
      parentheses == 0 || function != nil
    {
      braces = 1
    }
    guard braces > 0 else { return }
    braces -= 1
    if braces == 0, function != nil { endFunction() }
  }

  private mutating func endFunction() {
    guard let done = function else { return }
    file.items.append(done)
    function = nil
    braces = 0
    parentheses = 0
    statement = Statement()
    // The other arm of a condition may hold the same function's other body.
    lastCandidates = done.names
  }

  private mutating func endStatement() {
    let done = statement
    statement = Statement()
    if done.isEmpty { return }
    if done.isTypedef {
      file.typedefs.append(done.outerWords)
      lastCandidates = []
      return
    }
    if !done.candidates.isEmpty { lastCandidates = done.candidates }
    let first = done.outerWords.first { !words.storage.contains($0) }
    let namesOther = done.words.contains(where: words.naming.contains)
    if namesOther, !done.candidates.isEmpty {
      file.items.append(
        ScannedFile.Item(
          kind: .function, names: done.candidates, isStatic: done.isStatic, mentions: done.words))
    }
    // A declaration uses nothing; an initialiser does, and a macro that makes a declaration may.
    let isUse =
      done.hasAssignment || namesOther || first.map { $0 == done.candidates.first } == true
    guard isUse else { return }
    outside.formUnion(done.words)
    outsideCalls.formUnion(done.calls)
  }

  // MARK: Directives

  private mutating func directive() {
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

  private mutating func skipBlanks() {
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
  private mutating func skipLine() {
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
  private mutating func skipArm() {
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

  private mutating func include() {
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

  private mutating func define() {
    skipBlanks()
    guard Self.isWord(byte(position)) else {
      skipLine()
      return
    }
    var macro = ScannedFile.Item(kind: .macro, names: [take()], mentions: [])
    let parameters = parameters()
    var seen = parameters
    var last: Int32?
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
        let operand = parameters.contains(word) ? -1 : word
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
      if next == UInt8(ascii: "("), let last { macro.calls.append(last) }
      last = nil
      if kind & 8 != 0 {
        skipNumber()
        if isPasting { chain.append(-1) }
        isPasting = false
        continue
      }
      endChain()
      isPasting = false
      if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
        skipText(next, &macro)
      } else {
        position += 1
      }
    }
    endChain()
    file.items.append(macro)
  }

  /// Of a macro, whose name was just read.
  private mutating func parameters() -> Set<Int32> {
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
  private mutating func skipText(_ quote: UInt8, _ macro: inout ScannedFile.Item) {
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
