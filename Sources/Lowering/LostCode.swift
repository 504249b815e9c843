import Clang
import SpawnIR

/// Where clang reported errors: around them it leaves out expressions, statements and declarations.
struct LostCode {
  private var offsets: [SourceFile: [Int]] = [:]

  mutating func add(_ position: FilePosition) {
    offsets[position.file, default: []].append(position.offset)
  }

  var hasErrors: Bool { !offsets.isEmpty }

  /// The offsets of errors within the cursor, in order.
  func errors(in cursor: Cursor) -> [Int] {
    guard !offsets.isEmpty, let start = cursor.extent.start.filePosition,
      let end = cursor.extent.end.filePosition, let errors = offsets[start.file]
    else { return [] }
    return errors.filter { start.offset <= $0 && $0 < end.offset }.sorted()
  }
}

extension FunctionLowering {
  /// The statements of a block, with a call of `Symbol.lost` wherever clang left something out.
  func statements(of cursor: Cursor) {
    let children = cursor.children
    var errors = unit.lost.errors(in: cursor)[...]
    for child in children {
      if let start = child.extent.start.filePosition?.offset, let first = errors.first {
        if first < start { lose(span(child)) }
        errors = errors.drop { $0 < start }
        let end = child.extent.end.filePosition?.offset ?? start
        errors = errors.drop { $0 < end }
      }
      statement(child)
    }
    if !errors.isEmpty { lose(unit.files.endSpan(of: cursor)) }
  }

  /// Clang puts an empty statement where it left one out.
  func emptyStatement(_ cursor: Cursor) {
    guard unit.lost.hasErrors, unit.words(at: cursor, count: 1).first != nil else { return }
    lose(span(cursor))
  }

  /// An expression around an error: what is left of it is executed. Of a call the function is left.
  func lostExpression(_ cursor: Cursor, _ children: [Cursor]) -> Value {
    var inner = children.first
    while let next = inner, next.kind == .unexposedExpression, next.type.isLost {
      inner = next.children.first
    }
    if let callee = inner, callee.kind == .declarationReference, callee.referenced?.kind == .function {
      return call(of: callee, arguments: [], by: cursor, isUsed: true)
    }
    for child in children where child.kind.isExpression { effect(child) }
    lose(span(cursor))
    return .opaque(.other)
  }

  private func lose(_ place: SourceSpan) {
    unit.declareLost()
    emit(
      .call(
        Call(
          result: nil, callee: .direct(.lost), arguments: [], resultType: .void, neverReturns: false)),
      place)
  }
}
