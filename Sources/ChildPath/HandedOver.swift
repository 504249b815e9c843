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
      let before = start.startsLater ? State(roles: state.roles) : state
      for prepared in prepared(start, call, arguments, before) {
        var child = before
        child.held = prepared.held
        child.roles.append(RoleTag(origin: .site(site), context: start.child))
        if start.child == .vfork, !start.startsLater {
          analysis.suspendingSites.insert(site)
          noteLocksAcrossVfork(child)
        }
        run(call.arguments[start.argument], pointer, data: data(start, call, arguments), child)
      }
    }
  }

  private func run(_ function: Value, _ pointer: SValue, data: [Value], _ child: State) {
    let call = Call(result: nil, callee: .indirect(function), arguments: data, resultType: .other)
    switch targets(behind: function, known: pointer, child) {
    case .functions(let names): for name in names { _ = execute(call, target: name, child) }
    case .tooMany: record(.tooManyTargets(Self.lastName(function, body)), currentRef, child)
    case .unknown: record(.pointer(Self.lastName(function, body)), currentRef, child)
    case .nothing: break
    }
  }

  /// The states after the function that runs in the parent right before: with the locks that it took.
  private func prepared(
    _ start: ChildEntry, _ call: Call, _ arguments: [SValue], _ state: State
  ) -> [State] {
    guard let index = start.prepare, index < arguments.count,
      case .functions(let names) = targets(behind: call.arguments[index], known: arguments[index], state),
      names.count == 1
    else { return [state] }
    let prepare = Call(
      result: nil, callee: .indirect(call.arguments[index]), arguments: [], resultType: .other)
    let after = execute(prepare, target: names[0], state)
    return after.isEmpty ? [state] : after
  }

  /// What the function gets as its first argument.
  private func data(_ start: ChildEntry, _ call: Call, _ arguments: [SValue]) -> [Value] {
    guard let index = start.data, index < arguments.count else { return [] }
    if case .int(let constant) = arguments[index] { return [.integer(constant)] }
    return [call.arguments[index]]
  }
}
