import Clang
import SpawnIR

extension FunctionLowering {
  func statement(_ cursor: Cursor) {
    nested(cursor, otherwise: ()) { statementHere(cursor) }
  }

  private func statementHere(_ cursor: Cursor) {
    switch cursor.kind {
    case .compound: compound(cursor)
    case .declarationStatement: cursor.children.forEach(declaration)
    case .if: ifStatement(cursor)
    case .while: whileLoop(cursor)
    case .do: doLoop(cursor)
    case .for: forLoop(cursor)
    case .switch: switchStatement(cursor)
    case .case, .default: switchLabel(cursor)
    case .label: label(cursor)
    case .goto: goto(cursor)
    case .indirectGoto: indirectGoto(cursor)
    case .break: jump(to: breakTargets.last, cursor)
    case .continue: jump(to: continueTargets.last, cursor)
    case .return: returnStatement(cursor)
    case .gccAssembly, .msAssembly: assembly(cursor)
    case .null: emptyStatement(cursor)
    case .unexposedStatement:
      // A statement with attributes: `[[fallthrough]];`, `[[likely]] …`.
      for child in cursor.children where child.kind.isStatement || child.kind.isExpression {
        statement(child)
      }
    default:
      if cursor.kind.isExpression {
        effect(cursor)
      } else if cursor.kind.isStatement || cursor.kind == .other {
        unit.noteUnmodelled(cursor)
        for child in cursor.children where child.kind.isStatement || child.kind.isExpression {
          statement(child)
        }
      }
    }
  }

  private func compound(_ cursor: Cursor) {
    let outer = cleanups.count
    statements(of: cursor)
    endScope(outer) { self.unit.files.endSpan(of: cursor) }
  }

  private func ifStatement(_ cursor: Cursor) {
    let children = cursor.children
    guard children.count >= 2 else { return children.forEach(statement) }
    let then = graph.newBlock()
    let otherwise = graph.newBlock()
    let end = children.count > 2 ? graph.newBlock() : otherwise
    condition(children[0], then: then, otherwise: otherwise)
    graph.start(then)
    statement(children[1])
    let place = span(cursor)
    graph.terminate(.jump(end), span: place)
    if children.count > 2 {
      graph.start(otherwise)
      statement(children[2])
      graph.terminate(.jump(end), span: place)
    }
    graph.start(end)
  }

  private func returnStatement(_ cursor: Cursor) {
    guard let operand = cursor.children.first(where: { $0.kind.isExpression }) else {
      runCleanups(downTo: 0, span(cursor))
      graph.terminate(.return(nil), span: span(cursor))
      return
    }
    if shape(of: operand).kind == .void {
      effect(operand)
      runCleanups(downTo: 0, span(cursor))
      graph.terminate(.return(nil), span: span(cursor))
      return
    }
    var result = value(operand)
    if !cleanups.isEmpty { result = held(result, operand) }
    let place = span(cursor)
    runCleanups(downTo: 0, place)
    graph.terminate(.return(result), span: place)
  }

  /// The value as it is now, whatever is written later.
  func held(_ value: Value, _ cursor: Cursor) -> Value {
    switch value {
    case .integer, .string, .function, .opaque: return value
    case .load(.variable(let number)) where variables[number].kind == .temporary: return value
    default:
      guard !graph.isDead else { return value }
      let place = span(cursor)
      let result = temporary(shape(of: cursor), place)
      emit(.assign(.variable(result), value), place)
      return .load(.variable(result))
    }
  }
}
