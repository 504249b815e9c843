import Catalogue
import Linking
import SpawnIR

/// Functions that a call hands over to start in a child.
extension Frame {
  /// Runs each in a child of its own; the caller goes on as if nothing had happened.
  func startHandedOver(
    by entry: Entry, _ call: Call, name: FunctionNameID, _ arguments: [SValue], _ state: State
  ) {
    if !entry.childEntries.isEmpty { analysis.handOvers.insert(currentRef) }
    for start in entry.childEntries where start.argument < arguments.count {
      let pointer = Constraints.resolve(arguments[start.argument], state, analysis.table)
      if pointer == .int(0) { continue }
      let site = analysis.site(SpawnSite(at: currentRef, name: name, start: .entry(start)))
      analysis.contexts[context].spawned.insert(site)
      // When it starts later, memory may hold anything by then.
      var child = start.startsLater ? State() : state
      child.roles = state.roles + [RoleTag(origin: .site(site), context: start.child)]
      let function = call.arguments[start.argument]
      let handed = Call(
        result: nil, callee: .indirect(function), arguments: data(start, call, arguments),
        resultType: .other)
      switch targets(behind: function, known: pointer) {
      case .functions(let names): for name in names { _ = execute(handed, target: name, child) }
      case .tooMany: record(.tooManyTargets(Self.lastName(function, body)), currentRef, child)
      case .unknown: record(.pointer(Self.lastName(function, body)), currentRef, child)
      case .nothing: break
      }
    }
  }

  /// What the function gets as its first argument.
  private func data(_ start: ChildEntry, _ call: Call, _ arguments: [SValue]) -> [Value] {
    guard let index = start.data, index < arguments.count else { return [] }
    if case .int(let constant) = arguments[index] { return [.integer(constant)] }
    return [call.arguments[index]]
  }
}
