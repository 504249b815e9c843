import Checks

/// A source line with a mark under a range of it, as a terminal shows them.
///
/// Columns count bytes; what is shown differs: tabs go to the next multiple of eight, bytes that are no
/// UTF-8 and control characters appear as `<E4>` and `<U+001B>` (so that no source can steer the
/// terminal), wide characters take two cells and combining ones none.
struct Snippet {
  private(set) var text = ""
  private(set) var mark = ""

  private static let tabStop = 8
  /// Longer lines are cut to a window around the mark.
  private static let maximumWidth = 160

  private struct Cell {
    var shown: String
    var width: Int
    var bytes: Range<Int>
  }

  init?(line: ArraySlice<UInt8>, location: Location) {
    guard location.column >= 1, location.column <= line.count + 1 else { return nil }
    var cells = Self.cells(of: line)
    let first = location.column - 1
    var last = location.endLine > location.line ? line.count : location.endColumn - 1
    last = max(min(last, line.count), first + 1)

    var omitted = ""
    let width = cells.reduce(0) { $0 + $1.width }
    if width > Self.maximumWidth {
      let index = cells.firstIndex { $0.bytes.contains(first) } ?? cells.count
      let start = max(0, min(index - Self.maximumWidth / 3, cells.count - Self.maximumWidth))
      let end = min(cells.count, start + Self.maximumWidth)
      omitted = start > 0 ? "…" : ""
      let isCut = end < cells.count
      cells = Array(cells[start..<end])
      if isCut { cells.append(Cell(shown: "…", width: 1, bytes: line.count..<line.count)) }
    }

    text = omitted
    mark = omitted.isEmpty ? "" : " "
    var isMarked = false
    for cell in cells {
      text += cell.shown
      if cell.bytes.overlaps(first..<last) {
        let tail = String(repeating: "~", count: max(cell.width - (isMarked ? 0 : 1), 0))
        mark += isMarked ? tail : "^" + tail
        isMarked = true
      } else if !isMarked {
        mark += String(repeating: " ", count: cell.width)
      }
    }
    if !isMarked { mark += "^" }
    while let end = text.last, end == " " { text.removeLast() }
  }

  private static func cells(of line: ArraySlice<UInt8>) -> [Cell] {
    var cells: [Cell] = []
    var rest = line
    var column = 0
    while let byte = rest.first {
      let offset = rest.startIndex - line.startIndex
      var cell: Cell
      if byte == 0x09 {
        let width = tabStop - column % tabStop
        cell = Cell(shown: String(repeating: " ", count: width), width: width, bytes: offset..<offset + 1)
      } else {
        var decoder = UTF8()
        var iterator = rest.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator) {
          let length = UTF8.width(scalar)
          let shown = shown(scalar)
          cell = Cell(shown: shown.text, width: shown.width, bytes: offset..<offset + length)
        } else {
          cell = Cell(shown: "<\(hex(UInt32(byte), digits: 2))>", width: 4, bytes: offset..<offset + 1)
        }
      }
      rest = rest.dropFirst(cell.bytes.count)
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  private static func shown(_ scalar: Unicode.Scalar) -> (text: String, width: Int) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
      let text = "<U+\(hex(scalar.value, digits: 4))>"
      return (text, text.count)
    case .nonspacingMark, .enclosingMark:
      return (String(Character(scalar)), 0)
    default:
      return (String(Character(scalar)), isWide(scalar) ? 2 : 1)
    }
  }

  /// East Asian wide and emoji blocks; a terminal gives them two cells.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
