import Catalogue
import Checks
import Foundation
import Reports
import SpawnIR

/// Facts of several files, as one run reads them.
public struct FactsCollection: Sendable {
  let variants: [String]
  private let entries: [FactsFile.Entry]
  private let markers: Set<String>
  private let path: String

  /// - Parameters:
  ///   - paths: files of `spawnlint index`. Their units count in this order, or, if they are the parts of one run, in
  ///     that run's.
  ///   - areParts: they must be all parts of one run.
  public init(_ paths: [String], areParts: Bool = false) throws(FactsFileError) {
    var files: [(path: String, file: FactsFile)] = []
    for path in paths { files.append((path, try FactsFile(path: path))) }
    let first = files.first?.file
    variants = first?.variants ?? []
    markers = Set(first?.markers ?? [])
    path = paths.first ?? ""
    for (path, file) in files {
      guard file.variants == variants else {
        throw FactsFileError(path: path, reason: "was written with other variants than '\(paths[0])'")
      }
      guard Set(file.markers) == markers else {
        throw FactsFileError(path: path, reason: "was written with another catalogue than '\(paths[0])'")
      }
    }
    if areParts { try Self.checkParts(files) }
    var all = files.flatMap(\.file.entries)
    if let shards = Optional(files.map(\.file.shard)), shards.allSatisfy({ $0 != nil }) {
      all = all.enumerated().sorted {
        ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
      }.map(\.element)
    }
    // A library's sources may come with each program that uses it.
    var seen: Set<[UInt8]> = []
    entries = all.filter { entry in
      var key = ByteWriter()
      entry.unit.write(to: &key)
      key.count(entry.variant ?? 0)
      return seen.insert(key.bytes).inserted
    }
  }

  private static func checkParts(_ files: [(path: String, file: FactsFile)]) throws(FactsFileError) {
    guard let count = files.first?.file.shard?.count else {
      throw FactsFileError(path: files.first?.path ?? "", reason: "is no part of a run: it has no --shard")
    }
    var seen: [Int: String] = [:]
    for (path, file) in files {
      guard let shard = file.shard, shard.count == count else {
        throw FactsFileError(path: path, reason: "is no part of the same run as '\(files[0].path)'")
      }
      if let other = seen[shard.number] {
        throw FactsFileError(path: path, reason: "is part \(shard.number)/\(count), and so is '\(other)'")
      }
      seen[shard.number] = path
    }
    if let missing = (1...count).first(where: { seen[$0] == nil }) {
      throw FactsFileError(path: files[0].path, reason: "is not enough: part \(missing)/\(count) is missing")
    }
  }

  /// The units of one variant; nil: of a run without.
  func units(_ variant: Int?) -> [SourceUnit] {
    entries.filter { $0.variant == variant }.map(\.unit)
  }

  /// Without repetition.
  public var units: [SourceUnit] { variants.isEmpty ? units(nil) : units(0) }

  /// How each variant was read.
  public var readings: [ConfirmedFixes.Reading] {
    guard !variants.isEmpty else { return [.init(variant: nil, units: units(nil))] }
    return variants.enumerated().map { .init(variant: $1, units: units($0)) }
  }

  func source(_ variant: Int?, catalogue: Catalogue) throws -> StoredSource {
    guard catalogue.contracts.macros == markers else {
      throw FactsFileError(
        path: path, reason: "was written with another catalogue: give index and link the same --catalogue")
    }
    let mine = entries.filter { $0.variant == variant }
    return StoredSource(
      facts: Dictionary(mine.map { ($0.unit, $0.facts) }, uniquingKeysWith: { first, _ in first }))
  }
}

/// Units that were read before.
struct StoredSource: UnitSource {
  let facts: [SourceUnit: ArraySlice<UInt8>]

  func contents(of unit: SourceUnit) throws -> any UnitContents {
    guard let bytes = facts[unit] else { throw FactsError.damaged }
    return StoredContents(unit: try StoredUnit(bytes))
  }
}

extension Run {
  /// The same as `perform` on the units that were indexed; options that speak of reading are without effect.
  public static func link(_ facts: FactsCollection, options: RunOptions) throws -> RunResult {
    var options = options
    options.variants = []
    guard !facts.variants.isEmpty else {
      return try perform(
        units: facts.units(nil), options: options, from: { try facts.source(nil, catalogue: $0) })
    }
    return VariantMerge.merged(
      try facts.variants.enumerated().map { index, name in
        (
          name,
          try perform(units: facts.units(index), options: options) {
            try facts.source(index, catalogue: $0)
          }
        )
      })
  }
}
