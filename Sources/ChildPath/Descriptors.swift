import Linking

/// An open descriptor that was opened on the way to a state and that only locals of known functions hold.
struct Descriptor: Hashable, BitwiseCopyable {
  /// The call that opened it, as a number of `Analysis.place`; 0 where a caller knows.
  var opened: Int32
  /// Which one, of those that the call opens.
  var part: Int32
  /// A child of another thread can inherit it: it was opened without close-on-exec, under no lock.
  var isInheritable: Bool

  /// As a callee that spawns nothing sees its caller's.
  static let callers = Descriptor(opened: 0, part: 0, isInheritable: false)
}

/// Something that the parent holds and must give back, by where it got it.
enum Holding: Hashable {
  case descriptor(opened: Int32, part: Int32)
  case lock(LockOrigin)
  /// A mask with more blocked signals; the call that blocked them, as a number of `Analysis.place`.
  case mask(Int32)
}

/// What was seen of the parent's way through one function, from its call to its returns.
struct ParentLog {
  /// A return and what was held there.
  struct Return: Hashable {
    var at: InstructionRef
    /// The child had been made on the way.
    var hasChild: Bool
    var held: Set<Holding>
  }

  private(set) var returns = OrderedSet<Return>()
  /// Spawn calls at which it was held.
  private(set) var spawnCalls: [Holding: Set<InstructionRef>] = [:]
  /// It was given back on some way; with a child made before, or without.
  private var released: [Holding: Set<Bool>] = [:]
  /// The old mask went to a variable of the function, so nobody else can restore it.
  private(set) var isLost: [Holding: Bool] = [:]
  private(set) var inheritable: [Holding: Set<InstructionRef>] = [:]
  /// Given back before a spawn call that it was taken or opened on the way to.
  private(set) var onTheWay: Set<Holding> = []
  /// Returns of callees at which it was open and nobody could find it any more.
  private(set) var lost: [Holding: Set<InstructionRef>] = [:]

  mutating func note(_ item: Return) { returns.insert(item) }

  mutating func note(_ holding: Holding, heldAt call: InstructionRef) {
    spawnCalls[holding, default: []].insert(call)
  }

  mutating func note(inheritable holding: Holding, at call: InstructionRef) {
    inheritable[holding, default: []].insert(call)
  }

  mutating func note(onTheWay holding: Holding) { onTheWay.insert(holding) }

  mutating func note(lost holding: Holding, at place: InstructionRef) {
    lost[holding, default: []].insert(place)
  }

  mutating func note(released holding: Holding, hasChild: Bool) {
    released[holding, default: []].insert(hasChild)
  }

  mutating func note(_ holding: Holding, isLost: Bool) {
    self.isLost[holding] = (self.isLost[holding] ?? true) && isLost
  }

  /// The returns at which it is forgotten, and not handed to the caller on purpose.
  func leaks(of holding: Holding) -> [InstructionRef] {
    guard spawnCalls[holding] != nil else { return [] }
    let holding_ = returns.elements.filter { $0.held.contains(holding) }
    if case .descriptor = holding { return unique(holding_) }
    if isLost[holding] == true { return unique(holding_) }
    guard let released = released[holding] else { return [] }
    let withChild = returns.elements.filter(\.hasChild)
    // A function that comes back with a child and what it holds means it so.
    let isKept = !withChild.isEmpty && withChild.allSatisfy { $0.held.contains(holding) }
    if !isKept { return unique(holding_) }
    return released.contains(false) ? unique(holding_.filter { !$0.hasChild }) : []
  }

  private func unique(_ returns: [Return]) -> [InstructionRef] { Set(returns.map(\.at)).sorted() }

  var holdings: Set<Holding> { returns.elements.reduce(into: []) { $0.formUnion($1.held) } }
}
