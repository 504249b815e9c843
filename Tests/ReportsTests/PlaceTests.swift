import Checks
import Testing

@testable import Reports

@Suite struct PlaceTests {
  @Test func paths() {
    let tree = SourceTree(root: "/r/p", workingDirectory: "/r/p/sub")
    #expect(tree.relative("a.c") == "sub/a.c")
    #expect(tree.relative("../x/./a.c") == "x/a.c")
    #expect(tree.relative("/r/p/b.c") == "b.c")
    #expect(tree.relative("/r/pq/b.c") == nil)
    #expect(tree.relative("../../c.c") == nil)
    #expect(SourceTree.percentEncoded("a b/ö%+.c") == "a%20b/%C3%B6%25%2B.c")
  }

  @Test(arguments: [
    ("\tint x;", 2, 5, "        int x;", "        ^~~"),
    ("a\tb", 3, 4, "a       b", "        ^"),
    ("\"日\" f", 7, 8, "\"日\" f", "     ^"),
    ("e\u{301} f", 5, 6, "e\u{301} f", "  ^"),
    ("\u{1B}[0m f", 6, 7, "<U+001B>[0m f", "            ^"),
    ("abc", 4, 4, "abc", "   ^"),
  ])
  func snippet(line: String, column: Int, end: Int, text: String, mark: String) throws {
    let place = Location(file: "", line: 1, column: column, endLine: 1, endColumn: end)
    let snippet = try #require(Snippet(line: Array(line.utf8)[...], location: place))
    #expect(snippet.text == text)
    #expect(snippet.mark == mark)
  }

  @Test func bytesThatAreNoText() throws {
    let place = Location(file: "", line: 1, column: 3, endLine: 1, endColumn: 4)
    let snippet = try #require(Snippet(line: [0xE4, 0x20, 0x78], location: place))
    #expect(snippet.text == "<E4> x")
    #expect(snippet.mark == "     ^")
  }

  @Test func columnBehindTheLineShowsNothing() {
    let place = Location(file: "", line: 1, column: 9, endLine: 1, endColumn: 10)
    #expect(Snippet(line: [0x78], location: place) == nil)
  }

  @Test func longLinesAreCut() throws {
    let line = String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000)
    let place = Location(file: "", line: 1, column: 5001, endLine: 1, endColumn: 5005)
    let snippet = try #require(Snippet(line: Array(line.utf8)[...], location: place))
    #expect(snippet.text.count < 170)
    let start = try #require(snippet.mark.firstIndex(of: "^"))
    let offset = snippet.mark.distance(from: snippet.mark.startIndex, to: start)
    #expect(snippet.text.dropFirst(offset).prefix(4) == "HERE")
    #expect(snippet.mark.hasSuffix("^~~~"))
  }

  @Test func linesEndInAnyWay() {
    var source = SourceText { _ in Array("a\r\nb\n\nc".utf8) }
    #expect(
      (1...5).map { source.line($0, of: "f").map { String(decoding: $0, as: UTF8.self) } } == [
        "a", "b", "", "c", nil,
      ])
    #expect(source.line(0, of: "f") == nil)
  }

  @Test func columnsInUTF16() {
    var places = SARIFPlaces(
      tree: SourceTree(root: "/", workingDirectory: "/"), source: SourceText { _ in Array("ö😀 f(x)".utf8) })
    let region = places.location(Location(file: "a.c", line: 1, column: 8, endLine: 1, endColumn: 12))
      .physicalLocation.region
    #expect(region?.startColumn == 5)
    #expect(region?.endColumn == 9)
  }
}
