import Yams

/// Reads the properties of entries from YAML, with the defaults of their file.
struct EntryReader {
  let yaml: YAMLText
  var source: String?
  var platforms: [Platform]?
  var check: (String, CatalogueFile.Place)?
  var families: ([String], CatalogueFile.Place)?

  init(yaml: YAMLText) {
    self.yaml = yaml
  }

  func place(_ node: Node) -> CatalogueFile.Place {
    CatalogueFile.Place(file: yaml.file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
  }

  /// A name as the linker knows it.
  func name(_ node: Node, text: String) throws(CatalogueError) -> String {
    let isWord = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    guard isWord, text.utf8.first.map({ !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true
    else { throw yaml.failure(node, "'\(text)' is not the name of a function") }
    return text
  }

  func readPlatforms(_ node: Node) throws(CatalogueError) -> [Platform] {
    var result: [Platform] = []
    for item in yaml.oneOrMore(node) { result.append(try yaml.choice(item, "platform", as: Platform.self)) }
    return result
  }

  /// One entry: its name and a mapping of properties (or nothing).
  func statement(
    name: String, key: Node, properties: Node, except ignored: String? = nil
  ) throws(CatalogueError) -> CatalogueFile.Statement {
    var statement = CatalogueFile.Statement(stated: StatedEntry(name: try self.name(key, text: name)))
    if !yaml.isNull(properties) {
      for (keyNode, keyName, value) in try yaml.pairs(properties, "the entry of \(name)")
      where keyName != ignored {
        guard let property = Property(rawValue: keyName) else {
          let hint = Spelling.hint(for: keyName, among: Property.allCases.map(\.rawValue))
          throw yaml.failure(keyNode, "unknown property '\(keyName)' of \(name)\(hint)")
        }
        try set(property, from: value, in: &statement.stated.entry)
        statement.state(property, at: place(keyNode))
      }
    }
    let isAlias = statement.stated.entry.shownAs != nil
    if !isAlias, let (text, place) = check, !statement.stated.stated.contains(.check) {
      statement.stated.entry.check = text
      statement.state(.check, at: place)
    }
    if !isAlias, let (names, place) = families {
      statement.stated.entry.families += names.filter { !statement.stated.entry.families.contains($0) }
      statement.state(.families, at: statement.places[.families] ?? place)
    }
    return statement
  }

  private func set(_ property: Property, from node: Node, in entry: inout Entry) throws(CatalogueError) {
    let what = property.rawValue
    switch property {
    case .shownAs: entry.shownAs = try name(node, text: try yaml.string(node, what))
    case .remarks:
      for item in yaml.oneOrMore(node) { entry.remarks += try remarks(item) }
    case .certainty: entry.certainties = try certainties(node)
    case .check: entry.check = try yaml.string(node, what)
    case .families: entry.families = try yaml.strings(node, what)
    case .keepsUserState: entry.keepsUserState = try yaml.bool(node, what)
    case .instead: entry.instead = try yaml.string(node, what)
    case .fix: entry.fix = try replacement(node)
    case .unbuffered: entry.unbuffered = try unbuffered(node)
    case .contract: entry.isContract = try yaml.bool(node, what)
    case .spawns:
      for item in yaml.oneOrMore(node) { entry.spawns.append(try spawn(item)) }
    case .ends: entry.end = try yaml.choice(node, "end", as: EndEffect.self)
    case .endsWhen:
      for item in yaml.oneOrMore(node) { entry.conditionalEnds.append(try conditionalEnd(item)) }
    case .returns: entry.returns = try returns(node)
    case .setjmp: entry.isSetjmp = try yaml.bool(node, what)
    case .writes: entry.writes = try yaml.indices(node, what)
    case .writesFrom: entry.writesFrom = try yaml.index(node, what)
    case .retains: entry.retains = try yaml.bool(node, what)
    case .calls: entry.calls = try yaml.indices(node, what)
    case .childEntries:
      for item in yaml.oneOrMore(node) { entry.childEntries.append(try childEntry(item)) }
    case .createsThreads: entry.createsThreads = try yaml.bool(node, what)
    case .locks:
      for item in yaml.oneOrMore(node) { entry.locks.append(try lock(item)) }
    case .signals:
      for item in yaml.oneOrMore(node) { entry.signals.append(try signal(item)) }
    case .descriptors:
      for item in yaml.oneOrMore(node) { entry.descriptors += try descriptors(item) }
    case .forkProtocol: entry.forkProtocol = try protocolStep(node)
    case .requires: entry.requirement = try requirement(node)
    case .parameters: entry.parameters = try parameters(node)
    }
  }

  private func parameters(_ node: Node) throws(CatalogueError) -> [ParameterKind] {
    var kinds: [ParameterKind] = []
    for item in yaml.oneOrMore(node) {
      if kinds.last == .more { throw yaml.failure(item, "nothing comes after 'more'") }
      kinds.append(try yaml.choice(item, "parameter", as: ParameterKind.self))
    }
    return kinds
  }

  func source(_ node: Node?, for parent: Node, _ what: String) throws(CatalogueError) -> String {
    if let node { return try yaml.string(node, "source") }
    if let source { return source }
    throw yaml.failure(parent, "\(what) lacks 'source', and the file has no default for it")
  }

  private func remarks(_ node: Node) throws(CatalogueError) -> [SafetyRemark] {
    let keys = ["platform", "safe", "reasons", "since", "preliminary", "source"]
    let pairs = try yaml.pairs(node, "a remark", keys: keys, required: ["safe"])
    var remark = SafetyRemark(platform: .glibc, isSafe: false, reasons: [], since: nil, source: "")
    if let node = pairs["safe"] { remark.isSafe = try yaml.bool(node, "safe") }
    if let node = pairs["reasons"] { remark.reasons = try yaml.strings(node, "reasons") }
    if let node = pairs["since"] { remark.since = try yaml.string(node, "since") }
    if let node = pairs["preliminary"] { remark.isPreliminary = try yaml.bool(node, "preliminary") }
    remark.source = try source(pairs["source"], for: node, "a remark")
    var platforms = self.platforms
    if let node = pairs["platform"] { platforms = try readPlatforms(node) }
    guard let platforms else {
      throw yaml.failure(node, "a remark lacks 'platform', and the file has no default for it")
    }
    return platforms.map {
      var copy = remark
      copy.platform = $0
      return copy
    }
  }

  /// `{fork: {is: harmful, because: …}, vfork: [{…}, {…}]}`
  private func certainties(_ node: Node) throws(CatalogueError) -> [CertaintyRule] {
    var rules: [CertaintyRule] = []
    let contexts = ChildContext.allCases.map(\.rawValue)
    for (keyNode, name, value) in try yaml.pairs(node, "certainty") {
      guard let context = ChildContext(rawValue: name) else {
        let known = contexts.joined(separator: ", ")
        let hint = Spelling.hint(for: name, among: contexts)
        throw yaml.failure(keyNode, "unknown context '\(name)'\(hint) (known: \(known))")
      }
      for item in yaml.oneOrMore(value) { rules.append(try rule(item, context)) }
    }
    return rules
  }

  private func rule(_ node: Node, _ context: ChildContext) throws(CatalogueError) -> CertaintyRule {
    let keys = ["is", "because", "source", "check", "platforms", "instead"]
    let pairs = try yaml.pairs(node, "a certainty rule", keys: keys)
    guard let certainty = pairs["is"], let because = pairs["because"] else {
      throw yaml.failure(node, "a certainty rule lacks '\(pairs["is"] == nil ? "is" : "because")'")
    }
    return CertaintyRule(
      context: context, certainty: try yaml.choice(certainty, "certainty", as: Certainty.self),
      because: try yaml.string(because, "because"),
      source: try source(pairs["source"], for: node, "a certainty rule"),
      check: try pairs["check"].map { node throws(CatalogueError) in try yaml.string(node, "check") },
      platforms: try pairs["platforms"].map { node throws(CatalogueError) in try readPlatforms(node) } ?? [],
      instead: try pairs["instead"].map { node throws(CatalogueError) in try yaml.string(node, "instead") })
  }
}
