import Yams

/// Typed access to the nodes of one YAML text; every mistake becomes an error with its place.
package struct YAMLText {
  /// The path used in errors.
  package let file: String

  package init(file: String) {
    self.file = file
  }

  package func root(of text: String) throws(CatalogueError) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw failure(error, in: text)
    } catch {
      throw CatalogueError(file: file, line: 0, column: 0, message: "\(error)")
    }
  }

  package func failure(_ node: Node, _ message: String) -> CatalogueError {
    CatalogueError(
      file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
  }

  /// The pairs of a mapping whose keys are free; `what` names the node in errors.
  package func pairs(_ node: Node, _ what: String) throws(CatalogueError) -> [(
    key: Node, name: String, value: Node
  )] {
    guard let mapping = node.mapping else { throw wrongType(node, what, expected: "a mapping") }
    var result: [(key: Node, name: String, value: Node)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw failure(key, "a key must be a plain word") }
      result.append((key, name, value))
    }
    return result
  }

  /// The pairs of a mapping whose keys are known.
  package func pairs(
    _ node: Node, _ what: String, keys: [String], required: [String] = []
  ) throws(CatalogueError) -> [String: Node] {
    var result: [String: Node] = [:]
    for (key, name, value) in try pairs(node, what) {
      guard keys.contains(name) else {
        let hint = Spelling.hint(for: name, among: keys)
        throw failure(key, "unknown key '\(name)' in \(what)\(hint)")
      }
      result[name] = value
    }
    for name in required where result[name] == nil {
      throw failure(node, "\(what) lacks '\(name)'")
    }
    return result
  }

  package func string(_ node: Node, _ what: String) throws(CatalogueError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, !isNull(node) else {
      throw wrongType(node, what, expected: "a text")
    }
    return text
  }

  package func bool(_ node: Node, _ what: String) throws(CatalogueError) -> Bool {
    guard node.scalar != nil, let value = node.bool else {
      throw wrongType(node, what, expected: "true or false")
    }
    return value
  }

  /// A number, or `min`/`max` for the ends of what 64 bits hold.
  package func integer(_ node: Node, _ what: String) throws(CatalogueError) -> Int64 {
    switch node.scalar?.string {
    case "min": return .min
    case "max": return .max
    default: break
    }
    guard node.scalar != nil, let value = node.int else {
      throw wrongType(node, what, expected: "a whole number")
    }
    return Int64(value)
  }

  /// An argument's index, counted from 0.
  func index(_ node: Node, _ what: String) throws(CatalogueError) -> Int {
    let value = try integer(node, what)
    guard (0...255).contains(value) else {
      throw failure(node, "\(what) must be an argument's index, counted from 0")
    }
    return Int(value)
  }

  package func list(_ node: Node, _ what: String) throws(CatalogueError) -> [Node] {
    guard let sequence = node.sequence else { throw wrongType(node, what, expected: "a list") }
    return Array(sequence)
  }

  /// A list, or one thing that stands for a list of itself.
  package func oneOrMore(_ node: Node) -> [Node] {
    node.sequence.map(Array.init) ?? [node]
  }

  package func strings(_ node: Node, _ what: String) throws(CatalogueError) -> [String] {
    var result: [String] = []
    for item in oneOrMore(node) { result.append(try string(item, what)) }
    return result
  }

  func indices(_ node: Node, _ what: String) throws(CatalogueError) -> [Int] {
    var result: [Int] = []
    for item in oneOrMore(node) { result.append(try index(item, what)) }
    return result
  }

  package func integers(_ node: Node, _ what: String) throws(CatalogueError) -> [Int64] {
    var result: [Int64] = []
    for item in oneOrMore(node) { result.append(try integer(item, what)) }
    return result
  }

  package func choice<Value: RawRepresentable & CaseIterable>(
    _ node: Node, _ what: String, as type: Value.Type
  ) throws(CatalogueError) -> Value where Value.RawValue == String {
    let text = try string(node, what)
    guard let value = Value(rawValue: text) else {
      let names = Value.allCases.map(\.rawValue)
      let known = names.joined(separator: ", ")
      throw failure(
        node, "unknown \(what) '\(text)'\(Spelling.hint(for: text, among: names)) (known: \(known))")
    }
    return value
  }

  package func isNull(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  package func wrongType(_ node: Node, _ what: String, expected: String) -> CatalogueError {
    let found =
      switch node {
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .scalar(let scalar): isNull(node) ? "nothing" : "'\(scalar.string)'"
      case .alias: "an alias"
      }
    return failure(node, "\(what) must be \(expected), not \(found)")
  }

  private func failure(_ error: YamlError, in text: String) -> CatalogueError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return CatalogueError(file: file, line: mark.line, column: mark.column, message: problem)
    case .duplicatedKeysInMapping(let names, let context):
      // The parser knows where the mapping starts; the user wants the second of the two keys.
      let name = names.sorted().first ?? ""
      let place = Self.secondKey(name, in: text, from: context.mark.line)
      return CatalogueError(
        file: file, line: place?.line ?? context.mark.line, column: place?.column ?? context.mark.column,
        message: "duplicate key '\(name)'")
    case .reader(let problem, let offset, _, _):
      let before = text.utf8.prefix(offset ?? 0)
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      return CatalogueError(file: file, line: line, column: 1, message: problem)
    default:
      return CatalogueError(file: file, line: 0, column: 0, message: "\(error)")
    }
  }

  /// Where `name:` starts a line for the second time with the indentation of the first.
  private static func secondKey(
    _ name: String, in text: String, from line: Int
  ) -> (line: Int, column: Int)? {
    var indentation: Int?
    for (number, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where number + 1 >= line {
      let trimmed = content.drop { $0 == " " }
      // A line further left ends the mapping in which the first one stands.
      if let indentation, !trimmed.isEmpty, content.count - trimmed.count < indentation { return nil }
      guard trimmed.hasPrefix(name), trimmed.dropFirst(name.count).drop(while: { $0 == " " }).hasPrefix(":")
      else { continue }
      let column = content.count - trimmed.count
      if let indentation, indentation == column { return (number + 1, column + 1) }
      indentation = indentation ?? column
    }
    return nil
  }
}
