/// Finds what somebody may have meant.
public enum NearestName {
  /// The candidate with the fewest edits, unless more than a third of the name would have to change.
  public static func to(_ name: String, among candidates: [String]) -> String? {
    let ranked = candidates.map { ($0, distance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
    if let (candidate, edits) = ranked, edits <= max(name.count, candidate.count) / 3 { return candidate }
    let parts = candidates.filter { !name.isEmpty && $0.contains(name) }
    return parts.count == 1 ? parts.first : nil
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
