import Clang
import SpawnIR

/// `__attribute__((cleanup(f)))` at a variable: `f(&variable)` runs at every exit from its scope.
struct Cleanup {
  var variable: Int
  var symbol: Symbol
  var neverReturns: Bool
}

/// A label by where it stands: a reference to it gives another cursor than the tree.
struct LabelKey: Hashable {
  var name: String
  var file: SourceFile?
  var offset: Int

  init(_ statement: Cursor) {
    let position = statement.location.filePosition
    name = statement.spelling
    file = position?.file
    offset = position?.offset ?? 0
  }
}

struct Label {
  var block: Int
  /// What is in scope at the label.
  var cleanups: [Cleanup]
}

/// A jump to a label that may stand later: cleanups on the way are known at the function's end.
struct PendingGoto {
  var block: Int
  var targets: [LabelKey]
  var cleanups: [Cleanup]
  var span: SourceSpan
  /// Where execution goes on when no label is jumped to.
  var next: Int?
}

extension FunctionLowering {
  /// Calls what the scopes inside have to clean up, innermost first; they stay open.
  func runCleanups(downTo count: Int, _ span: SourceSpan) {
    guard cleanups.count > count else { return }
    run(cleanups[count...], span)
  }

  private func run(_ list: ArraySlice<Cleanup>, _ span: SourceSpan) {
    for cleanup in list.reversed() where !graph.isDead {
      emit(
        .call(
          Call(
            result: nil, callee: .direct(cleanup.symbol),
            arguments: [.addressOf(.variable(cleanup.variable))], resultType: .void,
            neverReturns: cleanup.neverReturns, isCleanup: true)), span)
      if cleanup.neverReturns { graph.terminate(.unreachable, span: span) }
    }
  }

  func endScope(_ count: Int, _ span: () -> SourceSpan) {
    guard cleanups.count > count else { return }
    runCleanups(downTo: count, span())
    cleanups.removeLast(cleanups.count - count)
  }

  func jump(to target: JumpTarget?, _ cursor: Cursor) {
    guard let target else { return }
    let place = span(cursor)
    runCleanups(downTo: target.cleanupCount, place)
    graph.terminate(.jump(target.block), span: place)
  }

  /// The function named by a `cleanup` attribute shows only in the declaration's print.
  func registerCleanup(_ declaration: Cursor, variable: Int) {
    guard declaration.hasAttributes else { return }
    guard let name = PrettyPrint(declaration.prettyPrinted(terse: true)).attribute("cleanup") else { return }
    var cleanup = Cleanup(variable: variable, symbol: Symbol(name), neverReturns: false)
    if let function = unit.symbols.function(named: name) {
      unit.mentionFunction(function)
      cleanup.symbol = unit.symbols.symbol(of: function)
      cleanup.neverReturns = unit.symbols.neverReturns(function)
    }
    cleanups.append(cleanup)
  }

  // MARK: Labels

  func label(_ cursor: Cursor) {
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: span(cursor))
    graph.start(block)
    labels[LabelKey(cursor)] = Label(block: block, cleanups: cleanups)
    for child in cursor.children where child.kind.isStatement || child.kind.isExpression { statement(child) }
  }

  func goto(_ cursor: Cursor) {
    guard let label = labelTarget(cursor) else { return }
    leave(to: [label], span(cursor))
  }

  func indirectGoto(_ cursor: Cursor) {
    if let operand = cursor.children.first { _ = value(operand) }
    guard !graph.isDead else { return }
    let place = span(cursor)
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: place)
    graph.start(block)
    graph.terminate(.unreachable, span: place)
    computedGotos.append(PendingGoto(block: block, targets: [], cleanups: cleanups, span: place))
  }

  func labelTarget(_ cursor: Cursor) -> LabelKey? {
    cursor.children.first { $0.kind == .labelReference }?.referenced.map(LabelKey.init)
  }

  private func leave(to targets: [LabelKey], _ place: SourceSpan) {
    guard !graph.isDead else { return }
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: place)
    graph.start(block)
    graph.terminate(.unreachable, span: place)
    pendingGotos.append(PendingGoto(block: block, targets: targets, cleanups: cleanups, span: place))
  }

  func resolveGotos() {
    for pending in pendingGotos {
      guard let target = pending.targets.first.flatMap({ labels[$0] }) else { continue }
      finish(pending, target)
    }
    let addressed = addressedLabels.compactMap { labels[$0]?.block }
    for pending in computedGotos { finish(pending, anyOf: addressed) }
    let all = labels.values.map(\.block).sorted()
    for pending in assemblyGotos { finish(pending, anyOf: (pending.next.map { [$0] } ?? []) + all) }
  }

  /// No cleanups run on a jump whose target is not known when compiling.
  private func finish(_ pending: PendingGoto, anyOf blocks: [Int]) {
    var targets: [Int] = []
    for block in blocks where !targets.contains(block) { targets.append(block) }
    guard !targets.isEmpty else { return }
    graph.setTerminator(of: pending.block, .computedGoto(targets), span: pending.span)
  }

  private func finish(_ pending: PendingGoto, _ label: Label) {
    var common = 0
    while common < pending.cleanups.count, common < label.cleanups.count,
      pending.cleanups[common].variable == label.cleanups[common].variable
    {
      common += 1
    }
    graph.start(pending.block)
    run(pending.cleanups[common...], pending.span)
    graph.terminate(.jump(label.block), span: pending.span)
  }
}
