import Catalogue
import Foundation
import Linking
import Lowering
import SpawnIR
import Synchronization

/// Reads units on several threads; the result has the order of the input.
enum UnitReading {
  /// Syntax trees that are kept until it is known what of them is needed; others are parsed again.
  private static let keptUnits = 16

  /// The facts that child paths need.
  ///
  /// - Parameters:
  ///   - contracts: which functions a child may call, whoever calls them.
  ///   - lowersEverything: leaves nothing out; to compare.
  static func read(
    _ units: [SourceUnit], jobs: Int, catalogue: Catalogue, contracts: ContractRules = .none,
    lowersEverything: Bool = false
  ) throws -> [UnitFacts] {
    if min(jobs, units.count) <= 1 { FrontEnd.prepareForOneThread() }
    let names = ConcernedNames(catalogue)
    let markers = catalogue.contracts.macros
    let kept = Atomic<Int>(0)
    let parsed = try concurrently(units.count, jobs: jobs) { index -> (skim: UnitSkim, unit: ParsedUnit?) in
      let unit = try parse(units[index], markers)
      let keeps = kept.add(1, ordering: .relaxed).oldValue < keptUnits
      return (unit.skim, keeps ? unit : nil)
    }
    let demands =
      lowersEverything
      ? units.map { _ in UnitDemand.everything }
      : Demand.units(parsed.map(\.skim), contracts: contracts, names: names)
    return try concurrently(units.count, jobs: jobs) { index in
      try (parsed[index].unit ?? parse(units[index], markers)).facts(demands[index])
    }
  }

  private static func parse(_ unit: SourceUnit, _ markers: Set<String>) throws -> ParsedUnit {
    try FrontEnd(markers: markers).parsedUnit(
      file: unit.file, flags: unit.flags, directory: unit.directory, contents: unit.contents)
  }

  private static func concurrently<Result: Sendable>(
    _ count: Int, jobs: Int, _ work: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let slots = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    let next = Atomic<Int>(0)
    @Sendable func take() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = Swift.Result { try work(index) }
        slots.withLock { $0[index] = result }
      }
    }
    let workers = max(1, min(jobs, count))
    if workers == 1 {
      take()
    } else {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in take() }
    }
    return try slots.withLock { results in
      try (0..<count).compactMap { try results[$0]?.get() }
    }
  }
}

/// Names of functions by which it is decided what must be read.
struct ConcernedNames {
  private let starters: Set<String>
  private let sharers: Set<String>
  private let installers: Set<String>
  private let catalogue: Catalogue

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    let spawners = catalogue.spawnFunctionNames
    starters = Set(spawners + catalogue.childEntryFunctionNames)
    sharers = Set(
      spawners.filter { name in
        catalogue.entry(named: name)?.spawns.contains { $0.kind == .vfork || $0.kind == .flags } == true
      })
    installers = Set(catalogue.handlerFunctionNames)
  }

  /// Calls start child paths.
  func startsChildPaths(_ name: String) -> Bool { isAmong(starters, name) }

  /// A child that a call makes may share memory.
  func mayShareMemory(_ name: String) -> Bool { isAmong(sharers, name) }

  /// Calls say what a signal does.
  func installsHandlers(_ name: String) -> Bool { isAmong(installers, name) }

  private func isAmong(_ names: Set<String>, _ name: String) -> Bool {
    names.contains(name) || catalogue.namesInside(name).contains { isAmong(names, $0) }
  }
}
