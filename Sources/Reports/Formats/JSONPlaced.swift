import Checks

/// A JSON object with a place: `file`, `line`, `column`, `endLine`, `endColumn` stand beside its other
/// properties, so that a script needs one step to either.
public struct JSONPlaced<Content: Codable & Sendable>: Codable, Sendable {
  public var location: Location
  public var content: Content

  init(_ content: Content, at location: Location) {
    self.location = location
    self.content = content
  }

  public init(from decoder: any Decoder) throws {
    location = try Location(from: decoder)
    content = try Content(from: decoder)
  }

  /// Both write into the same object; their keys differ.
  public func encode(to encoder: any Encoder) throws {
    try location.encode(to: encoder)
    try content.encode(to: encoder)
  }
}
