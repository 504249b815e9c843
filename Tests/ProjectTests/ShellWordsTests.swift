import Testing

@testable import Project

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("cc -c  a.c", ["cc", "-c", "a.c"]),
    (#"cc "-DA=\"x y\"" -DB='p "q"'"#, ["cc", #"-DA="x y""#, #"-DB=p "q""#]),
    (#"cc -DC=\"s\" a\ b.c"#, ["cc", #"-DC="s""#, "a b.c"]),
    (#"cc "" 'it''s' "\n""#, ["cc", "", "its", #"\n"#]),
    ("  ", []),
    ("a\\\nb", ["ab"]),
  ])
  func splits(_ text: String, _ words: [String]) {
    #expect(ShellWords.split(text) == words)
  }
}
