/// A function-pointer argument that starts in a child without a spawn call in sight: `child_setup` of
/// `g_spawn_async`, the third of `pthread_atfork`. When it returns, its part of the child is done.
public struct ChildEntry: Hashable, Codable, Sendable {
  /// Which argument is the function.
  public var argument: Int
  /// In what kind of child it starts.
  public var child: ChildContext
  /// The argument that the function gets as its first.
  public var data: Int?
  /// It starts some time after the call, when memory may hold anything; otherwise during the call.
  public var startsLater: Bool
  /// The argument that runs in the parent right before each fork: `pthread_atfork`'s first.
  public var prepare: Int?
  /// Reports what is not allowed there, in place of the checks that the entries of the called functions
  /// name.
  public var check: String?
  /// What it may do with locks: an atfork handler releases what was locked for it before the fork.
  public var permits: [LockEffect.Action]

  public init(
    argument: Int, child: ChildContext = .fork, data: Int? = nil, startsLater: Bool = false,
    prepare: Int? = nil, check: String? = nil, permits: [LockEffect.Action] = []
  ) {
    self.argument = argument
    self.child = child
    self.data = data
    self.startsLater = startsLater
    self.prepare = prepare
    self.check = check
    self.permits = permits
  }

  /// Whether the function may call one with that entry although a child in general must not.
  public func permits(_ entry: Entry) -> Bool {
    !entry.locks.isEmpty && entry.locks.allSatisfy { permits.contains($0.action) }
  }
}
