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
    let main = analysis.program.externalFunction("main")
    var level = spawners
    var all: [FunctionID] = []
    var seen = Set(spawners)
    for _ in 0...Self.callerLevels {
      all += level.filter { analysis.program.functions[$0].name != main && getsHold($0) }
      var next: [FunctionID] = []
      for function in level {
        for site in analysis.graph.callers[function, default: []] where seen.insert(site.caller).inserted {
          next.append(site.caller)
        }
      }
      level = next.sorted()
    }
    return all
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
