public struct Variable: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable {
    case parameter
    case local
    /// Made by lowering: the result of a call, of `?:`, of `&&`.
    case temporary
  }
  public var name: String
  public var type: TypeShape
  public var kind: Kind
  public var span: SourceSpan

  public init(name: String, type: TypeShape, kind: Kind, span: SourceSpan) {
    self.name = name
    self.type = type
    self.kind = kind
    self.span = span
  }
}

public enum Callee: Hashable, Codable, Sendable {
  case direct(Symbol)
  case indirect(Value)
}

public struct Call: Hashable, Codable, Sendable {
  /// The temporary that receives the result; nil for `void` and for results nobody reads.
  public var result: Int?
  public var callee: Callee
  public var arguments: [Value]
  public var resultType: TypeShape
  /// An attribute at the callee's declaration or type says that the call does not return.
  public var neverReturns: Bool
  /// The call stands in no source line: a `cleanup` attribute's function at the end of a scope.
  public var isCleanup: Bool

  public init(
    result: Int?, callee: Callee, arguments: [Value], resultType: TypeShape,
    neverReturns: Bool = false, isCleanup: Bool = false
  ) {
    self.result = result
    self.callee = callee
    self.arguments = arguments
    self.resultType = resultType
    self.neverReturns = neverReturns
    self.isCleanup = isCleanup
  }
}

/// What inline assembly may do beside writing its outputs.
public enum AssemblyEffect: String, Codable, Sendable {
  case none
  /// It may write all memory that its inputs and escaped addresses reach.
  case memory
  /// It may also call the kernel or other code.
  case unknown
}

public struct Instruction: Hashable, Codable, Sendable {
  public enum Kind: Hashable, Codable, Sendable {
    case assign(Place, Value)
    /// The whole object becomes zero (an initialiser list follows as assignments; a static zero too).
    case zero(Place)
    /// A local comes into scope: indeterminate until assigned.
    case declare(Int)
    case call(Call)
    /// Inline assembly, or an operation of the compiler's that is described like one: its outputs
    /// become unknown.
    case assembly(outputs: [Place], inputs: [Value] = [], effect: AssemblyEffect = .none)
  }
  public var kind: Kind
  public var span: SourceSpan

  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

public struct SwitchCase: Hashable, Codable, Sendable {
  /// Inclusive; `case 3:` is `3...3`, GNU `case 1 ... 4:` is `1...4`.
  public var low: Int64
  public var high: Int64
  public var target: Int

  public init(low: Int64, high: Int64, target: Int) {
    self.low = low
    self.high = high
    self.target = target
  }
}

public struct Terminator: Hashable, Codable, Sendable {
  public enum Kind: Hashable, Codable, Sendable {
    case jump(Int)
    case branch(Value, then: Int, otherwise: Int)
    /// Targets are tried in order; no case overlaps another. Without a `default` label,
    /// `otherwise` is the block after the switch.
    case `switch`(Value, cases: [SwitchCase], otherwise: Int)
    /// A computed `goto`: any label whose address is taken.
    case computedGoto([Int])
    case `return`(Value?)
    /// After a call that never returns, `__builtin_unreachable()`.
    case unreachable
  }
  public var kind: Kind
  public var span: SourceSpan

  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  public var successors: [Int] {
    switch kind {
    case .jump(let target): [target]
    case .branch(_, let then, let otherwise): [then, otherwise]
    case .switch(_, let cases, let otherwise): cases.map(\.target) + [otherwise]
    case .computedGoto(let targets): targets
    case .return, .unreachable: []
    }
  }
}

public struct BasicBlock: Hashable, Codable, Sendable {
  public var instructions: [Instruction]
  public var terminator: Terminator

  public init(instructions: [Instruction], terminator: Terminator) {
    self.instructions = instructions
    self.terminator = terminator
  }
}

public struct Function: Hashable, Codable, Sendable {
  public var symbol: Symbol
  /// The defining declaration, at its name.
  public var span: SourceSpan
  /// Indices into `variables`, in order.
  public var parameters: [Int]
  public var isVariadic: Bool
  public var returnType: TypeShape
  public var variables: [Variable]
  /// Block 0 is the entry. Blocks no path reaches are removed. A function that runs off its end has
  /// a `return(nil)` whose span is the closing brace.
  public var blocks: [BasicBlock]
  /// `noreturn` on any redeclaration.
  public var neverReturns: Bool
  /// `inline` without external definition: many units hold the same one.
  public var isInline: Bool
  public var isWeak: Bool
  /// The type as clang spells it, without blanks; a shape by which callers outside may be known.
  public var signature: String

  public init(
    symbol: Symbol, span: SourceSpan, parameters: [Int], isVariadic: Bool, returnType: TypeShape,
    variables: [Variable], blocks: [BasicBlock], neverReturns: Bool = false, isInline: Bool = false,
    isWeak: Bool = false, signature: String = ""
  ) {
    self.signature = signature
    self.symbol = symbol
    self.span = span
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.returnType = returnType
    self.variables = variables
    self.blocks = blocks
    self.neverReturns = neverReturns
    self.isInline = isInline
    self.isWeak = isWeak
  }
}
