/// One stored part of a static initialiser: `.ops[2].start = run` is the path
/// `[field(ops), index(2), field(start)]` with the value `function(run)`.
public struct InitialStore: Hashable, Codable, Sendable {
  public enum Step: Hashable, Codable, Sendable {
    case field(Field)
    case index(Int)
  }
  public var path: [Step]
  public var value: Value

  public init(path: [Step], value: Value) {
    self.path = path
    self.value = value
  }
}

/// A variable of static storage duration.
public struct Global: Hashable, Codable, Sendable {
  public var symbol: Symbol
  public var type: TypeShape
  public var span: SourceSpan
  /// False for `extern int n;`. What an initialiser leaves out is zero.
  public var isDefinition: Bool
  public var isThreadLocal: Bool
  public var initializer: [InitialStore]

  public init(
    symbol: Symbol, type: TypeShape, span: SourceSpan, isDefinition: Bool, isThreadLocal: Bool,
    initializer: [InitialStore]
  ) {
    self.symbol = symbol
    self.type = type
    self.span = span
    self.isDefinition = isDefinition
    self.isThreadLocal = isThreadLocal
    self.initializer = initializer
  }
}

/// A function this unit calls or mentions without defining it.
public struct Declaration: Hashable, Codable, Sendable {
  public var symbol: Symbol
  public var parameters: [TypeShape]
  public var isVariadic: Bool
  public var returnType: TypeShape
  public var neverReturns: Bool

  public init(
    symbol: Symbol, parameters: [TypeShape], isVariadic: Bool, returnType: TypeShape,
    neverReturns: Bool
  ) {
    self.symbol = symbol
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.returnType = returnType
    self.neverReturns = neverReturns
  }
}

/// Why a unit was not understood completely.
public struct ParseProblem: Hashable, Codable, Sendable {
  /// clang's first error.
  public var message: String
  public var file: String
  public var line: Int32
  public var column: Int32

  public init(message: String, file: String, line: Int32, column: Int32) {
    self.message = message
    self.file = file
    self.line = line
    self.column = column
  }
}

/// All that linking and the analysis need of one translation unit. Depends on the unit alone.
public struct UnitFacts: Codable, Sendable {
  /// The path as given on the command line or in the compile database.
  public var mainFile: String
  /// Paths as clang names them; spans index into this.
  public var files: [String]
  public var functions: [Function]
  public var globals: [Global]
  public var declarations: [Declaration]
  /// `__attribute__((alias("target")))`: name of the alias → target.
  public var aliases: [String: String]
  /// Nil when the unit was understood completely.
  public var problem: ParseProblem?
  /// Functions with a body that no child path needs: they are not among `functions`.
  public var skimmed: UnitSkim

  public init(
    mainFile: String, files: [String], functions: [Function], globals: [Global],
    declarations: [Declaration], aliases: [String: String], problem: ParseProblem?,
    skimmed: UnitSkim = UnitSkim()
  ) {
    self.mainFile = mainFile
    self.files = files
    self.functions = functions
    self.globals = globals
    self.declarations = declarations
    self.aliases = aliases
    self.problem = problem
    self.skimmed = skimmed
  }
}
