import Clang
import SpawnIR

/// Builds one function's control-flow graph. Instructions go to the current block; values are pure:
/// whatever has an effect is an instruction or a block before it.
final class FunctionLowering {
  let unit: UnitLowering
  let function: Cursor
  let symbol: Symbol
  var variables: [Variable] = []
  var variableNumbers: [Cursor: Int] = [:]
  var graph = GraphBuilder()
  /// Variables with a `cleanup` attribute that are in scope, outermost first.
  var cleanups: [Cleanup] = []
  var breakTargets: [JumpTarget] = []
  var continueTargets: [JumpTarget] = []
  var switches: [OpenSwitch] = []
  var labels: [LabelKey: Label] = [:]
  var pendingGotos: [PendingGoto] = []
  /// Blocks that jump to any label whose address is taken, with what they have in scope.
  var computedGotos: [PendingGoto] = []
  var assemblyGotos: [PendingGoto] = []
  var addressedLabels: [LabelKey] = []
  var staticLocalNames: [String: Int] = [:]
  var depth = 0
  /// Lowers initialisers of static objects.
  var isStaticContext = false
  private var forHeaders: [SourceLocation: PrettyPrint.ForHeader]?
  private var genericLabels: [SourceLocation: [String]]?
  private var assemblies: [SourceLocation: AssemblyText]?
  private lazy var print = PrettyPrint(function.prettyPrinted(terse: false))

  struct JumpTarget {
    var block: Int
    var cleanupCount: Int
  }

  init(unit: UnitLowering, function: Cursor) {
    self.unit = unit
    self.function = function
    self.symbol = unit.symbols.symbol(of: function)
  }

  func lower(body: Cursor) -> Function {
    let type = function.type.canonical
    let parameters = function.parameters.map { addVariable($0, kind: .parameter) }
    let entry = graph.newBlock()
    graph.start(entry)
    statement(body)
    graph.terminate(.return(nil), span: unit.files.endSpan(of: body))
    resolveGotos()
    return Function(
      symbol: symbol, span: unit.files.span(of: function, length: symbol.name.utf8.count),
      parameters: parameters, isVariadic: type.isVariadicFunction,
      returnType: shape(type.result), variables: variables, blocks: graph.finish(),
      neverReturns: unit.symbols.neverReturns(function), isInline: function.isInline,
      isWeak: unit.symbols.isWeak(function),
      signature: function.type.spelling.filter { $0 != " " })
  }

  // MARK: Types, places, names

  func shape(_ type: Type) -> TypeShape { unit.types.shape(type) }

  func shape(of cursor: Cursor) -> TypeShape {
    let shape = unit.types.shape(cursor.type)
    return shape.kind == .array && !isArrayObject(cursor) ? TypeShape.pointer(decayedFrom: shape) : shape
  }

  /// libclang gives what decayed from an array parameter the array's type: only some kinds of
  /// expression name an array object.
  func isArrayObject(_ cursor: Cursor) -> Bool {
    guard cursor.type.canonical.kind.isArray else { return false }
    switch cursor.kind {
    case .declarationReference: return cursor.referenced?.kind != .parameter
    case .parameter: return false
    case .parenthesized: return cursor.children.last.map(isArrayObject) ?? false
    case .unexposedExpression:
      guard let inner = cursor.children.last, inner.kind.isExpression else { return true }
      return isArrayObject(inner)
    case .binaryOperator, .compoundAssignment, .call, .cast: return false
    case .conditionalOperator: return false
    case .unaryOperator: return cursor.unaryOperator == .dereference || cursor.unaryOperator == .extension
    default: return true
    }
  }

  func span(_ cursor: Cursor) -> SourceSpan { unit.files.span(of: cursor) }

  func addVariable(_ cursor: Cursor, kind: Variable.Kind) -> Int {
    let name = cursor.spelling
    let number = variables.count
    variables.append(
      Variable(
        name: name, type: shape(of: cursor), kind: kind,
        span: unit.files.span(of: cursor, length: name.utf8.count)))
    variableNumbers[cursor] = number
    return number
  }

  func temporary(_ type: TypeShape, _ span: SourceSpan) -> Int {
    variables.append(Variable(name: "", type: type, kind: .temporary, span: span))
    return variables.count - 1
  }

  // MARK: Instructions

  func emit(_ kind: Instruction.Kind, _ span: SourceSpan) {
    graph.emit(Instruction(kind, span: span))
  }

  func assign(_ place: Place, _ value: Value, _ cursor: Cursor) {
    guard !graph.isDead else { return }
    emit(.assign(place, value), span(cursor))
  }

  // MARK: Nesting

  /// Runs `work` one level deeper; beyond the limit the cursor is left out and the unit incomplete.
  func nested<Result>(_ cursor: Cursor, otherwise: @autoclosure () -> Result, _ work: () -> Result) -> Result
  {
    depth += 1
    defer { depth -= 1 }
    guard depth < UnitLowering.depthLimit else {
      unit.noteTooDeep(cursor)
      return otherwise()
    }
    return work()
  }

  // MARK: What only the pretty print tells

  func forHeader(_ cursor: Cursor) -> PrettyPrint.ForHeader? {
    if forHeaders == nil {
      forHeaders = match(print.forHeaders, kind: .for)
    }
    return forHeaders?[cursor.location]
  }

  func genericLabels(_ cursor: Cursor) -> [String]? {
    if genericLabels == nil {
      genericLabels = match(print.genericLabels, kind: .genericSelection)
    }
    return genericLabels?[cursor.location]
  }

  func assemblyText(_ cursor: Cursor) -> AssemblyText? {
    if assemblies == nil {
      assemblies = match(print.assemblies, kind: .gccAssembly)
    }
    return assemblies?[cursor.location]
  }

  /// Both orders are the source's. What libclang visits several times (the operand of `?:`) counts once;
  /// different numbers mean that the print cannot be trusted. Cursors of one expression are not always
  /// equal, their places are.
  private func match<Part>(_ parts: [Part], kind: CursorKind) -> [SourceLocation: Part] {
    var order: [SourceLocation] = []
    var seen: Set<SourceLocation> = []
    for cursor in function.descendants(where: { $0.kind == kind }) where seen.insert(cursor.location).inserted
    {
      order.append(cursor.location)
    }
    guard order.count == parts.count else { return [:] }
    return Dictionary(zip(order, parts)) { first, _ in first }
  }
}
