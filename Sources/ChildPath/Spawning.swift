import Catalogue
import Linking
import SpawnIR

/// Spawn calls and what a child that shares memory writes.
extension Frame {
  func spawnEffect(_ entry: Entry, _ arguments: [SValue]) -> SpawnEffect? {
    entry.spawns.first { effect in
      guard effect.holds(onArchitecture: analysis.architecture) else { return false }
      guard let index = effect.whenArgument else { return true }
      guard index < arguments.count, case .int(let value) = arguments[index] else { return false }
      return effect.whenValues.contains(value)
    }
  }

  private enum ChildKind {
    case thread
    case child(ChildContext, suspends: Bool, flagsKnown: Bool)
  }

  private func kind(of effect: SpawnEffect, _ arguments: [SValue], _ state: State) -> ChildKind {
    switch effect.kind {
    case .fork: return .child(.fork, suspends: false, flagsKnown: true)
    case .rawFork: return .child(.rawFork, suspends: false, flagsKnown: true)
    case .vfork: return .child(.vfork, suspends: true, flagsKnown: true)
    case .flags:
      guard let flags = flags(effect, arguments, state) else {
        return .child(.fork, suspends: false, flagsKnown: false)
      }
      if flags & effect.flagBits.thread != 0 { return .thread }
      if effect.flagBits.process != 0, flags & effect.flagBits.process == 0 { return .thread }
      // Measurements that tell a raw fork from fork were made with `_Fork` alone.
      return .child(
        flags & effect.flagBits.sharesMemory != 0 ? .vfork : .fork,
        suspends: flags & effect.flagBits.suspendsParent != 0, flagsKnown: true)
    }
  }

  func flags(_ effect: SpawnEffect, _ arguments: [SValue], _ state: State) -> Int64? {
    guard let path = effect.flags, path.argument < arguments.count else { return nil }
    let value = arguments[path.argument]
    guard let field = path.field else {
      if case .int(let flags) = Constraints.resolve(value, state, analysis.table) { return flags }
      return nil
    }
    let object = pointee(of: value)
    let name = Name(field)
    for region in state.store.keys {
      guard case .field(let parent, let key) = analysis.table.shape(region), parent == object,
        key.name == name
      else { continue }
      if case .int(let flags)? = state.store[region].map({ Constraints.resolve($0, state, analysis.table) }) {
        return flags
      }
      return nil
    }
    return state.defaults[object] == .zero ? 0 : nil
  }

  func spawn(
    _ effect: SpawnEffect, _ call: Call, name: FunctionNameID, _ arguments: [SValue], _ state: State
  ) -> [State] {
    let site = analysis.site(SpawnSite(at: currentRef, name: name, shown: effect.shown))
    analysis.contexts[context].spawned.insert(site)
    switch kind(of: effect, arguments, state) {
    case .thread:
      var after = state
      bindResult(call, fresh(call.resultType, tag: 0), &after)
      return [after]
    case .child(let context, let suspends, let flagsKnown):
      noteHoldings(at: currentRef, state)
      var after = state
      after.isAfterSpawn = true
      var (parent, failed) = parents(effect, call, after)
      if analysis.isAboutParent {
        parent.hasChild = true
        if context == .vfork { forgetVolatiles(&parent) }
        return [parent, failed]
      }
      var child = state
      child.roles.append(RoleTag(origin: .site(site), context: context))
      if suspends {
        analysis.suspendingSites.insert(site)
        noteLocksAcrossVfork(child)
      }
      noteProtocolAtFork(child)
      noteSignals(&child, effect, arguments)
      if !flagsKnown { record(.unknownFlags, currentRef, child) }
      if let index = effect.entryArgument {
        start(index, effect, of: call, arguments, child)
        return [parent, failed]
      }
      bindResult(call, .int(effect.childReturns ?? 0), &child)
      return [child, parent, failed]
    }
  }

  /// The parent's states after the call, when there is a child and when there is none.
  private func parents(
    _ effect: SpawnEffect, _ call: Call, _ state: State
  ) -> (succeeded: State, failed: State) {
    var failed = state
    bindResult(call, effect.childReturns == nil ? .int(-1) : fresh(call.resultType, tag: 4), &failed)
    excludeResults(effect, call, &failed)
    var parent = state
    let pid = analysis.table.symbol(
      .conjured(site: currentPlace, tag: makerTag + 3), bounds: Interval(1, .max))
    bindResult(call, effect.parentReturns.map { .int($0) } ?? .symbol(pid), &parent)
    return (parent, failed)
  }

  /// A child that shares memory may have written to the variables that are meant for that.
  private func forgetVolatiles(_ state: inout State) {
    for (index, variable) in body.variables.enumerated()
    where variable.type.isVolatile && isAssignedInChild(index) {
      let region = variableRegion(index)
      if state.store[region] == nil { continue }
      bindUnknown(region, type: variable.type, tag: Int32(500 + index), &state)
    }
  }

  private func isAssignedInChild(_ variable: Int) -> Bool {
    (analysis.childBlocks[id] ?? []).contains { block in
      body.blocks[block].instructions.contains { instruction in
        guard case .assign(let place, _) = instruction.kind else { return false }
        return place.base == .variable(variable)
      }
    }
  }

  /// A spawn call whose child has its turn elsewhere.
  func goOnAsParent(_ effect: SpawnEffect, _ call: Call, _ arguments: [SValue], _ state: State) -> [State] {
    if case .thread = kind(of: effect, arguments, state) {
      var after = state
      bindResult(call, fresh(call.resultType, tag: 0), &after)
      return [after]
    }
    let (parent, failed) = parents(effect, call, state)
    return [parent, failed]
  }

  /// A failure is told from both kinds of success.
  private func excludeResults(_ effect: SpawnEffect, _ call: Call, _ state: inout State) {
    guard let result = call.result, isTracked(.variable(result)) else { return }
    for value in [effect.childReturns, effect.parentReturns].compactMap({ $0 }) {
      let known = read(variableRegion(result), type: call.resultType, state)
      _ = Constraints.compare(.notEqual, known, .int(value), &state, analysis.table)
    }
  }

  /// `clone(fn, …, arg)`: the child runs `fn(arg)` and ends with it.
  private func start(
    _ index: Int, _ effect: SpawnEffect, of call: Call, _ arguments: [SValue], _ child: State
  ) {
    guard index < arguments.count else { return }
    let data = effect.entryData.flatMap { $0 < call.arguments.count ? call.arguments[$0] : nil }
    let entry = Call(
      result: nil, callee: .indirect(call.arguments[index]), arguments: data.map { [$0] } ?? [],
      resultType: .other)
    _ = execute(entry, child)
  }

  /// A child that shares memory changes what the parent sees.
  func noteWrite(_ region: RegionID, _ state: State, isSpawnResult: Bool, isVolatile: Bool = false) {
    guard let tag = state.roles.last, tag.context == .vfork, !isSpawnResult else { return }
    let base = analysis.table.base(of: region)
    switch analysis.table.shape(base) {
    case .variable(_, let variable):
      guard case .site = tag.origin, isParents(variable) else { return }
      analysis.contexts[context].events.insert(
        Event(
          kind: .writesParent("'\(body.variables[variable].name)'"), at: currentRef, roles: state.roles,
          local: variable))
    case .global(let global):
      record(.writesParent("'\(analysis.program.globals[global].name)'"), currentRef, state)
    case .pointee(let symbol):
      if isVolatile || isChildsOwn(symbol) { return }
      record(.writesParent("memory of the parent"), currentRef, state)
    case .outer(let index):
      // Whose child it is decides whose object: that of this frame's child belongs to callers of the spawn call.
      if case .site = tag.origin {
        if !isVolatile { record(.writesParent("memory of the parent"), currentRef, state) }
      } else {
        analysis.contexts[context].outerWrites.insert(
          OuterWrite(object: index, at: currentRef, isVolatile: isVolatile))
      }
    case .literal, .field, .element, .ghost: break
    }
  }

  /// The memory was handed out by a call that only the child made.
  private func isChildsOwn(_ symbol: SymbolID) -> Bool {
    if analysis.ownPointers.contains(symbol) { return true }
    if case .conjured(_, let tag) = analysis.table.kind(symbol) { return tag >= SymbolTable.childTag }
    return false
  }

  /// The type by which the place is reached says that the change is meant.
  func isVolatile(_ place: Place) -> Bool {
    if case .dereference(.load(let pointer)) = place { return type(of: pointer).pointeeIsVolatile }
    return type(of: place).isVolatile
  }

  /// Temporaries belong to one evaluation; `volatile` says that the change is meant.
  private func isParents(_ variable: Int) -> Bool {
    let declared = body.variables[variable]
    return declared.kind != .temporary && !declared.type.isVolatile
  }

  /// Writes of a callee through pointers to objects of this frame or of its callers.
  func noteOuterWrites(of target: Int, _ entrance: Entrance, _ state: State) {
    guard state.isChild else { return }
    for write in analysis.contexts[target].outerWrites.elements
    where Int(write.object) < entrance.outers.count {
      let base = analysis.table.base(of: entrance.outers[Int(write.object)])
      guard let tag = state.roles.last, tag.context == .vfork else { continue }
      switch analysis.table.shape(base) {
      case .variable(_, let variable):
        guard case .site = tag.origin, isParents(variable) else { continue }
        analysis.contexts[context].events.insert(
          Event(
            kind: .writesParent("'\(body.variables[variable].name)'"), at: write.at, roles: state.roles,
            via: currentRef, local: variable))
      case .outer(let index):
        guard case .site = tag.origin else {
          analysis.contexts[context].outerWrites.insert(
            OuterWrite(object: index, at: write.at, isVolatile: write.isVolatile))
          continue
        }
        if write.isVolatile { continue }
        analysis.contexts[context].events.insert(
          Event(
            kind: .writesParent("memory of the parent"), at: write.at, roles: state.roles, via: currentRef))
      default: continue
      }
    }
  }
}
