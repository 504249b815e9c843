import Catalogue
import Linking

/// Which functions, callees included, come across values that are the same at every call in one process, or across a
/// function that demands that two of them be equal. For all others, what is known of such values is no part of their
/// situation.
extension Analysis {
  func findStableMeetings() -> [Bool] {
    var meets = program.functions.indices.map { function in
      graph.effects[function].handsOver
        || graph.calls[function].contains { call in
          call.names.contains { name in
            guard bodies(name).isEmpty, let entry = entry(name) else { return false }
            if case .stable? = entry.returns { return true }
            return entry.requirement != nil
          }
        }
    }
    var work = meets.indices.filter { meets[$0] }
    while let function = work.popLast() {
      for caller in graph.directCallers(of: function) where !meets[caller] {
        meets[caller] = true
        work.append(caller)
      }
    }
    return meets
  }
}
