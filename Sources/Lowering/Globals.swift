import Clang
import SpawnIR

extension UnitLowering {
  /// Arrays of plain numbers beyond this many items are not followed item by item.
  private static let longArray = 1024

  func lowerGlobal(_ cursor: Cursor) {
    addGlobal(
      symbols.definingDeclaration(ofVariable: cursor), symbol: symbols.symbol(of: cursor), staticContext: nil)
  }

  /// `staticContext` names labels and static locals of the function the variable stands in.
  func addGlobal(_ cursor: Cursor, symbol: Symbol, staticContext: FunctionLowering?) {
    let number = globals.count
    let name = cursor.spelling
    globals.append(
      Global(
        symbol: symbol, type: types.shape(cursor.type), span: files.span(of: cursor, length: name.utf8.count),
        isDefinition: symbols.isGlobalDefinition(cursor), isThreadLocal: cursor.isThreadLocal, initializer: []
      ))
    guard let initializer = cursor.initializer else { return }
    globals[number].initializer = stores(initializer, cursor.type.canonical, cursor, staticContext)
  }

  /// A compound literal outside of functions is a nameless object of static duration.
  func addCompoundLiteral(_ cursor: Cursor, _ list: Cursor, staticContext: FunctionLowering) -> Symbol {
    if let known = localStatics[cursor] { return known }
    compoundLiteralCount += 1
    let symbol = Symbol(".compoundliteral.\(compoundLiteralCount)", isStatic: true)
    localStatics[cursor] = symbol
    let number = globals.count
    globals.append(
      Global(
        symbol: symbol, type: types.shape(cursor.type), span: files.span(of: cursor), isDefinition: true,
        isThreadLocal: false, initializer: []))
    globals[number].initializer = stores(list, cursor.type.canonical, cursor, staticContext)
    return symbol
  }

  private func stores(
    _ initializer: Cursor, _ type: Type, _ owner: Cursor, _ context: FunctionLowering?
  ) -> [InitialStore] {
    let lowering = FunctionLowering(staticInitializerOf: owner, unit: self, enclosing: context)
    defer { context?.addressedLabels += lowering.addressedLabels }
    if Self.isNumberArray(type, longerThan: Self.longArray) {
      return [InitialStore(path: [], value: .opaque(types.shape(type)))]
    }
    var result: [InitialStore] = []
    func add(_ path: [InitialStore.Step], _ expression: Cursor) {
      let value = lowering.staticValue(expression)
      // Zero is what is there anyway.
      if case .integer(0) = value { return }
      result.append(InitialStore(path: path, value: value))
    }
    if initializer.kind == .initializerList {
      lowering.list(initializer, type) { path, _, expression in add(path, expression) }
    } else {
      add([], initializer)
    }
    return result
  }

  static func isNumberArray(_ type: Type, longerThan count: Int) -> Bool {
    guard type.kind.isArray, (type.elementCount ?? 0) > count else { return false }
    var element = type.element.canonical
    while element.kind.isArray { element = element.element.canonical }
    switch element.kind {
    case .bool, .signedInteger, .unsignedInteger, .floating, .enumeration: return true
    default: return false
    }
  }

  /// Whether `...` stands between two index designators.
  func isRange(_ first: Cursor, _ second: Cursor) -> Bool {
    guard let start = first.extent.end.filePosition, let end = second.extent.start.filePosition,
      start.file == end.file, start.offset <= end.offset
    else { return false }
    return unit.withContents(of: start.file) { bytes in
      guard end.offset <= bytes.count else { return false }
      return bytes[start.offset..<end.offset].contains(UInt8(ascii: "."))
    }
  }
}

extension FunctionLowering {
  /// For initialisers of static objects: constant expressions, in which nothing is executed.
  convenience init(staticInitializerOf owner: Cursor, unit: UnitLowering, enclosing: FunctionLowering?) {
    self.init(unit: unit, function: enclosing?.function ?? owner)
    isStaticContext = true
    graph.start(graph.newBlock())
  }

  /// Unknown where computing it would take instructions.
  func staticValue(_ cursor: Cursor) -> Value {
    if let literal = stringLiteral(cursor) { return .string(text(literal)) }
    let block = graph.current
    let result = value(cursor)
    guard graph.current == block, graph.currentIsEmpty else {
      graph.start(graph.newBlock())
      return .opaque(shape(of: cursor))
    }
    return result
  }
}
