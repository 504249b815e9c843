import Yams

/// What one catalogue file says, in its order; a function may occur more than once.
struct CatalogueFile {
  struct Place: Hashable {
    var file: String
    var line: Int
    var column: Int
  }

  struct Statement {
    var stated: StatedEntry
    var places: [Property: Place] = [:]

    mutating func state(_ property: Property, at place: Place) {
      stated.state(property)
      places[property] = place
    }
  }

  var statements: [Statement] = []
  var patterns: [NamePattern] = []
  var entryLocks: [EntryLock] = []
  var contracts = ContractMarks()

  /// Reads the text of a file; `path` is for errors.
  init(text: String, path: String) throws(CatalogueError) {
    let yaml = YAMLText(file: path)
    guard let root = try yaml.root(of: text) else { return }
    let keys = [
      "source", "platform", "check", "families", "lists", "groups", "functions", "patterns", "entry-locks",
      "contracts",
    ]
    let top = try yaml.pairs(root, "a catalogue file", keys: keys)
    var reader = EntryReader(yaml: yaml)
    if let node = top["source"] { reader.source = try yaml.string(node, "source") }
    if let node = top["platform"] { reader.platforms = try reader.readPlatforms(node) }
    if let node = top["check"] { reader.check = (try yaml.string(node, "check"), reader.place(node)) }
    if let node = top["families"] {
      reader.families = (try yaml.strings(node, "families"), reader.place(node))
    }
    if let node = top["lists"] {
      for list in try yaml.list(node, "lists") { try readList(list, reader) }
    }
    if let node = top["groups"] {
      for group in try yaml.list(node, "groups") { try readGroup(group, reader) }
    }
    if let node = top["functions"] {
      for (key, name, value) in try yaml.pairs(node, "functions") {
        statements.append(try reader.statement(name: name, key: key, properties: value))
      }
    }
    if let node = top["entry-locks"] {
      for lock in try yaml.list(node, "entry-locks") { entryLocks.append(try reader.entryLock(lock)) }
    }
    if let node = top["patterns"] {
      for pattern in try yaml.list(node, "patterns") { try readPattern(pattern, yaml) }
    }
    if let node = top["contracts"] { contracts = try readContracts(node, yaml) }
  }

  /// `{annotations: [async-signal-safe], macros: [_GL_ASYNC_SAFE]}`
  private func readContracts(_ node: Node, _ yaml: YAMLText) throws(CatalogueError) -> ContractMarks {
    let pairs = try yaml.pairs(node, "contracts", keys: ["annotations", "macros"])
    var marks = ContractMarks()
    if let node = pairs["annotations"] { marks.annotations = Set(try yaml.strings(node, "annotations")) }
    if let node = pairs["macros"] { marks.macros = Set(try yaml.strings(node, "macros")) }
    return marks
  }

  /// `{platform, source, preliminary, since, safe: [names], unsafe: {reasons: [names]}}`
  private mutating func readList(_ node: Node, _ reader: EntryReader) throws(CatalogueError) {
    let yaml = reader.yaml
    let keys = ["platform", "source", "preliminary", "since", "safe", "unsafe"]
    let list = try yaml.pairs(node, "a list", keys: keys)
    let platforms = try list["platform"].map { node throws(CatalogueError) in try reader.readPlatforms(node) }
    let source = try list["source"].map { node throws(CatalogueError) in try yaml.string(node, "source") }
    guard let platforms = platforms ?? reader.platforms else {
      throw yaml.failure(node, "a list lacks 'platform', and the file has no default for it")
    }
    guard let source = source ?? reader.source else {
      throw yaml.failure(node, "a list lacks 'source', and the file has no default for it")
    }
    var isPreliminary = false
    if let node = list["preliminary"] { isPreliminary = try yaml.bool(node, "preliminary") }
    var since: String?
    if let node = list["since"] { since = try yaml.string(node, "since") }

    func add(_ names: Node, isSafe: Bool, reasons: [String]) throws(CatalogueError) {
      for item in try yaml.list(names, "a list of names") {
        let name = try reader.name(item, text: try yaml.string(item, "a name"))
        var statement = Statement(stated: StatedEntry(name: name))
        statement.stated.entry.remarks = platforms.map {
          SafetyRemark(
            platform: $0, isSafe: isSafe, reasons: reasons, since: since, isPreliminary: isPreliminary,
            source: source)
        }
        statement.state(.remarks, at: reader.place(item))
        statements.append(statement)
      }
    }
    if let safe = list["safe"] { try add(safe, isSafe: true, reasons: []) }
    if let unsafe = list["unsafe"] {
      for (_, reasons, names) in try yaml.pairs(unsafe, "unsafe") {
        try add(names, isSafe: false, reasons: reasons.split(separator: " ").map(String.init))
      }
    }
  }

  /// `{names: [a, b], property: value …}`
  private mutating func readGroup(_ node: Node, _ reader: EntryReader) throws(CatalogueError) {
    let yaml = reader.yaml
    guard let mapping = node.mapping, let names = mapping["names"] else {
      throw yaml.failure(node, "a group lacks 'names'")
    }
    for item in try yaml.list(names, "names") {
      let name = try yaml.string(item, "a name")
      statements.append(try reader.statement(name: name, key: item, properties: node, except: "names"))
    }
  }

  private mutating func readPattern(_ node: Node, _ yaml: YAMLText) throws(CatalogueError) {
    let pairs = try yaml.pairs(node, "a pattern", keys: ["prefix", "suffix"])
    var pattern = NamePattern(prefix: "", suffix: "")
    if let node = pairs["prefix"] { pattern.prefix = try yaml.string(node, "prefix") }
    if let node = pairs["suffix"] { pattern.suffix = try yaml.string(node, "suffix") }
    guard !pattern.prefix.isEmpty || !pattern.suffix.isEmpty else {
      throw yaml.failure(node, "a pattern needs a 'prefix' or a 'suffix'")
    }
    patterns.append(pattern)
  }
}

/// What marks a function, at one of its declarations, as one that a child may call.
public struct ContractMarks: Hashable, Sendable {
  /// Texts of `__attribute__((annotate("…")))`.
  public var annotations: Set<String> = []
  /// Macros that may expand to nothing.
  public var macros: Set<String> = []

  mutating func formUnion(_ other: ContractMarks) {
    annotations.formUnion(other.annotations)
    macros.formUnion(other.macros)
  }
}

/// Names that stand for the catalogue's function inside them: `__builtin_memcpy` for `memcpy`.
public struct NamePattern: Hashable, Sendable {
  public var prefix: String
  public var suffix: String

  public init(prefix: String, suffix: String) {
    self.prefix = prefix
    self.suffix = suffix
  }

  /// What is left of the name; nil where the pattern does not fit.
  public func base(of name: String) -> String? {
    guard name.utf8.count > prefix.utf8.count + suffix.utf8.count, name.hasPrefix(prefix),
      name.hasSuffix(suffix)
    else { return nil }
    return String(name.dropFirst(prefix.count).dropLast(suffix.count))
  }
}
