/// What is wrong with a catalogue file, and where.
public struct CatalogueError: Error, Hashable, CustomStringConvertible {
  /// The path as it was given.
  public var file: String
  /// Lines and columns count from 1; 0 where the whole file is meant.
  public var line: Int
  public var column: Int
  public var message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `my.yml:3:5: …`, to stand behind a word that says what it is.
  public var messageWithPlace: String {
    line > 0 ? "\(file):\(line):\(column): \(message)" : "\(file): \(message)"
  }

  /// In clang's style: `my.yml:3:5: error: …`; where the whole file is meant `my.yml: …`.
  public var description: String {
    line > 0 ? "\(file):\(line):\(column): error: \(message)" : "\(file): \(message)"
  }
}

/// Spelling suggestions for messages.
enum Spelling {
  /// `; did you mean 'x'?`, or nothing when no candidate is near.
  static func hint(for name: String, among candidates: [String]) -> String {
    let limit = max(2, name.count / 3)
    let near = candidates.map { (name: $0, distance: distance(name, $0)) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return near.map { "; did you mean '\($0.name)'?" } ?? ""
  }

  /// Levenshtein distance.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
