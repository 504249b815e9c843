import Catalogue
import Reports
import Yams

/// Reads a configuration file into the built-in configuration.
struct ConfigurationReader {
  private let yaml: YAMLText
  private let path: String
  private let knownChecks: [String]
  private var configuration: Configuration
  /// Where the keys of the file's top stand.
  private var lines: [String: Int] = [:]

  /// - Parameters:
  ///   - path: as it is shown, and opened from the working directory.
  ///   - knownChecks: ids of all checks.
  static func read(
    _ text: String, path: String, knownChecks: [String], workingDirectory: String
  ) throws(CatalogueError) -> Configuration {
    var reader = ConfigurationReader(path, knownChecks, workingDirectory)
    if let root = try reader.yaml.root(of: text) { try reader.read(root) }
    return reader.configuration
  }

  private init(_ path: String, _ knownChecks: [String], _ workingDirectory: String) {
    yaml = YAMLText(file: path)
    self.path = path
    self.knownChecks = knownChecks
    configuration = Configuration(workingDirectory: workingDirectory)
    configuration.path = path
    let full = configuration.tree.absolute(path)
    configuration.tree = SourceTree(
      root: String(full.prefix(upTo: full.lastIndex(of: "/") ?? full.startIndex)),
      workingDirectory: workingDirectory)
  }

  private mutating func read(_ root: Node) throws(CatalogueError) {
    // A file that holds nothing but comments.
    if yaml.isNull(root) { return }
    let values = try section(root, "a configuration file", ConfigurationKey.all)
    for (key, name, _) in try yaml.pairs(root, "a configuration file") { lines[name] = key.mark?.line }
    if let node = values["platform"] {
      configuration.platform.set(
        try yaml.choice(node, "platform", as: Platform.self), from: origin("platform"))
    }
    if let node = values["threads"] {
      configuration.threads.set(
        try yaml.choice(node, "threads", as: ThreadsOption.self), from: origin("threads"))
    }
    if let node = values["workers"] {
      configuration.workers.set(
        try yaml.choice(node, "workers", as: WorkersOption.self), from: origin("workers"))
    }
    if let node = values["fail-on"] {
      configuration.failOn.set(try yaml.choice(node, "fail-on", as: FailOn.self), from: origin("fail-on"))
    }
    try readFiles(values)
    try readChecks(values)
    try readVariants(values)
    if let node = values["suppressions"] {
      let keys = try subsection(node, "suppressions")
      if let node = keys["require-reason"] {
        configuration.requireReason.set(try yaml.bool(node, "require-reason"), from: origin(node))
      }
    }
    if let node = values["limits"] {
      let keys = try subsection(node, "limits")
      if let node = keys["effort"] {
        configuration.effort.set(try limit(node, "effort", 1...100), from: origin(node))
      }
      if let node = keys["seconds"] {
        configuration.seconds.set(try limit(node, "seconds", 1...1_000_000), from: origin(node))
      }
      if let node = keys["megabytes"] {
        configuration.megabytes.set(try limit(node, "megabytes", 256...1_000_000), from: origin(node))
      }
    }
  }

  private func limit(_ node: Node, _ key: String, _ range: ClosedRange<Int64>) throws(CatalogueError) -> Int {
    let value = try yaml.integer(node, key)
    guard range.contains(value) else {
      throw yaml.failure(node, "\(key) must be \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(value)
  }

  private mutating func readFiles(_ values: [String: Node]) throws(CatalogueError) {
    if let node = values["catalogues"] {
      configuration.catalogues.set(
        try texts(node, "catalogues").map(opened), from: origin("catalogues"))
    }
    if let node = values["contracts"] {
      let patterns = try texts(node, "contracts")
      guard !patterns.contains("") else { throw yaml.failure(node, "a contract needs a name or a pattern") }
      configuration.contracts.set(patterns, from: origin("contracts"))
    }
    if let node = values["build-directory"] {
      configuration.buildDirectory.set(
        opened(try yaml.string(node, "build-directory")), from: origin("build-directory"))
    }
    if let node = values["baseline"] {
      configuration.baseline.set(opened(try yaml.string(node, "baseline")), from: origin("baseline"))
    }
    if let node = values["flags"] {
      configuration.flags.set(try texts(node, "flags"), from: origin("flags"))
    }
    if let node = values["exclude"] {
      configuration.exclude.set(try texts(node, "exclude").map(PathPattern.init), from: origin("exclude"))
    }
  }

  private mutating func readChecks(_ values: [String: Node]) throws(CatalogueError) {
    if let node = values["checks"] { configuration.checks += try rules(node, paths: []) }
    guard let node = values["overrides"] else { return }
    for item in try yaml.list(node, "overrides") {
      let keys = try self.item(item, of: "overrides")
      guard let paths = keys["paths"], let checks = keys["checks"] else { continue }
      let patterns = try texts(paths, "paths").map(PathPattern.init)
      guard !patterns.isEmpty else { throw yaml.failure(paths, "paths must name some files") }
      configuration.checks += try rules(checks, paths: patterns)
    }
  }

  private func rules(_ node: Node, paths: [PathPattern]) throws(CatalogueError) -> [CheckRule] {
    var rules: [CheckRule] = []
    for (key, name, value) in try yaml.pairs(node, "checks") {
      guard knownChecks.contains(where: { Glob(name).matches($0) }) else {
        let hint = NearestName.to(name, among: knownChecks).map { "; did you mean '\($0)'?" } ?? ""
        throw yaml.failure(key, "unknown check '\(name)'\(hint)")
      }
      // YAML takes a plain `off` for false; the text is what the user wrote.
      let ruling = try yaml.choice(value, "level", as: CheckRuling.self)
      rules.append(CheckRule(check: name, ruling: ruling, paths: paths, origin: origin(key)))
    }
    return rules
  }

  private mutating func readVariants(_ values: [String: Node]) throws(CatalogueError) {
    guard let node = values["variants"] else { return }
    var variants: [Variant] = []
    for item in try yaml.list(node, "variants") {
      let keys = try self.item(item, of: "variants")
      guard let name = keys["name"], let flags = keys["flags"] else { continue }
      let variant = Variant(name: try yaml.string(name, "name"), flags: try texts(flags, "flags"))
      guard !variants.contains(where: { $0.name == variant.name }) else {
        throw yaml.failure(name, "there are two variants '\(variant.name)'")
      }
      variants.append(variant)
    }
    configuration.variants.set(variants, from: origin("variants"))
  }

  // MARK: Parts

  private func section(
    _ node: Node, _ what: String, _ keys: [ConfigurationKey], required: [String] = []
  ) throws(CatalogueError) -> [String: Node] {
    try yaml.pairs(node, what, keys: keys.map(\.name), required: required)
  }

  private func subsection(_ node: Node, _ name: String) throws(CatalogueError) -> [String: Node] {
    guard case .section(let keys) = ConfigurationKey.all.first(where: { $0.name == name })?.kind else {
      return [:]
    }
    return try section(node, name, keys)
  }

  private func item(_ node: Node, of name: String) throws(CatalogueError) -> [String: Node] {
    guard case .list(let keys, let required) = ConfigurationKey.all.first(where: { $0.name == name })?.kind
    else { return [:] }
    return try section(node, "an item of \(name)", keys, required: required)
  }

  private func texts(_ node: Node, _ what: String) throws(CatalogueError) -> [String] {
    var texts: [String] = []
    for item in try yaml.list(node, what) { texts.append(try yaml.string(item, "an item of \(what)")) }
    return texts
  }

  private func origin(_ node: Node) -> Origin { .file(path, line: node.mark?.line ?? 0) }

  /// Of a key at the top.
  private func origin(_ name: String) -> Origin { .file(path, line: lines[name] ?? 0) }

  /// A path of the file as it is opened from the working directory.
  private func opened(_ name: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }
}
