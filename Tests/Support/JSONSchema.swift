import Foundation

/// Validates JSON against a schema: the keywords of drafts 4 and 7 that the schemas of the tests use. Another keyword is an
/// error, so that none is passed over in silence.
public struct JSONSchema {
  public struct Unsupported: Error, CustomStringConvertible {
    public var description: String
  }

  private let root: [String: Any]

  private static let annotations: Set<String> = [
    "$schema", "$id", "id", "title", "description", "default", "definitions", "$comment", "examples",
  ]

  public init(_ text: String) throws {
    guard let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
      throw Unsupported(description: "the schema is no object")
    }
    self.root = root
  }

  /// What is wrong, one line each: `runs[0].tool: lacks 'driver'`.
  public func mistakes(in text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    return try mistakes(of: value, root, "")
  }

  public func mistakes(of value: Any) throws -> [String] { try mistakes(of: value, root, "") }

  private func mistakes(of value: Any, _ schema: [String: Any], _ path: String) throws -> [String] {
    if let reference = schema["$ref"] as? String {
      return try mistakes(of: value, resolve(reference), path)
    }
    var found: [String] = []
    func report(_ text: String) { found.append("\(path.isEmpty ? "." : path): \(text)") }
    for (keyword, argument) in schema.sorted(by: { $0.key < $1.key }) {
      switch keyword {
      case "type":
        let names = (argument as? [String]) ?? [(argument as? String) ?? ""]
        if !names.contains(where: { Self.isType(value, $0) }) {
          report("is no \(names.joined(separator: " or "))")
        }
      case "enum":
        let all = argument as? [Any] ?? []
        if !all.contains(where: { Self.isEqual($0, value) }) { report("'\(value)' is none of \(all)") }
      case "const":
        if !Self.isEqual(argument, value) { report("is not '\(argument)'") }
      case "minLength":
        if let text = value as? String, text.count < argument as? Int ?? 0 { report("is too short") }
      case "pattern":
        if let text = value as? String, let pattern = argument as? String,
          text.range(of: pattern, options: .regularExpression) == nil
        {
          report("'\(text)' does not match \(pattern)")
        }
      case "format": if let text = value as? String { found += Self.format(argument, text, path) }
      case "minimum":
        if let number = Self.number(value), number < Self.number(argument) ?? 0 { report("is too small") }
      case "maximum":
        if let number = Self.number(value), number > Self.number(argument) ?? 0 { report("is too large") }
      case "required":
        guard let object = value as? [String: Any] else { break }
        for name in argument as? [String] ?? [] where object[name] == nil { report("lacks '\(name)'") }
      case "properties", "patternProperties", "additionalProperties": break
      case "items":
        guard let list = value as? [Any], let schema = argument as? [String: Any] else { break }
        for (index, item) in list.enumerated() {
          found += try mistakes(of: item, schema, "\(path)[\(index)]")
        }
      case "minItems":
        if let list = value as? [Any], list.count < argument as? Int ?? 0 { report("has too few items") }
      case "uniqueItems":
        if argument as? Bool == true, let list = value as? [Any],
          NSOrderedSet(array: list).count != list.count
        {
          report("has an item twice")
        }
      case "anyOf", "oneOf", "allOf": found += try combined(keyword, argument, value, path)
      case "not":
        if let schema = argument as? [String: Any], try mistakes(of: value, schema, path).isEmpty {
          report("is what it must not be")
        }
      default:
        guard Self.annotations.contains(keyword) else {
          throw Unsupported(description: "keyword '\(keyword)' in the schema")
        }
      }
    }
    if let object = value as? [String: Any] { found += try properties(object, schema, path) }
    return found
  }

  private func combined(_ keyword: String, _ argument: Any, _ value: Any, _ path: String) throws -> [String] {
    let parts = try (argument as? [[String: Any]] ?? []).map { try mistakes(of: value, $0, path) }
    let holding = parts.count { $0.isEmpty }
    switch keyword {
    case "allOf": return parts.flatMap { $0 }
    case "anyOf" where holding == 0, "oneOf" where holding != 1:
      return ["\(path): \(holding) of \(parts.count) alternatives hold (\(keyword))"]
    default: return []
    }
  }

  private func properties(_ object: [String: Any], _ schema: [String: Any], _ path: String) throws -> [String]
  {
    let named = schema["properties"] as? [String: Any] ?? [:]
    let patterns = schema["patternProperties"] as? [String: Any] ?? [:]
    var found: [String] = []
    for (name, value) in object.sorted(by: { $0.key < $1.key }) {
      let place = path.isEmpty ? name : "\(path).\(name)"
      var isKnown = false
      if let schema = named[name] as? [String: Any] {
        isKnown = true
        found += try mistakes(of: value, schema, place)
      }
      for (pattern, schema) in patterns {
        guard name.range(of: pattern, options: .regularExpression) != nil,
          let schema = schema as? [String: Any]
        else { continue }
        isKnown = true
        found += try mistakes(of: value, schema, place)
      }
      guard !isKnown else { continue }
      if schema["additionalProperties"] as? Bool == false {
        found.append("\(place): is not known")
      } else if let schema = schema["additionalProperties"] as? [String: Any] {
        found += try mistakes(of: value, schema, place)
      }
    }
    return found
  }

  private func resolve(_ reference: String) throws -> [String: Any] {
    var schema: Any = root
    for part in reference.split(separator: "/") where part != "#" {
      guard let next = (schema as? [String: Any])?[String(part)] else {
        throw Unsupported(description: "reference \(reference)")
      }
      schema = next
    }
    guard let found = schema as? [String: Any] else {
      throw Unsupported(description: "reference \(reference)")
    }
    return found
  }

  private static func isType(_ value: Any, _ name: String) -> Bool {
    switch name {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": isBoolean(value)
    case "integer": number(value).map { $0 == $0.rounded() } ?? false
    case "number": number(value) != nil
    case "null": value is NSNull
    default: false
    }
  }

  private static func isEqual(_ left: Any, _ right: Any) -> Bool {
    NSArray(object: left).isEqual(NSArray(object: right))
  }

  private static func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { CFBooleanLike.isBoolean($0) } ?? (value is Bool)
  }

  private static func number(_ value: Any) -> Double? {
    guard !(value is String), !isBoolean(value) else { return nil }
    return (value as? NSNumber)?.doubleValue ?? (value as? Int).map(Double.init)
  }

  private static func format(_ name: Any, _ text: String, _ path: String) -> [String] {
    let isRight: Bool
    switch name as? String {
    case "uri": isRight = URL(string: text)?.scheme != nil && isReference(text)
    case "uri-reference": isRight = isReference(text)
    case "date-time": isRight = (try? Date(text, strategy: .iso8601)) != nil
    default: isRight = true
    }
    return isRight ? [] : ["\(path): '\(text)' is no \(name)"]
  }

  /// RFC 3986's characters, percent signs before two hexadecimal digits only.
  private static func isReference(_ text: String) -> Bool {
    text.wholeMatch(of: #/([A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*/#) != nil
  }
}

/// `JSONSerialization` gives booleans and numbers in one class; their type codes differ.
private enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
