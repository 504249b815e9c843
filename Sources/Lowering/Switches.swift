import Clang
import SpawnIR

/// A switch whose body is being lowered.
struct OpenSwitch {
  var cases: [SwitchCase] = []
  var defaultBlock: Int?
  /// Type of the head, to which labels are converted.
  var type: TypeShape
}

extension FunctionLowering {
  func switchStatement(_ cursor: Cursor) {
    let children = cursor.children
    guard children.count >= 2 else { return children.forEach(statement) }
    let head = value(children[0])
    let headIsDead = graph.isDead
    let headBlock = graph.current
    let end = graph.newBlock()
    let place = span(children[0])
    // What stands before the first label is dead.
    graph.terminate(.unreachable, span: place)
    switches.append(OpenSwitch(type: shape(of: children[0])))
    breakTargets.append(JumpTarget(block: end, cleanupCount: cleanups.count))
    statement(children[1])
    breakTargets.removeLast()
    let collected = switches.removeLast()
    graph.terminate(.jump(end), span: place)
    if !headIsDead {
      let otherwise = collected.defaultBlock ?? end
      graph.setTerminator(
        of: headBlock, terminator(head, collected.cases, otherwise: otherwise), span: place)
    }
    graph.start(end)
  }

  private func terminator(_ head: Value, _ cases: [SwitchCase], otherwise: Int) -> Terminator.Kind {
    guard case .integer(let number) = head else { return .switch(head, cases: cases, otherwise: otherwise) }
    return .jump(cases.first { $0.low <= number && number <= $0.high }?.target ?? otherwise)
  }

  /// `case`s and `default` that follow each other are nested in the tree: one block for all of them.
  func switchLabel(_ cursor: Cursor) {
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: span(cursor))
    graph.start(block)
    var next: Cursor? = cursor
    while let label = next, label.kind == .case || label.kind == .default {
      var children = label.children[...]
      let inner = children.popLast()
      if label.kind == .default {
        if !switches.isEmpty { switches[switches.count - 1].defaultBlock = block }
      } else {
        addCase(Array(children), block)
      }
      next = inner
    }
    if let next { statement(next) }
  }

  private func addCase(_ bounds: [Cursor], _ block: Int) {
    guard let type = switches.last?.type, let first = bounds.first, let last = bounds.last else { return }
    guard let low = constant(first), let high = constant(last) else {
      unit.noteUnmodelled(first, "case label")
      return
    }
    let range = SwitchCase(
      low: Arithmetic.wrap(low, to: type) ?? low, high: Arithmetic.wrap(high, to: type) ?? high, target: block
    )
    // An empty GNU range matches nothing.
    if range.low <= range.high || type.isNonNegative { switches[switches.count - 1].cases.append(range) }
  }
}
