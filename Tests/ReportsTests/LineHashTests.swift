import Testing

@testable import Reports

/// The values are those of a port of GitHub's procedure (`src/fingerprints.ts` of its action), which keeps a window over the
/// input instead of hashing each line anew.
@Suite struct LineHashTests {
  @Test(arguments: [
    ("", ["c129715d7a2bc9a3:1"]),
    (
      "int x;\n",
      ["22bd3bea0af67823:1", "c129715d7a2bc9a3:1"]
    ),
    (
      "\tint  x;\r\nint x;\rint x;\n",
      ["11ea230d06505923:1", "96499790c59d72a3:1", "22bd3bea0af67823:1", "c129715d7a2bc9a3:1"]
    ),
    (
      "ö😀 = 1;\n",
      ["632d105d98509a1:1", "c129715d7a2bc9a3:1"]
    ),
    (
      String(repeating: "exit(1);\n", count: 13),
      [
        "19943aa6ed0821a0:1",
        "19943aa6ed0821a0:2",
        "19943aa6ed09213a:1",
        "8f96acf29fdf6c99:1",
        "9ebe24e24f829af4:1",
        "fce235c5442ece3b:1",
        "ab58d793ca7a081e:1",
        "fbc04bf148fd090d:1",
        "1601c29d3e152b38:1",
        "68152624a5b9298f:1",
        "780697738c9a82c2:1",
        "852172cba16be841:1",
        "dfbd9d0ab61ee93c:1",
        "c129715d7a2bc9a3:1",
      ]
    ),
  ])
  func values(_ text: String, _ hashes: [String]) {
    #expect(LineHash.all(of: Array(text.utf8)) == hashes)
  }

  @Test func linesOfAFile() {
    var source = SourceText { $0 == "a.c" ? Array("int x;\n".utf8) : nil }
    #expect(source.lineHash(1, of: "a.c") == LineHash.all(of: Array("int x;\n".utf8))[0])
    #expect(source.lineHash(2, of: "a.c") == nil)
    #expect(source.lineHash(1, of: "b.c") == nil)
  }
}
