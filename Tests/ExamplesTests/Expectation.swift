/// What a C example says in comments about its own lines.
///
/// At the end of a line: `// expect: <check> <callee>` for a finding there (`-` for no callee), and
/// `// site: <verdict>` for the spawn site there; several parts are separated by `;`. On line 1:
/// `// incomplete` if the unit is reported as not understood completely, `// run: <options>` for options of
/// `spawnlint check`.
struct Expectations: Equatable {
  struct Finding: Hashable, Comparable, CustomStringConvertible {
    var line: Int
    var check: String
    var callee: String

    var description: String { "line \(line): \(check) \(callee)" }

    static func < (left: Finding, right: Finding) -> Bool {
      (left.line, left.check, left.callee) < (right.line, right.check, right.callee)
    }
  }

  var findings: [Finding] = []
  /// Verdicts by line.
  var sites: [Int: String] = [:]
  var isIncomplete = false
  var options: [String] = []

  struct Malformed: Error, CustomStringConvertible {
    var line: Int
    var text: String
    var description: String { "line \(line): '\(text)' is no expectation" }
  }

  init() {}

  init(parsing source: String) throws {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, text) in lines.enumerated() {
      guard let comment = Self.comment(of: text) else { continue }
      try parse(comment, line: index + 1)
    }
  }

  /// The last `//` comment of the line, if it begins with one of our words.
  private static func comment(of line: Substring) -> Substring? {
    guard let range = line.ranges(of: "// ").last else { return nil }
    let comment = line[range.upperBound...]
    let isOurs = ["expect:", "site:", "run:"].contains { comment.hasPrefix($0) } || comment == "incomplete"
    return isOurs ? comment : nil
  }

  private mutating func parse(_ comment: Substring, line: Int) throws {
    if comment.hasPrefix("run:") {
      options = comment.dropFirst(4).split(separator: " ").map(String.init)
      return
    }
    var kind: Substring = ""
    for part in comment.split(separator: ";") {
      var words = part.split(separator: " ")
      if let first = words.first, first == "expect:" || first == "site:" || first == "incomplete" {
        kind = words.removeFirst()
      }
      switch (kind, words.count) {
      case ("expect:", 2):
        findings.append(Finding(line: line, check: String(words[0]), callee: String(words[1])))
      case ("site:", 1) where ["verified", "unproven", "violations"].contains(words[0]):
        sites[line] = String(words[0])
      case ("incomplete", 0):
        isIncomplete = true
      default:
        throw Malformed(line: line, text: String(part))
      }
    }
  }
}
