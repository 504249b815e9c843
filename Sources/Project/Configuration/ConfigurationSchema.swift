import Foundation
import Reports

/// The JSON schema of configuration files, for editors; made from the keys that the reader knows.
public enum ConfigurationSchema {
  /// - Parameter checks: ids of all checks.
  public static func render(checks: [String]) throws -> String {
    var schema = object(ConfigurationKey.all, checks: checks)
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = .string("Configuration of spawnlint (\(Configuration.fileName))")
    return try JSONText.encode(Value.object(schema))
  }

  private enum Value: Encodable, ExpressibleByStringLiteral {
    case string(String)
    case number(Int)
    case boolean(Bool)
    case list([Value])
    case object([String: Value])

    init(stringLiteral value: String) { self = .string(value) }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .string(let value): try value.encode(to: encoder)
      case .number(let value): try value.encode(to: encoder)
      case .boolean(let value): try value.encode(to: encoder)
      case .list(let values): try values.encode(to: encoder)
      case .object(let values): try values.encode(to: encoder)
      }
    }
  }

  private static func object(
    _ keys: [ConfigurationKey], required: [String] = [], checks: [String]
  ) -> [String: Value] {
    var properties: [String: Value] = [:]
    for key in keys {
      var property = type(of: key.kind, checks: checks)
      property["description"] = .string(key.summary)
      properties[key.name] = .object(property)
    }
    var schema: [String: Value] = [
      "type": "object", "properties": .object(properties), "additionalProperties": .boolean(false),
    ]
    if !required.isEmpty { schema["required"] = .list(required.map(Value.string)) }
    return schema
  }

  private static func type(of kind: ConfigurationKey.Kind, checks: [String]) -> [String: Value] {
    switch kind {
    case .choice(let words): return ["type": "string", "enum": .list(words.map(Value.string))]
    case .boolean: return ["type": "boolean"]
    case .text: return ["type": "string", "minLength": .number(1)]
    case .texts:
      return ["type": "array", "items": .object(["type": "string", "minLength": .number(1)])]
    case .number(let range):
      return [
        "type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
      ]
    case .checks:
      let level: Value = .object([
        "type": "string", "enum": .list(CheckRuling.allCases.map { .string($0.rawValue) }),
      ])
      return [
        "type": "object",
        "properties": .object(Dictionary(uniqueKeysWithValues: checks.map { ($0, level) })),
        // Names with a pattern's signs.
        "patternProperties": .object(["[*?\\[]": level]), "additionalProperties": .boolean(false),
      ]
    case .section(let keys): return object(keys, checks: checks)
    case .list(let keys, let required):
      return ["type": "array", "items": .object(object(keys, required: required, checks: checks))]
    }
  }
}
