import Checks
import Reports

/// What a comment allows, and where.
struct SuppressionComment: Equatable {
  enum Scope: Equatable {
    /// Findings that begin or end on this line.
    case line(Int)
    /// Findings that begin on this line.
    case start(Int)
    /// Findings that begin on these lines.
    case lines(ClosedRange<Int>)
    /// The function around the comment, or the one whose name stands on the lines of `header`.
    case function(comment: Int, header: ClosedRange<Int>?)
    /// No code follows.
    case nothing
  }

  var checks: [String]
  var scope: Scope
  var reason: String
  var location: Location

  func covers(_ place: PolicyPlace) -> Bool {
    let at = place.location
    guard at.file == location.file else { return false }
    switch scope {
    case .line(let line): return at.line == line || at.endLine == line
    case .start(let line): return at.line == line
    case .lines(let lines): return lines.contains(at.line)
    case .function(let comment, let header):
      let function = place.function
      guard function.file == location.file else { return false }
      return header?.contains(function.line) == true
        || (function.line...max(function.line, function.lastLine)).contains(comment)
    case .nothing: return false
    }
  }
}

/// A comment that speaks to spawnlint and does not say what it must.
struct SuppressionMistake: Equatable {
  var message: String
  var location: Location
}

/// Reads the comments of one file:
///
///     // spawnlint: allow(child-exit, child-stdio) reason
///     // spawnlint: allow-function(child-exit) reason
///     // NOLINT(spawnlint-child-exit) reason
///
/// and NOLINTNEXTLINE, NOLINTBEGIN, NOLINTEND as clang-tidy understands them.
struct SuppressionReader {
  private(set) var suppressions: [SuppressionComment] = []
  private(set) var mistakes: [SuppressionMistake] = []

  private let file: String
  private let knownChecks: [String]
  private let demandsReason: Bool
  /// Open NOLINTBEGIN comments.
  private var open: [SuppressionComment] = []

  static let keyword = "spawnlint:"
  static let nolint = "NOLINT"
  private static let prefix = "spawnlint-"

  init(_ bytes: [UInt8], file: String, knownChecks: [String], demandsReason: Bool) {
    self.file = file
    self.knownChecks = knownChecks
    self.demandsReason = demandsReason
    for comment in CommentScanner.comments(in: bytes, holding: [Self.keyword, Self.nolint]) { read(comment) }
    for comment in open {
      mistakes.append(
        SuppressionMistake(message: "this NOLINTBEGIN has no NOLINTEND", location: comment.location))
    }
    suppressions.sort { $0.location < $1.location }
  }

  private mutating func read(_ comment: Comment) {
    let lines = Self.lines(of: comment)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix(Self.keyword) {
        // In a block comment the reason may go on below.
        let text = lines[index...].joined(separator: " ").dropFirst(Self.keyword.count)
        readOwn(text.drop(while: \.isWhitespace), comment)
        return
      }
      if let range = line.ranges(of: Self.nolint).first { readNolint(line[range.lowerBound...], comment) }
    }
  }

  /// The comment's lines without what frames them: blanks and the stars of a block.
  private static func lines(of comment: Comment) -> [Substring] {
    String(decoding: comment.text, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      let text = line.drop { $0.isWhitespace || "*/!<\\".contains($0) }
      return text.prefix(text.count - text.reversed().prefix { $0.isWhitespace || $0 == "\\" }.count)
    }
  }

  private mutating func readOwn(_ text: Substring, _ comment: Comment) {
    let word = text.prefix { !$0.isWhitespace && $0 != "(" }
    let scope: SuppressionComment.Scope
    switch word {
    case "allow":
      scope =
        comment.followsCode
        ? .line(comment.line) : comment.nextCodeLine.map(SuppressionComment.Scope.start) ?? .nothing
    case "allow-function":
      let header = comment.nextCodeLine.flatMap { first in
        comment.declarationEnd.map { first...max(first, $0) }
      }
      scope = .function(comment: comment.line, header: header)
    default:
      mistake("'\(word)' is no order to spawnlint; write allow(check) or allow-function(check)", comment)
      return
    }
    guard let list = Self.list(after: word, in: text), !list.names.isEmpty else {
      mistake("name what to allow: \(word)(check) and the reason", comment)
      return
    }
    add(list.names.map(String.init), scope, reason: list.rest, comment)
  }

  private mutating func readNolint(_ text: Substring, _ comment: Comment) {
    let word = text.prefix { $0.isUppercase }
    guard let list = Self.list(after: word, in: text) else { return }
    // Names of other programs' checks are theirs.
    let names = list.names.filter { $0.hasPrefix(Self.prefix) }.map {
      String($0.dropFirst(Self.prefix.count))
    }
    guard !names.isEmpty else { return }
    switch word {
    case "NOLINT": add(names, .line(comment.line), reason: list.rest, comment)
    case "NOLINTNEXTLINE": add(names, .start(comment.endLine + 1), reason: list.rest, comment)
    case "NOLINTBEGIN":
      if let begin = checked(names, .nothing, reason: list.rest, comment) { open.append(begin) }
    case "NOLINTEND":
      guard let index = open.lastIndex(where: { $0.checks == names }) else {
        mistake("no NOLINTBEGIN(\(list.names.joined(separator: ", "))) stands before this", comment)
        return
      }
      var begin = open.remove(at: index)
      begin.scope = .lines(begin.location.line...comment.line)
      suppressions.append(begin)
    default: break
    }
  }

  /// The names in the parentheses, and what follows them.
  private static func list(after word: Substring, in text: Substring) -> (
    names: [Substring], rest: Substring
  )? {
    let rest = text.dropFirst(word.count).drop(while: \.isWhitespace)
    guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return nil }
    let names = rest[rest.index(after: rest.startIndex)..<end].split { $0 == "," || $0.isWhitespace }
    return (names, rest[rest.index(after: end)...])
  }

  private mutating func add(
    _ names: [String], _ scope: SuppressionComment.Scope, reason: Substring, _ comment: Comment
  ) {
    if let suppression = checked(names, scope, reason: reason, comment) { suppressions.append(suppression) }
  }

  /// Nil when a mistake was noted.
  private mutating func checked(
    _ names: [String], _ scope: SuppressionComment.Scope, reason: Substring, _ comment: Comment
  ) -> SuppressionComment? {
    for name in names where !knownChecks.contains(where: { Glob(name).matches($0) }) {
      let hint = NearestName.to(name, among: knownChecks).map { "; did you mean '\($0)'?" } ?? ""
      mistake("there is no check '\(name)'\(hint)", comment)
      return nil
    }
    let reason = Self.reason(in: reason)
    if reason.isEmpty, demandsReason {
      mistake("say why \(names.joined(separator: ", ")) is allowed here: a reason must follow", comment)
      return nil
    }
    return SuppressionComment(checks: names, scope: scope, reason: reason, location: location(of: comment))
  }

  /// Without what joins it to the parentheses, and without a comment behind the comment.
  private static func reason(in text: Substring) -> String {
    let own = text.ranges(of: " // ").first.map { text[..<$0.lowerBound] } ?? text
    let start = own.drop { $0.isWhitespace || ":-–—".contains($0) }
    return String(start).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private mutating func mistake(_ message: String, _ comment: Comment) {
    mistakes.append(SuppressionMistake(message: message, location: location(of: comment)))
  }

  private func location(of comment: Comment) -> Location {
    Location(
      file: file, line: comment.line, column: comment.column, endLine: comment.endLine,
      endColumn: comment.endColumn)
  }
}
