/// What all sources of a program and the headers of its tree mention, by name. It answers where something may be
/// called, used or defined; never that it is not, unless no text could mean it.
struct TreeScan {
  /// Item `item` of file `file`.
  struct Place {
    let file: Int32
    private let bits: Int32

    init(file: Int32, item: Int32, isMember: Bool = false) {
      self.file = file
      bits = isMember ? ~item : item
    }

    var item: Int32 { bits < 0 ? ~bits : bits }
    /// The name stands there only behind a `.` or `->`.
    var isMember: Bool { bits < 0 }
  }

  private(set) var names = IdentifierTable()
  private(set) var files: [ScannedFile] = []
  /// By unit: its main file, and all files that it may include.
  private(set) var mainFiles: [Int] = []
  private(set) var includedFiles: [[Int]] = []
  /// By file.
  private(set) var unitsOfMain: [[Int]] = []
  private(set) var includers: [[Int]] = []
  /// By name: where it is mentioned, and where it may be defined.
  private var mentionStarts: [Int32] = []
  private var mentionPlaces: [Place] = []
  private var definitions: [Int32: [Place]] = [:]
  private(set) var macros: [Int32: [Place]] = [:]
  private var pastes: PastedNames?

  /// Units whose main file holds nothing or cannot be read.
  var unitsWithoutText: [Int] {
    mainFiles.indices.filter { files[mainFiles[$0]].byteCount == 0 }
  }

  init(_ units: [SourceUnit], jobs: Int) {
    var reader = TreeReader(jobs: jobs)
    reader.read(units)
    names = reader.names
    files = reader.files
    mainFiles = reader.mainFiles
    includedFiles = reader.includedFiles
    leaveOutDeclarations()
    index()
  }

  private mutating func leaveOutDeclarations() {
    var declarations = MacroDeclarations(files, &names)
    for index in files.indices where files[index].items.contains(where: { $0.kind == .declaration }) {
      files[index].items.removeAll { $0.kind == .declaration && declarations.isOnlyDeclaration($0) }
    }
  }

  private mutating func index() {
    unitsOfMain = Array(repeating: [], count: files.count)
    includers = Array(repeating: [], count: files.count)
    for (unit, file) in mainFiles.enumerated() where file >= 0 { unitsOfMain[file].append(unit) }
    for (unit, files) in includedFiles.enumerated() {
      for file in files { includers[file].append(unit) }
    }
    var counts = Array(repeating: Int32(0), count: names.count + 1)
    for file in files {
      for item in file.items {
        for word in item.mentions { counts[Int(word) + 1] += 1 }
      }
    }
    for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
    mentionStarts = counts
    mentionPlaces = Array(repeating: Place(file: 0, item: 0), count: Int(counts.last ?? 0))
    for (number, file) in files.enumerated() {
      for (index, item) in file.items.enumerated() {
        let place = Place(file: Int32(number), item: Int32(index))
        let asMember = Place(file: Int32(number), item: Int32(index), isMember: true)
        let plain = item.mentions.count - item.memberCount
        for (position, word) in item.mentions.enumerated() {
          mentionPlaces[Int(counts[Int(word)])] = position < plain ? place : asMember
          counts[Int(word)] += 1
        }
        switch item.kind {
        case .function: for name in item.names { definitions[name, default: []].append(place) }
        case .macro: for name in item.names { macros[name, default: []].append(place) }
        case .outside, .declaration: break
        }
      }
    }
  }

  subscript(place: Place) -> ScannedFile.Item { files[Int(place.file)].items[Int(place.item)] }

  func mentions(of name: Int32) -> ArraySlice<Place> {
    mentionPlaces[Int(mentionStarts[Int(name)])..<Int(mentionStarts[Int(name) + 1])]
  }

  /// Where the name may stand for a function or a macro: behind a `.` or `->` a function's name is a member's.
  func uses(of name: Int32) -> some Sequence<Place> {
    let isMacro = macros[name] != nil
    return mentions(of: name).lazy.filter { isMacro || !$0.isMember }
  }

  // MARK: Questions

  /// Names of which this is true.
  func names(where isWanted: (String) -> Bool) -> [Int32] {
    (0..<Int32(names.count)).filter { isWanted(names.text($0)) }
  }

  /// Units in whose text, macros and the inline functions of headers included, one of the functions may be used.
  func units(mentioning texts: some Sequence<String>) -> Set<Int> {
    units(mentioning: texts.compactMap { names.known($0) })
  }

  /// Units in whose text the variable or member stands. Of those that only use an inline function of a header that
  /// does, one is enough: they all hold the same function.
  func units(using text: String) -> Set<Int> {
    guard let name = names.known(text) else { return [] }
    var inlines: Set<Int32> = []
    var found = units(mentioning: [name], members: true, inlines: &inlines)
    for function in inlines {
      let users = units(mentioning: [function])
      if found.isDisjoint(with: users), let first = users.min() { found.insert(first) }
    }
    return found
  }

  func units(mentioning starts: [Int32]) -> Set<Int> {
    var wanted = Set(starts)
    var work = starts
    var found: Set<Int> = []
    while !work.isEmpty {
      var inlines: Set<Int32> = []
      found.formUnion(units(mentioning: work, members: false, inlines: &inlines))
      work = inlines.filter { wanted.insert($0).inserted }
    }
    return found
  }

  /// - Parameters:
  ///   - members: the names may be those of members.
  ///   - inlines: gets the functions of headers that each unit has for itself.
  private func units(mentioning starts: [Int32], members: Bool, inlines: inout Set<Int32>) -> Set<Int> {
    var wanted = Set(starts)
    var work = starts
    var found: Set<Int> = []
    func add(_ names: [Int32]) {
      for name in names where wanted.insert(name).inserted { work.append(name) }
    }
    while let name = work.popLast() {
      let places = mentions(of: name)
      for place in places where members || !place.isMember || macros[name] != nil {
        let item = self[place]
        let file = Int(place.file)
        switch item.kind {
        case .macro: add(item.names)
        case .function:
          found.formUnion(unitsOfMain[file])
          // What a header defines is there for whoever names it.
          if !includers[file].isEmpty {
            if item.isStatic { inlines.formUnion(item.names) } else { found.formUnion(includers[file]) }
          }
        case .outside, .declaration:
          found.formUnion(unitsOfMain[file])
          found.formUnion(includers[file])
        }
      }
    }
    return found
  }

  /// Units that may define the external function: not those that only hold an inline function of a header.
  func units(defining text: String) -> Set<Int> {
    guard let name = names.known(text) else { return [] }
    var found: Set<Int> = []
    for place in definitions[name] ?? [] where !self[place].isStatic {
      found.formUnion(unitsOfMain[Int(place.file)])
      found.formUnion(includers[Int(place.file)])
    }
    return found
  }

  func defines(_ text: String) -> Bool { !units(defining: text).isEmpty }

  /// Units in which one of the texts may come out of words that a macro pastes together.
  mutating func units(pasting texts: some Sequence<String>) -> Set<Int> {
    let pastes = pastes ?? PastedNames(self)
    self.pastes = pastes
    var found: Set<Int> = []
    for text in texts {
      for file in pastes.files(making: text, in: self) {
        found.formUnion(unitsOfMain[file])
        found.formUnion(includers[file])
      }
    }
    return found
  }

  /// Functions that may be executed when one of these is called, macros and pointers' names included; nil where they
  /// are more than `limit`.
  func closure(of text: String, limit: Int) -> Set<Int32>? {
    guard let start = names.known(text) else { return [] }
    var seen: Set<Int32> = [start]
    var functions: Set<Int32> = []
    var work = [start]
    while let name = work.popLast() {
      let places = (definitions[name] ?? []) + (macros[name] ?? [])
      if definitions[name] != nil {
        functions.insert(name)
        if functions.count > limit { return nil }
      }
      for place in places {
        let item = self[place]
        for word in item.mentions.dropLast(item.memberCount)
        where definitions[word] != nil || macros[word] != nil {
          if seen.insert(word).inserted { work.append(word) }
        }
        for word in item.mentions.suffix(item.memberCount) where macros[word] != nil {
          if seen.insert(word).inserted { work.append(word) }
        }
      }
    }
    return functions
  }

  /// The function, or one that it calls itself, is among these.
  func mayExec(_ text: String, executors: Set<Int32>) -> Bool {
    guard let name = names.known(text) else { return false }
    if executors.contains(name) { return true }
    return (definitions[name] ?? []).contains { self[$0].mentions.contains(where: executors.contains) }
  }

  /// Units that include or hold a text with the word, wherever it stands.
  func unitsNear(_ text: String) -> Set<Int> {
    guard let name = names.known(text) else { return [] }
    var found: Set<Int> = []
    for place in mentions(of: name) {
      found.formUnion(unitsOfMain[Int(place.file)])
      found.formUnion(includers[Int(place.file)])
    }
    return found
  }

  /// Units that call, as far as words tell, what no file of the tree defines and nobody knows.
  func unitsCallingUnknown(_ isKnown: (String) -> Bool) -> Set<Int> {
    var answers: [Int32: Bool] = [:]
    func isUnknown(_ name: Int32) -> Bool {
      if let known = answers[name] { return known }
      let answer =
        definitions[name] == nil && macros[name] == nil && !isKnown(names.text(name))
        && !CWords.all.contains(names.text(name))
      answers[name] = answer
      return answer
    }
    var found: Set<Int> = []
    for (number, file) in files.enumerated() {
      let calls = file.items.contains { item in item.calls.contains(where: isUnknown) }
      guard calls else { continue }
      found.formUnion(unitsOfMain[number])
      found.formUnion(includers[number])
    }
    return found
  }

  /// Units with functions up to so many levels above one in whose text one of the words stands, and those on the way.
  func units(above text: String, levels: Int, mentioning wanted: [Int32]) -> Set<Int> {
    guard let start = names.known(text) else { return [] }
    let holders = functions(mentioning: wanted)
    var via: [Int32: Int32] = [start: start]
    var places: [Int32: [Place]] = [:]
    var level: Set<Int32> = [start]
    var reached: Set<Int32> = []
    for _ in 0..<levels {
      var next: Set<Int32> = []
      var work = Array(level)
      while let name = work.popLast() {
        for place in uses(of: name) {
          let item = self[place]
          for caller in item.names where via[caller] == nil {
            via[caller] = name
            // A macro is no level of its own.
            if item.kind == .macro { work.append(caller) }
            if item.kind == .function {
              next.insert(caller)
              places[caller, default: []].append(place)
              if holders.contains(caller) { reached.insert(caller) }
            }
          }
        }
      }
      level = next
    }
    var found: Set<Int> = []
    for name in reached {
      var current = name
      while current != start {
        for place in places[current] ?? [] {
          found.formUnion(unitsOfMain[Int(place.file)])
          if unitsOfMain[Int(place.file)].isEmpty, !self[place].isStatic {
            found.formUnion(includers[Int(place.file)])
          }
        }
        current = via[current] ?? start
      }
    }
    return found
  }

  /// Functions in whose text one of the names stands, directly or by way of macros.
  func functions(mentioning starts: [Int32]) -> Set<Int32> {
    var work = starts
    var wanted = Set(work)
    var found: Set<Int32> = []
    while let name = work.popLast() {
      for place in uses(of: name) {
        let item = self[place]
        switch item.kind {
        case .macro: for name in item.names where wanted.insert(name).inserted { work.append(name) }
        case .function: found.formUnion(item.names)
        case .outside, .declaration: break
        }
      }
    }
    return found
  }
}
