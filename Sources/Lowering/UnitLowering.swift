import Clang
import SpawnIR

/// One parsed unit on its way to facts: what is shared between its functions.
final class UnitLowering {
  let unit: TranslationUnit
  let types = TypeShapes()
  var files: FileTable
  /// Functions and variables that lowered code names, in the order they were met.
  private var mentionedFunctions: [(cursor: Cursor, withBody: Bool)] = []
  private var mentionedVariables: [Cursor] = []
  private var nextFunction = 0
  private var nextVariable = 0
  /// Functions that are named are lowered too, not only declared.
  private var lowersNames = true
  /// Kinds of expressions and statements that were not modelled, with how often; for review.
  var unmodelled: [String: Int] = [:]
  /// Something was nested so deeply that it was left out.
  var depthProblem: ParseProblem?
  var globals: [Global] = []
  /// Variables of static duration inside functions, and nameless ones.
  var localStatics: [Cursor: Symbol] = [:]
  var compoundLiteralCount = 0
  var symbols = SymbolTable()
  private var noReturnTypes: [Type: Bool] = [:]
  private let mainFile: String
  private var functions: [Function] = []
  private var declarations: [Declaration] = []
  let lost: LostCode

  /// Levels of nesting that are followed; each takes some kilobytes of stack at most.
  static let depthLimit = 24_000

  init(unit: TranslationUnit, mainFile: String, lost: LostCode) {
    self.unit = unit
    self.lost = lost
    self.files = FileTable(unit: unit)
    self.mainFile = mainFile
  }

  /// - Parameter withSkimmed: everything includes functions that no evaluated code names.
  func facts(
    _ demand: UnitDemand, of skimming: UnitSkimming, problem: ParseProblem?, withSkimmed: Bool = false
  ) -> UnitFacts {
    switch demand {
    case .nothing: break
    case .everything:
      lowerRoots(index(), skimming)
      if withSkimmed {
        for cursor in skimming.definitions { mentionFunction(cursor) }
        lowerMentioned()
      }
    case .some(let needed):
      _ = index()
      lower(needed, skimming)
    }
    sort(as: skimming.skim)
    return UnitFacts(
      mainFile: mainFile, files: files.names, functions: functions, globals: globals,
      declarations: declarations, aliases: skimming.skim.aliases, problem: problem ?? depthProblem,
      skimmed: unlowered(skimming.skim))
  }

  /// The order shall not tell what was demanded.
  private func sort(as skim: UnitSkim) {
    var positions: [Symbol: Int] = [:]
    for (index, function) in skim.functions.enumerated() {
      positions[skim.symbols[Int(function.symbol)]] = index
    }
    functions = functions.map { (positions[$0.symbol] ?? Int.max, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    globals = globals.map { ($0.symbol.name, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    declarations = declarations.map { ($0.symbol.name, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func index() -> [Cursor] {
    let topLevel = unit.cursor.children
    symbols.index(topLevel)
    return topLevel
  }

  private func unlowered(_ skim: UnitSkim) -> UnitSkim {
    let lowered = Set(functions.map(\.symbol))
    var result = skim
    result.functions.removeAll { lowered.contains(skim.symbols[Int($0.symbol)]) }
    return result
  }

  /// First what child paths may execute, with all it names; then what only changes what that code meets.
  private func lower(_ needed: NeededSymbols, _ skimming: UnitSkimming) {
    let skim = skimming.skim
    func seed(_ wanted: Set<Symbol>) {
      for (function, cursor) in zip(skim.functions, skimming.definitions)
      where wanted.contains(skim.symbols[Int(function.symbol)]) { mentionFunction(cursor) }
    }
    seed(needed.executed)
    lowerMentioned()
    seed(needed.consulted)
    for (symbol, cursor) in skimming.variables where needed.variables.contains(skim.symbols[Int(symbol)]) {
      mentionVariable(cursor)
    }
    lowersNames = false
    lowerMentioned()
  }

  /// What this unit itself defines. Inline and static functions of headers wait until they are named,
  /// unless they are annotated.
  private func lowerRoots(_ topLevel: [Cursor], _ skimming: UnitSkimming) {
    for cursor in topLevel {
      switch cursor.kind {
      case .function where cursor.isDefinition:
        if cursor.location.isInMainFile || !(cursor.isInline || cursor.hasInternalLinkage) {
          mentionFunction(cursor)
        }
      case .variable where symbols.isGlobalDefinition(cursor):
        if cursor.location.isInMainFile || !cursor.hasInternalLinkage { mentionVariable(cursor) }
      default: break
      }
    }
    let annotated = Set(skimming.skim.annotations.lazy.filter { $0.parameter == nil }.map(\.symbol))
    for (function, cursor) in zip(skimming.skim.functions, skimming.definitions)
    where annotated.contains(function.symbol) { mentionFunction(cursor) }
    lowerMentioned()
  }

  /// Lowering names more functions and variables, until nothing new comes.
  private func lowerMentioned() {
    while nextFunction < mentionedFunctions.count || nextVariable < mentionedVariables.count {
      while nextVariable < mentionedVariables.count {
        lowerGlobal(mentionedVariables[nextVariable])
        nextVariable += 1
      }
      if nextFunction < mentionedFunctions.count {
        let (cursor, withBody) = mentionedFunctions[nextFunction]
        lowerFunction(cursor, withBody: withBody)
        nextFunction += 1
      }
    }
  }

  private func lowerFunction(_ cursor: Cursor, withBody: Bool) {
    if withBody, let definition = cursor.definition,
      let body = definition.children.last(where: { $0.kind == .compound })
    {
      functions.append(FunctionLowering(unit: self, function: definition).lower(body: body))
    } else {
      declarations.append(declaration(cursor))
    }
  }

  /// Names what stands for code that clang left out.
  func declareLost() {
    if declarations.contains(where: { $0.symbol == .lost }) { return }
    declarations.append(
      Declaration(
        symbol: .lost, parameters: [], isVariadic: false, returnType: .void, neverReturns: false))
  }

  private func declaration(_ cursor: Cursor) -> Declaration {
    let type = cursor.type.canonical
    return Declaration(
      symbol: symbols.symbol(of: cursor), parameters: type.parameters.map(types.shape),
      isVariadic: type.isVariadicFunction || type.kind == .functionWithoutPrototype,
      returnType: types.shape(type.result), neverReturns: symbols.neverReturns(cursor))
  }

  // MARK: Mentions

  func mentionFunction(_ cursor: Cursor) {
    if symbols.isNew(cursor.canonical) { mentionedFunctions.append((cursor, lowersNames)) }
  }

  func mentionVariable(_ cursor: Cursor) {
    if symbols.isNew(cursor.canonical) { mentionedVariables.append(cursor) }
  }

  func typeSaysNoReturn(_ type: Type) -> Bool {
    if let known = noReturnTypes[type] { return known }
    let result = SymbolTable.typeSaysNoReturn(type)
    noReturnTypes[type] = result
    return result
  }

  func noteUnmodelled(_ cursor: Cursor, _ what: String = "") {
    unmodelled[what.isEmpty ? cursor.kindName : what, default: 0] += 1
  }

  func noteTooDeep(_ cursor: Cursor) {
    guard depthProblem == nil else { return }
    let position = cursor.location.filePosition
    depthProblem = ParseProblem(
      message: "nested too deeply to be followed", file: position?.file.name ?? mainFile,
      line: position?.line ?? 0, column: position?.column ?? 0)
  }
}
