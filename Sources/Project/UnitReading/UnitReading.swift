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
    _ units: [SourceUnit], from source: any UnitSource, jobs: Int, catalogue: Catalogue,
    contracts: ContractRules = .none, lowersEverything: Bool = false
  ) throws -> [UnitFacts] {
    let names = ConcernedNames(catalogue)
    let kept = Atomic<Int>(0)
    Progress.shared.expect(units.count)
    let read = try concurrently(units.count, jobs: jobs) {
      index -> (skim: UnitSkim, contents: (any UnitContents)?) in
      defer { Progress.shared.note(units[index].path) }
      let contents = try source.contents(of: units[index])
      let keeps = !contents.isLarge || kept.add(1, ordering: .relaxed).oldValue < keptUnits
      return (contents.skim, keeps ? contents : nil)
    }
    let demands =
      lowersEverything
      ? units.map { _ in UnitDemand.everything }
      : Demand.units(read.map(\.skim), contracts: contracts, names: names)
    return try concurrently(units.count, jobs: jobs) { index in
      try (read[index].contents ?? source.contents(of: units[index])).facts(demands[index])
    }
  }

  static func concurrently<Result: Sendable>(
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
