/// Finds what somebody may have meant.
public enum NearestName {
  /// The candidate with the fewest edits, unless more than a third of the name would have to change.
  public static func to(_ name: String, among candidates: [String]) -> String? {
    let ranked = candidates.map { ($0, distance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
    if let (candidate, edits) = ranked, edits <= max(name.count, candidate.count) / 3 { return candidate }
    let parts = candidates.filter { !name.isEmpty && $0.contains(name) }
    return parts.count == 1 ? parts.first : nil
  }

  /// Edits from one to the other: inserting, dropping or replacing a character, or exchanging two neighbours.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for i in 1..<(left.count + 1) {
      var row = [i]
      for j in 1..<(right.count + 1) {
        let replaced = rows[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        var edits = min(replaced, rows[i - 1][j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          edits = min(edits, rows[i - 2][j - 2] + 1)
        }
        row.append(edits)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
