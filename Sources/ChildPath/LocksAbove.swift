import Catalogue
import Linking
import SpawnIR

/// A runtime's lock that a function's thread holds, whoever took it: some chain of callers leads there from where it
/// is held, and none of them releases it on any way to its call.
struct LockAbove {
  var name: String
  var origin: LockOrigin
  /// The calls from there down to the function.
  var calls: [InstructionRef]
}

/// Finds the locks that callers hold, however far above, without states: climbing with states is for a few levels.
/// Of locks known by name alone, which are the program's own wherever they occur.
struct LocksAbove {
  private struct Caller: Hashable {
    var site: CallSite
    /// What the call does to the locks before the function runs.
    var entry: FunctionNameID?
  }

  private struct Way: Hashable {
    var function: FunctionID
    var lock: String
  }

  private unowned let analysis: Analysis
  private let names: [String]
  /// Functions that the program hands to others which run them at once.
  private var handedOver: [FunctionID: [Caller]] = [:]
  private var counts: [Way: [Int?]] = [:]
  private var known: [FunctionID: [LockAbove]] = [:]

  init(_ analysis: Analysis) {
    self.analysis = analysis
    names = Set(analysis.catalogue.entryLocks.map(\.lock)).sorted()
    findHandedOver()
  }

  private mutating func findHandedOver() {
    let runners = Dictionary(
      grouping: analysis.catalogue.entryLocks.flatMap(\.runners), by: \.function)
    let program = analysis.program
    let arguments = program.names.indices.map { id -> Set<Int> in
      guard analysis.bodies(id).isEmpty else { return [] }
      let stated = runners[program.names[id].text]?.map(\.argument) ?? []
      return Set(stated + (analysis.entry(id)?.calls ?? []))
    }
    if arguments.allSatisfy(\.isEmpty) { return }
    for id in program.functions.indices {
      for call in analysis.graph.calls[id] {
        for name in call.names where !arguments[name].isEmpty {
          guard
            case .call(let made) = program.functions[id].body.blocks[call.block].instructions[call.index].kind
          else { continue }
          let site = CallSite(caller: id, block: call.block, instruction: call.index)
          for argument in arguments[name] {
            let handed = program.functions(in: made, argument: argument, function: id, flow: analysis.flow)
            for body in handed.flatMap({ program.names[$0].bodies }) {
              handedOver[body, default: []].append(Caller(site: site, entry: name))
            }
          }
        }
      }
    }
  }

  /// The locks held at the function's entry, each with its shortest chain of calls.
  mutating func locks(at function: FunctionID) -> [LockAbove] {
    if let known = known[function] { return known }
    var result: [LockAbove] = []
    for lock in names {
      if let found = search(lock, from: function) { result.append(found) }
    }
    known[function] = result
    return result
  }

  private mutating func search(_ lock: String, from function: FunctionID) -> LockAbove? {
    var callsBelow: [FunctionID: [InstructionRef]] = [function: []]
    var level = [function]
    while !level.isEmpty {
      var next: [FunctionID] = []
      for callee in level {
        for caller in callers(of: callee) where callsBelow[caller.site.caller] == nil {
          let site = caller.site
          let call = InstructionRef(function: site.caller, block: site.block, index: site.instruction)
          let calls = [call] + (callsBelow[callee] ?? [])
          guard let count = count(of: lock, at: caller) else { continue }
          if count > 0 {
            return LockAbove(name: lock, origin: .call(taking(lock, in: site.caller) ?? call), calls: calls)
          }
          if count < 0 { continue }
          if let origin = analysis.entryLocks(site.caller).first(where: { $0.0.lock == lock })?.1 {
            return LockAbove(name: lock, origin: origin, calls: calls)
          }
          callsBelow[site.caller] = calls
          next.append(site.caller)
        }
      }
      level = next
    }
    return nil
  }

  private func callers(of function: FunctionID) -> [Caller] {
    (analysis.graph.callers[function] ?? []).map { Caller(site: $0, entry: nil) }
      + (handedOver[function] ?? [])
  }

  // MARK: In one function

  /// How far the lock's count has moved at least, from the caller's entry to the function's; nil where no way leads.
  private mutating func count(of lock: String, at caller: Caller) -> Int? {
    let site = caller.site
    guard var count = atEntries(of: site.caller, lock)[site.block] else { return nil }
    for index in 0..<site.instruction { count = moved(count, by: site.caller, site.block, index, lock) }
    // What runs a function between two effects on one lock runs it after the first.
    if let name = caller.entry, let entry = analysis.entry(name), entry.locks.count == 2,
      entry.locks[0].name == lock
    {
      count = step(count, by: entry.locks[0].acquires ? 1 : -1)
    }
    return count
  }

  private mutating func atEntries(of function: FunctionID, _ lock: String) -> [Int?] {
    let way = Way(function: function, lock: lock)
    if let known = counts[way] { return known }
    let blocks = analysis.body(function).blocks
    var result: [Int?] = Array(repeating: nil, count: blocks.count)
    var work = [0]
    if !blocks.isEmpty { result[0] = 0 }
    while let index = work.popLast() {
      guard var count = result[index] else { continue }
      for instruction in blocks[index].instructions.indices {
        count = moved(count, by: function, index, instruction, lock)
      }
      for next in blocks[index].terminator.successors {
        let least = min(result[next] ?? count, count)
        if result[next] != least {
          result[next] = least
          work.append(next)
        }
      }
    }
    counts[way] = result
    return result
  }

  private func moved(
    _ count: Int, by function: FunctionID, _ block: Int, _ instruction: Int, _ lock: String
  ) -> Int {
    guard analysis.locks.touches[function],
      case .call(let call) = analysis.body(function).blocks[block].instructions[instruction].kind
    else { return count }
    let names = analysis.program.targets(of: call, function: function, flow: analysis.flow)
    return names.map { step(count, by: change(of: lock, by: $0)) }.min() ?? count
  }

  private func change(of lock: String, by name: FunctionNameID) -> Int {
    let bodies = analysis.bodies(name)
    if !bodies.isEmpty { return bodies.map { analysis.locks.leastOfNamed[$0]?[lock] ?? 0 }.min() ?? 0 }
    var change = 0
    for effect in analysis.entry(name)?.locks ?? [] where effect.name == lock {
      switch effect.action {
      case .acquire, .acquireShared: change += 1
      case .release: change -= 1
      case .tryAcquire, .reinitialise: break
      }
    }
    return change
  }

  private func step(_ count: Int, by change: Int) -> Int { max(-2, min(2, count + change)) }

  private func taking(_ lock: String, in function: FunctionID) -> InstructionRef? {
    for call in analysis.graph.calls[function]
    where call.names.contains(where: { change(of: lock, by: $0) > 0 }) {
      return InstructionRef(function: function, block: call.block, index: call.index)
    }
    return nil
  }
}
