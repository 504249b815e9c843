/// The strongly connected components of a graph (Tarjan 1972).
public struct Components {
  /// Each after those that its edges lead to.
  public private(set) var order: [[Int]] = []
  /// By node: the index into `order`.
  public private(set) var number: [Int]

  public init(_ edges: [Set<Int>]) {
    number = Array(repeating: -1, count: edges.count)
    let edges = edges.map { $0.sorted() }
    var index = Array(repeating: -1, count: edges.count)
    var low = Array(repeating: 0, count: edges.count)
    var isOpen = Array(repeating: false, count: edges.count)
    var open: [Int] = []
    var count = 0
    for root in edges.indices where index[root] < 0 {
      var stack: [(node: Int, next: Int)] = [(root, 0)]
      while let top = stack.last {
        let node = top.node
        if top.next == 0 {
          index[node] = count
          low[node] = count
          count += 1
          open.append(node)
          isOpen[node] = true
        }
        if top.next < edges[node].count {
          stack[stack.count - 1].next += 1
          let target = edges[node][top.next]
          if index[target] < 0 {
            stack.append((target, 0))
          } else if isOpen[target] {
            low[node] = min(low[node], index[target])
          }
          continue
        }
        stack.removeLast()
        if let parent = stack.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] { close(node, &open, &isOpen) }
      }
    }
  }

  private mutating func close(_ root: Int, _ open: inout [Int], _ isOpen: inout [Bool]) {
    var members: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      number[node] = order.count
      members.append(node)
      if node == root { break }
    }
    order.append(members.sorted())
  }
}
