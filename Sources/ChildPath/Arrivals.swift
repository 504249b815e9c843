import Linking
import SpawnIR

/// A state that was kept at a block, with a number to find it again.
struct KeptState {
  var number: Int32
  var state: State
}

/// The states that came to the blocks of a function: equal ones are dropped, states whose union is one
/// state are joined, and past a bound the least different ones are merged.
struct Arrivals {
  /// By block.
  var kept: [[KeptState]]
  /// Those that were not followed yet.
  private var waiting: [[KeptState]]
  /// By rank: whether the block waits.
  private var isWaiting: [Bool]
  private var firstWaiting = 0
  private let rank: [Int]
  private let blocks: [Int]
  private var mergeCounts: [Int]
  private var visits: [Int]
  private var nextNumber: Int32 = 0
  /// How much is lost by joining two kept states, by their numbers.
  private var distances: [UInt64: Int] = [:]

  init(_ function: Function, order: BlockOrder) {
    let count = function.blocks.count
    kept = Array(repeating: [], count: count)
    waiting = Array(repeating: [], count: count)
    isWaiting = Array(repeating: false, count: count + 1)
    mergeCounts = Array(repeating: 0, count: count)
    visits = Array(repeating: 0, count: count)
    rank = order.rank
    blocks = order.blocks
  }

  /// The waiting block that comes first in the function's order, with its states.
  mutating func next() -> (block: Int, states: [KeptState])? {
    while firstWaiting < blocks.count {
      let rank = firstWaiting
      if isWaiting[rank] {
        isWaiting[rank] = false
        let block = blocks[rank]
        let states = waiting[block]
        waiting[block] = []
        if !states.isEmpty { return (block, states) }
      }
      firstWaiting += 1
    }
    return nil
  }

  mutating func keep(_ state: State, at block: Int) {
    let item = KeptState(number: nextNumber, state: state)
    nextNumber += 1
    kept[block].append(item)
    waiting[block].append(item)
    isWaiting[rank[block]] = true
    firstWaiting = min(firstWaiting, rank[block])
  }

  mutating func remove(_ number: Int32, at block: Int) {
    kept[block].removeAll { $0.number == number }
    waiting[block].removeAll { $0.number == number }
  }

  /// How often states were merged at the block, this time included.
  mutating func countMerge(at block: Int) -> Int {
    mergeCounts[block] += 1
    return mergeCounts[block]
  }

  mutating func countVisit(at block: Int) -> Int {
    visits[block] += 1
    return visits[block]
  }

  /// Which two are joined with the least loss: two of `alike`, which are kept, or one of them and the new state.
  mutating func nearestPair(
    _ alike: [KeptState], _ state: State, searchesAll: Bool, analysis: Analysis
  ) -> (first: Int, second: Int?) {
    var best: (first: Int, second: Int?) = (0, nil)
    var least = Int.max
    for index in alike.indices {
      let distance = Merging.distance(alike[index].state, state, below: least, analysis: analysis)
      if distance < least {
        least = distance
        best = (index, nil)
      }
    }
    if least < Merging.farDistance || !searchesAll { return best }
    for first in alike.indices {
      for second in (first + 1)..<max(first + 1, alike.count) {
        let distance = distance(alike[first], alike[second], analysis: analysis)
        if distance < least {
          least = distance
          best = (first, second)
        }
      }
    }
    return best
  }

  private mutating func distance(_ a: KeptState, _ b: KeptState, analysis: Analysis) -> Int {
    let key = UInt64(UInt32(bitPattern: a.number)) << 32 | UInt64(UInt32(bitPattern: b.number))
    if let known = distances[key] { return known }
    let found = Merging.distance(a.state, b.state, below: .max, analysis: analysis)
    distances[key] = found
    return found
  }
}

extension Frame {
  /// A state comes to a block's start.
  func arrive(at block: Int, _ incoming: State) {
    var state = incoming
    passLoop(block, &state)
    forgetClosedDescriptors(&state)
    forgetDead(&state, live: decisions.atEntry[block])
    if isRoot, !state.isChild, !state.isAfterSpawn, !analysis.isAboutParent, !reachesSpawn[block] {
      analysis.markShared(from: block, function: id)
      return
    }
    noteComer(state, at: block)
    switch meet(state, at: block) {
    case .known: return
    case .twin(let twin):
      join(twin, state, at: block)
      return
    case .few:
      enter(block, state)
      return
    case .many: break
    }
    let alike = alike(state, at: block)
    let (first, second) = arrivals.nearestPair(
      alike, state, searchesAll: !state.isChild && !state.isAfterSpawn, analysis: analysis)
    let near = alike[first]
    guard let second else {
      let merged = merge(near.state, state, at: block)
      if merged == near.state { return }
      replace(near, by: merged, at: block)
      return
    }
    let merged = merge(near.state, alike[second].state, at: block)
    arrivals.remove(alike[second].number, at: block)
    enter(block, state)
    if merged == near.state { return }
    replace(near, by: merged, at: block)
  }

  private func noteComer(_ state: State, at block: Int) {
    if state.hasOwnChild {
      if childBlocks.insert(block) { analysis.childBlocks[id, default: []].insert(block) }
      analysis.comers.arrive(state, at: block, of: id)
    } else if sharedBlocks.insert(block) {
      analysis.sharedBlocks[id, default: []].insert(block)
    }
  }

  /// What a state meets that comes to a block.
  private enum Meeting {
    /// A state like it is kept there.
    case known
    /// One of those kept there and the new state are one.
    case twin(KeptState)
    /// There is room.
    case few
    case many
  }

  private func meet(_ state: State, at block: Int) -> Meeting {
    arrivals.kept[block].withUnsafeBufferPointer { kept in
      var sameRole = 0
      for index in kept.indices {
        if kept[index].state == state { return .known }
        if kept[index].state.hasSameRole(as: state) { sameRole += 1 }
      }
      if sameRole == 0 { return .few }
      let mustBeSame = sameRole < mostApart(at: block)
      var count = 0
      for index in kept.indices where kept[index].state.hasSameRole(as: state) {
        if mustBeSame, !kept[index].state.hasSameHolds(as: state) { continue }
        count += 1
        if Merging.isLossless(kept[index].state, state, analysis: analysis) { return .twin(kept[index]) }
      }
      return count < bound(of: state, at: block) ? .few : .many
    }
  }

  /// Different locks and masks keep states apart, but not without end.
  private func mostApart(at block: Int) -> Int {
    analysis.isAboutParent && order.isLoopHead[block]
      ? analysis.limits.statesPerBlock : 3 * analysis.limits.statesPerBlock
  }

  private func alike(_ state: State, at block: Int) -> [KeptState] {
    let sameRole = arrivals.kept[block].filter { $0.state.hasSameRole(as: state) }
    return sameRole.count >= mostApart(at: block)
      ? sameRole : sameRole.filter { $0.state.hasSameHolds(as: state) }
  }

  private func bound(of state: State, at block: Int) -> Int {
    let limits = analysis.limits
    if order.isLoopHead[block] { return limits.statesPerLoopHead }
    if state.isChild { return limits.childStatesPerBlock }
    return state.isAfterSpawn && !analysis.isAboutParent ? limits.parentStatesPerBlock : limits.statesPerBlock
  }

  /// Two states whose union is one state.
  private func join(_ old: KeptState, _ new: State, at block: Int) {
    let merged = merge(old.state, new, at: block)
    if merged != old.state { replace(old, by: merged, at: block) }
  }

  private func merge(_ a: State, _ b: State, at block: Int) -> State {
    let count = arrivals.countMerge(at: block)
    let isHead = order.isLoopHead[block]
    return Merging.merge(a, b, site: blockPlace(block), widen: isHead && count > 4, frame: self)
  }

  private func replace(_ old: KeptState, by new: State, at block: Int) {
    arrivals.remove(old.number, at: block)
    if !arrivals.kept[block].contains(where: { $0.state == new }) { enter(block, new) }
  }

  private func enter(_ block: Int, _ state: State) {
    let visits = arrivals.countVisit(at: block)
    if visits > analysis.limits.visitsPerBlock {
      collapse(block, state, visits: visits)
    } else {
      arrivals.keep(state, at: block)
    }
  }

  /// Past the bound only one state a role is kept at the block; it grows until nothing new comes.
  private func collapse(_ block: Int, _ state: State, visits: Int) {
    if visits > 3 * analysis.limits.visitsPerBlock {
      reachLimit(state, block: block)
      return
    }
    let alike = arrivals.kept[block].filter { $0.state.hasSameRole(as: state) }
    var merged = state
    for other in alike {
      merged = Merging.merge(other.state, merged, site: blockPlace(block), widen: true, frame: self)
    }
    if alike.contains(where: { $0.state == merged }) { return }
    for other in alike { arrivals.remove(other.number, at: block) }
    arrivals.keep(merged, at: block)
  }
}
