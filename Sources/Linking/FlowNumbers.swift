import SpawnIR

/// Storage locations of a program as small numbers.
struct FlowNumbers: Sendable {
  private var variables: [Int] = []
  private var firstGlobal: Int
  private var firstResult: Int
  private var firstField: Int
  private var fields: [FieldKey: Int] = [:]

  init(_ program: Program) {
    var next = 0
    for function in program.functions {
      variables.append(next)
      next += function.body.variables.count
    }
    firstGlobal = next
    firstResult = next + program.globals.count
    // One number more stands for memory that only a points-to analysis could name.
    firstField = firstResult + program.names.count + 1
  }

  var count: Int { firstField + fields.count }
  var unknownMemory: Int { firstField - 1 }

  /// A local, parameter or temporary.
  func isVariable(_ number: Int) -> Bool { number < firstGlobal }

  /// Nil for a member that was not met.
  subscript(node: FlowNode) -> Int? {
    switch node {
    case .variable(let function, let variable): variables[function] + variable
    case .global(let global): firstGlobal + global
    case .result(let name): firstResult + name
    case .field(let key): fields[key].map { firstField + $0 }
    }
  }

  mutating func number(_ node: FlowNode) -> Int {
    if let known = self[node] { return known }
    guard case .field(let key) = node else { return unknownMemory }
    fields[key] = fields.count
    return count - 1
  }

  /// The numbers of all members of that name.
  func fields(named name: Name) -> [Int] {
    fields.filter { $0.key.name == name }.map { firstField + $0.value }
  }
}
