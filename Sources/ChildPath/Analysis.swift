import Catalogue
import Linking
import SpawnIR

/// The abstract interpreter's shared parts: interned symbols, contexts, caches.
final class Analysis {
  let program: Program
  let catalogue: Catalogue
  let flow: PointerFlow
  let graph: CallGraph
  let globals: GlobalValues
  let locks: LockUse
  let signals: SignalUse
  let relevance: Relevance
  let contracts: [Contract]
  /// Variables that handlers, or what they call, may read.
  private(set) lazy var handlersReadGlobals = handlers.reduce(into: NumberSet()) { all, handler in
    for body in program.names[handler.function].bodies { all.formUnion(graph.effects[body].readGlobals) }
  }
  /// Functions that run when a signal comes; known only where a child may share memory.
  let handlers: [SignalHandler]
  /// Not the children are followed but their parent, with what it opens; nil otherwise.
  let descriptors: DescriptorUse?
  let limits: Limits
  let architecture: String
  /// Whether a call of that catalogue entry is allowed in that kind of child.
  let isAllowed: (Entry, ChildContext) -> Bool

  let table: SymbolTable
  let marks = SymbolMarks()
  var contexts: [Context] = []
  var memo: [ContextKey: Int] = [:]
  struct ContextKind: Hashable {
    var function: FunctionID
    var isChild: Bool
  }
  var contextCount: [ContextKind: Int] = [:]
  var stack: [FunctionID] = []
  /// The contexts of `stack`.
  var contextStack: [Int] = []
  /// Finished contexts that used exits of one that is not, in the order in which they were begun.
  var provisional: [Int] = []
  /// How often any context got another exit.
  var exitChanges = 0
  var stepsLeft = 0
  var helpersLeft = 0
  /// Kept back from functions that only guide: the way to the spawn calls and the children come first.
  var stepsForSpawners = 0
  /// Calls under way of functions that would do no harm whatever they did.
  var quietDepth = 0
  lazy var quiet = QuietCallees(self)
  private(set) lazy var registeredFunctions = findRegistered()
  /// Stands for the record that a function returns, until its caller has it.
  private(set) lazy var returnedRecord = table.region(.ghost(table.region(.literal(Name("returned record")))))
  lazy var locksAbove = LocksAbove(self)
  /// Where locks that callers hold were taken, for functions in which an analysis begins below that.
  var callsToRoots: [FunctionID: [LockOrigin: [InstructionRef]]] = [:]
  private(set) lazy var meetsStableValues = findStableMeetings()
  /// A bound was reached since the root was begun.
  var rootHitLimit = false

  /// Merged pointers that reach locals of the function that made them and nothing else.
  var ownPointers: Set<SymbolID> = []

  /// What was asked of the program as a whole.
  var questions = OpenQuestions()
  var calledInChildren: Set<FunctionNameID> = []
  var calledBefore: Set<FunctionNameID> = []
  var notedPointers: Set<FlowNode> = []
  /// The function whose spawn calls the roots under analysis are about; nil: all are followed.
  private(set) var focus: FunctionID?
  /// Functions above it, by the least number of calls between.
  private var focusLevels: [FunctionID: Int] = [:]
  /// Per function: a call of it outside children is followed for the spawn calls that it reaches; nil: every one.
  private var followed: [Bool]?

  /// Spawn calls that suspend the calling thread.
  var suspendingSites: Set<SiteID> = []
  /// Calls that, in a child that shares memory, make a signal run no handler.
  var resettingCalls: Set<InstructionRef> = []
  private var handlerLoopCache: [FunctionID: [Int: Int]] = [:]
  /// The parent's way through the function under analysis.
  var log = ParentLog()
  /// What descriptors are called where they are opened.
  var descriptorNames: [Holding: String] = [:]
  /// What the locks taken there are called.
  var lockNames: [LockOrigin: String] = [:]

  private(set) var sites: [SpawnSite] = []
  /// Calls that were seen in some state, whether they handed a function over or none.
  var handOvers: Set<InstructionRef> = []
  private var siteIDs: [InstructionRef: SiteID] = [:]
  private var placeCache: [FunctionID: PlaceNumbers] = [:]
  private var nextPlace: Int32 = 1
  /// Functions in the order of their numbers.
  private var placeOwners: [(end: Int32, function: FunctionID)] = []

  /// Blocks that a child made in (or returned into) the function executes.
  var childBlocks: [FunctionID: Set<Int>] = [:]
  /// Blocks that anybody else executes.
  var sharedBlocks: [FunctionID: Set<Int>] = [:]
  /// Who comes to each block and who was seen at its end, told apart by the own children among the roles.
  var comers = Comers()

  private var livenessCache: [FunctionID: Liveness] = [:]
  private var decisionCache: [FunctionID: Liveness] = [:]
  @exclusivity(unchecked) private var regionDecides = PlainArray<Int8>()
  @exclusivity(unchecked) private var constants = PlainArray<Constant>()
  private var blockOrder = BlockOrder.Kind.breadth
  private var orderCache: [OrderKey: BlockOrder] = [:]
  private var spawnReachCache: [FunctionID: [Bool]] = [:]
  private var wrapperCallCache: [FunctionID: [CallSite]] = [:]
  private var entryCache: [FunctionNameID: Entry?] = [:]

  init(
    program: Program, catalogue: Catalogue, isWholeProgram: Bool, rules: ContractRules,
    limits: Limits = Limits(), isAllowed: @escaping (Entry, ChildContext) -> Bool
  ) {
    self.program = program
    table = SymbolTable(homonyms: program.homonyms)
    self.catalogue = catalogue
    self.limits = limits
    self.isAllowed = isAllowed
    flow = PointerFlow(program)
    graph = CallGraph(program, flow: flow, catalogue: catalogue)
    globals = GlobalValues(program, isWholeProgram: isWholeProgram)
    locks = LockUse(program, flow: flow, graph: graph, catalogue: catalogue)
    signals = SignalUse(program, flow: flow, graph: graph, catalogue: catalogue)
    contracts = Contract.all(in: program, flow: flow, rules: rules)
    handlers =
      graph.sharesMemory
      ? SignalHandlers(program, flow: flow, graph: graph, catalogue: catalogue).all : []
    let interrupting = handlers.filter { $0.harm != nil && $0.signals & SignalBits.asynchronous != 0 }
    relevance = Relevance(
      program, flow: flow, graph: graph,
      contracts: contracts.map(\.function) + interrupting.flatMap { program.names[$0.function].bodies })
    descriptors = nil
    architecture = Architecture.host
  }

  /// Follows the parent's way through the program of another analysis.
  init(followingParentsOf other: Analysis, _ parents: ParentCode, descriptors: DescriptorUse, limits: Limits)
  {
    program = other.program
    table = SymbolTable(homonyms: other.program.homonyms)
    catalogue = other.catalogue
    self.limits = limits
    isAllowed = other.isAllowed
    flow = other.flow
    graph = other.graph
    globals = other.globals
    locks = other.locks
    signals = other.signals
    contracts = other.contracts
    handlers = []
    relevance = Relevance(other.program, flow: other.flow, graph: other.graph, parents: parents)
    self.descriptors = descriptors
    architecture = other.architecture
    childBlocks = other.childBlocks
  }

  var isAboutParent: Bool { descriptors != nil }

  /// The function may come back with other locks held, other signals blocked or other descriptors open.
  func changesHolds(_ function: FunctionID) -> Bool {
    locks.changes[function] || (tracksSignals && signals.changesMask[function])
      || descriptors?.touches[function] == true
  }

  func body(_ function: FunctionID) -> Function { program.functions[function].body }

  func entry(_ name: FunctionNameID) -> Entry? {
    if let known = entryCache[name] { return known }
    var found = catalogue.entry(for: program.names[name])
    // The program's own function is another than the library's of that name.
    if isElsewhere(name), found?.isContract != true { found = nil }
    entryCache[name] = .some(found)
    return found
  }

  /// The bodies to enter for a call of `name`; empty when the catalogue (or nobody) speaks for it.
  func bodies(_ name: FunctionNameID) -> [FunctionID] {
    let bodies = program.names[name].bodies
    if bodies.isEmpty { return [] }
    if let entry = entry(name), entry.isContract { return [] }
    return bodies
  }

  func site(_ site: SpawnSite) -> SiteID {
    if let known = siteIDs[site.at] { return known }
    let id = SiteID(sites.count)
    sites.append(site)
    siteIDs[site.at] = id
    return id
  }

  /// Small numbers for the places of a function, used to name what is unknown there.
  func places(_ function: FunctionID) -> PlaceNumbers {
    if let known = placeCache[function] { return known }
    let made = PlaceNumbers(body(function), first: nextPlace)
    nextPlace = made.end
    placeCache[function] = made
    placeOwners.append((made.end, function))
    return made
  }

  /// The instruction that a number stands for.
  func instruction(numbered number: Int32) -> InstructionRef? {
    guard let owner = placeOwners.first(where: { number < $0.end })?.function,
      let found = placeCache[owner]?.instruction(numbered: number)
    else { return nil }
    return InstructionRef(function: owner, block: found.block, index: found.index)
  }

  func liveness(_ function: FunctionID) -> Liveness {
    if let known = livenessCache[function] { return known }
    let made = Liveness(body(function), defines: { [self] in definedSet($0, in: function) })
    livenessCache[function] = made
    return made
  }

  /// The set of signals that the call fills or empties, whatever it held.
  private func definedSet(_ call: Call, in function: FunctionID) -> Int? {
    guard case .direct(let symbol) = call.callee,
      let name = program.functionName(symbol, unit: program.functions[function].unit), bodies(name).isEmpty,
      let effect = entry(name)?.signals.first(where: { $0.action == .fill || $0.action == .empty }),
      let index = effect.set, index < call.arguments.count,
      case .addressOf(.variable(let variable)) = call.arguments[index]
    else { return nil }
    return variable
  }

  /// Whether the parent may read a local after the spawn call, in blocks that the child does not have
  /// for itself.
  func parentReads(_ variable: Int, in function: FunctionID, after site: SiteID) -> Bool {
    let shared = sharedBlocks[function] ?? []
    var parents = body(function)
    for block in parents.blocks.indices where !shared.contains(block) && block != sites[Int(site)].at.block {
      parents.blocks[block].instructions = []
      parents.blocks[block].terminator.kind = .unreachable
    }
    let at = sites[Int(site)].at
    let own = [CallSite(caller: function, block: at.block, instruction: at.index)]
    // Where the child returned into this frame from a wrapper, the wrapper's calls count.
    return (at.function == function ? own : wrapperCalls(in: function)).contains { spawn in
      // When the parent spawns again, the next child reads what this one left.
      var body = parents
      let next = liveness(function).after(block: spawn.block, instruction: spawn.instruction)
      let reads = Call(
        result: nil, callee: .direct(Symbol("")), arguments: next.elements.map { .load(.variable($0)) },
        resultType: .void)
      body.blocks[spawn.block].instructions.insert(
        Instruction(.call(reads), span: .unknown), at: spawn.instruction)
      return Liveness(body, defines: { [self] in definedSet($0, in: function) }).after(
        block: spawn.block, instruction: spawn.instruction + 1
      ).contains(variable)
    }
  }

  /// The mask matters: some child may share memory, so that handlers may run there.
  var tracksSignals: Bool { relevance.hasSharedMemory || isAboutParent }

  func handlerLoops(_ function: FunctionID) -> [Int: Int] {
    if let known = handlerLoopCache[function] { return known }
    let made = signals.handlerLoops(of: function, program, flow: flow, catalogue: catalogue)
    handlerLoopCache[function] = made
    return made
  }

  /// As `liveness`, counting only uses on which what is executed can depend.
  func decisionLiveness(_ function: FunctionID) -> Liveness {
    if let known = decisionCache[function] { return known }
    let made = Liveness(
      body(function),
      uses: { [self] instruction, visit in visitDecisive(instruction, function: function, visit) })
    decisionCache[function] = made
    return made
  }

  private func visitDecisive(_ instruction: Instruction, function: FunctionID, _ visit: (Value) -> Void) {
    switch instruction.kind {
    case .assign(let place, let value):
      place.walkValues(visit)
      if isTracked(place, in: function) { value.walk(visit) }
    case .call(let call):
      if case .indirect(let value) = call.callee { value.walk(visit) }
      for (index, argument) in call.arguments.enumerated()
      where isDecisive(argument: index, of: call, in: function) {
        argument.walk(visit)
      }
    case .zero, .declare, .assembly: instruction.forEachValue(visit)
    }
  }

  private func isDecisive(argument index: Int, of call: Call, in function: FunctionID) -> Bool {
    let names = program.targets(of: call, function: function, flow: flow)
    if names.isEmpty { return true }
    return names.contains { name in
      let bodies = bodies(name)
      if !bodies.isEmpty {
        return bodies.contains { callee in
          let parameters = body(callee).parameters
          return index < parameters.count && relevance.contains(.variable(callee, parameters[index]))
        }
      }
      guard let entry = entry(name) else { return true }
      return relevance.isDecisive(argument: index, of: entry, declaration: program.names[name].declaration)
        || (entry.returns == .argument(index) && call.result != nil)
    }
  }

  /// Storage that decides nothing is not tracked.
  func isTracked(_ place: Place, in function: FunctionID) -> Bool {
    guard let node = program.flowNode(place, function: function) else {
      return relevance.containsUnknownMemory
    }
    if relevance.contains(node) { return true }
    // A whole record is copied for the sake of its members.
    guard case .field(_, let field) = place, field.type.isRecord,
      let base = program.flowNode(place.base, function: function)
    else { return false }
    return relevance.contains(base)
  }

  /// A child's path, or the choice of a spawn call, turns on what the region holds.
  func decidesInChildren(_ region: RegionID) -> Bool {
    while regionDecides.count <= Int(region) { regionDecides.append(-1) }
    let known = regionDecides[region]
    if known >= 0 { return known == 1 }
    let decides =
      switch table.shape(region) {
      case .field(_, let key): relevance.decidesInChildren(.field(key))
      case .variable(let function, let variable): relevance.decidesInChildren(.variable(function, variable))
      case .global(let global): relevance.decidesInChildren(.global(global))
      case .element(let parent, _): decidesInChildren(parent)
      case .pointee, .literal, .outer, .ghost: true
      }
    regionDecides[region] = decides ? 1 : 0
    return decides
  }

  enum Constant: BitwiseCopyable {
    /// Not asked for yet.
    case unknown
    case none
    case some(SValue)
  }

  /// What a region holds that nothing changes.
  func constant(of region: RegionID) -> Constant {
    Int(region) < constants.count ? constants[region] : .unknown
  }

  func note(constant: SValue?, of region: RegionID) {
    while constants.count <= Int(region) { constants.append(.unknown) }
    constants[region] = constant.map { .some($0) } ?? .none
  }

  /// The region is named by itself, not reached through an unknown pointer.
  func isRooted(_ region: RegionID) -> Bool {
    switch table.shape(table.base(of: region)) {
    case .variable, .global, .outer: true
    case .pointee, .literal, .field, .element, .ghost: false
    }
  }

  func order(_ function: FunctionID) -> BlockOrder {
    let key = OrderKey(function: function, kind: blockOrder)
    if let known = orderCache[key] { return known }
    let made = BlockOrder(body(function), kind: blockOrder)
    orderCache[key] = made
    return made
  }

  private struct OrderKey: Hashable {
    var function: FunctionID
    var kind: BlockOrder.Kind
  }

  /// A root is begun. One from which little code is reached comes to its end before any bound.
  func beginRoot(_ function: FunctionID) {
    blockOrder = graph.effects[function].size <= limits.loopsFirstSize ? .loopsFirst : .breadth
  }

  /// From here on, outside children, only the spawn calls of that function are followed: what becomes of one
  /// spawn call does not depend on others, and each function that spawns has its turn.
  ///
  /// - Parameter level: how far above it the root is. In the function itself no other call leads to its spawn
  ///   calls but by recursion, and that is another turn.
  func setFocus(_ function: FunctionID, level: Int) {
    if focusLevels[function] == nil || focus != function { focusLevels = [function: 0] }
    if focusLevels.count == 1 {
      var last = [function]
      for distance in 1...max(1, limits.callerDepth) {
        var next: [FunctionID] = []
        for callee in last {
          for caller in graph.directCallers(of: callee) where focusLevels[caller] == nil {
            focusLevels[caller] = distance
            next.append(caller)
          }
        }
        last = next
      }
    }
    var followed = Array(repeating: false, count: program.functions.count)
    if level > 0 {
      for (function, distance) in focusLevels where distance <= level { followed[function] = true }
    }
    follow(only: followed)
    focus = function
  }

  /// From here on, outside children, only calls of these functions are followed for the spawn calls that they reach.
  func follow(only functions: [Bool]) {
    focus = nil
    // What children do is the same whichever spawn call is in question.
    memo = memo.filter { !$0.key.entry.roles.isEmpty }
    spawnReachCache = [:]
    followed = functions
  }

  /// The spawn calls in the function are none of those under analysis.
  func ignoresSpawnCalls(in function: FunctionID) -> Bool { focus.map { $0 != function } ?? false }

  /// For each block, whether a spawn call can still come.
  func reachesSpawn(_ function: FunctionID) -> [Bool] {
    if let known = spawnReachCache[function] { return known }
    let blocks = body(function).blocks
    var reaches = blocks.map { block in
      block.instructions.contains { instruction in
        guard case .call(let call) = instruction.kind else { return false }
        return mayReachSpawn(call, in: function)
      }
    }
    var changed = true
    while changed {
      changed = false
      for (index, block) in blocks.enumerated().reversed() where !reaches[index] {
        if block.terminator.successors.contains(where: { reaches[$0] }) {
          reaches[index] = true
          changed = true
        }
      }
    }
    spawnReachCache[function] = reaches
    return reaches
  }

  /// Outside a child: the function is entered for the children that come from it.
  ///
  /// A child that was made by a spawn call may return into callers. What a call hands over does not, so
  /// its function is analysed from an unknown entry, and entered only where that did not settle it.
  func leadsToChildren(_ function: FunctionID) -> Bool {
    let effects = graph.effects[function]
    return effects.reachesSpawn || (effects.handsOver && leadsToUnsettled.contains(function))
  }

  /// Outside a child: as `leadsToChildren`, with regard to the spawn calls that are followed.
  func isFollowed(_ function: FunctionID) -> Bool {
    if let followed, !followed[function] { return false }
    return leadsToChildren(function)
  }

  /// Functions that hand over what depends on their callers, and all that may call them.
  private(set) var leadsToUnsettled: Set<FunctionID> = []

  /// Makes these functions be entered from now on.
  func follow(_ unsettled: Set<FunctionID>) {
    var work = Array(unsettled)
    while let function = work.popLast() {
      guard leadsToUnsettled.insert(function).inserted else { continue }
      work += graph.callers[function, default: []].map(\.caller)
    }
    spawnReachCache = [:]
    memo = [:]
  }

  func mayReachSpawn(_ call: Call, in function: FunctionID) -> Bool {
    program.targets(of: call, function: function, flow: flow).contains { name in
      let bodies = bodies(name)
      if !bodies.isEmpty { return bodies.contains(where: isFollowed) }
      if ignoresSpawnCalls(in: function) { return false }
      return entry(name)?.mayStartChild(call, architecture: architecture) == true
    }
  }

  /// The calling thread's `errno`.
  private(set) lazy var errorNumber: RegionID = table.region(.literal("errno"))

  /// Temporaries and variables that receive what a spawn call (or a function around one) returned.
  private(set) lazy var spawnResults: [FunctionID: Set<Int>] = findSpawnResults()

  private func findSpawnResults() -> [FunctionID: Set<Int>] {
    var found: [FunctionID: Set<Int>] = [:]
    for id in program.functions.indices where graph.effects[id].reachesSpawn {
      for call in wrapperCalls(in: id) {
        if case .call(let made) = body(id).blocks[call.block].instructions[call.instruction].kind,
          let result = made.result
        {
          found[id, default: []].insert(result)
        }
      }
    }
    return found
  }

  private func mayReturnInChild(_ call: Call, in function: FunctionID) -> Bool {
    program.targets(of: call, function: function, flow: flow).contains { name in
      let bodies = bodies(name)
      if !bodies.isEmpty { return bodies.contains { graph.effects[$0].reachesSpawn } }
      return entry(name)?.maySpawn(call, architecture: architecture) == true
    }
  }

  /// The calls in a function out of which a child may come.
  func wrapperCalls(in function: FunctionID) -> [CallSite] {
    if let known = wrapperCallCache[function] { return known }
    var found: [CallSite] = []
    for (blockIndex, block) in body(function).blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(let call) = instruction.kind, mayReturnInChild(call, in: function) else { continue }
        found.append(CallSite(caller: function, block: blockIndex, instruction: index))
      }
    }
    wrapperCallCache[function] = found
    return found
  }

  private func returnsInChild(_ site: CallSite) -> Bool {
    guard case .call(let call) = body(site.caller).blocks[site.block].instructions[site.instruction].kind
    else {
      return false
    }
    return program.targets(of: call, function: site.caller, flow: flow).contains { name in
      let bodies = bodies(name)
      return bodies.isEmpty || bodies.contains(where: relevance.returnsInChild.contains)
    }
  }

  func markShared(from block: Int, function: FunctionID) {
    // Behind a call that another child may come out of, its own turn tells who comes where.
    let forks = Set(wrapperCalls(in: function).filter(returnsInChild).map(\.block))
    var work = [block]
    while let next = work.popLast() {
      if sharedBlocks[function, default: []].insert(next).inserted, !forks.contains(next) {
        work += body(function).blocks[next].terminator.successors
      }
    }
  }
}
