import SpawnIR

extension Value {
  /// Calls `visit` for this value and all values inside it, places' values included.
  public func walk(_ visit: (Value) -> Void) {
    visit(self)
    switch self {
    case .integer, .string, .function, .opaque: break
    case .load(let place), .addressOf(let place): place.walkValues(visit)
    case .unary(_, let value), .convert(_, let value): value.walk(visit)
    case .binary(_, let left, let right):
      left.walk(visit)
      right.walk(visit)
    }
  }
}

extension Place {
  /// Visits the values that must be computed to know the place.
  public func walkValues(_ visit: (Value) -> Void) {
    switch self {
    case .variable, .global: break
    case .dereference(let value): value.walk(visit)
    case .field(let base, _): base.walkValues(visit)
    case .element(let base, let index):
      base.walkValues(visit)
      index.walk(visit)
    }
  }

  /// The object the place is part of: strips members and elements.
  public var base: Place {
    switch self {
    case .variable, .global, .dereference: self
    case .field(let base, _), .element(let base, _): base.base
    }
  }

  /// The innermost member named, through array elements: the node stores of that member share.
  public var lastField: Field? {
    switch self {
    case .field(_, let field): field
    case .element(let base, _): base.lastField
    default: nil
    }
  }
}

extension Function {
  /// Every value an instruction or terminator computes, outermost first, with the block's index.
  public func forEachValue(_ visit: (Int, Value) -> Void) {
    for (index, block) in blocks.enumerated() {
      for instruction in block.instructions {
        instruction.forEachValue { visit(index, $0) }
      }
      block.terminator.forEachValue { visit(index, $0) }
    }
  }
}

extension Instruction {
  public func forEachValue(_ visit: (Value) -> Void) {
    switch kind {
    case .assign(let place, let value):
      place.walkValues(visit)
      value.walk(visit)
    case .zero(let place): place.walkValues(visit)
    case .declare: break
    case .call(let call):
      if case .indirect(let value) = call.callee { value.walk(visit) }
      for argument in call.arguments { argument.walk(visit) }
    case .assembly(let outputs, let inputs, _):
      for output in outputs { output.walkValues(visit) }
      for input in inputs { input.walk(visit) }
    }
  }
}

extension Terminator {
  public func forEachValue(_ visit: (Value) -> Void) {
    switch kind {
    case .branch(let value, _, _), .switch(let value, _, _), .return(.some(let value)): value.walk(visit)
    case .jump, .computedGoto, .return(nil), .unreachable: break
    }
  }
}
