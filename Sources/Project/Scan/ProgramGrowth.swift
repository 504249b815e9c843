import Catalogue
import ChildPath
import Linking
import SpawnIR

/// Why a unit was read although most of a program is not.
public enum ReadingReason: String, CaseIterable, Sendable {
  case spawnCall = "may hold a spawn call"
  case contract = "has functions that children may call"
  case called = "defines what a child calls"
  case guide = "defines what decides about a child"
  case caller = "calls what spawns"
  case pointer = "stores to a pointer that a child calls"
  case variable = "stores to a variable that a child tests"
  case childOnly = "mentions a function of a child's"
  case holder = "holds something while it spawns"
  case handler = "installs signal handlers"
  case threads = "may create threads"
  case unreadable = "could not be looked at"
  case remembered = "was needed in the last run"
  case all = "is part of the program"
}

/// The first cause for which a unit was read.
struct ReadingCause {
  var reason: ReadingReason
  /// The function, variable or member that it was about.
  var name: String?

  var text: String { name.map { "\(reason.rawValue) (\($0))" } ?? reason.rawValue }
}

/// Decides which units of a program to read next: first those whose text may hold a spawn call, then those in which
/// the answer to an open question may lie, until there is none.
struct ProgramGrowth {
  /// Functions below one that guides a child, and units that hold them, that are still read for its sake. What is
  /// larger is not entered by the analysis either.
  private static let guideFunctions = 80
  private static let guideUnits = 6
  /// Callers of a spawning function whose locks and masks matter, as far as the analysis climbs.
  private static let callerLevels = 4
  private static let parentLevels = 1
  /// Units read at once for the sake of one pointer; what it may hold is often more than an analysis follows.
  private static let unitsOfPointer = 16

  private(set) var scan: TreeScan
  private let words: ConcernedWords
  private let contracts: ContractRules
  /// Units to read, with the first reason for each.
  private(set) var reasons: [Int: ReadingCause] = [:]
  /// Macros that may change what they are given.
  private let storing: Set<Int32>
  /// Units that were asked whether the program creates threads.
  private(set) var lookedAtForThreads: Set<Int> = []
  private var checkedAbove: Set<String> = []

  init(_ scan: TreeScan, catalogue: Catalogue, names: ConcernedNames, contracts: ContractRules) {
    self.scan = scan
    self.contracts = contracts
    words = ConcernedWords(scan, catalogue: catalogue, names: names)
    storing = scan.storingMacros()
    let starters = words.starters
    want(scan.units(mentioning: starters), .spawnCall)
    want(
      self.scan.units(pasting: catalogue.spawnFunctionNames + catalogue.childEntryFunctionNames), .spawnCall)
    seedContracts()
    want(self.scan.unitsWithoutText, .unreadable)
  }

  /// Units that were needed before little or nothing changed.
  mutating func remember(_ units: [Int]) { want(units, .remembered) }

  /// In the order of units.
  var wanted: [Int] { reasons.keys.sorted() }

  /// - Parameter name: the function, variable or member on whose account they are read.
  private mutating func want(_ units: some Sequence<Int>, _ reason: ReadingReason, _ name: String? = nil) {
    for unit in units where reasons[unit] == nil { reasons[unit] = ReadingCause(reason: reason, name: name) }
  }

  private mutating func seedContracts() {
    for word in 0..<Int32(scan.names.count) {
      let text = scan.names.text(word)
      if contracts.pattern(text) != nil { want(scan.units(defining: text), .contract) }
    }
    for mark in contracts.marks { want(scan.unitsNear(mark), .contract) }
  }

  /// Units that may define a function of that name and were not read.
  func elsewhere(_ name: String) -> [Int] {
    scan.units(defining: name).filter { reasons[$0] == nil }.sorted()
  }

  /// Adds the units in which answers may lie; false when all are known. What callers do is asked once it is known
  /// what their callees do: often it does not matter then.
  mutating func grow(_ questions: OpenQuestions, catalogue: Catalogue) -> Bool {
    let before = reasons.count
    followChildren(questions, catalogue)
    for name in questions.guides.sorted() where catalogue.entry(named: name)?.isContract != true {
      wantGuide(name)
    }
    if reasons.count > before { return true }
    for name in questions.callers.sorted() { want(scan.units(mentioning: [name]), .caller, name) }
    for storage in questions.callerPointers.sorted() { wantUsers(of: storage, .caller) }
    if reasons.count > before { return true }
    followParents(questions)
    if reasons.count > before { return true }
    // One place outside is enough to know that a function is not for children alone.
    for name in questions.childOnly.sorted() {
      if let next = scan.units(mentioning: [name]).subtracting(reasons.keys).min() {
        want([next], .childOnly, name)
      }
    }
    return reasons.count > before
  }

  private mutating func followChildren(_ questions: OpenQuestions, _ catalogue: Catalogue) {
    for name in questions.calls.sorted() where catalogue.entry(named: name)?.isContract != true {
      let definers = scan.units(defining: name)
      want(definers, .called, name)
      if definers.isEmpty, catalogue.entry(named: name) == nil {
        want(scan.units(pasting: [name]), .called, name)
      }
    }
    for name in questions.workerCalls.sorted() where catalogue.entry(named: name)?.isContract != true {
      if scan.mayExec(name, executors: words.executors) { want(scan.units(defining: name), .called, name) }
    }
    for storage in questions.pointers.sorted() { wantUsers(of: storage, .pointer) }
    for name in questions.feeders.sorted() { want(some(scan.units(mentioning: [name])), .pointer, name) }
    for name in questions.variables.sorted() {
      want(scan.units(storingTo: name, macros: storing), .variable, name)
      want(scan.units(pasting: [name]), .variable, name)
    }
  }

  private mutating func wantUsers(of storage: OpenQuestions.Storage, _ reason: ReadingReason) {
    let stores = reason == .pointer
    let units =
      (stores ? scan.units(storingTo: storage.name, macros: storing) : scan.units(using: storage.name))
      .union(scan.units(pasting: [storage.name]))
    guard let record = storage.record else {
      want(some(units), reason, storage.shown)
      return
    }
    want(some(scan.units(knowing: record).map(units.intersection) ?? units), reason, storage.shown)
    if stores { want(some(scan.units(initializing: record)), reason, record) }
  }

  /// The first of these that are not read yet; the more are known, the more at once.
  private func some(_ units: Set<Int>) -> ArraySlice<Int> {
    units.subtracting(reasons.keys).sorted().prefix(max(Self.unitsOfPointer, reasons.count))
  }

  private mutating func followParents(_ questions: OpenQuestions) {
    for name in questions.spawners.sorted() where checkedAbove.insert(name).inserted {
      want(scan.units(above: name, levels: Self.parentLevels, mentioning: words.acquirers), .holder, name)
    }
    for name in questions.suspenders.sorted() where checkedAbove.insert("|" + name).inserted {
      want(scan.units(above: name, levels: Self.callerLevels, mentioning: words.holders), .holder, name)
    }
    if questions.handlers { want(scan.units(mentioning: words.installers), .handler) }
  }

  private mutating func wantGuide(_ name: String) {
    guard let functions = scan.closure(of: name, limit: Self.guideFunctions) else { return }
    var units: Set<Int> = []
    for function in functions { units.formUnion(scan.units(defining: scan.names.text(function))) }
    units.subtract(reasons.keys)
    if units.count <= Self.guideUnits { want(units, .guide, name) }
  }

  /// Units to look at next for the question whether the program creates threads, or calls something that may; none
  /// where it is known.
  ///
  /// - Parameter external: functions without a body that are called by what was read.
  mutating func unitsForThreads(besides external: [String], catalogue: Catalogue) -> [Int] {
    let known = Set(external)
    for name in words.threadCreators where !scan.defines(name) {
      if known.contains(name) { return [] }
      let units = scan.units(mentioning: [name]).subtracting(reasons.keys).subtracting(lookedAtForThreads)
      if let next = units.min() {
        lookedAtForThreads.insert(next)
        return [next]
      }
    }
    if external.contains(where: { catalogue.entry(named: $0) == nil }) { return [] }
    let units = scan.unitsCallingUnknown { catalogue.entry(named: $0) != nil }
      .subtracting(reasons.keys).subtracting(lookedAtForThreads)
    let next = units.sorted().prefix(Self.unitsAtATime)
    lookedAtForThreads.formUnion(next)
    return Array(next)
  }

  private static let unitsAtATime = 8
}
