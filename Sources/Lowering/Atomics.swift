import Clang
import SpawnIR

/// `__atomic_…` and `__c11_atomic_…` as plain loads and stores: the analysis follows one thread.
enum Atomics {
  enum Operation {
    case load, store, exchange, initialize
    /// `…_n` forms pass values, the others pointers to them.
    case loadThrough, storeThrough, exchangeThrough
    case fetch(BinaryOperator)
    case fetched(BinaryOperator)
    case other
  }

  static func isAtomic(_ word: String) -> Bool {
    ["__atomic_", "__c11_atomic_", "__scoped_atomic_", "__opencl_atomic_"].contains { word.hasPrefix($0) }
  }

  static func operation(_ word: String) -> Operation {
    let isC11 = word.hasPrefix("__c11_")
    guard let range = word.firstRange(of: "atomic_") else { return .other }
    let name = String(word[range.upperBound...])
    switch name {
    case "load_n": return .load
    case "load": return isC11 ? .load : .loadThrough
    case "store_n": return .store
    case "store": return isC11 ? .store : .storeThrough
    case "exchange_n": return .exchange
    case "exchange": return isC11 ? .exchange : .exchangeThrough
    case "init": return .initialize
    default:
      let operators: [String: BinaryOperator] = [
        "add": .add, "sub": .subtract, "and": .bitAnd, "or": .bitOr, "xor": .bitXor,
      ]
      if name.hasPrefix("fetch_"), let op = operators[String(name.dropFirst(6))] { return .fetch(op) }
      if name.hasSuffix("_fetch"), let op = operators[String(name.dropLast(6))] { return .fetched(op) }
      return .other
    }
  }
}

extension FunctionLowering {
  /// Operands: pointer, order, value, … (`init`: pointer, value).
  func atomic(_ word: String, _ cursor: Cursor, _ operands: [Cursor], isUsed: Bool) -> Value {
    let type = shape(of: cursor)
    let values = operands.map(value)
    guard !graph.isDead, let pointer = values.first else { return .opaque(type) }
    let object = target(of: pointer)
    let second = values.count > 2 ? values[2] : nil
    switch (Atomics.operation(word), second) {
    case (.load, _): return .load(object)
    case (.loadThrough, let result?): assign(target(of: result), .load(object), cursor)
    case (.store, let new?): assign(object, new, cursor)
    case (.initialize, _) where values.count == 2: assign(object, values[1], cursor)
    case (.storeThrough, let new?): assign(object, .load(target(of: new)), cursor)
    case (.exchange, let new?): return replace(object, new, cursor, isUsed: isUsed)
    case (.fetch(let op), let operand?):
      return replace(object, .binary(op, .load(object), operand), cursor, isUsed: isUsed)
    case (.fetched(let op), let operand?):
      assign(object, .binary(op, .load(object), operand), cursor)
      return .load(object)
    default:
      // Compare-and-exchange and the like: whatever they point to may change.
      let outputs = zip(operands, values).filter { shape(of: $0.0).kind == .pointer }.map { target(of: $0.1) }
      emit(.assembly(outputs: outputs), span(cursor))
    }
    return .opaque(type)
  }

  private func replace(_ object: Place, _ new: Value, _ cursor: Cursor, isUsed: Bool) -> Value {
    var result = Value.opaque(.void)
    if isUsed {
      let old = temporary(shape(of: cursor), span(cursor))
      assign(.variable(old), .load(object), cursor)
      result = .load(.variable(old))
    }
    assign(object, new, cursor)
    return result
  }
}
