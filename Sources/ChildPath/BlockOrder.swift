import SpawnIR

/// Order and loops of a function's blocks.
struct BlockOrder {
  enum Kind: Hashable {
    /// Reverse postorder: what follows a loop is soon looked at, though again whenever the loop brings something new.
    /// Where bounds cut an analysis short, nothing is missed for the sake of the first loop.
    case breadth
    /// A weak topological order (F. Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993): the
    /// blocks of a loop stand together, its head first, inner loops likewise. Whoever always takes the first block
    /// that waits is done with a loop before what follows it is looked at, once.
    case loopsFirst
  }

  /// Position in the order; unreachable blocks come last.
  private(set) var rank: [Int]
  /// The blocks that can be reached, in that order.
  private(set) var blocks: [Int]
  /// By block: a way leads from it back to it.
  private(set) var isOnLoop: [Bool]
  /// By block: an edge from a later block, or from itself, enters it.
  private(set) var isLoopHead: [Bool]

  init(_ function: Function, kind: Kind) {
    let count = function.blocks.count
    rank = Array(repeating: count, count: count)
    isLoopHead = Array(repeating: false, count: count)
    let edges = function.blocks.map(\.terminator.successors)
    var nesting = LoopNesting(edges, deepest: kind == .loopsFirst ? LoopNesting.deepest : 0)
    if count > 0 { nesting.place(from: [0]) }
    isOnLoop = nesting.isOnLoop
    blocks = kind == .loopsFirst ? nesting.order : nesting.reversePostorder
    for (index, block) in blocks.enumerated() { rank[block] = index }
    for (block, targets) in edges.enumerated() {
      for target in targets where rank[target] <= rank[block] { isLoopHead[target] = true }
    }
  }
}

/// Takes a graph apart into its loops, loops without their heads again, and so on.
private struct LoopNesting {
  let edges: [[Int]]
  private(set) var order: [Int] = []
  private(set) var isOnLoop: [Bool]
  /// By node: how many loops that were taken apart hold it, their heads excepted; -1 once it is placed.
  private var level: [Int]
  private var index: [Int]
  private var low: [Int]

  /// Of all nodes that can be reached from the first start.
  private(set) var reversePostorder: [Int] = []
  /// Deeper loops are placed in reverse postorder.
  private let deepest: Int

  /// A table of labels that all jump to each other would take too long to take apart as a whole.
  static let deepest = 12

  init(_ edges: [[Int]], deepest: Int) {
    self.edges = edges
    self.deepest = deepest
    isOnLoop = Array(repeating: false, count: edges.count)
    level = Array(repeating: 0, count: edges.count)
    index = Array(repeating: -1, count: edges.count)
    low = Array(repeating: 0, count: edges.count)
  }

  /// Places what can be reached from `starts` within their loop.
  mutating func place(from starts: [Int], depth: Int = 0) {
    for component in components(from: starts, depth: depth) {
      guard let head = component.first else { continue }
      if component.count == 1 {
        append(head)
        if edges[head].contains(head) { isOnLoop[head] = true }
        continue
      }
      for node in component {
        isOnLoop[node] = true
        level[node] = depth + 1
        index[node] = -1
      }
      append(head)
      if depth < deepest {
        place(from: edges[head], depth: depth + 1)
      } else {
        for node in component.dropFirst() { append(node) }
      }
    }
  }

  private mutating func append(_ node: Int) {
    level[node] = -1
    order.append(node)
  }

  /// Strongly connected components (R. Tarjan, 1972) of the nodes of that level, each before those that its edges
  /// lead to. The nodes of one stand in reverse postorder, that by which it was entered first.
  private mutating func components(from starts: [Int], depth: Int) -> [[Int]] {
    var found: [[Int]] = []
    var open: [Int] = []
    var postorder: [Int] = []
    var position = Array(repeating: 0, count: edges.count)
    var isOpen: Set<Int> = []
    var count = 0
    for start in starts where level[start] == depth && index[start] < 0 {
      var stack: [(node: Int, next: Int)] = [(start, 0)]
      while let (node, next) = stack.last {
        if next == 0 {
          index[node] = count
          low[node] = count
          count += 1
          open.append(node)
          isOpen.insert(node)
        }
        if next < edges[node].count {
          stack[stack.count - 1].next += 1
          let target = edges[node][next]
          guard level[target] == depth else { continue }
          if index[target] < 0 {
            stack.append((target, 0))
          } else if isOpen.contains(target) {
            low[node] = min(low[node], index[target])
          }
          continue
        }
        stack.removeLast()
        position[node] = postorder.count
        postorder.append(node)
        if let parent = stack.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == index[node] else { continue }
        var members: [Int] = []
        while let member = open.popLast() {
          isOpen.remove(member)
          members.append(member)
          if member == node { break }
        }
        found.append(members.sorted { position[$0] > position[$1] })
      }
    }
    if depth == 0 { reversePostorder = postorder.reversed() }
    return found.reversed()
  }
}
