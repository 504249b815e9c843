import Checks

/// The lines of sources that a report speaks of, and links to them.
struct HTMLSources {
  /// Lines around each place that are shown too.
  private static let context = 12
  /// A file up to this many lines is shown whole.
  private static let wholeFile = 400
  /// Longer lines are cut: generated code.
  private static let maximumLine = 1000

  private let tree: SourceTree
  private var source: SourceText
  private var files: [String] = []
  private var lines: [String: Set<Int>] = [:]

  init(source: SourceText, tree: SourceTree) {
    self.source = source
    self.tree = tree
  }

  /// Must come before `render`.
  mutating func mention(_ location: Location) {
    guard location.line > 0, location.line <= source.lineCount(of: location.file) else { return }
    if lines[location.file] == nil { files.append(location.file) }
    lines[location.file, default: []].insert(location.line)
  }

  /// `#s3-120`
  private func anchor(_ file: String, _ line: Int) -> String {
    "s\((files.firstIndex(of: file) ?? 0) + 1)-\(line)"
  }

  /// The place as text, linked to its line where it is shown.
  func link(_ location: Location) -> Markup {
    guard let target = target(location) else { return "<span class=\"place\">\(position(location))</span>" }
    return "<a class=\"place\" href=\"\(target)\">\(position(location))</a>"
  }

  /// What a link to the place leads to; nil where the line is not shown.
  func target(_ location: Location) -> String? {
    guard lines[location.file]?.contains(location.line) == true else { return nil }
    return "#" + anchor(location.file, location.line)
  }

  func position(_ location: Location) -> String {
    let file = tree.shown(location.file)
    return location.line > 0 ? "\(file):\(location.line)" : file
  }

  /// Some lines around a place with the range marked, without anchors.
  mutating func excerpt(_ location: Location, before: Int = 2, after: Int = 1) -> Markup {
    var rows: Markup = ""
    for number in max(1, location.line - before)...(max(1, location.line) + after) {
      guard let bytes = source.line(number, of: location.file) else { continue }
      let isHere = number == location.line
      let content = isHere ? Self.marked(bytes, location) : Self.shown(bytes[...])
      rows +=
        "<span class=\"\(isHere ? "row here" : "row")\"><span class=\"number\">\(number)</span>\(content)\n</span>"
    }
    guard !rows.text.isEmpty else { return "" }
    return "<pre class=\"code\"><code>\(rows)</code></pre>\n"
  }

  /// All files with the lines that were mentioned and those around.
  mutating func render() -> Markup {
    var output: Markup = ""
    for file in files {
      let numbers = shownLines(of: file)
      guard !numbers.isEmpty else { continue }
      var rows: Markup = ""
      var last = 0
      for number in numbers {
        guard let bytes = source.line(number, of: file) else { continue }
        if number != last + 1 { rows += "<span class=\"row gap\">⋯\n</span>" }
        last = number
        let kind = lines[file]?.contains(number) == true ? "row mentioned" : "row"
        rows +=
          "<span class=\"\(kind)\" id=\"\(anchor(file, number))\"><span class=\"number\">\(number)</span>"
        rows += "\(Self.shown(bytes[...]))\n</span>"
      }
      output += """
        <details class="file"><summary><h3>\(tree.shown(file))</h3></summary>
        <pre class="code"><code>\(rows)</code></pre>
        </details>

        """
    }
    return output
  }

  private mutating func shownLines(of file: String) -> [Int] {
    let count = source.lineCount(of: file)
    guard count > Self.wholeFile else { return count > 0 ? Array(1...count) : [] }
    var shown: Set<Int> = []
    for line in lines[file] ?? [] where line <= count {
      shown.formUnion(max(1, line - Self.context)...min(count, line + Self.context))
    }
    return shown.sorted()
  }

  private static func shown(_ bytes: ArraySlice<UInt8>) -> Markup {
    let isCut = bytes.count > maximumLine
    return "\(String(decoding: bytes.prefix(maximumLine), as: UTF8.self))\(isCut ? "…" : "")"
  }

  private static func marked(_ bytes: ArraySlice<UInt8>, _ location: Location) -> Markup {
    let start = min(max(location.column - 1, 0), bytes.count)
    let last = location.endLine > location.line ? bytes.count : location.endColumn - 1
    let end = min(max(last, start), bytes.count)
    let first = bytes.startIndex
    return
      "\(shown(bytes[..<(first + start)]))<mark>\(shown(bytes[(first + start)..<(first + end)]))</mark>\(shown(bytes[(first + end)...]))"
  }
}
