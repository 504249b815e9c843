import Foundation
import Reports

/// The effective configuration for programs: each value with its origin.
public struct ConfigurationJSON: Encodable {
  struct Value<Content: Encodable>: Encodable {
    var value: Content?
    var origin: String
  }

  struct Rule: Encodable {
    var check: String
    var level: String
    /// Absent: everywhere.
    var paths: [String]?
    var origin: String
  }

  struct Variant: Encodable {
    var name: String
    var flags: [String]
  }

  struct Suppressions: Encodable {
    var requireReason: Value<Bool>
    enum CodingKeys: String, CodingKey { case requireReason = "require-reason" }
  }

  struct Limits: Encodable {
    var effort: Value<Int>
    var seconds: Value<Int>
    var megabytes: Value<Int>
  }

  var file: String?
  var platform: Value<String>
  var threads: Value<String>
  var workers: Value<String>
  var failOn: Value<String>
  var checks: [Rule]
  var exclude: Value<[String]>
  var catalogues: Value<[String]>
  var contracts: Value<[String]>
  var buildDirectory: Value<String>
  var flags: Value<[String]>
  var variants: Value<[Variant]>
  var baseline: Value<String>
  var suppressions: Suppressions
  var limits: Limits

  enum CodingKeys: String, CodingKey {
    case file, platform, threads, workers, checks, exclude, catalogues, contracts, flags, variants, baseline
    case suppressions, limits
    case failOn = "fail-on"
    case buildDirectory = "build-directory"
  }

  public init(_ configuration: Configuration) {
    func value<Content, Shown>(
      _ setting: Setting<Content>, _ shown: (Content) -> Shown?
    ) -> Value<Shown> {
      Value(value: shown(setting.value), origin: setting.origin.description)
    }
    file = configuration.path
    platform = value(configuration.platform) { $0.rawValue }
    threads = value(configuration.threads) { $0.rawValue }
    workers = value(configuration.workers) { $0.rawValue }
    failOn = value(configuration.failOn) { $0.rawValue }
    checks = configuration.checks.map { rule in
      Rule(
        check: rule.check, level: rule.ruling.rawValue,
        paths: rule.paths.isEmpty ? nil : rule.paths.map(\.text), origin: rule.origin.description)
    }
    exclude = value(configuration.exclude) { $0.map(\.text) }
    catalogues = value(configuration.catalogues) { $0 }
    contracts = value(configuration.contracts) { $0 }
    buildDirectory = value(configuration.buildDirectory) { $0 }
    flags = value(configuration.flags) { $0 }
    variants = value(configuration.variants) { $0.map { Variant(name: $0.name, flags: $0.flags) } }
    baseline = value(configuration.baseline) { $0 }
    suppressions = Suppressions(requireReason: value(configuration.requireReason) { $0 })
    limits = Limits(
      effort: value(configuration.effort) { $0 }, seconds: value(configuration.seconds) { $0 },
      megabytes: value(configuration.megabytes) { $0 })
  }

  public func render() throws -> String { try JSONText.encode(self) }
}
