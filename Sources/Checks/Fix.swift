/// A change of the source that removes a finding.
public struct Fix: Hashable, Codable, Sendable {
  /// One place that changes. Neither text has a line end.
  public struct Edit: Hashable, Codable, Sendable {
    public var location: Location
    /// What stands there now; where the source says something else, nothing is to be changed.
    public var old: String
    public var new: String

    public init(location: Location, old: String, new: String) {
      self.location = location
      self.old = old
      self.new = new
    }
  }

  /// `Replace 'exit' by '_exit'.`
  public var description: String
  /// In the order of their places; the first one is the name of the function called.
  public var edits: [Edit]
  /// Must be declared at the place.
  public var function: String
  /// Must be defined there.
  public var macros: [String]

  public init(description: String, edits: [Edit], function: String, macros: [String]) {
    self.description = description
    self.edits = edits
    self.function = function
    self.macros = macros
  }
}
