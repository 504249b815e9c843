import Clang
import SpawnIR

/// Distributes the items of a braced list over an object's parts, as C's rules for initialisers say:
/// designators, brace elision, anonymous members. Parts are given in source order.
struct InitializerList {
  let types: TypeShapes
  let constant: (Cursor) -> Int64?
  /// The text between two index designators tells `[a ... b]` from `[a][b]`.
  let isRange: (Cursor, Cursor) -> Bool
  /// Path, type of the part, its expression.
  let store: ([InitialStore.Step], Type, Cursor) -> Void

  /// The step to an element. Arrays inside arrays lie one behind the other: see `FunctionLowering.element`.
  private func appending(_ index: Int, of type: Type, to path: [InitialStore.Step]) -> [InitialStore.Step] {
    let offset = index * (type.scalarCount ?? 1)
    guard case .index(let first)? = path.last, type.scalarCount != nil else { return path + [.index(offset)] }
    return path.dropLast() + [.index(first + offset)]
  }

  /// `list` is the braced list, `type` the canonical type of the object.
  func initialize(_ path: [InitialStore.Step], _ type: Type, list: Cursor) {
    let items = list.children.filter(\.kind.isExpression)
    if type.kind == .record || type.kind.isArray {
      if type.kind.isArray, items.count == 1, isText(items[0], for: type) {
        return store(path, type, items[0])
      }
      var next = 0
      fill(path, type, items, &next, isBraced: true)
    } else if let first = items.first {
      initializePart(path, type, first)
    }
  }

  /// One part whose expression is known.
  private func initializePart(_ path: [InitialStore.Step], _ type: Type, _ item: Cursor) {
    if item.kind == .initializerList {
      initialize(path, type, list: item)
    } else if isWhole(item, type) {
      store(path, type, item)
    } else {
      var next = 0
      fill(path, type, [item], &next, isBraced: false)
    }
  }

  private func isWhole(_ item: Cursor, _ type: Type) -> Bool {
    if type.kind == .record { return item.type.canonical.kind == .record }
    return !type.kind.isArray || isText(item, for: type)
  }

  private func isText(_ item: Cursor, for type: Type) -> Bool {
    var item = item
    while item.kind == .parenthesized || item.kind == .unexposedExpression, let inner = item.children.last {
      item = inner
    }
    guard item.kind == .stringLiteral else { return false }
    switch type.element.canonical.kind {
    case .signedInteger, .unsignedInteger: return true
    default: return false
    }
  }

  private func fill(
    _ path: [InitialStore.Step], _ type: Type, _ items: [Cursor], _ next: inout Int, isBraced: Bool
  ) {
    if type.kind == .record {
      fillRecord(path, type, items, &next, isBraced: isBraced)
    } else {
      fillArray(path, type, items, &next, isBraced: isBraced)
    }
  }

  private func fillRecord(
    _ path: [InitialStore.Step], _ type: Type, _ items: [Cursor], _ next: inout Int, isBraced: Bool
  ) {
    let members = types.members(of: type)
    let isUnion = type.declaration.kind == .unionDeclaration
    var number = 0
    while next < items.count {
      if isDesignated(items[next]) {
        guard isBraced else { return }
        if let first = designated(path, type, items[next]),
          let found = members.firstIndex(where: { $0.cursor == first })
        {
          number = found + 1
        }
        next += 1
        continue
      }
      while number < members.count, members[number].isPadding { number += 1 }
      guard number < members.count, !(isUnion && number > 0) || !isBraced && number < 1 else {
        if isBraced { next = items.count }
        return
      }
      let member = members[number]
      part(member.isAnonymous ? path : path + [.field(types.field(member.cursor))], member.type, items, &next)
      number += 1
      if isUnion, !isBraced { return }
    }
  }

  private func fillArray(
    _ path: [InitialStore.Step], _ type: Type, _ items: [Cursor], _ next: inout Int, isBraced: Bool
  ) {
    let element = type.element.canonical
    let count = type.elementCount ?? Int.max
    var number = 0
    while next < items.count {
      if isDesignated(items[next]) {
        guard isBraced else { return }
        if let index = items[next].children.first.flatMap(constant) { number = Int(index) + 1 }
        _ = designated(path, type, items[next])
        next += 1
        continue
      }
      guard number < count else {
        if isBraced { next = items.count }
        return
      }
      part(appending(number, of: element, to: path), element, items, &next)
      number += 1
    }
  }

  /// The next part of an aggregate: takes one item, or several where braces are left out.
  private func part(_ path: [InitialStore.Step], _ type: Type, _ items: [Cursor], _ next: inout Int) {
    let item = items[next]
    if item.kind == .initializerList || isWhole(item, type) {
      next += 1
      initializePart(path, type, item)
      return
    }
    let before = next
    fill(path, type, items, &next, isBraced: false)
    // An aggregate without parts takes nothing.
    if next == before { next += 1 }
  }

  // MARK: Designators

  private func isDesignated(_ item: Cursor) -> Bool {
    item.kind == .unexposedExpression && item.type.kind == .void && item.children.count > 1
  }

  /// Stores a designated item; gives the member its first designator names.
  private func designated(_ path: [InitialStore.Step], _ type: Type, _ item: Cursor) -> Cursor? {
    var children = item.children[...]
    guard let value = children.popLast() else { return nil }
    var path = path
    var type = type
    var firstMember: Cursor?
    var paths: [[InitialStore.Step]] = []
    while let designator = children.popFirst() {
      if designator.kind == .memberReference {
        guard let field = designator.referenced else { return firstMember }
        firstMember = firstMember ?? field
        if !types.isAnonymousMember(field) { path.append(.field(types.field(field))) }
        type = field.type.canonical
        continue
      }
      guard let low = constant(designator) else { return firstMember }
      if let next = children.first, next.kind.isExpression, isRange(designator, next),
        let high = constant(next)
      {
        children.removeFirst()
        // The analysis needs no more of a long range than that it is there.
        type = type.element.canonical
        for index in low...max(low, min(high, low + 255)) {
          paths.append(appending(Int(index), of: type, to: path))
        }
        continue
      }
      type = type.element.canonical
      path = appending(Int(low), of: type, to: path)
    }
    for path in paths.isEmpty ? [path] : paths { initializePart(path, type, value) }
    return firstMember
  }
}
