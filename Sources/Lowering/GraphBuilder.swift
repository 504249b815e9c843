import SpawnIR

/// Blocks under construction. Numbers handed out stay valid until `finish`, which orders blocks as
/// they were started and drops what no path reaches.
struct GraphBuilder {
  private struct Pending {
    var instructions: [Instruction] = []
    var terminator: Terminator?
  }

  private var blocks: [Pending] = []
  private var order: [Int] = []
  private(set) var current = -1
  /// Nothing jumps to the current block: what is emitted would never run.
  private(set) var isDead = true

  var currentIsEmpty: Bool { blocks[current].instructions.isEmpty && !isDead }

  mutating func newBlock() -> Int {
    blocks.append(Pending())
    return blocks.count - 1
  }

  /// The next instructions go to `block`.
  mutating func start(_ block: Int) {
    order.append(block)
    current = block
    isDead = false
  }

  mutating func emit(_ instruction: Instruction) {
    guard !isDead else { return }
    blocks[current].instructions.append(instruction)
  }

  /// Ends the current block; what follows without a new `start` is dead.
  mutating func terminate(_ kind: Terminator.Kind, span: SourceSpan) {
    guard !isDead else { return }
    blocks[current].terminator = Terminator(kind, span: span)
    isDead = true
  }

  /// For a switch, whose cases are known only after its body.
  mutating func setTerminator(of block: Int, _ kind: Terminator.Kind, span: SourceSpan) {
    blocks[block].terminator = Terminator(kind, span: span)
  }

  // MARK: Finish

  consuming func finish() -> [BasicBlock] {
    threadJumps()
    let merged = mergeChains()
    var reached = [Bool](repeating: false, count: blocks.count)
    var stack = [0]
    while let block = stack.popLast() {
      guard !reached[block] else { continue }
      reached[block] = true
      stack += blocks[block].terminator?.successors ?? []
    }
    var numbers = [Int](repeating: -1, count: blocks.count)
    var kept: [Int] = []
    for block in [0] + order where reached[block] && numbers[block] < 0 && !merged[block] {
      numbers[block] = kept.count
      kept.append(block)
    }
    return kept.map { block in
      let terminator = blocks[block].terminator ?? Terminator(.unreachable, span: .unknown)
      return BasicBlock(
        instructions: blocks[block].instructions,
        terminator: Terminator(terminator.kind.renumbered { numbers[$0] }, span: terminator.span))
    }
  }

  /// Jumps to an empty block that only jumps on go to where that one goes.
  private mutating func threadJumps() {
    var targets = Array(blocks.indices)
    for start in blocks.indices {
      var visited = [start]
      var block = start
      while blocks[block].instructions.isEmpty, case .jump(let next)? = blocks[block].terminator?.kind,
        !visited.contains(next), visited.count < 64
      {
        block = next
        visited.append(next)
      }
      targets[start] = block
    }
    for block in blocks.indices {
      guard let terminator = blocks[block].terminator else { continue }
      blocks[block].terminator?.kind = terminator.kind.renumbered { targets[$0] }
    }
  }

  /// A block entered only by the jump at the end of another becomes part of that one.
  private mutating func mergeChains() -> [Bool] {
    var reached = [Bool](repeating: false, count: blocks.count)
    var predecessors = [Int](repeating: 0, count: blocks.count)
    var stack = [0]
    predecessors[0] = 1
    while let block = stack.popLast() {
      guard !reached[block] else { continue }
      reached[block] = true
      for target in blocks[block].terminator?.successors ?? [] {
        predecessors[target] += 1
        stack.append(target)
      }
    }
    var merged = [Bool](repeating: false, count: blocks.count)
    for block in blocks.indices where reached[block] && !merged[block] {
      while case .jump(let next)? = blocks[block].terminator?.kind, predecessors[next] == 1, next != block {
        blocks[block].instructions += blocks[next].instructions
        blocks[block].terminator = blocks[next].terminator
        blocks[next].instructions = []
        blocks[next].terminator = nil
        merged[next] = true
      }
    }
    return merged
  }
}

extension Terminator.Kind {
  fileprivate func renumbered(_ number: (Int) -> Int) -> Self {
    switch self {
    case .jump(let target): .jump(number(target))
    case .branch(let value, let then, let otherwise):
      number(then) == number(otherwise)
        ? .jump(number(then)) : .branch(value, then: number(then), otherwise: number(otherwise))
    case .switch(let value, let cases, let otherwise):
      .switch(
        value, cases: cases.map { SwitchCase(low: $0.low, high: $0.high, target: number($0.target)) },
        otherwise: number(otherwise))
    case .computedGoto(let targets): .computedGoto(targets.map(number))
    case .return, .unreachable: self
    }
  }
}
