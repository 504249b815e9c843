import SpawnIR

/// Which branches of a function decide whether a block is executed (Ferrante, Ottenstein and Warren 1987).
struct ControlDependence {
  /// Per block: the blocks whose branch decides about it.
  let controllers: [[Int]]

  init(_ function: Function) {
    let count = function.blocks.count
    let successors = function.blocks.map { Array(Set($0.terminator.successors)).sorted() }
    var predecessors: [[Int]] = Array(repeating: [], count: count)
    for (block, next) in successors.enumerated() {
      for target in next { predecessors[target].append(block) }
    }
    let order = Self.backwardOrder(successors, predecessors)
    let dominators = Self.postDominators(order, successors)
    var controllers: [[Int]] = Array(repeating: [], count: count)
    for (block, next) in successors.enumerated() where next.count > 1 {
      for target in next {
        var runner = target
        while runner != dominators[block], runner != count {
          if controllers[runner].last != block { controllers[runner].append(block) }
          runner = dominators[runner]
        }
      }
    }
    self.controllers = controllers
  }

  /// Blocks in reverse postorder of the reversed graph, and which of them are its roots: ends of the function, and
  /// one block of each part that never ends.
  private static func backwardOrder(
    _ successors: [[Int]], _ predecessors: [[Int]]
  ) -> (blocks: [Int], isRoot: [Bool]) {
    let count = successors.count
    var isRoot = Array(repeating: false, count: count)
    var isSeen = Array(repeating: false, count: count)
    var postorder: [Int] = []
    func visit(_ root: Int) {
      isRoot[root] = true
      isSeen[root] = true
      var stack: [(block: Int, next: Int)] = [(root, 0)]
      while let top = stack.last {
        if top.next < predecessors[top.block].count {
          stack[stack.count - 1].next += 1
          let next = predecessors[top.block][top.next]
          if !isSeen[next] {
            isSeen[next] = true
            stack.append((next, 0))
          }
        } else {
          postorder.append(top.block)
          stack.removeLast()
        }
      }
    }
    for block in 0..<count where successors[block].isEmpty { visit(block) }
    for block in (0..<count).reversed() where !isSeen[block] { visit(block) }
    return (postorder.reversed(), isRoot)
  }

  /// Per block the next one that every way from it passes; `blocks.count` is the common end (Cooper, Harvey and
  /// Kennedy 2001).
  private static func postDominators(
    _ order: (blocks: [Int], isRoot: [Bool]), _ successors: [[Int]]
  ) -> [Int] {
    let end = successors.count
    var rank = Array(repeating: 0, count: end + 1)
    for (index, block) in order.blocks.enumerated() { rank[block] = index + 1 }
    var dominators = Array(repeating: -1, count: end + 1)
    dominators[end] = end
    func common(_ a: Int, _ b: Int) -> Int {
      var a = a
      var b = b
      while a != b {
        while rank[a] > rank[b] { a = dominators[a] }
        while rank[b] > rank[a] { b = dominators[b] }
      }
      return a
    }
    var changed = true
    while changed {
      changed = false
      for block in order.blocks {
        var new = order.isRoot[block] ? end : -1
        for next in successors[block] where dominators[next] >= 0 {
          new = new < 0 ? next : common(new, next)
        }
        if new >= 0, dominators[block] != new {
          dominators[block] = new
          changed = true
        }
      }
    }
    return dominators
  }
}
