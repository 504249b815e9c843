import Catalogue
import SpawnIR

/// Index into `Program.functions`.
public typealias FunctionID = Int
/// Index into `Program.names`: any function that is called or mentioned, with or without a body.
public typealias FunctionNameID = Int
/// Index into `Program.globals`.
public typealias GlobalID = Int

/// A function with a body, in its unit.
public struct LinkedFunction: Sendable {
  public var unit: Int
  public var name: FunctionNameID
  public var body: Function
}

/// A function as callers know it: by name; statics by name and unit. Where several programs of one database define an
/// external name, there is one of these for each meaning.
public struct FunctionName: Sendable {
  public var text: String
  /// Bodies that the name may mean, in order of units.
  public var bodies: [FunctionID]
  public var declaration: Declaration?
  public var isStatic: Bool
  /// There is a body that no child path needs and that was not lowered.
  public var isSkimmed = false
  /// There is a body in a unit that was not read; where there are others, it may be meant as well.
  public var isElsewhere = false
}

public struct LinkedGlobal: Sendable {
  public var name: String
  public var isStatic: Bool
  public var type: TypeShape
  public var isDefined: Bool
  public var isThreadLocal: Bool
  /// The unit whose symbols the initialiser names.
  public var unit: Int
  public var initializer: [InitialStore]
  /// What it may hold instead: other programs' variables of that name that it could not be told from.
  public var alternatives: [Initializer] = []

  /// All that it may begin with.
  public var initializers: [Initializer] { [Initializer(unit: unit, stores: initializer)] + alternatives }
}

/// What a definition stores to a variable.
public struct Initializer: Sendable {
  /// Whose symbols the stores name.
  public var unit: Int
  public var stores: [InitialStore]
}

/// A program while it is put together.
struct ProgramParts {
  var units: [UnitFacts] = []
  var functions: [LinkedFunction] = []
  var names: [FunctionName] = []
  var globals: [LinkedGlobal] = []
  var isMainElsewhere = false
  var functionNames: [[Symbol: FunctionNameID]] = []
  var globalIDs: [[Symbol: GlobalID]] = []
  var externalFunctionNames: [Name: FunctionNameID] = [:]
  var homonyms: [FunctionNameID: FunctionNameID] = [:]
  var externalGlobals: [Name: GlobalID] = [:]

  /// The function that `symbol` means in `unit`.
  func functionName(_ symbol: Symbol, unit: Int) -> FunctionNameID? {
    functionNames[unit][symbol] ?? functionNames[unit][Symbol(symbol.id, isStatic: !symbol.isStatic)]
      ?? externalFunctionNames[symbol.id]
  }
}

extension UnitFacts {
  /// The file that the place lies in.
  func path(of span: SourceSpan) -> String {
    guard span.file >= 0, Int(span.file) < files.count else { return mainFile }
    return files[Int(span.file)]
  }
}

/// Many units' facts as one program.
///
/// It never changes, and everybody holds it: a reference costs less than to copy what it consists of.
public final class Program: Sendable {
  public let units: [UnitFacts]
  public let functions: [LinkedFunction]
  public let names: [FunctionName]
  public let globals: [LinkedGlobal]
  let parts: ProgramParts
  /// By function: the names that may mean it, sorted.
  private let meanings: [[FunctionNameID]]

  init(_ parts: ProgramParts) {
    units = parts.units
    functions = parts.functions
    names = parts.names
    globals = parts.globals
    self.parts = parts
    var meanings = parts.functions.map { [$0.name] }
    for (id, name) in parts.names.enumerated() {
      for body in name.bodies where meanings[body].first != id { meanings[body].append(id) }
    }
    self.meanings = meanings.map { $0.count > 1 ? $0.sorted() : $0 }
  }

  /// The meanings of an external name that has several, each with one that stands for all.
  public var homonyms: [FunctionNameID: FunctionNameID] { parts.homonyms }

  /// The names that may mean the function: its own, and those of units that share it or cannot tell it from others.
  public func names(of function: FunctionID) -> [FunctionNameID] { meanings[function] }

  /// The names under which the bodies of a name are defined; itself where it has none.
  func definingNames(_ name: FunctionNameID) -> [FunctionNameID] {
    let bodies = names[name].bodies
    if bodies.count < 2 { return [bodies.first.map { functions[$0].name } ?? name] }
    return Set(bodies.map { functions[$0].name }).sorted()
  }

  /// The function that `symbol` means in `unit`.
  public func functionName(_ symbol: Symbol, unit: Int) -> FunctionNameID? {
    parts.functionName(symbol, unit: unit)
  }

  public func global(_ symbol: Symbol, unit: Int) -> GlobalID? {
    parts.globalIDs[unit][symbol] ?? parts.globalIDs[unit][Symbol(symbol.id, isStatic: !symbol.isStatic)]
      ?? parts.externalGlobals[symbol.id]
  }

  /// The external function of that name, e.g. `main`.
  public func externalFunction(_ name: String) -> FunctionNameID? {
    parts.externalFunctionNames[Name(name)]
  }

  /// Whether the program defines the function, lowered or not.
  public func hasBody(_ name: FunctionNameID) -> Bool {
    !names[name].bodies.isEmpty || names[name].isSkimmed || names[name].isElsewhere
  }

  /// The units contain a program's `main`.
  public var hasMain: Bool { parts.isMainElsewhere || (externalFunction("main").map(hasBody) ?? false) }

  public func path(of span: SourceSpan, unit: Int) -> String { units[unit].path(of: span) }
}

extension [Initializer] {
  /// Each store with the unit whose symbols it names.
  public var stores: [(unit: Int, store: InitialStore)] {
    flatMap { initializer in initializer.stores.map { (initializer.unit, $0) } }
  }
}
