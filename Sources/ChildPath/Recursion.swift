import Linking
import SpawnIR

/// One context per function and entry state. What a recursive call comes back with is known only when
/// its function is finished: the outermost function of a recursion is repeated, with all that used its
/// unfinished exits, until no exit is added.
extension Analysis {
  /// The function analysed from that entry state, now or earlier.
  func context(of function: FunctionID, entry: State) -> Int {
    let key = ContextKey(function: function, entry: entry)
    let id: Int
    if let known = memo[key] {
      id = known
      if let position = contextStack.firstIndex(of: id) {
        noteUse(ofPosition: position)
        return id
      }
      if contexts[id].isStale { analyse(id, from: entry, isRoot: false) }
    } else {
      id = contexts.count
      contexts.append(Context(function: function, entryRoles: entry.roles))
      memo[key] = id
      contextCount[ContextKind(function: function, isChild: !entry.roles.isEmpty), default: 0] += 1
      analyse(id, from: entry, isRoot: false)
    }
    noteUse(ofPosition: contexts[id].low)
    return id
  }

  private func noteUse(ofPosition position: Int) {
    guard let user = contextStack.last else { return }
    contexts[user].low = min(contexts[user].low, position)
  }

  func analyse(_ id: Int, from entry: State, isRoot: Bool) {
    let position = contextStack.count
    let firstProvisional = provisional.count
    stack.append(contexts[id].function)
    contextStack.append(id)
    defer {
      stack.removeLast()
      contextStack.removeLast()
    }
    contexts[id].isStale = false
    var isStable = false
    for _ in 0..<limits.recursionRounds {
      let changes = exitChanges
      contexts[id].low = .max
      let frame = Frame(analysis: self, context: id, function: contexts[id].function, isRoot: isRoot)
      frame.run(from: entry)
      // Where an outer function is part of the recursion, that one is repeated.
      isStable = contexts[id].low != position || exitChanges == changes
      if isStable { break }
      for inner in provisional[firstProvisional...] { contexts[inner].isStale = true }
      provisional.removeSubrange(firstProvisional...)
    }
    if !isStable {
      noteLimit(in: id, at: InstructionRef(function: contexts[id].function, block: 0, index: 0))
    }
    if contexts[id].low < position {
      provisional.append(id)
    } else {
      contexts[id].low = .max
      for inner in provisional[firstProvisional...] { contexts[inner].low = .max }
      provisional.removeSubrange(firstProvisional...)
    }
  }

  /// A bound was reached: exits, and perhaps what else the context does, are missing.
  func noteLimit(in context: Int, at place: InstructionRef) {
    contexts[context].isPartial = true
    if quietDepth > 0 { return }
    let roles = contexts[context].entryRoles
    if !roles.isEmpty { contexts[context].events.insert(Event(kind: .limit, at: place, roles: roles)) }
    rootHitLimit = true
  }
}
