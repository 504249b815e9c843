import Catalogue
import Linking
import SpawnIR

/// Signal handlers that notice where they run: a variable that was set for the time of the child keeps them from
/// touching what the parent goes on using.
extension Frame {
  /// The handlers of signals outside `safe` that would do harm to memory shared with the parent, but not as things
  /// stand in this child.
  func idleHandlers(_ state: State, safe: UInt64) -> [FunctionNameID] {
    var found: [FunctionNameID] = []
    for handler in analysis.handlers
    where handler.harm != nil && handler.signals & SignalBits.asynchronous & ~safe != 0 {
      let bodies = analysis.bodies(handler.function)
      if !bodies.isEmpty, bodies.allSatisfy({ isIdle($0, state) }) { found.append(handler.function) }
    }
    return found
  }

  private func isIdle(_ handler: FunctionID, _ state: State) -> Bool {
    guard !analysis.stack.contains(handler), analysis.stack.count < analysis.limits.depth,
      !analysis.quiet.isTooLong(handler)
    else {
      return false
    }
    var inside = state
    // Otherwise its own changes of the mask would be looked at in the same way.
    inside.signals.isOpen = true
    var builder = EntranceBuilder(frame: self, callee: handler, caller: inside)
    let entrance = builder.build(arguments: [], records: [], detail: .all)
    let here = (currentRef, currentPlace)
    // What is cut short here says nothing of it, so that nobody else may find it done.
    let (memo, met) = (analysis.memo, analysis.contextCount)
    let target = analysis.context(of: handler, entry: entrance.state, share: .glance)
    (analysis.memo, analysis.contextCount) = (memo, met)
    (currentRef, currentPlace) = here
    return doesNothing(target)
  }

  /// No call is made from there but of what is allowed in the child, and no memory of the parent is changed.
  private func doesNothing(_ start: Int) -> Bool {
    var seen: Set<Int> = [start]
    var work = [start]
    while let id = work.popLast() {
      let context = analysis.contexts[id]
      guard !context.isPartial, context.outerWrites.elements.isEmpty, context.spawned.isEmpty else {
        return false
      }
      for event in context.events.elements {
        guard case .external(let name) = event.kind, let entry = analysis.entry(name),
          analysis.isAllowed(entry, .vfork), !entry.keepsUserState, entry.locks.isEmpty
        else { return false }
      }
      for edge in context.edges.elements where seen.insert(edge.target).inserted { work.append(edge.target) }
    }
    return true
  }
}
