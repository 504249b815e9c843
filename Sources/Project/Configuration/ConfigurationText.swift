import Foundation
import Reports

/// The effective configuration: as a file that would set it up, with the origin of each value beside it, or as JSON.
public struct ConfigurationText {
  private struct Line {
    var text: String
    var origin: Origin?
  }

  private let configuration: Configuration

  public init(_ configuration: Configuration) {
    self.configuration = configuration
  }

  public func yaml() -> String {
    var lines = [
      Line(text: "# " + (configuration.path.map { "from \($0)" } ?? "no configuration file"), origin: nil)
    ]
    lines.append(scalar("platform", configuration.platform.value.rawValue, configuration.platform.origin))
    lines.append(scalar("threads", configuration.threads.value.rawValue, configuration.threads.origin))
    lines.append(scalar("workers", configuration.workers.value.rawValue, configuration.workers.origin))
    lines.append(scalar("fail-on", configuration.failOn.value.rawValue, configuration.failOn.origin))
    lines += checks()
    lines += list("exclude", configuration.exclude.value.map(\.text), configuration.exclude.origin)
    lines += list("catalogues", configuration.catalogues.value, configuration.catalogues.origin)
    lines += list("contracts", configuration.contracts.value, configuration.contracts.origin)
    lines += optional("build-directory", configuration.buildDirectory)
    lines += list("flags", configuration.flags.value, configuration.flags.origin)
    lines += variants()
    lines += optional("baseline", configuration.baseline)
    lines.append(Line(text: "suppressions:", origin: nil))
    lines.append(
      scalar(
        "  require-reason", configuration.requireReason.value ? "true" : "false",
        configuration.requireReason.origin))
    lines.append(Line(text: "limits:", origin: nil))
    lines.append(scalar("  effort", String(configuration.effort.value), configuration.effort.origin))
    lines.append(scalar("  seconds", String(configuration.seconds.value), configuration.seconds.origin))
    lines.append(scalar("  megabytes", String(configuration.megabytes.value), configuration.megabytes.origin))
    return Self.aligned(lines)
  }

  private func scalar(_ key: String, _ value: String, _ origin: Origin) -> Line {
    Line(text: "\(key): \(Self.quoted(value))", origin: origin)
  }

  private func optional(_ key: String, _ setting: Setting<String?>) -> [Line] {
    // `key: null` would be no text for the reader.
    guard let value = setting.value else {
      return [Line(text: "# \(key):", origin: setting.origin)]
    }
    return [scalar(key, value, setting.origin)]
  }

  private func list(_ key: String, _ values: [String], _ origin: Origin) -> [Line] {
    guard !values.isEmpty else { return [Line(text: "\(key): []", origin: origin)] }
    return [Line(text: "\(key):", origin: origin)]
      + values.map { Line(text: "  - " + Self.quoted($0), origin: nil) }
  }

  private func checks() -> [Line] {
    let everywhere = configuration.checks.filter(\.paths.isEmpty)
    let elsewhere = configuration.checks.filter { !$0.paths.isEmpty }
    var lines: [Line] = []
    if everywhere.isEmpty {
      lines.append(Line(text: "checks: {}", origin: .builtIn))
    } else {
      lines.append(Line(text: "checks:", origin: nil))
      lines += everywhere.map { rule($0, indent: "  ") }
    }
    if elsewhere.isEmpty {
      lines.append(Line(text: "overrides: []", origin: .builtIn))
      return lines
    }
    lines.append(Line(text: "overrides:", origin: nil))
    var last: [PathPattern] = []
    for item in elsewhere {
      if item.paths != last {
        let paths = item.paths.map { Self.quoted($0.text) }.joined(separator: ", ")
        lines.append(Line(text: "  - paths: [\(paths)]", origin: nil))
        lines.append(Line(text: "    checks:", origin: nil))
        last = item.paths
      }
      lines.append(rule(item, indent: "      "))
    }
    return lines
  }

  private func rule(_ rule: CheckRule, indent: String) -> Line {
    Line(
      text: "\(indent)\(Self.quoted(rule.check)): \(Self.quoted(rule.ruling.rawValue))", origin: rule.origin)
  }

  private func variants() -> [Line] {
    let variants = configuration.variants
    guard !variants.value.isEmpty else { return [Line(text: "variants: []", origin: variants.origin)] }
    return [Line(text: "variants:", origin: variants.origin)]
      + variants.value.flatMap { variant in
        [
          Line(text: "  - name: " + Self.quoted(variant.name), origin: nil),
          Line(
            text: "    flags: [\(variant.flags.map(Self.quoted).joined(separator: ", "))]", origin: nil),
        ]
      }
  }

  /// A plain word where every reader of YAML takes it for one.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0.isNumber || $0 == "." || $0 == "/" } == true
      && text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "-_./+".contains($0) }
    guard !isPlain else { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// The origins stand below each other, as far as lines are not longer than usual.
  private static func aligned(_ lines: [Line]) -> String {
    let column = lines.filter { $0.origin != nil }.map(\.text.count).filter { $0 <= 40 }.max() ?? 0
    return lines.map { line in
      guard let origin = line.origin else { return line.text + "\n" }
      return line.text + String(repeating: " ", count: max(0, column - line.text.count)) + "  # \(origin)\n"
    }.joined()
  }
}
