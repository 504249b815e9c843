import Catalogue
import Linking
import SpawnIR

/// How children begin at a spawn site.
public enum SiteStart: Hashable, Sendable {
  /// The call creates the child.
  case call
  /// The call hands over a function that starts in a child.
  case entry(ChildEntry)
  /// No call: the function at the site promises that a child may call it.
  case contract(Contract.Reason)

  public var isContract: Bool {
    if case .contract = self { return true }
    return false
  }
}

/// Where a child makes a child of its own.
public enum Nesting: Hashable, Sendable {
  /// In code that only children execute: one stands between, as in a double fork.
  case inChildCode
  /// As its parent would, if the site's child were not made.
  case inSharedCode
}

/// Something a child does, seen from one spawn site.
public struct Observation: Hashable, Sendable {
  /// Index into `ChildPaths.sites`.
  public var site: Int
  public var start: SiteStart
  /// The function with which the child began, where it did not go on behind the spawn call.
  public var begins: FunctionNameID?
  public var context: ChildContext
  public var kind: EventKind
  /// Where it happens.
  public var at: InstructionRef
  /// Where the child path leaves child-only code on the way there; `at` itself where it does not.
  public var place: InstructionRef
  /// The function in whose frame the child started, or into which it came back: the children that a
  /// wrapper makes for several callers are told apart.
  public var childOf: FunctionID
  /// The functions above `childOf` to which the child comes back, on all ways.
  public var comesBackTo: [FunctionID]
  /// A child of the site's child does it; nil where that does so itself.
  public var nesting: Nesting?
  /// The function entered at `place`, when that is a call of a body.
  public var entered: FunctionNameID?
  /// The calls from the function in which the child started to `at`, outermost first.
  public var way: [InstructionRef]
}

/// Code that nobody but children executes.
public struct ChildCode: Hashable, Sendable {
  /// Functions that are mentioned in such code alone.
  public var functions: Set<FunctionID> = []
  /// Such blocks of functions that others execute too.
  public var own: [FunctionID: Set<Int>] = [:]
  /// Blocks that a child executes, and others as well.
  public var shared: [FunctionID: Set<Int>] = [:]

  public func contains(_ at: InstructionRef) -> Bool {
    functions.contains(at.function) || own[at.function]?.contains(at.block) == true
  }
}

/// A spawn call and how its children were seen to go on.
public struct SpawnSiteFacts: Hashable, Sendable {
  /// Of a contract: a block that does not exist, which stands for the function's name.
  public var at: InstructionRef
  /// The spawn function; of a contract: the function that gives it.
  public var name: FunctionNameID
  /// How the call is shown where its arguments tell the kind: `SYS_clone3`.
  public var shown: String?
  public var start: SiteStart
  /// What kinds of child it makes; several when flags differ between callers.
  public var contexts: Set<ChildContext>
  /// No state of the analysis reached it.
  public var isUnreached: Bool
  /// A bound of the analysis was reached on the way to it or behind it.
  public var isLimited: Bool
  /// Its child was not followed into a function that does not know it from its parent.
  public var goesOn = false
}

/// The result of following all child paths.
public struct ChildPaths: Sendable {
  public var sites: [SpawnSiteFacts]
  public var observations: [Observation]
  public var childCode = ChildCode()
  /// Functions of the program that run when a signal comes; found only where a child may share memory.
  public var handlers: [SignalHandler] = []
  /// What the answers above depend on beside the code that was followed.
  public var questions = OpenQuestions()
}
