import Catalogue
import Linking

/// Where the parent's way begins.
struct ParentStarts {
  /// Callers of a spawning function that are looked at.
  private static let callerLevels = 2

  let analysis: Analysis
  let descriptors: DescriptorUse

  /// The functions that get hold of something and spawn, spawning functions first.
  func functions(above spawners: [FunctionID]) -> [FunctionID] {
    let program = analysis.program
    let mains = program.externalFunction("main").map { program.names[$0].bodies } ?? []
    var level = spawners
    var all: [FunctionID] = []
    var seen = Set(spawners)
    for _ in 0...Self.callerLevels {
      var next: [FunctionID] = []
      var index = 0
      while index < level.count {
        let function = level[index]
        index += 1
        let callers = Set(analysis.graph.callers[function, default: []].map(\.caller)).sorted()
        for caller in callers where seen.insert(caller).inserted {
          // The one caller of a function that nobody else sees is on the same level: the two are one in pieces.
          if isPiece(function, callers) { level.append(caller) } else { next.append(caller) }
        }
      }
      all += level.filter { !mains.contains($0) && getsHold($0) }
      level = next.sorted()
    }
    return all
  }

  private func isPiece(_ function: FunctionID, _ callers: [FunctionID]) -> Bool {
    callers.count == 1 && analysis.program.names[analysis.program.functions[function].name].isStatic
  }

  /// The function opens, takes or blocks something, itself or by a function that it calls.
  private func getsHold(_ function: FunctionID) -> Bool {
    var gets = false
    analysis.program.forEachCall(in: function) { call, _ in
      if gets { return }
      for name in analysis.program.targets(of: call, function: function, flow: analysis.flow) {
        let bodies = analysis.bodies(name)
        if bodies.isEmpty {
          guard let entry = analysis.entry(name) else { continue }
          gets =
            gets || entry.descriptors.contains(where: \.acquires) || entry.locks.contains(where: \.acquires)
            || entry.signals.contains(where: \.changesMask)
        } else {
          gets =
            gets
            || bodies.contains { body in
              analysis.locks.changes[body] || analysis.signals.changesMask[body]
                || descriptors.opens[body]
            }
        }
      }
    }
    return gets
  }
}
