import Checks

/// The child path of a spawn site as a drawing: a box for each function, from the one that spawns downwards, indented by
/// how deep it is called; in it the functions outside that it calls, marked where something is reported. Boxes and
/// lines link to the source. A function that is called from several places is drawn at the first.
struct ChildPathPicture {
  private let graph: ChildCallGraph
  private let sources: HTMLSources
  /// Boxes above this number are left out and counted.
  private static let maximumBoxes = 150
  /// The width of a character of the drawing's font, with room for other fonts.
  private static let character = 7.4
  private static let line = 19.0
  private static let indent = 26.0
  private static let gap = 12.0
  private static let maximumText = 44

  private struct Row {
    var text: String
    var level: Level?
    var isCall: Bool
    var target: Location
    var title: String
  }

  private struct Box {
    var depth: Int
    var name: String
    var target: Location
    var rows: [Row]
    /// The box that leads here.
    var parent: Int?
    var kind: ChildCallGraph.Call.Kind?
    var top = 0.0
  }

  init(_ graph: ChildCallGraph, sources: HTMLSources) {
    self.graph = graph
    self.sources = sources
  }

  /// - Parameter label: what the drawing shows, for those who don't see it.
  func render(label: String) -> Markup {
    var (boxes, omitted) = boxes()
    var height = 1.0
    for index in boxes.indices {
      boxes[index].top = height
      height += Self.height(boxes[index]) + Self.gap
    }
    let width = (boxes.map { left($0) + Self.width($0) }.max() ?? 0) + 2
    var body: Markup = ""
    for box in boxes { body += connector(box, boxes) }
    for (index, box) in boxes.enumerated() { body += draw(box, isStart: index == 0) }
    let note: Markup = omitted > 0 ? "<p>\(omitted) more functions are not drawn.</p>\n" : ""
    return """
      <div class="picture" tabindex="0" role="group" aria-label="\(label)">
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(height))" viewBox="0 0 \(Int(width)) \(Int(height))">
      \(body)</svg>
      </div>
      \(note)
      """
  }

  // MARK: Boxes

  private func boxes() -> (boxes: [Box], omitted: Int) {
    guard !graph.functions.isEmpty else { return ([], 0) }
    var boxes: [Box] = []
    var numbers: [Int: Int] = [:]
    func visit(_ function: Int, depth: Int, parent: Int?, kind: ChildCallGraph.Call.Kind?) {
      guard numbers[function] == nil, boxes.count < Self.maximumBoxes else { return }
      let number = boxes.count
      numbers[function] = number
      let item = graph.functions[function]
      boxes.append(
        Box(
          depth: depth, name: Self.prefix(kind) + item.name, target: item.location, rows: [], parent: parent,
          kind: kind))
      boxes[number].rows = rows(item)
      for call in item.calls { visit(call.target, depth: depth + 1, parent: number, kind: call.kind) }
    }
    visit(0, depth: 0, parent: nil, kind: nil)
    return (boxes, graph.functions.count - boxes.count)
  }

  private static func prefix(_ kind: ChildCallGraph.Call.Kind?) -> String {
    switch kind {
    case .comesBack: "returns to "
    case .begins: "starts in "
    case .call, nil: ""
    }
  }

  /// Each name once: what is wrong with it in the worst of its places.
  private func rows(_ function: ChildCallGraph.Function) -> [Row] {
    var rows: [Row] = []
    for event in function.events {
      let place = sources.position(event.location)
      let title = event.check.map { "\(event.label), \(place): \($0)" } ?? "\(event.label), \(place)"
      let row = Row(
        text: event.label, level: event.level, isCall: event.isCall, target: event.location, title: title)
      if let known = rows.firstIndex(where: { $0.text == event.label }) {
        if let level = event.level, rows[known].level.map({ $0 < level }) ?? true { rows[known] = row }
      } else {
        rows.append(row)
      }
    }
    return rows.sorted { ($0.level.map(Self.rank) ?? 9) < ($1.level.map(Self.rank) ?? 9) }
  }

  private static func rank(_ level: Level) -> Int {
    switch level {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }

  // MARK: Drawing

  private func left(_ box: Box) -> Double { 1 + Double(box.depth) * Self.indent }

  private static func height(_ box: Box) -> Double { line * Double(box.rows.count + 1) + 8 }

  private static func width(_ box: Box) -> Double {
    let texts = [shortened(box.name).count + 2] + box.rows.map { shortened($0.text).count + 4 }
    return max(110, Double(texts.max() ?? 0) * character + 18)
  }

  private static func shortened(_ text: String) -> String {
    text.count > maximumText ? text.prefix(maximumText - 1) + "…" : text
  }

  private func connector(_ box: Box, _ boxes: [Box]) -> Markup {
    guard let parent = box.parent.map({ boxes[$0] }) else { return "" }
    let x = left(parent) + 12
    let y = box.top + Self.line / 2 + 4
    let kind = box.kind == .call ? "edge" : "edge other"
    let from = parent.top + Self.height(parent)
    return """
      <path class="\(kind)" d="M\(number(x)) \(number(from)) V\(number(y)) H\(number(left(box) - 5))"/>
      <path class="head" d="M\(number(left(box) - 6)) \(number(y - 4)) l6 4 l-6 4 z"/>

      """
  }

  private func draw(_ box: Box, isStart: Bool) -> Markup {
    let x = left(box)
    let name: Markup = "<title>\(box.name), \(sources.position(box.target))</title>"
    let text: Markup = """
      <text class="name" x="\(number(x + 9))" y="\(number(box.top + Self.line - 2))">\(Self.shortened(box.name))\(name)</text>
      """
    var output: Markup = """
      <rect class="\(isStart ? "box start" : "box")" x="\(number(x))" y="\(number(box.top))" width="\(number(Self.width(box)))" height="\(number(Self.height(box)))" rx="5"/>
      \(linked(text, box.target))

      """
    for (index, row) in box.rows.enumerated() {
      let y = box.top + Self.line * Double(index + 2) - 2
      let level = row.level?.rawValue ?? "fine"
      let text: Markup = """
        <text class="\(row.isCall ? "call" : "what") \(level)" x="\(number(x + 26))" y="\(number(y))">\(Self.shortened(row.text))<title>\(row.title)</title></text>
        """
      output += mark(level, x: x + 14, y: y - 4)
      output += linked(text, row.target) + "\n"
    }
    return output
  }

  private func linked(_ text: Markup, _ location: Location) -> Markup {
    sources.target(location).map { "<a href=\"\($0)\">\(text)</a>" } ?? text
  }

  /// Shapes differ, so that colours need not be told apart.
  private func mark(_ level: String, x: Double, y: Double) -> Markup {
    switch level {
    case "error": "<path class=\"mark error\" d=\"M\(number(x - 4)) \(number(y - 4)) l8 8 m0 -8 l-8 8\"/>\n"
    case "warning": "<path class=\"mark warning\" d=\"M\(number(x)) \(number(y - 5)) l5 9 h-10 z\"/>\n"
    case "note": "<circle class=\"mark note\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"3.5\"/>\n"
    default: "<circle class=\"mark fine\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"2\"/>\n"
    }
  }

  /// One digit after the point, the same on every machine.
  private func number(_ value: Double) -> Markup {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? Markup(trusted: String(tenths / 10)) : Markup(trusted: "\(tenths / 10).\(tenths % 10)")
  }
}
