/// What a call does with descriptors of open files.
public struct DescriptorEffect: Hashable, Codable, Sendable {
  public enum Action: String, CaseIterable, Codable, Sendable {
    /// A result that is not negative is a new descriptor.
    case opens
    /// It stores new descriptors where an argument points to.
    case opensInto = "opens-into"
    /// It closes the descriptor that an argument is.
    case closes
    /// It closes the descriptor that an argument points to.
    case closesAt = "closes-at"
    /// It closes many; which ones is not followed.
    case closesMany = "closes-many"
    /// It uses the descriptor that the argument is, or those that it leads to, during the call only.
    case borrows
  }

  public enum CloseOnExec: Hashable, Codable, Sendable {
    case never
    case always
    /// Where the argument has any of these bits.
    case flags(argument: Int, bits: Int64)
  }
  public var action: Action
  /// Nil: the result; of `borrows`: every argument.
  public var argument: Int?
  /// How many descriptors are stored, one behind the other.
  public var count: Int
  /// Which result says that they were.
  public var succeeds: LockEffect.Success
  public var closeOnExec: CloseOnExec
  /// Only if this argument has one of these values (`fcntl(fd, F_DUPFD, …)`).
  public var whenArgument: Int?
  public var whenValues: [Int64]

  public init(
    action: Action, argument: Int? = nil, count: Int = 1, succeeds: LockEffect.Success = .zero,
    closeOnExec: CloseOnExec = .never, whenArgument: Int? = nil, whenValues: [Int64] = []
  ) {
    self.action = action
    self.argument = argument
    self.count = count
    self.succeeds = succeeds
    self.closeOnExec = closeOnExec
    self.whenArgument = whenArgument
    self.whenValues = whenValues
  }

  public var acquires: Bool { action == .opens || action == .opensInto }
}
