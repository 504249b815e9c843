import Foundation
import Lowering
import SpawnIR

/// Reads units for a later link.
public struct Indexing {
  public let file: FactsFile
  /// Every file that was read, each once, as clang names it; system headers too.
  public let readFiles: [String]
  /// Of the units that were not understood completely.
  public let problems: [ParseProblem]

  /// - Parameter shard: only this part of the units; nil: all.
  public init(_ units: [SourceUnit], options: RunOptions, shard: Shard? = nil, reading: Reading) throws {
    let markers = try options.catalogue().contracts.macros
    let source = reading.records(markers: markers)
    var jobs: [(position: Int, variant: Int?, unit: SourceUnit)] = []
    for (position, unit) in units.enumerated() where shard?.holds(position) ?? true {
      if options.variants.isEmpty { jobs.append((position, nil, unit)) }
      for (index, variant) in options.variants.enumerated() {
        var unit = unit
        unit.flags += variant.flags
        jobs.append((position, index, unit))
      }
    }
    let read = try UnitReading.concurrently(jobs.count, jobs: options.jobs) { [jobs] index in
      try source.record(of: jobs[index].unit)
    }
    file = FactsFile(
      markers: markers.sorted(), shard: shard, variants: options.variants.map(\.name),
      entries: zip(jobs, read).map { job, record in
        FactsFile.Entry(
          unit: job.unit, position: job.position, variant: job.variant, facts: record.facts)
      })
    readFiles = read.flatMap { $0.surroundings.files.map(\.path) }.withoutRepetition
    problems = try read.compactMap { try StoredUnit($0.facts).problem }
  }

  /// In make's language: the target depends on all files that were read.
  public func dependencies(of target: String) -> String {
    let lines = readFiles.map { " \\\n  " + Self.escaped($0) }
    return Self.escaped(target) + ":" + lines.joined() + "\n"
  }

  /// As gcc writes names, which make and Ninja read.
  private static func escaped(_ path: String) -> String {
    var result = ""
    for character in path {
      switch character {
      case " ", "#": result += "\\"
      case "$": result += "$"
      default: break
      }
      result.append(character)
    }
    return result
  }
}
