/// Reads the words of C source at memory speed. It follows braces to tell where functions begin and end, on any
/// text: what it takes for a function too much only makes a superset larger.
struct SourceScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var file: ScannedFile
  var table: IdentifierTable

  /// What stands outside functions since the last `;` or `}`.
  struct Statement {
    var candidates: [Int32] = []
    var hasAssignment = false
    var isTypedef = false
    var isStatic = false
    /// `struct`, `union` or `enum` without a parenthesis after it.
    var isType = false
    var words: [Int32] = []
    /// Those that do not stand behind a `.` or `->`.
    var plainWords: [Int32] = []
    /// Those outside braces.
    var outerWords: [Int32] = []
    var calls: [Int32] = []
    /// Those that an initialiser takes the address of.
    var stores: [Int32] = []
    var isExternal = false
    /// The tag, and what stands in the braces, of a record's definition; those behind which a `*` stands are left out.
    var members: [Int32] = []
    var isEmpty = true
  }

  var braces = 0
  var parentheses = 0
  var statement = Statement()
  /// Of the last declaration without a body: K&R parameters may stand between it and the brace.
  var lastCandidates: [Int32] = []
  var function: ScannedFile.Item?
  var outside: Set<Int32> = []
  var outsidePlain: Set<Int32> = []
  var outsideCalls: Set<Int32> = []
  var outsideStores: Set<Int32> = []
  var lastWord: Int32 = -1
  var lastWordIsCallable = false
  var isLineStart = true
  var conditions: [(braces: Int, parentheses: Int)] = []
  /// By word: the item in which it was noted last.
  var noted: [Int32] = []
  var notedPlain: [Int32] = []
  var notedCall: [Int32] = []
  var notedStore: [Int32] = []
  /// Where the last punctuator stands, opening parentheses left out; -1 after a word or a number.
  var lead = -1
  /// For each open parenthesis of a function's text: the word before it, -1 where there is none.
  var callees: [Int32] = []
  var item: Int32 = 1

  let words: ScanWords

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

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String, _ table: IdentifierTable) {
    self.bytes = bytes
    file = ScannedFile(path: path)
    file.byteCount = bytes.count
    self.table = table
    words = ScanWords(&self.table)
    noted = Array(repeating: 0, count: self.table.count)
    notedPlain = noted
    notedCall = noted
    notedStore = noted
  }

  // MARK: Characters

  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool { kinds[Int(byte)] & 1 != 0 }

  /// 1: part of a word, 2: begins one, 4: blank, 8: digit.
  static let kinds: [UInt8] = (0..<256).map { value in
    switch UInt8(value) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "$"), 128...255:
      3
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 9
    case 9, 11, 12, 13, 32: 4
    default: 0
    }
  }

  mutating func run() {
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
          lead = -1
          lastWord = -1
        } else {
          punctuator(next)
        }
        isLineStart = false
      }
    }
    endFunction()
    endStatement()
    file.items.append(
      ScannedFile.Item(
        kind: .outside, names: [], mentions: Array(outsidePlain) + outside.subtracting(outsidePlain),
        memberCount: outside.count - outsidePlain.count, calls: Array(outsideCalls),
        stores: Array(outsideStores)))
  }

  mutating func take() -> Int32 {
    let start = position
    var hash = IdentifierTable.emptyHash
    while position < bytes.count, Self.isWord(bytes[position]) {
      hash = IdentifierTable.extend(hash, bytes[position])
      position += 1
    }
    return table.number(of: UnsafeBufferPointer(rebasing: bytes[start..<position]), hash: hash)
  }

  mutating func skipComment() {
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

  mutating func skipNumber() {
    while position < bytes.count {
      let next = bytes[position]
      let isPart =
        Self.isWord(next) || next == UInt8(ascii: ".")
        || (next == UInt8(ascii: "'") && Self.isWord(byte(position + 1)))
      if !isPart { return }
      position += 1
    }
  }

  /// Skips a literal. Outside functions and what a variable holds a text may be a name: `alias("target")`, `annotate("…")`.
  mutating func text(_ quote: UInt8) {
    let start = position + 1
    position += 1
    var isName = quote == UInt8(ascii: "\"")
    while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "\n") {
      if bytes[position] <= 32 || bytes[position] == UInt8(ascii: "\\") { isName = false }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = end + 1
    if isName, function == nil, braces == 0, end > start, end - start <= 64 {
      let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
      let hash = name.reduce(IdentifierTable.emptyHash, IdentifierTable.extend)
      note(table.number(of: name, hash: hash), isMember: false)
    }
    lastWord = -1
    lead = end
  }

  // MARK: Words and braces

  /// The last punctuator, opening parentheses left out, says that a member's name follows.
  func isMember(after lead: Int) -> Bool {
    guard lead > 0 else { return false }
    let before = bytes[lead - 1]
    switch bytes[lead] {
    case UInt8(ascii: "."): return before != bytes[lead]
    case UInt8(ascii: ">"): return before == UInt8(ascii: "-") && byte(max(0, lead - 2)) != before
    default: return false
    }
  }

  mutating func note(_ word: Int32, isMember: Bool) {
    if function != nil {
      while noted.count <= Int(word) {
        noted.append(0)
        notedPlain.append(0)
      }
      if !isMember { notedPlain[Int(word)] = item }
      guard noted[Int(word)] != item else { return }
      noted[Int(word)] = item
      function?.mentions.append(word)
    } else {
      statement.words.append(word)
      if !isMember { statement.plainWords.append(word) }
    }
  }

  mutating func word(_ word: Int32) {
    note(word, isMember: isMember(after: lead))
    let mayStore = isStored(lead: lead, end: position)
    lead = -1
    lastWord = word
    guard function == nil else {
      if mayStore { noteStore(word) } else { noteArgument(word) }
      return
    }
    if mayStore { statement.stores.append(word) }
    if statement.isType, braces > 0, byte(skippedBlanks(from: position)) != UInt8(ascii: "*") {
      statement.members.append(word)
    }
    statement.isEmpty = false
    if braces == 0 { statement.outerWords.append(word) }
    switch word {
    case words.typedef: statement.isTypedef = true
    case words.isStatic: statement.isStatic = true
    case words.external: statement.isExternal = true
    case words.structure, words.union, words.enumeration: statement.isType = true
    default: break
    }
  }

  mutating func punctuator(_ next: UInt8) {
    position += 1
    let before = lastWord
    lastWord = -1
    let previous = lead
    if next != UInt8(ascii: "(") { lead = position - 1 }
    switch next {
    case UInt8(ascii: "("):
      if before >= 0 { noteCall(before) }
      parentheses += 1
      if function != nil { callees.append(before) }
    case UInt8(ascii: ")"):
      parentheses = max(0, parentheses - 1)
      // `(struct record){ first, second }`
      if callees.popLast() == -1, byte(skippedBlanks(from: position)) == UInt8(ascii: "{") {
        function?.initializes = true
      }
    case UInt8(ascii: "{"):
      if previous >= 0, bytes[previous] == UInt8(ascii: "=") { function?.initializes = true }
      openBrace()
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

  mutating func noteCall(_ word: Int32) {
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

  mutating func noteStore(_ word: Int32) {
    while notedStore.count <= Int(word) { notedStore.append(0) }
    if notedStore[Int(word)] != item {
      notedStore[Int(word)] = item
      function?.stores.append(word)
    }
  }

  mutating func openBrace() {
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
        callees = []
        function = ScannedFile.Item(
          kind: .function, names: names, isStatic: statement.isStatic, mentions: [])
      }
    }
    braces += 1
  }

  mutating func closeBrace() {
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

  mutating func endFunction() {
    guard var done = function else { return }
    let plain = done.mentions.partition { notedPlain[Int($0)] != item }
    done.memberCount = done.mentions.count - plain
    file.items.append(done)
    function = nil
    braces = 0
    parentheses = 0
    statement = Statement()
    // The other arm of a condition may hold the same function's other body.
    lastCandidates = done.names
  }

  mutating func endStatement() {
    let done = statement
    statement = Statement()
    if done.isEmpty { return }
    if done.isType, !done.hasAssignment, !done.members.isEmpty {
      file.records.append(ScannedFile.Record(names: done.outerWords, members: Array(Set(done.members))))
    }
    if !done.isTypedef, !done.isExternal { file.variables += done.outerWords }
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
    guard done.hasAssignment || namesOther else {
      if first != nil, first == done.candidates.first { endMacroDeclaration(done) }
      return
    }
    outside.formUnion(done.words)
    outsidePlain.formUnion(done.plainWords)
    outsideStores.formUnion(done.stores)
    if done.hasAssignment { file.initialized += done.outerWords }
    outsideCalls.formUnion(done.calls)
  }
  private mutating func endMacroDeclaration(_ done: Statement) {
    let plain = Array(Set(done.plainWords))
    let others = Set(done.words).subtracting(plain)
    file.items.append(
      ScannedFile.Item(
        kind: .declaration, names: done.candidates, mentions: plain + others, memberCount: others.count,
        calls: done.calls, stores: done.stores))
  }
}
