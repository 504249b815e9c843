/// What of a unit is lowered.
public enum UnitDemand: Hashable, Sendable {
  case everything
  case nothing
  case some(NeededSymbols)
}

/// The functions and variables of one unit that an analysis of child paths needs.
public struct NeededSymbols: Hashable, Sendable {
  /// Functions that may be followed. Whatever they name is lowered with them.
  public var executed: Set<Symbol>
  /// Functions that are not followed but change what followed ones meet: they store to variables or
  /// pass functions on. What they name is only declared.
  public var consulted: Set<Symbol>
  /// Variables that functions of other units name.
  public var variables: Set<Symbol>

  public init(executed: Set<Symbol> = [], consulted: Set<Symbol> = [], variables: Set<Symbol> = []) {
    self.executed = executed
    self.consulted = consulted
    self.variables = variables
  }
}
