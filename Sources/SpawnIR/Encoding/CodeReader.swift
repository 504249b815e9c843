/// Reads what `CodeWriter` wrote, one piece after the other.
struct CodeReader {
  var tables: StoredTables
  private var reader = ByteReader([])
  private var last = SourceSpan.unknown
  private var depth = 0
  /// Of the function that is read.
  private var variableCount = 0
  /// Of values in each other; more is damage.
  private let deepest: Int

  init(_ tables: StoredTables, deepest: Int) {
    self.tables = tables
    self.deepest = deepest
  }

  // MARK: Definitions

  mutating func function(_ symbol: Symbol, _ bytes: ArraySlice<UInt8>) throws(FactsError) -> Function {
    start(bytes)
    let span = try span()
    let parameters = try reader.list { reader throws(FactsError) in try reader.count() }
    let returnType = try shape()
    let flags = try reader.byte()
    let signature = try text()
    variableCount = try reader.count()
    var variables: [Variable] = []
    for _ in 0..<variableCount { variables.append(try variable()) }
    let blockCount = try reader.count()
    var blocks: [BasicBlock] = []
    for _ in 0..<blockCount {
      let count = try reader.count()
      var instructions: [Instruction] = []
      for _ in 0..<count { instructions.append(try instruction()) }
      blocks.append(BasicBlock(instructions: instructions, terminator: try terminator(blockCount)))
    }
    guard reader.isAtEnd, parameters.allSatisfy({ $0 < variableCount }) else { throw .damaged }
    return Function(
      symbol: symbol, span: span, parameters: parameters, isVariadic: flags & 8 != 0,
      returnType: returnType, variables: variables, blocks: blocks, neverReturns: flags & 4 != 0,
      isInline: flags & 2 != 0, isWeak: flags & 1 != 0, signature: signature)
  }

  mutating func global(_ symbol: Symbol, _ bytes: ArraySlice<UInt8>) throws(FactsError) -> Global {
    start(bytes)
    let span = try span()
    let type = try shape()
    let flags = try reader.byte()
    let count = try reader.count()
    var stores: [InitialStore] = []
    for _ in 0..<count {
      var path: [InitialStore.Step] = []
      for _ in 0..<(try reader.count()) { path.append(try step()) }
      stores.append(InitialStore(path: path, value: try value()))
    }
    guard reader.isAtEnd else { throw .damaged }
    return Global(
      symbol: symbol, type: type, span: span, isDefinition: flags & 1 != 0, isThreadLocal: flags & 2 != 0,
      initializer: stores)
  }

  mutating func declaration(_ reader: inout ByteReader) throws(FactsError) -> Declaration {
    let symbol = try tables.symbol(try reader.count())
    var parameters: [TypeShape] = []
    for _ in 0..<(try reader.count()) { parameters.append(try tables.shape(try reader.count())) }
    let result = try tables.shape(try reader.count())
    let flags = try reader.byte()
    return Declaration(
      symbol: symbol, parameters: parameters, isVariadic: flags & 1 != 0, returnType: result,
      neverReturns: flags & 2 != 0)
  }

  private mutating func start(_ bytes: ArraySlice<UInt8>) {
    reader = ByteReader(bytes)
    last = .unknown
    depth = 0
    variableCount = 0
  }

  private mutating func variable() throws(FactsError) -> Variable {
    let name = try text()
    let type = try shape()
    let kind: Variable.Kind
    switch try reader.byte() {
    case 0: kind = .parameter
    case 1: kind = .local
    case 2: kind = .temporary
    default: throw .damaged
    }
    return Variable(name: name, type: type, kind: kind, span: try span())
  }

  private mutating func step() throws(FactsError) -> InitialStore.Step {
    switch try reader.byte() {
    case 0: .field(try field())
    case 1: .index(Int(try reader.signed()))
    default: throw .damaged
    }
  }

  // MARK: Instructions

  private mutating func instruction() throws(FactsError) -> Instruction {
    let kind: Instruction.Kind
    switch try reader.byte() {
    case 0:
      let place = try place()
      kind = .assign(place, try value())
    case 1: kind = .zero(try place())
    case 2: kind = .declare(try index(below: variableCount))
    case 3: kind = .call(try call())
    case 4:
      var outputs: [Place] = []
      for _ in 0..<(try reader.count()) { outputs.append(try place()) }
      var inputs: [Value] = []
      for _ in 0..<(try reader.count()) { inputs.append(try value()) }
      let effect: AssemblyEffect
      switch try reader.byte() {
      case 0: effect = .none
      case 1: effect = .memory
      case 2: effect = .unknown
      default: throw .damaged
      }
      kind = .assembly(outputs: outputs, inputs: inputs, effect: effect)
    default: throw .damaged
    }
    return Instruction(kind, span: try span())
  }

  private mutating func call() throws(FactsError) -> Call {
    let flags = try reader.byte()
    let result = flags & 4 != 0 ? try index(below: variableCount) : nil
    let callee: Callee
    switch try reader.byte() {
    case 0: callee = .direct(try symbol())
    case 1: callee = .indirect(try value())
    default: throw .damaged
    }
    var arguments: [Value] = []
    for _ in 0..<(try reader.count()) { arguments.append(try value()) }
    return Call(
      result: result, callee: callee, arguments: arguments, resultType: try shape(),
      neverReturns: flags & 2 != 0, isCleanup: flags & 1 != 0)
  }

  private mutating func terminator(_ blocks: Int) throws(FactsError) -> Terminator {
    let kind: Terminator.Kind
    switch try reader.byte() {
    case 0: kind = .jump(try index(below: blocks))
    case 1:
      let value = try value()
      let then = try index(below: blocks)
      kind = .branch(value, then: then, otherwise: try index(below: blocks))
    case 2:
      let value = try value()
      let cases = try reader.list { reader throws(FactsError) in
        let low = try reader.signed()
        let high = try reader.signed()
        return SwitchCase(low: low, high: high, target: try reader.count())
      }
      guard cases.allSatisfy({ $0.target < blocks }) else { throw .damaged }
      kind = .switch(value, cases: cases, otherwise: try index(below: blocks))
    case 3:
      let targets = try reader.list { reader throws(FactsError) in try reader.count() }
      guard targets.allSatisfy({ $0 < blocks }) else { throw .damaged }
      kind = .computedGoto(targets)
    case 4: kind = .return(nil)
    case 5: kind = .return(try value())
    case 6: kind = .unreachable
    default: throw .damaged
    }
    return Terminator(kind, span: try span())
  }

  // MARK: Values and places

  private mutating func value() throws(FactsError) -> Value {
    try descend()
    defer { depth -= 1 }
    switch try reader.byte() {
    case 0: return .integer(try reader.signed())
    case 1: return .string(try text())
    case 2: return .function(try symbol())
    case 3: return .load(try place())
    case 4: return .addressOf(try place())
    case 5:
      guard let op = UnaryOperator(rawValue: try reader.byte()) else { throw .damaged }
      return .unary(op, try value())
    case 6:
      guard let op = BinaryOperator(rawValue: try reader.byte()) else { throw .damaged }
      let left = try value()
      return .binary(op, left, try value())
    case 7:
      let type = try shape()
      return .convert(type, try value())
    case 8: return .opaque(try shape())
    default: throw .damaged
    }
  }

  private mutating func place() throws(FactsError) -> Place {
    try descend()
    defer { depth -= 1 }
    switch try reader.byte() {
    case 0: return .variable(try index(below: variableCount))
    case 1: return .global(try symbol())
    case 2: return .dereference(try value())
    case 3:
      let base = try place()
      return .field(base, try field())
    case 4:
      let base = try place()
      return .element(base, try value())
    default: throw .damaged
    }
  }

  private mutating func descend() throws(FactsError) {
    depth += 1
    if depth > deepest { throw .damaged }
  }

  private mutating func index(below limit: Int) throws(FactsError) -> Int {
    let index = try reader.count()
    guard index < limit else { throw .damaged }
    return index
  }

  private mutating func text() throws(FactsError) -> String { try tables.text(try reader.count()) }
  private mutating func shape() throws(FactsError) -> TypeShape { try tables.shape(try reader.count()) }
  private mutating func field() throws(FactsError) -> Field { try tables.field(try reader.count()) }
  private mutating func symbol() throws(FactsError) -> Symbol { try tables.symbol(try reader.count()) }

  private mutating func span() throws(FactsError) -> SourceSpan {
    let file = try near(last.file)
    let line = try near(last.line)
    let column = try reader.small()
    let endLine = try near(line)
    let span = SourceSpan(
      file: file, line: line, column: column, endLine: endLine, endColumn: try near(column))
    last = span
    return span
  }

  private mutating func near(_ base: Int32) throws(FactsError) -> Int32 {
    let (sum, overflows) = Int64(base).addingReportingOverflow(try reader.signed())
    guard !overflows, let value = Int32(exactly: sum) else { throw .damaged }
    return value
  }
}
