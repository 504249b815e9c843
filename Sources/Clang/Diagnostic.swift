import CLibclang

public struct Diagnostic: Sendable {
  public enum Severity: Int, Sendable, Comparable {
    case ignored, note, warning, error, fatal

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }
  public var severity: Severity
  public var message: String
  /// Nil for complaints about flags.
  public var position: FilePosition?
}
