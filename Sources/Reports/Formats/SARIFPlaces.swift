import Checks

/// Places as SARIF wants them: URIs relative to the tree, columns in UTF-16 units.
struct SARIFPlaces {
  static let baseId = "%SRCROOT%"

  let tree: SourceTree
  private var source: SourceText

  init(tree: SourceTree, source: SourceText) {
    self.tree = tree
    self.source = source
  }

  /// 3.14.14: the base ends with a slash.
  var root: SARIFLog.ArtifactLocation {
    .init(uri: "file://" + SourceTree.percentEncoded(tree.root) + "/")
  }

  /// For plain text fields: relative to the tree where the file lies in it.
  func path(_ file: String) -> String {
    tree.shown(file)
  }

  mutating func location(_ location: Location) -> SARIFLog.Location {
    .init(physicalLocation: .init(artifactLocation: artifact(location.file), region: region(location)))
  }

  /// What GitHub recognises the place by in later uploads.
  mutating func lineHash(_ location: Location) -> String? {
    source.lineHash(max(location.line, 1), of: location.file)
  }

  private func artifact(_ file: String) -> SARIFLog.ArtifactLocation {
    if let path = tree.relative(file) {
      return .init(uri: SourceTree.percentEncoded(path), uriBaseId: Self.baseId)
    }
    return .init(uri: "file://" + SourceTree.percentEncoded(tree.absolute(file)))
  }

  /// Nil for a place without a line: a region's lines start at 1 (3.30.5).
  private mutating func region(_ location: Location) -> SARIFLog.Region? {
    guard location.line > 0 else { return nil }
    let startColumn = max(location.column, 1)
    let start = column(startColumn, line: location.line, file: location.file)
    guard location.endLine > location.line || location.endColumn > startColumn else {
      return .init(
        startLine: location.line, startColumn: start, endLine: location.line, endColumn: start + 1)
    }
    let endLine = max(location.endLine, location.line)
    return .init(
      startLine: location.line, startColumn: start, endLine: endLine,
      endColumn: column(max(location.endColumn, 1), line: endLine, file: location.file))
  }

  /// Bytes that are no UTF-8 count as one unit each.
  private mutating func column(_ byteColumn: Int, line: Int, file: String) -> Int {
    guard let bytes = source.line(line, of: file) else { return byteColumn }
    let before = bytes.prefix(byteColumn - 1)
    guard before.contains(where: { $0 >= 0x80 }) else { return byteColumn }
    var units = byteColumn - 1 - before.count
    var rest = before
    while !rest.isEmpty {
      var decoder = UTF8()
      var iterator = rest.makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&iterator) {
        units += UTF16.width(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        units += 1
        rest = rest.dropFirst()
      }
    }
    return units + 1
  }
}
