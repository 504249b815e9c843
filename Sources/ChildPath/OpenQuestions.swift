import Linking
import SpawnIR

/// What an analysis asked of the program, by name. Where only a part of a program was read, the answer may lie in
/// what was not.
public struct OpenQuestions: Sendable {
  /// A member of a record, or a variable.
  public struct Storage: Hashable, Comparable, Sendable {
    /// Nil for a variable.
    public var record: String?
    public var name: String

    public static func < (left: Storage, right: Storage) -> Bool { left.shown < right.shown }

    public var shown: String { record.map { "\($0).\(name)" } ?? name }
  }

  public init() {}

  /// Functions without a body that children call.
  public internal(set) var calls: Set<String> = []
  /// Those that children call who leave the code that is theirs: it matters only whether one of these execs.
  public internal(set) var workerCalls: Set<String> = []
  /// Functions without a body, or without all of those below them, that run before a child and may matter to it.
  public internal(set) var guides: Set<String> = []
  /// Functions whose callers matter.
  public internal(set) var callers: Set<String> = []
  /// Pointers to functions: what they may hold depends on all stores to them.
  public internal(set) var pointers: Set<Storage> = []
  /// Functions that store such pointers for their callers.
  public internal(set) var feeders: Set<String> = []
  /// Pointers to functions that spawn: who calls through them matters.
  public internal(set) var callerPointers: Set<Storage> = []
  /// Variables whose value depends on all stores to them.
  public internal(set) var variables: Set<String> = []
  /// Functions that are for children alone as far as it is known, on the way to what a child does.
  public internal(set) var childOnly: Set<String> = []
  /// Functions that spawn: what callers get hold of for the child's sake matters.
  public internal(set) var spawners: Set<String> = []
  /// Functions that spawn a child during which the parent waits: locks and masks of callers matter.
  public internal(set) var suspenders: Set<String> = []
  /// Whose handlers may run in a child matters.
  public internal(set) var handlers = false

  mutating func add(_ other: OpenQuestions) {
    calls.formUnion(other.calls)
    workerCalls.formUnion(other.workerCalls)
    guides.formUnion(other.guides)
    callers.formUnion(other.callers)
    pointers.formUnion(other.pointers)
    feeders.formUnion(other.feeders)
    callerPointers.formUnion(other.callerPointers)
    variables.formUnion(other.variables)
    childOnly.formUnion(other.childOnly)
    spawners.formUnion(other.spawners)
    suspenders.formUnion(other.suspenders)
    handlers = handlers || other.handlers
  }
}

/// What one context asks of the program while a child executes it.
struct AskedInChild {
  var calls: Set<FunctionNameID> = []
  var pointers: Set<FlowNode> = []
  var variables: Set<GlobalID> = []

  mutating func add(_ other: AskedInChild) {
    calls.formUnion(other.calls)
    pointers.formUnion(other.pointers)
    variables.formUnion(other.variables)
  }
}

extension Frame {
  /// In a child it matters only if the child path comes here, which is decided later.
  func noteCall(of name: FunctionNameID, _ state: State) {
    if state.isChild {
      analysis.contexts[context].asked.calls.insert(name)
    } else if analysis.isElsewhere(name) {
      analysis.calledBefore.insert(name)
    }
  }

  func notePointer(_ node: FlowNode, _ state: State) {
    if state.isChild {
      analysis.contexts[context].asked.pointers.insert(node)
    } else {
      analysis.notePointer(node)
    }
  }

  /// The join of all that is stored to the variable; nil when not every store is known.
  func interval(of global: GlobalID, _ state: State) -> Interval? {
    if state.isChild {
      analysis.contexts[context].asked.variables.insert(global)
    } else {
      analysis.noteVariable(global)
    }
    return analysis.globals.interval(of: global)
  }
}

extension Analysis {
  /// The function's body is part of the program but not of what was read.
  func isElsewhere(_ name: FunctionNameID) -> Bool { program.names[name].isElsewhere }

  func note(_ asked: AskedInChild) {
    calledInChildren.formUnion(asked.calls)
    for node in asked.pointers { notePointer(node) }
    for global in asked.variables { noteVariable(global) }
  }

  /// What it holds depends on other units, unless it may be anything already.
  func noteVariable(_ global: GlobalID) {
    guard relevance.decidesInChildren(.global(global)) else { return }
    let variable = program.globals[global]
    if variable.isStatic || variable.type.isRecord || variable.type.kind == .array { return }
    if variable.isDefined, globals.interval(of: global).map({ $0 == .any }) ?? true { return }
    questions.variables.insert(variable.name)
  }

  /// All questions so far.
  func allQuestions() -> OpenQuestions {
    var all = questions
    for name in calledInChildren where !program.names[name].isStatic {
      all.calls.insert(program.names[name].text)
    }
    for name in calledBefore where isElsewhere(name) { all.guides.insert(program.names[name].text) }
    return all
  }

  func noteGuide(_ function: FunctionID) {
    guard graph.effects[function].reachesElsewhere else { return }
    questions.guides.insert(program.names[program.functions[function].name].text)
  }

  func noteSituations(above function: FunctionID) {
    questions.suspenders.insert(program.names[program.functions[function].name].text)
  }

  func noteCallers(of function: FunctionID) {
    let name = program.functions[function].name
    guard !program.names[name].isStatic else {
      notePointers(to: function)
      return
    }
    questions.callers.insert(program.names[name].text)
    notePointers(to: function)
  }

  /// A function whose address is kept is called by whoever reads it there.
  private func notePointers(to function: FunctionID) {
    let names = program.names(of: function)
    guard names.contains(where: flow.addressTaken.contains) else { return }
    for (node, targets) in flow.targets
    where !flow.isAnything(node) && targets.contains(where: names.contains) {
      if let storage = storage(node) { questions.callerPointers.insert(storage) }
    }
  }

  private func storage(_ node: FlowNode) -> OpenQuestions.Storage? {
    switch node {
    case .field(let key): OpenQuestions.Storage(record: key.record.text, name: key.name.text)
    case .global(let global) where !program.globals[global].isStatic:
      OpenQuestions.Storage(record: nil, name: program.globals[global].name)
    case .global, .variable, .result: nil
    }
  }

  /// What the node may hold depends on all that flows into it.
  func notePointer(_ start: FlowNode) {
    guard notedPointers.insert(start).inserted else { return }
    var work = [start]
    while let node = work.popLast() {
      if flow.isAnything(node) { continue }
      if let storage = storage(node) { questions.pointers.insert(storage) }
      switch node {
      case .field, .global: break
      case .variable(let function, let variable):
        let name = program.names[program.functions[function].name]
        if body(function).variables[variable].kind == .parameter, !name.isStatic {
          questions.feeders.insert(name.text)
        }
      case .result(let name):
        if !program.names[name].isStatic { questions.calls.insert(program.names[name].text) }
      }
      for source in flow.sources[node] ?? [] where notedPointers.insert(source).inserted {
        work.append(source)
      }
    }
  }
}
