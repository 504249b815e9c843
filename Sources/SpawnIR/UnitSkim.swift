/// Who mentions whom in one unit, found without lowering: enough to decide whose bodies are needed.
///
/// Mentions are a superset of what lowered code names: code that is never evaluated counts too.
public struct UnitSkim: Hashable, Codable, Sendable {
  /// Functions, variables of static storage duration and, as `.record.name`, members that may hold
  /// functions; the others name them by index.
  public var symbols: [Symbol]
  /// Every function with a body.
  public var functions: [SkimmedFunction]
  /// Every variable whose initialiser names functions or other variables.
  public var globals: [SkimmedGlobal]
  /// `__attribute__((alias("target")))`: name of the alias → target.
  public var aliases: [String: String]
  /// What declarations of functions say, each once.
  public var annotations: [Annotation] = []

  public init(
    symbols: [Symbol] = [], functions: [SkimmedFunction] = [], globals: [SkimmedGlobal] = [],
    aliases: [String: String] = [:]
  ) {
    self.symbols = symbols
    self.functions = functions
    self.globals = globals
    self.aliases = aliases
  }
}

/// `__attribute__((annotate("text")))`, or a macro that expands to nothing, at a function's declaration.
public struct Annotation: Hashable, Codable, Sendable {
  /// The function; an index into `UnitSkim.symbols`.
  public var symbol: Int32
  /// It stands at this parameter.
  public var parameter: Int?
  /// The attribute's text, the macro's name.
  public var text: String

  public init(symbol: Int32, parameter: Int? = nil, text: String) {
    self.symbol = symbol
    self.parameter = parameter
    self.text = text
  }
}

/// A function with a body; numbers are indices into `UnitSkim.symbols`, each at most once per list.
public struct SkimmedFunction: Hashable, Codable, Sendable {
  public var symbol: Int32
  /// `inline` without external definition.
  public var isInline = false
  /// Functions that are called by name.
  public var calls: [Int32] = []
  /// Functions that are mentioned otherwise: stored, passed, called through a cast.
  public var values: [Int32] = []
  /// Variables of static storage duration, those of the function itself excepted.
  public var globals: [Int32] = []
  /// Those of `globals` that may change here or whose address may be taken: not only read, not `const`.
  public var changes: [Int32] = []
  /// Members and variables of static storage duration that may hold functions and occur here.
  public var slots: [Int32] = []
  /// A call of something that is no function's name.
  public var callsIndirectly = false
  /// A local variable or parameter that may hold a function occurs.
  public var holdsFunctions = false
  public var takesFunctions = false
  public var returnsFunctions = false
  /// A pointer to a function is made from something of another type: only the whole program tells what.
  public var castsToFunctions = false

  public init(symbol: Int32, isInline: Bool = false) {
    self.symbol = symbol
    self.isInline = isInline
  }
}

/// A variable and what its initialiser names; numbers are indices into `UnitSkim.symbols`.
public struct SkimmedGlobal: Hashable, Codable, Sendable {
  public var symbol: Int32
  public var functions: [Int32] = []
  public var globals: [Int32] = []
  /// Members of the variable's type that may hold functions; the variable if it may itself.
  public var slots: [Int32] = []

  public init(symbol: Int32) { self.symbol = symbol }
}
