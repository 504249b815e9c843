import SpawnIR

/// What is followed on the parent's way: calls by which something is opened, taken, blocked or given back.
public struct ParentCode {
  /// By function: it is followed.
  var functions: [Bool]
  /// By function: it may change what the parent holds, itself or in what it calls.
  var changes: [Bool]
  /// By name: the catalogue's function may.
  var entries: [FunctionNameID: Bool]
  /// Storage that may hold a descriptor.
  var storage: Set<FlowNode>

  /// - Parameters:
  ///   - starts: functions from which the parent's way is followed.
  ///   - changes: by function, whether it may change what the parent holds.
  ///   - concerns: whether a catalogue's function does.
  public init(
    from starts: [FunctionID], graph: CallGraph, changes: [Bool], storage: Set<FlowNode>, program: Program,
    concerns: (FunctionNameID) -> Bool
  ) {
    functions = Array(repeating: false, count: program.functions.count)
    var work = starts
    while let id = work.popLast() {
      if functions[id] { continue }
      functions[id] = true
      work += graph.callees[id].filter { changes[$0] }
    }
    self.changes = changes
    entries = [:]
    for id in functions.indices where functions[id] {
      for call in graph.calls[id] {
        for name in call.names where program.names[name].bodies.isEmpty && entries[name] == nil {
          entries[name] = concerns(name)
        }
      }
    }
    self.storage = storage
  }

  func concerns(_ call: LinkedCall, _ program: Program) -> Bool {
    call.names.contains { name in
      let bodies = program.names[name].bodies
      return bodies.isEmpty ? entries[name] == true : bodies.contains { changes[$0] }
    }
  }
}
