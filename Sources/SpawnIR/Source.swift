/// A place in a source file, as the expansion-aware front end reports it: for code that a macro's
/// argument brought in, the argument's own line; for code of the macro's body, the expansion.
public struct SourceSpan: Hashable, Codable, Sendable {
  /// Index into `UnitFacts.files`; -1 where the place is unknown.
  public var file: Int32
  /// Lines and columns count from 1; columns count bytes, as clang's do.
  public var line: Int32
  public var column: Int32
  public var endLine: Int32
  public var endColumn: Int32

  public init(file: Int32, line: Int32, column: Int32, endLine: Int32, endColumn: Int32) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }

  public static let unknown = SourceSpan(file: -1, line: 0, column: 0, endLine: 0, endColumn: 0)
}
