/// Writes functions and variables, and notes what each names.
struct CodeWriter {
  var tables = FactsTables()
  private(set) var deepest = 0
  private var out = ByteWriter()
  private var last = SourceSpan.unknown
  private var depth = 0
  private var functions: [Int] = []
  private var variables: [Int] = []
  private var seenFunctions: Set<Int> = []
  private var seenVariables: Set<Int> = []

  /// A piece that can be read for itself.
  struct Piece {
    var bytes: [UInt8]
    /// Numbers of the symbols of functions and of variables that are named, in the order of the text.
    var functions: [Int]
    var variables: [Int]
  }

  private mutating func piece(_ write: (inout CodeWriter) -> Void) -> Piece {
    out = ByteWriter()
    last = .unknown
    functions = []
    variables = []
    seenFunctions = []
    seenVariables = []
    write(&self)
    return Piece(bytes: out.bytes, functions: functions, variables: variables)
  }

  // MARK: Definitions

  mutating func function(_ function: Function) -> Piece {
    piece { writer in
      writer.span(function.span)
      writer.out.list(function.parameters) { $0.count($1) }
      writer.shape(function.returnType)
      let flags: [Bool] = [function.isVariadic, function.neverReturns, function.isInline, function.isWeak]
      writer.out.byte(flags.reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
      writer.text(function.signature)
      writer.out.count(function.variables.count)
      for variable in function.variables { writer.variable(variable) }
      writer.out.count(function.blocks.count)
      for block in function.blocks {
        writer.out.count(block.instructions.count)
        for instruction in block.instructions { writer.instruction(instruction) }
        writer.terminator(block.terminator)
      }
    }
  }

  mutating func global(_ global: Global) -> Piece {
    piece { writer in
      writer.span(global.span)
      writer.shape(global.type)
      writer.out.byte((global.isDefinition ? 1 : 0) | (global.isThreadLocal ? 2 : 0))
      writer.out.count(global.initializer.count)
      for store in global.initializer {
        writer.out.count(store.path.count)
        for step in store.path { writer.step(step) }
        writer.value(store.value)
      }
    }
  }

  mutating func declaration(_ declaration: Declaration, to out: inout ByteWriter) {
    out.count(tables.number(declaration.symbol))
    out.count(declaration.parameters.count)
    for parameter in declaration.parameters { out.count(tables.number(parameter)) }
    out.count(tables.number(declaration.returnType))
    out.byte((declaration.isVariadic ? 1 : 0) | (declaration.neverReturns ? 2 : 0))
  }

  private mutating func variable(_ variable: Variable) {
    text(variable.name)
    shape(variable.type)
    let kind: UInt8 =
      switch variable.kind {
      case .parameter: 0
      case .local: 1
      case .temporary: 2
      }
    out.byte(kind)
    span(variable.span)
  }

  private mutating func step(_ step: InitialStore.Step) {
    switch step {
    case .field(let field):
      out.byte(0)
      self.field(field)
    case .index(let index):
      out.byte(1)
      out.signed(Int64(index))
    }
  }

  // MARK: Instructions

  private mutating func instruction(_ instruction: Instruction) {
    switch instruction.kind {
    case .assign(let place, let value):
      out.byte(0)
      self.place(place)
      self.value(value)
    case .zero(let place):
      out.byte(1)
      self.place(place)
    case .declare(let variable):
      out.byte(2)
      out.count(variable)
    case .call(let call):
      out.byte(3)
      self.call(call)
    case .assembly(let outputs, let inputs, let effect):
      out.byte(4)
      out.count(outputs.count)
      for output in outputs { place(output) }
      out.count(inputs.count)
      for input in inputs { value(input) }
      let number: UInt8 =
        switch effect {
        case .none: 0
        case .memory: 1
        case .unknown: 2
        }
      out.byte(number)
    }
    span(instruction.span)
  }

  private mutating func call(_ call: Call) {
    let flags: [Bool] = [call.result != nil, call.neverReturns, call.isCleanup]
    out.byte(flags.reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    if let result = call.result { out.count(result) }
    switch call.callee {
    case .direct(let symbol):
      out.byte(0)
      function(named: symbol)
    case .indirect(let value):
      out.byte(1)
      self.value(value)
    }
    out.count(call.arguments.count)
    for argument in call.arguments { value(argument) }
    shape(call.resultType)
  }

  private mutating func terminator(_ terminator: Terminator) {
    switch terminator.kind {
    case .jump(let target):
      out.byte(0)
      out.count(target)
    case .branch(let value, let then, let otherwise):
      out.byte(1)
      self.value(value)
      out.count(then)
      out.count(otherwise)
    case .switch(let value, let cases, let otherwise):
      out.byte(2)
      self.value(value)
      out.list(cases) { out, one in
        out.signed(one.low)
        out.signed(one.high)
        out.count(one.target)
      }
      out.count(otherwise)
    case .computedGoto(let targets):
      out.byte(3)
      out.list(targets) { $0.count($1) }
    case .return(let value):
      out.byte(value == nil ? 4 : 5)
      if let value { self.value(value) }
    case .unreachable:
      out.byte(6)
    }
    span(terminator.span)
  }

  // MARK: Values and places

  private mutating func value(_ value: Value) {
    depth += 1
    deepest = max(deepest, depth)
    defer { depth -= 1 }
    switch value {
    case .integer(let number):
      out.byte(0)
      out.signed(number)
    case .string(let text):
      out.byte(1)
      self.text(text)
    case .function(let symbol):
      out.byte(2)
      function(named: symbol)
    case .load(let place):
      out.byte(3)
      self.place(place)
    case .addressOf(let place):
      out.byte(4)
      self.place(place)
    case .unary(let op, let operand):
      out.byte(5)
      out.byte(op.rawValue)
      self.value(operand)
    case .binary(let op, let left, let right):
      out.byte(6)
      out.byte(op.rawValue)
      self.value(left)
      self.value(right)
    case .convert(let type, let operand):
      out.byte(7)
      shape(type)
      self.value(operand)
    case .opaque(let type):
      out.byte(8)
      shape(type)
    }
  }

  private mutating func place(_ place: Place) {
    depth += 1
    deepest = max(deepest, depth)
    defer { depth -= 1 }
    switch place {
    case .variable(let number):
      out.byte(0)
      out.count(number)
    case .global(let symbol):
      out.byte(1)
      variable(named: symbol)
    case .dereference(let value):
      out.byte(2)
      self.value(value)
    case .field(let base, let field):
      out.byte(3)
      self.place(base)
      self.field(field)
    case .element(let base, let index):
      out.byte(4)
      self.place(base)
      value(index)
    }
  }

  private mutating func function(named symbol: Symbol) {
    let number = tables.number(symbol)
    out.count(number)
    if seenFunctions.insert(number).inserted { functions.append(number) }
  }

  private mutating func variable(named symbol: Symbol) {
    let number = tables.number(symbol)
    out.count(number)
    if seenVariables.insert(number).inserted { variables.append(number) }
  }

  private mutating func text(_ text: String) { out.count(tables.number(text)) }
  private mutating func shape(_ shape: TypeShape) { out.count(tables.number(shape)) }
  private mutating func field(_ field: Field) { out.count(tables.number(field)) }

  /// Relative to the one before, which is near.
  private mutating func span(_ span: SourceSpan) {
    out.signed(Int64(span.file) - Int64(last.file))
    out.signed(Int64(span.line) - Int64(last.line))
    out.signed(Int64(span.column))
    out.signed(Int64(span.endLine) - Int64(span.line))
    out.signed(Int64(span.endColumn) - Int64(span.column))
    last = span
  }
}
