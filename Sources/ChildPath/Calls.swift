import Catalogue
import Linking
import SpawnIR

/// What a call does to a state.
extension Frame {
  /// The states after the call; none when it does not return.
  func execute(_ call: Call, _ incoming: State) -> [State] {
    var state = incoming
    forgetConjured(&state)
    switch call.callee {
    case .direct(let symbol):
      guard let name = analysis.program.functionName(symbol, unit: unit) else {
        return executeUnresolved(call, text: symbol.name, state)
      }
      return execute(call, target: name, state)
    case .indirect(let value):
      switch targets(behind: value, known: evaluate(value, state), state) {
      case .functions(let names): return names.flatMap { execute(call, target: $0, state) }
      case .nothing: return []
      case .tooMany:
        record(.tooManyTargets(Self.lastName(value, body)), currentRef, state)
        return afterUnknown(call, state)
      case .unknown: return executeUnresolved(call, text: Self.lastName(value, body), state)
      }
    }
  }

  /// What a pointer to a function may hold.
  enum Targets {
    case functions([FunctionNameID])
    case tooMany
    /// It is null.
    case nothing
    case unknown
  }

  func targets(behind pointer: Value, known: SValue, _ state: State) -> Targets {
    switch known {
    case .function(let name): return .functions([name])
    case .int(0): return .nothing
    case .int, .symbol, .address:
      let names = candidates(pointer, known: known, state)
      if names.isEmpty { return .unknown }
      return names.count > analysis.limits.pointerTargets ? .tooMany : .functions(names)
    }
  }

  /// The functions a pointer of unknown value may hold: all ever stored where it was first read
  /// from. What a parameter holds only callers know; those that are known were tried before.
  private func candidates(_ pointer: Value, known: SValue, _ state: State) -> [FunctionNameID] {
    if case .symbol(let symbol) = known, let origin = analysis.table.origin(of: symbol) {
      switch origin {
      case .field, .global:
        notePointer(origin, state)
        return analysis.flow.candidates(origin)
      case .variable(let function, let variable)
      where analysis.body(function).variables[variable].kind == .parameter:
        return []
      case .variable, .result: break
      }
    }
    switch pointer {
    case .load(let place):
      guard let node = analysis.program.flowNode(place, function: id) else { return [] }
      notePointer(node, state)
      return analysis.flow.candidates(node)
    case .convert(_, let inner): return candidates(inner, known: known, state)
    default: return []
    }
  }

  private func executeUnresolved(_ call: Call, text: String, _ state: State) -> [State] {
    record(.pointer(text), currentRef, state)
    if call.neverReturns { return [] }
    return afterUnknown(call, state)
  }

  static func lastName(_ value: Value, _ body: Function) -> String {
    switch value {
    case .load(let place): lastName(place, body)
    case .addressOf(let place): lastName(place, body)
    case .convert(_, let inner): lastName(inner, body)
    case .function(let symbol): symbol.name
    default: "pointer"
    }
  }

  static func lastName(_ place: Place, _ body: Function) -> String {
    switch place {
    case .variable(let index): body.variables[index].name
    case .global(let symbol): symbol.name
    case .field(_, let field): field.name.text
    case .element(let base, _): lastName(base, body)
    case .dereference(let value): lastName(value, body)
    }
  }

  func execute(_ call: Call, target name: FunctionNameID, _ state: State) -> [State] {
    let bodies = analysis.bodies(name)
    noteCall(of: name, state)
    if !bodies.isEmpty {
      return bodies.flatMap { enter($0, call, state) }
    }
    let known = analysis.entry(name)
    guard let entry = known else {
      record(.unknown(name), currentRef, state)
      if call.neverReturns { return [] }
      return afterUnknown(call, state)
    }
    return execute(call, entry: entry, name: name, state)
  }

  /// - Parameter effects: of the function, where its code is known but not what it comes back with.
  func afterUnknown(_ call: Call, _ start: State, ran effects: FunctionEffects? = nil) -> [State] {
    var state = start
    let arguments = call.arguments.map { evaluate($0, state) }
    forgetDescriptors(reachedFrom: arguments, &state)
    forgetReachable(arguments, ran: effects, &state)
    if !state.descriptors.isEmpty { forgetLostDescriptors(before: start, &state) }
    bindResult(call, fresh(call.resultType, tag: 0), &state)
    return [state]
  }

  func bindResult(_ call: Call, _ value: SValue, _ state: inout State) {
    guard let result = call.result, isTracked(.variable(result)) else { return }
    Memory.write(variableRegion(result), value, in: &state, analysis.table)
  }

  /// The parts of a record that the callee returned, as far as they are known.
  private func bindRecord(_ call: Call, _ state: inout State) {
    let table = analysis.table
    let source = analysis.returnedRecord
    let parts = state.store.filter { table.isPart($0.key, of: source) }
    let wholes = state.defaults.filter { table.isPart($0.key, of: source) }
    Memory.clear(source, in: &state, table)
    guard let result = call.result else { return }
    for (region, value) in wholes where value == .zero {
      state.defaults[table.rebase(region, from: source, to: variableRegion(result))] = value
    }
    for (region, value) in parts {
      state.store[table.rebase(region, from: source, to: variableRegion(result))] = value
    }
  }

  // MARK: Catalogue

  private func execute(_ call: Call, entry: Entry, name: FunctionNameID, _ start: State) -> [State] {
    var state = start
    let arguments = call.arguments.map { evaluate($0, state) }
    if let effect = spawnEffect(entry, arguments) {
      if !state.isChild, analysis.ignoresSpawnCalls(in: id) {
        return goOnAsParent(effect, call, arguments, state)
      }
      record(.external(name), currentRef, state)
      return spawn(effect, call, name: name, arguments, state)
    }
    switch end(entry, arguments) {
    case .longjmp?:
      if let buffer = arguments.first, state.store[ghost(of: buffer)] == nil {
        record(.longjmp(name), currentRef, state)
      } else {
        record(.external(name), currentRef, state)
      }
      return []
    case .exec?:
      record(.external(name), currentRef, state)
      bindResult(call, .int(-1), &state)
      return [state]
    case .immediateExit?, .exit?, .abort?, .never?:
      record(.external(name), currentRef, state)
      return []
    case nil:
      let kind = lockEvent(entry, name, arguments, state) ?? protocolEvent(entry, name, state)
      record(kind ?? .external(name), currentRef, state)
      noteRequirement(entry, name, state)
    }
    if entry.returns != .errorNumber { forgetErrorNumber(&state) }
    if call.neverReturns { return [] }
    if !analysis.isAboutParent, state.isChild || !analysis.ignoresSpawnCalls(in: id) {
      startHandedOver(by: entry, call, name: name, arguments, state)
    }
    runCallbacks(entry, arguments, call, underLocks(of: entry, call, arguments, state))
    writeArguments(call, entry: entry, name: name, arguments, &state)
    if !state.descriptors.isEmpty { forgetLostDescriptors(before: start, &state) }
    if entry.isSetjmp, state.isChild, let buffer = arguments.first {
      state.store[ghost(of: buffer)] = .int(1)
    }
    if entry.retains {
      // The callee keeps the addresses; later unknown code may change what they reach.
      for case .address(let region) in arguments where isLocal(analysis.table.base(of: region)) {
        let kept = analysis.table.region(.ghost(analysis.table.region(.literal("retained \(region)"))))
        state.store[kept] = .address(region)
      }
    }
    bindResult(call, result(of: entry, call, arguments), &state)
    applyProtocol(entry, &state)
    var states = applyDescriptors(entry, call, arguments, state)
    if analysis.tracksSignals, !entry.signals.isEmpty {
      states = states.flatMap { applySignals(entry, call, arguments, $0) }
    }
    return entry.locks.isEmpty ? states : states.flatMap { applyLocks(entry, call, arguments, $0) }
  }

  private func noteRequirement(_ entry: Entry, _ name: FunctionNameID, _ state: State) {
    guard state.isChild, let requirement = entry.requirement else { return }
    let left = SValue.symbol(analysis.table.symbol(.stable(Name(requirement.left))))
    let right = SValue.symbol(analysis.table.symbol(.stable(Name(requirement.right))))
    if Constraints.decide(.equal, left, right, state, analysis.table) != true {
      record(.unmet(name), currentRef, state)
    }
  }

  /// Any call may set `errno`; unless the program itself cleared it, it is known to be positive.
  private func forgetErrorNumber(_ state: inout State) {
    guard state.store[analysis.errorNumber] != nil else { return }
    state.store[analysis.errorNumber] = .symbol(
      analysis.table.symbol(
        .conjured(site: currentPlace, tag: makerTag + 905), bounds: Interval(0, Int64(Int32.max))))
  }

  private func ghost(of buffer: SValue) -> RegionID {
    analysis.table.region(.ghost(pointee(of: buffer)))
  }

  private func end(_ entry: Entry, _ arguments: [SValue]) -> EndEffect? {
    for candidate in entry.conditionalEnds where candidate.holds(onArchitecture: analysis.architecture) {
      if candidate.whenArgument < arguments.count, case .int(let value) = arguments[candidate.whenArgument],
        candidate.whenValues.contains(value) != candidate.isUnless
      {
        return candidate.end
      }
    }
    return entry.end
  }

  private func result(of entry: Entry, _ call: Call, _ arguments: [SValue]) -> SValue {
    func limited(_ interval: Interval, tag: Int32) -> SValue {
      .symbol(analysis.table.symbol(.conjured(site: currentPlace, tag: makerTag + tag), bounds: interval))
    }
    switch entry.returns {
    case .nonNull?: return limited(Interval(1, .max), tag: 1)
    case .constant(let value)?: return .int(value)
    case .range(let low, let high)?: return limited(Interval(low, high), tag: 2)
    case .errorNumber?: return .address(analysis.errorNumber)
    case .argument(let index)? where index < arguments.count: return arguments[index]
    case .stable(let name)?:
      return .symbol(analysis.table.symbol(.stable(Name(name)), bounds: Interval(0, .max)))
    case .argument?, nil: return fresh(call.resultType, tag: 0)
    }
  }

  /// Functions handed to a library that runs them during the call (`qsort`'s comparison).
  private func runCallbacks(_ entry: Entry, _ arguments: [SValue], _ call: Call, _ state: State) {
    for index in entry.calls where index < arguments.count {
      let targets: [FunctionNameID]
      switch arguments[index] {
      case .function(let name): targets = [name]
      case .int: continue
      case let unknown: targets = candidates(call.arguments[index], known: unknown, state)
      }
      if targets.isEmpty {
        record(.pointer(Self.lastName(call.arguments[index], body)), currentRef, state)
      }
      let callback = Call(
        result: nil, callee: call.callee, arguments: [], resultType: .other, neverReturns: false,
        isCleanup: false)
      for target in targets.prefix(analysis.limits.pointerTargets) {
        _ = execute(callback, target: target, state)
      }
    }
  }

  /// The call writes what its pointer arguments reach, during the call only.
  private func writeArguments(
    _ call: Call, entry: Entry, name: FunctionNameID, _ arguments: [SValue], _ state: inout State
  ) {
    let declaration = analysis.program.names[name].declaration
    for (index, value) in arguments.enumerated() {
      guard entry.mayWrite(argument: index, declaration) else { continue }
      let target: RegionID
      switch value {
      case .address(let region): target = region
      case .symbol(let symbol) where Constraints.interval(value, state, analysis.table).high > 0:
        target = analysis.table.region(.pointee(symbol))
      default: continue
      }
      if case .literal = analysis.table.shape(target) { continue }
      noteWrite(target, state, isSpawnResult: false)
      var shape = TypeShape.other
      if case .variable(_, let variable) = analysis.table.shape(target) {
        shape = body.variables[variable].type
      }
      if let opened = entry.descriptors.first(where: { $0.action == .opensInto && $0.argument == index }),
        !analysis.hasUnknownIndex(target)
      {
        for part in 0..<opened.count {
          let number = element(of: target, at: .int(Int64(part)), state)
          bindUnknown(number, type: .int, tag: Int32(10 + index + 20 * part), &state)
        }
        continue
      }
      if let parent = analysis.table.parent(of: target), case .element = analysis.table.shape(target) {
        bindUnknown(parent, type: TypeShape(.array), tag: Int32(10 + index), &state)
      } else {
        bindUnknown(target, type: shape, tag: Int32(10 + index), &state)
      }
    }
  }

  // MARK: Bodies

  private func enter(_ callee: FunctionID, _ call: Call, _ state: State) -> [State] {
    let effects = analysis.graph.effects[callee]
    let arguments = call.arguments.map { evaluate($0, state) }
    let quiet = state.isChild ? analysis.quiet.calls(callee, for: state.roles) : nil
    if let quiet, analysis.quiet.isTooLong(callee) || analysis.stack.count >= analysis.limits.depth {
      return afterQuiet(quiet, callee, call, arguments, state)
    }
    if analysis.stack.count >= analysis.limits.depth {
      record(.limit, currentRef, state)
      analysis.rootHitLimit = true
      return effects.neverReturns ? [] : afterUnknown(call, state)
    }
    let isFollowed = analysis.isFollowed(callee)
    // Nobody is left to close or release anything.
    if analysis.isAboutParent, effects.neverReturns, !isFollowed { return [] }
    if !state.isChild, !isFollowed {
      if effects.neverReturns { return [] }
      let changesHolds = analysis.changesHolds(callee)
      if effects.reachesElsewhere, changesHolds || (!state.isAfterSpawn && mayGuide(callee, call)) {
        analysis.noteGuide(callee)
      }
      // What the parent opens and takes is what its way is followed for: that only guides has no part in its budget.
      let isSubject = changesHolds && analysis.isAboutParent
      if (state.isAfterSpawn && !changesHolds) || effects.size > analysis.limits.helperSize
        || !(changesHolds || mayGuide(callee, call))
        || (!isSubject
          && (analysis.helpersLeft <= 0 || analysis.stepsLeft < analysis.stepsForSpawners))
      {
        return [afterSkipped(callee, call, arguments, state)]
      }
      if !isSubject { analysis.helpersLeft -= 1 }
    }
    let records = call.arguments.map { argument -> RegionID? in
      guard case .load(let place) = argument, type(of: place).isRecord else { return nil }
      return region(of: place, state)
    }
    let nesting = analysis.stack.lazy.filter { $0 == callee }.count
    let kind = Analysis.ContextKind(function: callee, isChild: state.isChild)
    let met = analysis.contextCount[kind, default: 0]
    let most =
      state.isChild
      ? analysis.limits.contextsPerFunction
      : state.isAfterSpawn
        ? analysis.limits.parentContextsPerFunction : analysis.limits.spawnerContextsPerFunction
    let detail: EntranceBuilder.Detail
    if nesting >= 2 * analysis.limits.recursion || met >= 16 * most {
      detail = .guards
    } else {
      detail = met >= most || nesting >= analysis.limits.recursion ? .constants : .all
    }
    var builder = EntranceBuilder(frame: self, callee: callee, caller: state)
    let entrance = builder.build(arguments: arguments, records: records, detail: detail)
    // Renaming a state costs as much as a few instructions.
    analysis.stepsLeft -= 8 + state.store.count / 4
    let here = (currentRef, currentPlace)
    let mayChangeRoles = !state.isChild && isFollowed
    let tellsChild = mayChangeRoles && (!analysis.isAboutParent || mayBePid(call))
    let share: Analysis.Share =
      quiet != nil ? .quiet : tellsChild ? .all : mayChangeRoles ? .part : .most
    let target = analysis.context(of: callee, entry: entrance.state, share: share)
    (currentRef, currentPlace) = here
    if let quiet, analysis.contexts[target].isPartial {
      return afterQuiet(quiet, callee, call, arguments, state)
    }
    if state.isChild || isFollowed {
      analysis.contexts[context].edges.insert(Edge(at: currentRef, target: target, roles: state.roles))
    }
    noteOuterWrites(of: target, entrance, state)
    takeOverTrace(of: target, call, entrance, state)
    var results: [State] = []
    for exit in analysis.contexts[target].exits {
      var homecoming = Homecoming(frame: self, callee: callee, entrance: entrance, before: state)
      guard let (after, value) = homecoming.apply(exit) else { continue }
      var next = after
      if detail != .all {
        forgetDescriptors(reachedFrom: arguments, &next)
        forgetEffects(effects, keepingNamed: true, &next)
        if !next.descriptors.isEmpty { forgetLostDescriptors(before: after, &next) }
      }
      bindResult(call, value ?? fresh(call.resultType, tag: 0), &next)
      if call.resultType.isRecord { bindRecord(call, &next) }
      if !results.contains(next) { results.append(next) }
    }
    if analysis.contexts[target].isPartial, !mayChangeRoles || (!tellsChild && results.isEmpty),
      !effects.neverReturns
    {
      // What follows is not to be missed because of what came before.
      results += afterUnknown(call, state, ran: effects)
    }
    return results
  }

  /// The caller may tell its child by what the call returns.
  private func mayBePid(_ call: Call) -> Bool {
    guard call.result != nil else { return false }
    switch call.resultType.kind {
    case .signed, .unsigned, .other: return true
    default: return false
    }
  }

  /// Outside a child a function is worth entering only if it may set something on which a child's
  /// path, or the choice of a spawn call, turns.
  private func mayGuide(_ callee: FunctionID, _ call: Call) -> Bool {
    let effects = analysis.graph.effects[callee]
    if let result = call.result {
      if analysis.relevance.decidesInChildren(.variable(id, result)) { return true }
      // It may tell something of what decides there.
      if effects.size <= 8, analysis.relevance.contains(.variable(id, result)) { return true }
    }
    if effects.modifiedGlobals.contains(where: { analysis.relevance.decidesInChildren(.global($0)) }) {
      return true
    }
    if effects.modifiedFields.contains(where: { analysis.relevance.decidesInChildren(.field($0)) }) {
      return true
    }
    guard effects.writesThroughPointers else { return false }
    return call.arguments.contains { argument in
      guard case .addressOf(let place) = argument, let node = analysis.program.flowNode(place, function: id)
      else { return false }
      return analysis.relevance.decidesInChildren(node)
    }
  }

  /// Outside a child, a large function that cannot spawn is not entered: what it may change is unknown.
  private func afterSkipped(
    _ callee: FunctionID, _ call: Call, _ arguments: [SValue], _ start: State
  ) -> State {
    var state = start
    let effects = analysis.graph.effects[callee]
    if !state.descriptors.isEmpty { forgetDescriptors(skipping: callee, arguments, &state) }
    forgetLocks(callee, &state)
    if effects.callsUnknown {
      forgetReachable(arguments, &state)
    } else {
      forgetEffects(effects, &state)
      for (index, value) in arguments.enumerated() {
        if case .address(let region) = value, effects.writesThroughPointers || !effects.modifiedFields.isEmpty
        {
          if case .literal = analysis.table.shape(region) { continue }
          bindUnknown(region, type: TypeShape(.array), tag: Int32(50 + index), &state)
        }
      }
    }
    if !state.descriptors.isEmpty { forgetLostDescriptors(before: start, &state) }
    bindResult(call, fresh(call.resultType, tag: 0), &state)
    if analysis.relevance.returnsInChild.contains(callee), let result = call.result,
      isTracked(.variable(result))
    {
      // A child that comes back is told by 0; here the parent goes on.
      let known = read(variableRegion(result), type: call.resultType, state)
      _ = Constraints.compare(.notEqual, known, .int(0), &state, analysis.table)
    }
    return state
  }

  /// What a function that is not entered may close, keep or hand on.
  private func forgetDescriptors(skipping callee: FunctionID, _ all: [SValue], _ state: inout State) {
    let effects = analysis.graph.effects[callee]
    let arguments = all.enumerated().map { index, value in
      analysis.descriptors?.borrows(callee, argument: index) == true ? .int(0) : value
    }
    let mayKeep =
      effects.callsUnknown || effects.writesThroughPointers || !effects.modifiedFields.isEmpty
      || !effects.modifiedGlobals.isEmpty || analysis.descriptors?.touches[callee] == true
    if !mayKeep { return }
    // Beyond the named parameters there is usually something to print.
    let body = analysis.body(callee)
    forgetDescriptors(
      reachedFrom: body.isVariadic ? Array(arguments.prefix(body.parameters.count)) : arguments, &state)
  }

  /// In a child: what the function can do is allowed there, whatever its way. It may return in any state.
  private func afterQuiet(
    _ calls: Set<FunctionNameID>, _ callee: FunctionID, _ call: Call, _ arguments: [SValue], _ start: State
  ) -> [State] {
    for name in calls.sorted() { record(.external(name), currentRef, start) }
    let effects = analysis.graph.effects[callee]
    if effects.neverReturns { return [] }
    var state = start
    forgetErrorNumber(&state)
    if effects.writesThroughPointers {
      forgetReachable(arguments, ran: effects, &state)
    } else {
      forgetEffects(effects, &state)
    }
    bindResult(call, fresh(call.resultType, tag: 0), &state)
    return [state]
  }

  /// Globals and members that the function may assign hold unknown values.
  ///
  /// - Parameter keepingNamed: the function was followed: what it stores to variables by name is known.
  private func forgetEffects(
    _ effects: FunctionEffects, keepingNamed: Bool = false, _ state: inout State
  ) {
    var globals: Set<GlobalID> = []
    func note(_ region: RegionID) {
      if case .global(let global) = analysis.table.shape(analysis.table.base(of: region)),
        effects.modifiedGlobals.contains(global),
        !keepingNamed || analysis.globals.isAddressTaken(global)
      {
        globals.insert(global)
      }
    }
    func noteInitial(_ symbol: SymbolID) {
      if case .initial(let region, _) = analysis.table.kind(symbol) { note(region) }
    }
    // A global of which nothing is known yet needs no new name.
    for (region, value) in state.store {
      note(region)
      analysis.table.forEachSymbol(in: value, noteInitial)
    }
    for symbol in state.facts.keys { analysis.table.forEachSymbol(in: .symbol(symbol), noteInitial) }
    for region in state.defaults.keys { note(region) }
    for global in globals.sorted() where analysis.relevance.contains(.global(global)) {
      let region = analysis.table.region(.global(global))
      let limit = interval(of: global, state) ?? .any
      Memory.clear(region, in: &state, analysis.table)
      let symbol = analysis.table.symbol(
        .conjured(site: currentPlace, tag: makerTag + 10_000 + Int32(global)), bounds: limit)
      state.defaults[region] = .unknown(symbol)
      if !analysis.program.globals[global].type.isRecord { state.store[region] = .symbol(symbol) }
    }
    guard !effects.modifiedFields.isEmpty else { return }
    var touched: Set<RegionID> = []
    for region in state.store.keys where isModified(region, effects) { touched.insert(region) }
    for symbol in state.facts.keys {
      if case .initial(let region, _) = analysis.table.kind(symbol), isModified(region, effects) {
        touched.insert(region)
      }
    }
    for region in touched.sorted() {
      state.store[region] = .symbol(
        analysis.table.symbol(.conjured(site: currentPlace, tag: makerTag + 1_000_000 + region)))
    }
  }

  private func isModified(_ region: RegionID, _ effects: FunctionEffects) -> Bool {
    guard case .field(_, let key) = analysis.table.shape(region) else { return false }
    return effects.modifiedFields.contains(key)
  }
}
