import Linking

/// Bounds that make every analysis end. Reaching one in a child path makes its site `unproven`.
public struct Limits: Sendable {
  /// States kept apart at one block.
  var statesPerBlock = 16
  /// The same in the parent after a spawn call.
  var parentStatesPerBlock = 4
  /// The same in a child.
  var childStatesPerBlock = 10
  /// The same at a loop's head.
  var statesPerLoopHead = 5
  /// Times a block is entered in one context.
  var visitsPerBlock = 200
  /// Instructions executed symbolically in one context.
  var stepsPerContext = 20_000
  /// Instructions executed symbolically from one root, entering a function counting as several.
  var stepsPerRoot = 120_000
  /// The same from all roots together; past it, callers have a tenth of `stepsPerRoot` each.
  var stepsPerProgram = 240_000
  /// Of the steps that are left, the part that one call may use; what follows it is to be seen too.
  var shareOfCall = (numerator: 3, denominator: 4)
  /// Where the parent's way is followed, a call may use one of so many parts.
  var partOfCall = 4
  /// In a child: the same for a call that would do no harm whatever it did.
  var stepsPerQuietCall = 4_000
  /// The same for a signal's handler, which may notice that it runs in a child and return.
  var stepsPerGlance = 400
  /// Calls of such a function that may reach that bound before it is not entered any more.
  var partialQuietCalls = 2
  /// Instructions executed symbolically where the parent's way through one function is followed.
  var stepsPerParentRoot = 20_000
  /// The same from all such functions together.
  var stepsPerParents = 40_000
  /// States in which a function returns.
  var exitsPerContext = 10
  /// The same outside a child.
  var parentExitsPerContext = 5
  /// Entry states of one function that are kept apart.
  var contextsPerFunction = 32
  /// The same before any child, and in the parent after one.
  var spawnerContextsPerFunction = 24
  var parentContextsPerFunction = 8
  /// Activations on the abstract call stack.
  var depth = 60
  /// Activations of one function on the abstract call stack.
  var recursion = 2
  /// Outside a child: blocks (callees included) of a function that is still entered.
  var helperSize = 250
  /// Outside a child: contexts of such functions, from one root.
  var helperContexts = 200
  /// Blocks (callees included) that a root may reach for its loops to be followed to their end one by one.
  var loopsFirstSize = 1000
  /// Times a recursion is followed before its exits must stay the same.
  var recursionRounds = 6
  /// Functions that one pointer may reach.
  var pointerTargets = PointerFlow.mostTargets
  /// Functions to climb from a spawning function towards its callers.
  var callerDepth = 4

  public init() {}

  /// For a first look, after which more of the program will be known.
  public var small: Limits {
    var limits = self
    limits.stepsPerRoot /= 10
    limits.stepsPerProgram /= 10
    return limits
  }

  /// Times the usual number of states, steps and situations; those that only the form of the code demands (depth,
  /// recursion, targets of a pointer) stay.
  public init(effort: Int) {
    statesPerBlock *= effort
    parentStatesPerBlock *= effort
    childStatesPerBlock *= effort
    statesPerLoopHead *= effort
    visitsPerBlock *= effort
    stepsPerContext *= effort
    stepsPerRoot *= effort
    stepsPerProgram *= effort
    stepsPerQuietCall *= effort
    exitsPerContext *= effort
    parentExitsPerContext *= effort
    contextsPerFunction *= effort
    spawnerContextsPerFunction *= effort
    parentContextsPerFunction *= effort
    helperSize *= effort
    helperContexts *= effort
  }
}
