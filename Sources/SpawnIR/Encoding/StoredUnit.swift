/// The facts of one unit as bytes, of which as much is read as is asked for.
public struct StoredUnit: Sendable {
  public let mainFile: String
  /// Nil when the unit was understood completely.
  public let problem: ParseProblem?
  /// Of every function with a body.
  public let skim: UnitSkim
  /// How deep values are nested: so deep goes the recursion that reads them.
  public let deepest: Int
  private let files: [String]
  private let aliases: [String: String]
  private let tables: StoredTables
  private let declarations: ArraySlice<UInt8>
  private let globals: [Piece]
  private let functions: [Piece]

  /// A function or variable that can be read for itself; symbols by their numbers.
  private struct Piece: Sendable {
    var symbol: Int
    var mentionedFunctions: [Int]
    var mentionedVariables: [Int]
    var bytes: ArraySlice<UInt8>
    /// Nil for variables.
    var declaration: Declaration?

    init(_ reader: inout ByteReader, symbols: Int) throws(FactsError) {
      symbol = try reader.count()
      mentionedFunctions = try reader.list { reader throws(FactsError) in try reader.count() }
      mentionedVariables = try reader.list { reader throws(FactsError) in try reader.count() }
      bytes = try reader.block()
      let all = [symbol] + mentionedFunctions + mentionedVariables
      guard all.allSatisfy({ $0 < symbols }) else { throw .damaged }
    }
  }

  /// Of `UnitFacts.encoded()`.
  public init(_ bytes: ArraySlice<UInt8>) throws(FactsError) {
    var reader = ByteReader(bytes)
    mainFile = try reader.text()
    files = try reader.list { reader throws(FactsError) in try reader.text() }
    let aliases = try reader.list { reader throws(FactsError) in (try reader.text(), try reader.text()) }
    self.aliases = Dictionary(aliases, uniquingKeysWith: { first, _ in first })
    if try reader.flag() {
      let message = try reader.text()
      let file = try reader.text()
      let line = try reader.small()
      problem = ParseProblem(message: message, file: file, line: line, column: try reader.small())
    } else {
      problem = nil
    }
    deepest = try reader.count()
    var tables = try StoredTables(&reader)
    var skimReader = ByteReader(try reader.block())
    skim = try UnitSkim(&skimReader, &tables)
    declarations = try reader.block()
    let symbols = tables.symbolCount
    var globalReader = ByteReader(try reader.block())
    globals = try globalReader.list { reader throws(FactsError) in try Piece(&reader, symbols: symbols) }
    var functionReader = ByteReader(try reader.block())
    var functions: [Piece] = []
    var code = CodeReader(tables, deepest: deepest)
    for _ in 0..<(try functionReader.count()) {
      var piece = try Piece(&functionReader, symbols: symbols)
      piece.declaration = try code.declaration(&functionReader)
      functions.append(piece)
    }
    self.functions = functions
    self.tables = code.tables
    guard reader.isAtEnd, functionReader.isAtEnd, globalReader.isAtEnd, skimReader.isAtEnd else {
      throw .damaged
    }
  }

  /// What lowering would give for the demand.
  public func facts(_ demand: UnitDemand) throws(FactsError) -> UnitFacts {
    var selection = Selection()
    switch demand {
    case .nothing: break
    case .everything:
      selection.functions = Set(functions.indices)
      selection.globals = Set(globals.indices)
      selection.declaresAll = true
    case .some(let needed): selection = try select(needed)
    }
    return try facts(selection)
  }

  private func facts(_ selection: Selection) throws(FactsError) -> UnitFacts {
    var code = CodeReader(tables, deepest: deepest)
    var functions: [Function] = []
    var declarations: [Declaration] = []
    var lowered: Set<Symbol> = []
    for (index, piece) in self.functions.enumerated() {
      let symbol = try code.tables.symbol(piece.symbol)
      if selection.functions.contains(index) {
        functions.append(try code.function(symbol, piece.bytes))
        lowered.insert(symbol)
      } else if selection.declared.contains(piece.symbol), let declaration = piece.declaration {
        declarations.append(declaration)
      }
    }
    var globals: [Global] = []
    for (index, piece) in self.globals.enumerated() where selection.globals.contains(index) {
      globals.append(try code.global(try code.tables.symbol(piece.symbol), piece.bytes))
    }
    var wanted: Set<Symbol> = []
    for number in selection.declared { wanted.insert(try code.tables.symbol(number)) }
    var reader = ByteReader(self.declarations)
    for _ in 0..<(try reader.count()) {
      let declaration = try code.declaration(&reader)
      if selection.declaresAll || wanted.contains(declaration.symbol) { declarations.append(declaration) }
    }
    declarations = declarations.map { ($0.symbol.name, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    var unlowered = skim
    unlowered.functions.removeAll { lowered.contains(skim.symbols[Int($0.symbol)]) }
    return UnitFacts(
      mainFile: mainFile, files: files, functions: functions, globals: globals, declarations: declarations,
      aliases: aliases, problem: problem, skimmed: unlowered)
  }

  // MARK: Selection

  /// Functions and variables by their index; declared functions by the number of their symbol.
  private struct Selection {
    var functions: Set<Int> = []
    var globals: Set<Int> = []
    var declared: Set<Int> = []
    var declaresAll = false
  }

  /// Executed functions with all that they name, then what only changes what they meet.
  private func select(_ needed: NeededSymbols) throws(FactsError) -> Selection {
    var tables = tables
    var functionIndices: [Int: Int] = [:]
    var globalIndices: [Int: Int] = [:]
    var executed: [Int] = []
    var consulted: [Int] = []
    var variables: [Int] = []
    for (index, piece) in functions.enumerated() {
      functionIndices[piece.symbol] = index
      let symbol = try tables.symbol(piece.symbol)
      if needed.executed.contains(symbol) {
        executed.append(index)
      } else if needed.consulted.contains(symbol) {
        consulted.append(index)
      }
    }
    for (index, piece) in globals.enumerated() {
      globalIndices[piece.symbol] = index
      if needed.variables.contains(try tables.symbol(piece.symbol)) { variables.append(index) }
    }
    var selection = Selection()
    add(functions: executed, variables: [], followsNames: true)
    add(functions: consulted, variables: variables, followsNames: false)
    return selection

    func add(functions: [Int], variables: [Int], followsNames: Bool) {
      var work: [Piece] = []
      for index in functions where selection.functions.insert(index).inserted {
        work.append(self.functions[index])
      }
      for index in variables where selection.globals.insert(index).inserted { work.append(globals[index]) }
      while let piece = work.popLast() {
        for number in piece.mentionedVariables {
          guard let index = globalIndices[number], selection.globals.insert(index).inserted else { continue }
          work.append(globals[index])
        }
        for number in piece.mentionedFunctions {
          guard followsNames, let index = functionIndices[number] else {
            selection.declared.insert(number)
            continue
          }
          if selection.functions.insert(index).inserted { work.append(self.functions[index]) }
        }
      }
    }
  }
}
