import Yams

/// What a catalogue says of repairs.
extension EntryReader {
  /// `{name: pipe2, arguments: [O_CLOEXEC], platforms: [glibc]}`
  func replacement(_ node: Node) throws(CatalogueError) -> Replacement {
    let pairs = try yaml.pairs(
      node, "a fix", keys: ["name", "arguments", "platforms"], required: ["name"])
    var replacement = Replacement(name: "")
    if let node = pairs["name"] { replacement.name = try name(node, text: try yaml.string(node, "name")) }
    if let node = pairs["arguments"] {
      for word in try yaml.strings(node, "arguments") {
        replacement.moreArguments.append(try name(node, text: word))
      }
    }
    if let node = pairs["platforms"] { replacement.platforms = try readPlatforms(node) }
    return replacement
  }

  /// `true`, `{argument: 0, is: stderr}`
  func unbuffered(_ node: Node) throws(CatalogueError) -> Unbuffered? {
    guard node.mapping != nil else { return try yaml.bool(node, "unbuffered") ? .always : nil }
    let pairs = try yaml.pairs(node, "unbuffered", keys: ["argument", "is"], required: ["argument", "is"])
    var index = 0
    var names: [String] = []
    if let node = pairs["argument"] { index = try yaml.index(node, "argument") }
    if let node = pairs["is"] {
      for item in yaml.oneOrMore(node) { names.append(try name(item, text: try yaml.string(item, "is"))) }
    }
    return .argument(index, is: names)
  }
}
