/// A pattern for names and paths: `*` and `?` stay inside one part of a path, `**` crosses slashes, `[a-z]` and
/// `[!a-z]` are one character.
struct Glob: Hashable, Sendable {
  private enum Piece: Hashable {
    case literal(Unicode.Scalar)
    case one
    /// Any number of characters other than the slash.
    case some
    /// Any number of characters.
    case all
    /// `**/`: nothing, or whole parts with the slash after them.
    case folders
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  let pattern: String
  private let pieces: [Piece]

  init(_ pattern: String) {
    self.pattern = pattern
    pieces = Self.parse(Array(pattern.unicodeScalars))
  }

  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    // Whether `pieces[piece...]` matches `text[position...]`, from the end backwards.
    var next = [Bool](repeating: false, count: text.count + 1)
    next[text.count] = true
    for piece in pieces.reversed() {
      var row = [Bool](repeating: false, count: text.count + 1)
      for position in stride(from: text.count, through: 0, by: -1) {
        row[position] = Self.matches(piece, text, position, next, row)
      }
      next = row
    }
    return next[0]
  }

  /// `next` tells of the pieces after this one, `row` of this one at later positions.
  private static func matches(
    _ piece: Piece, _ text: [Unicode.Scalar], _ position: Int, _ next: [Bool], _ row: [Bool]
  ) -> Bool {
    let scalar = position < text.count ? text[position] : nil
    switch piece {
    case .literal(let wanted): return scalar == wanted && next[position + 1]
    case .one: return scalar.map { $0 != "/" } == true && next[position + 1]
    case .set(let ranges, let isNegated):
      guard let scalar, scalar != "/" else { return false }
      return ranges.contains { $0.contains(scalar) } != isNegated && next[position + 1]
    case .some: return next[position] || (scalar.map { $0 != "/" } == true && row[position + 1])
    case .all: return next[position] || (scalar != nil && row[position + 1])
    case .folders:
      if next[position] { return true }
      guard let slash = text[position...].firstIndex(of: "/") else { return false }
      return row[slash + 1]
    }
  }

  private static func parse(_ scalars: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var rest = scalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*" where rest.first == "*":
        rest.removeFirst()
        let startsPart = pieces.isEmpty || pieces.last == .literal("/")
        if startsPart, rest.first == "/" {
          rest.removeFirst()
          pieces.append(.folders)
        } else {
          pieces.append(.all)
        }
      case "*": pieces.append(.some)
      case "?": pieces.append(.one)
      case "[":
        if let (set, after) = parseSet(rest) {
          pieces.append(set)
          rest = after
        } else {
          pieces.append(.literal(scalar))
        }
      default: pieces.append(.literal(scalar))
      }
    }
    return pieces
  }

  /// Nil where no bracket closes it.
  private static func parseSet(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> (Piece, ArraySlice<Unicode.Scalar>)? {
    var rest = scalars
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let low = rest.popFirst() {
      if low == "]", !ranges.isEmpty { return (.set(ranges, isNegated: isNegated), rest) }
      if rest.first == "-", let high = rest.dropFirst().first, high != "]", low <= high {
        rest = rest.dropFirst(2)
        ranges.append(low...high)
      } else {
        ranges.append(low...low)
      }
    }
    return nil
  }
}
