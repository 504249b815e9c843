/// `API(int) name(int);`: declarations that macros make. Some only say something of a function, others define one.
struct MacroDeclarations {
  private var macros: [Int32: [ScannedFile.Item]] = [:]
  private var answers: [Int32: Bool] = [:]
  private let naming: Set<Int32>
  private let attributes: Set<Int32>

  init(_ files: [ScannedFile], _ names: inout IdentifierTable) {
    for file in files {
      for item in file.items where item.kind == .macro {
        for name in item.names { macros[name, default: []].append(item) }
      }
    }
    naming = ScanWords(&names).naming
    attributes = Set(["__attribute__", "__attribute", "__declspec"].map { names.number(of: $0) })
  }

  /// Nothing is used or defined by it.
  mutating func isOnlyDeclaration(_ item: ScannedFile.Item) -> Bool {
    guard let first = item.names.first, macros[first] != nil else { return false }
    for name in item.names where macros[name] != nil {
      if !onlyDeclares(name) { return false }
    }
    return true
  }

  /// - Parameter macro: one that these files define.
  private mutating func onlyDeclares(_ macro: Int32) -> Bool {
    if let known = answers[macro] { return known }
    // What calls itself is not expanded again.
    answers[macro] = true
    let answer = (macros[macro] ?? []).allSatisfy { onlyDeclares($0) }
    answers[macro] = answer
    return answer
  }

  private mutating func onlyDeclares(_ item: ScannedFile.Item) -> Bool {
    if item.makesCode || !item.pastes.isEmpty || item.mentions.contains(where: naming.contains) {
      return false
    }
    let isAttribute = item.mentions.contains(where: attributes.contains)
    for word in item.calls where macros[word] == nil && !isAttribute && !attributes.contains(word) {
      return false
    }
    for word in item.mentions where macros[word] != nil {
      if !onlyDeclares(word) { return false }
    }
    return true
  }
}
