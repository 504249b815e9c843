import Linking
import SpawnIR

/// Which functions are mentioned in child-only code alone: in blocks that only a child executes, or
/// in other such functions. A scan of names decides, so that every mode of analysis agrees.
struct ChildOnly {
  private(set) var functions: Set<FunctionID>

  private enum Mention: Hashable {
    case block(FunctionID, Int)
    /// An initialiser, or a function that no child executes.
    case elsewhere
  }

  /// - Parameter contracts: functions that promise to be fit for a child: they are for children, whoever
  ///   else calls them.
  init(_ analysis: Analysis, entered: Set<FunctionID>, contracts: [FunctionID]) {
    var mentions: [FunctionNameID: Set<Mention>] = [:]
    let program = analysis.program
    let passedOn = EntryParameters(analysis)
    for (id, function) in program.functions.enumerated() {
      for (blockIndex, block) in function.body.blocks.enumerated() {
        func note(_ symbol: Symbol) {
          if let name = program.functionName(symbol, unit: function.unit) {
            mentions[name, default: []].insert(.block(id, blockIndex))
          }
        }
        func scan(_ value: Value) {
          if case .function(let symbol) = value { note(symbol) }
        }
        for instruction in block.instructions {
          guard case .call(let call) = instruction.kind else {
            instruction.forEachValue(scan)
            continue
          }
          var entries: Set<Int> = []
          if case .direct(let symbol) = call.callee {
            note(symbol)
            if let name = program.functionName(symbol, unit: function.unit) {
              entries = analysis.entry(name)?.entryArguments ?? []
              for index in call.arguments.indices where passedOn.contains(argument: index, of: name) {
                entries.insert(index)
              }
            }
          }
          if case .indirect(let value) = call.callee { value.walk(scan) }
          // A function handed to `clone` or `pthread_atfork` starts in the child: that mention is child code.
          for (index, argument) in call.arguments.enumerated() where !entries.contains(index) {
            argument.walk(scan)
          }
        }
        block.terminator.forEachValue(scan)
      }
    }
    for global in program.globals {
      for (unit, store) in global.initializers.stores {
        store.value.walk { value in
          if case .function(let symbol) = value, let name = program.functionName(symbol, unit: unit) {
            mentions[name, default: []].insert(.elsewhere)
          }
        }
      }
    }
    for (unit, facts) in program.units.enumerated() {
      for function in facts.skimmed.functions {
        for number in function.calls + function.values {
          if let name = program.functionName(facts.skimmed.symbols[Int(number)], unit: unit) {
            mentions[name, default: []].insert(.elsewhere)
          }
        }
      }
    }
    // What a header defines is there for whoever includes it.
    let promised = Set(contracts)
    var candidates = entered.filter { id in
      let function = program.functions[id]
      return !program.path(of: function.body.span, unit: function.unit).hasSuffix(".h")
    }
    candidates.formUnion(promised)
    let twins = Self.twins(of: candidates, program)
    var changed = true
    while changed {
      changed = false
      for function in candidates.sorted() where !promised.contains(function) {
        let names = twins[function, default: [function]].flatMap { program.names(of: $0) }
        let all = names.lazy.flatMap { mentions[$0, default: []] }
        let isOnly = all.allSatisfy { mention in
          guard case .block(let user, let block) = mention else { return false }
          if candidates.contains(user) || twins[user]?.contains(where: candidates.contains) == true {
            return true
          }
          return analysis.childBlocks[user]?.contains(block) == true
            && analysis.sharedBlocks[user]?.contains(block) != true
        }
        if !isOnly {
          candidates.remove(function)
          changed = true
        }
      }
    }
    functions = candidates
  }
  /// By function: all that come from the same text, which several programs of one database may compile. To change it
  /// changes it for all of them.
  private static func twins(of candidates: Set<FunctionID>, _ program: Program) -> [FunctionID: [FunctionID]]
  {
    func text(_ id: FunctionID) -> String { program.names[program.functions[id].name].text }
    func path(_ id: FunctionID) -> String {
      program.path(of: program.functions[id].body.span, unit: program.functions[id].unit)
    }
    let wanted = Set(candidates.map(text))
    var named: [String: [FunctionID]] = [:]
    for id in program.functions.indices where wanted.contains(text(id)) {
      named[text(id), default: []].append(id)
    }
    var twins: [FunctionID: [FunctionID]] = [:]
    for ids in named.values where ids.count > 1 {
      for (_, same) in Dictionary(grouping: ids, by: path) where same.count > 1 {
        for id in same { twins[id] = same }
      }
    }
    return twins
  }
}
