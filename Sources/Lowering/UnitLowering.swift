import Clang
import SpawnIR

/// One parsed unit on its way to facts: what is shared between its functions.
final class UnitLowering {
  let unit: TranslationUnit
  let types = TypeShapes()
  var files: FileTable
  /// Functions and variables that lowered code names, in the order they were met.
  var mentionedFunctions: [Cursor] = []
  var mentionedVariables: [Cursor] = []
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
  private var lost = LostCode()

  /// Levels of nesting that are followed; each takes some kilobytes of stack at most.
  static let depthLimit = 24_000

  init(unit: TranslationUnit, mainFile: String) {
    self.unit = unit
    self.files = FileTable(unit: unit)
    self.mainFile = mainFile
  }

  func facts() -> UnitFacts {
    var problem: ParseProblem?
    for diagnostic in unit.diagnostics {
      guard let position = diagnostic.position else { continue }
      lost.add(position)
      guard problem == nil else { continue }
      problem = ParseProblem(
        message: diagnostic.message, file: position.file.name, line: position.line, column: position.column)
    }
    let topLevel = unit.cursor.children
    symbols.index(topLevel)
    lowerRoots(topLevel)
    lowerMentioned()
    return UnitFacts(
      mainFile: mainFile, files: files.names, functions: functions, globals: globals,
      declarations: declarations, aliases: symbols.aliases(of: topLevel), problem: problem ?? depthProblem)
  }

  /// What this unit itself defines. Inline and static functions of headers wait until they are named.
  private func lowerRoots(_ topLevel: [Cursor]) {
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
  }

  /// Lowering names more functions and variables, until nothing new comes.
  private func lowerMentioned() {
    var nextFunction = 0
    var nextVariable = 0
    while nextFunction < mentionedFunctions.count || nextVariable < mentionedVariables.count {
      while nextVariable < mentionedVariables.count {
        lowerGlobal(mentionedVariables[nextVariable])
        nextVariable += 1
      }
      if nextFunction < mentionedFunctions.count {
        lowerFunction(mentionedFunctions[nextFunction])
        nextFunction += 1
      }
    }
  }

  private func lowerFunction(_ cursor: Cursor) {
    if let definition = cursor.definition, !lost.overlaps(definition),
      let body = definition.children.last(where: { $0.kind == .compound })
    {
      functions.append(FunctionLowering(unit: self, function: definition).lower(body: body))
    } else {
      declarations.append(declaration(cursor))
    }
  }

  private func declaration(_ cursor: Cursor) -> Declaration {
    let type = cursor.type.canonical
    return Declaration(
      symbol: symbols.symbol(of: cursor), parameters: type.parameters.map(types.shape),
      isVariadic: type.isVariadicFunction || type.kind == .functionWithoutPrototype,
      returnType: types.shape(type.result), neverReturns: symbols.neverReturns(cursor),
      annotations: symbols.annotations(of: cursor))
  }

  // MARK: Mentions

  func mentionFunction(_ cursor: Cursor) {
    if symbols.isNew(cursor.canonical) { mentionedFunctions.append(cursor) }
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

/// Where clang reported errors: around them it leaves out expressions and declarations.
struct LostCode {
  private var offsets: [SourceFile: [Int]] = [:]

  mutating func add(_ position: FilePosition) {
    offsets[position.file, default: []].append(position.offset)
  }

  func overlaps(_ cursor: Cursor) -> Bool {
    guard !offsets.isEmpty else { return false }
    let extent = cursor.extent
    guard let start = extent.start.filePosition, let end = extent.end.filePosition,
      let errors = offsets[start.file]
    else { return false }
    return errors.contains { start.offset <= $0 && $0 < end.offset }
  }
}
