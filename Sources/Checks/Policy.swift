import ChildPath
import Linking

/// Where a function stands: its name, and the last line on which its body does something.
public struct FunctionExtent: Hashable, Sendable {
  public var file: String
  public var line: Int
  public var lastLine: Int

  public init(file: String, line: Int, lastLine: Int) {
    self.file = file
    self.line = line
    self.lastLine = lastLine
  }
}

/// A place that somebody may have made a decision about.
public struct PolicyPlace: Sendable {
  public var location: Location
  private let enclosing: @Sendable () -> FunctionExtent

  public init(location: Location, enclosing: @escaping @Sendable () -> FunctionExtent) {
    self.location = location
    self.enclosing = enclosing
  }

  /// The function around it; looked up when asked for.
  public var function: FunctionExtent { enclosing() }
}

/// A comment that allows something, with the reason it gives.
public struct Allowance: Hashable, Codable, Sendable {
  public var check: String
  public var location: Location
  public var reason: String

  public init(check: String, location: Location, reason: String) {
    self.check = check
    self.location = location
    self.reason = reason
  }
}

/// What becomes of one cause.
public enum Treatment: Hashable, Sendable {
  case report(Level)
  /// The check is switched off here.
  case off
  /// Comments allow it, at least one.
  case allowed([Allowance])
}

/// The user's decisions about causes: which are reported, and at what level.
public protocol FindingPolicy: Sendable {
  /// - Parameters:
  ///   - level: what follows from the cause's certainty.
  ///   - place: where the finding stands.
  ///   - cause: where the construct stands; the same as `place` where they coincide.
  func treatment(of check: String, level: Level, at place: PolicyPlace, cause: PolicyPlace) -> Treatment
}

extension Places {
  func policyPlace(_ at: InstructionRef) -> PolicyPlace {
    PolicyPlace(location: location(at)) { extent(of: at.function) }
  }

  private func extent(of id: FunctionID) -> FunctionExtent {
    let function = program.functions[id]
    let start = function.body.span
    var last = start.endLine
    for block in function.body.blocks {
      for span in block.instructions.map(\.span) + [block.terminator.span] where span.file == start.file {
        last = max(last, span.endLine)
      }
    }
    return FunctionExtent(
      file: program.path(of: start, unit: function.unit), line: Int(start.line), lastLine: Int(last))
  }
}
