// A stable text form of the facts, for tests and for reading.

extension Symbol: CustomStringConvertible {
  public var description: String { isStatic ? "static \(name)" : name }
}

extension TypeShape: CustomStringConvertible {
  public var description: String {
    let base =
      switch kind {
      case .void: "void"
      case .bool: "bool"
      case .signed(let width): "i\(width)"
      case .unsigned(let width): "u\(width)"
      case .pointer: "ptr"
      case .functionPointer: "fnptr"
      case .record(let name): "record \(name)"
      case .array: "array"
      case .floating: "float"
      case .other: "other"
      }
    return (isConst ? "const " : "") + (isVolatile ? "volatile " : "") + base
      + (pointeeIsConst ? " to const" : "")
  }
}

/// Values and places need the function's variable names.
private struct Printer {
  var variables: [Variable]

  func name(_ index: Int) -> String {
    guard variables.indices.contains(index) else { return "?\(index)" }
    let variable = variables[index]
    if variable.name.isEmpty { return "%\(index)" }
    let twin = variables.firstIndex { $0.name == variable.name && $0.kind != .temporary }
    return twin == index ? variable.name : "\(variable.name)#\(index)"
  }

  func text(_ value: Value) -> String {
    switch value {
    case .integer(let number): "\(number)"
    case .string(let characters): "\"\(escaped(characters))\""
    case .function(let symbol): "@\(symbol.name)"
    case .load(let place): text(place)
    case .addressOf(let place): "&\(text(place))"
    case .unary(let op, let operand): "\(op.text)\(text(operand))"
    case .binary(let op, let left, let right): "(\(text(left)) \(op.text) \(text(right)))"
    case .convert(let type, let operand): "\(type)(\(text(operand)))"
    case .opaque(let type): "opaque<\(type)>"
    }
  }

  func text(_ place: Place) -> String {
    switch place {
    case .variable(let index): name(index)
    case .global(let symbol): "$\(symbol.name)"
    case .dereference(let value): "*\(text(value))"
    case .field(.dereference(let value), let field): "\(text(value))->\(field.name)"
    case .field(let base, let field): "\(text(base)).\(field.name)"
    case .element(.dereference(let value), let index): "(*\(text(value)))[\(text(index))]"
    case .element(let base, let index): "\(text(base))[\(text(index))]"
    }
  }

  func text(_ call: Call) -> String {
    var line = call.result.map { "\(name($0)) = " } ?? ""
    switch call.callee {
    case .direct(let symbol): line += symbol.name
    case .indirect(let value): line += "(\(text(value)))"
    }
    line += "(" + call.arguments.map(text).joined(separator: ", ") + ")"
    if call.neverReturns { line += " noreturn" }
    if call.isCleanup { line += " cleanup" }
    return line
  }

  func text(_ instruction: Instruction) -> String {
    switch instruction.kind {
    case .assign(let place, let value): "\(text(place)) = \(text(value))"
    case .zero(let place): "zero \(text(place))"
    case .declare(let index): "declare \(name(index))"
    case .call(let call): text(call)
    case .assembly(let outputs, let inputs, let effect):
      "asm(" + outputs.map(text).joined(separator: ", ")
        + (inputs.isEmpty ? "" : " <- " + inputs.map(text).joined(separator: ", ")) + ")"
        + (effect == .none ? "" : " \(effect)")
    }
  }

  func text(_ terminator: Terminator) -> String {
    switch terminator.kind {
    case .jump(let target): return "jump b\(target)"
    case .branch(let value, let then, let otherwise):
      return "branch \(text(value)) ? b\(then) : b\(otherwise)"
    case .switch(let value, let cases, let otherwise):
      let arms = cases.map {
        $0.low == $0.high ? "\($0.low): b\($0.target)" : "\($0.low)...\($0.high): b\($0.target)"
      }
      return "switch \(text(value)) {\((arms + ["else: b\(otherwise)"]).joined(separator: ", "))}"
    case .computedGoto(let targets): return "goto* " + targets.map { "b\($0)" }.joined(separator: ", ")
    case .return(let value): return value.map { "return \(text($0))" } ?? "return"
    case .unreachable: return "unreachable"
    }
  }

  private func escaped(_ string: String) -> String {
    string.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
  }
}

extension Function {
  /// One line per instruction; with `spans`, each begins with its line and column.
  public func dump(spans: Bool = false) -> String {
    let printer = Printer(variables: variables)
    let list = parameters.map { printer.name($0) } + (isVariadic ? ["..."] : [])
    var lines = ["\(symbol)(\(list.joined(separator: ", "))) -> \(returnType)"]
    if neverReturns { lines[0] += " noreturn" }
    func add(_ text: String, _ span: SourceSpan) {
      let place = spans ? "\(span.line):\(span.column)-\(span.endLine):\(span.endColumn) " : ""
      lines.append("  \(place)\(text)")
    }
    for (number, block) in blocks.enumerated() {
      lines.append("b\(number):")
      for instruction in block.instructions { add(printer.text(instruction), instruction.span) }
      add(printer.text(block.terminator), block.terminator.span)
    }
    return lines.joined(separator: "\n")
  }
}

extension Global {
  public func dump() -> String {
    let printer = Printer(variables: [])
    let head = "\(isDefinition ? "" : "extern ")\(isThreadLocal ? "thread_local " : "")\(symbol): \(type)"
    let stores = initializer.map { store in
      let path = store.path.map { step in
        switch step {
        case .field(let field): ".\(field.name)"
        case .index(let number): "[\(number)]"
        }
      }
      return "  \(path.joined()) = \(printer.text(store.value))"
    }
    return ([head] + stores).joined(separator: "\n")
  }
}

extension Declaration {
  public func dump() -> String {
    let list = parameters.map(\.description) + (isVariadic ? ["..."] : [])
    return "\(symbol)(\(list.joined(separator: ", "))) -> \(returnType)" + (neverReturns ? " noreturn" : "")
  }
}
