import Testing

@testable import Project

@Suite struct ChangesTests {
  @Test func filesAndLines() {
    let patch = """
      diff --git a/a.c b/a.c
      --- a/a.c
      +++ b/a.c
      @@ -1,2 +1 @@ int f(void)
      -x
      -y
      +z
      @@ -9 +8,3 @@
      -x
      +@@ -1 +99 @@
      +y
      +z
      @@ -20,2 +20,0 @@
      -x
      -y
      diff --git a/old.c b/new name.c
      similarity index 90%
      rename from old.c
      rename to new name.c
      diff --git a/gone.c b/gone.c
      @@ -1 +0,0 @@
      -x
      diff --git a/added.c b/added.c
      @@ -0,0 +1,4 @@
      +x

      """
    let changes = ChangedFiles(
      status: "M\0a.c\0R090\0old.c\0new name.c\0D\0gone.c\0A\0added.c\0", patch: patch)
    #expect(
      changes.files == [
        ChangedFiles.File(path: "a.c", oldPath: "a.c", lines: [1...1, 8...10]),
        ChangedFiles.File(path: "new name.c", oldPath: "old.c"),
        ChangedFiles.File(path: nil, oldPath: "gone.c"),
        ChangedFiles.File(path: "added.c", oldPath: nil, lines: [1...4]),
      ])
    let lines = ChangedLines(changes, root: "/r")
    #expect(lines.touch("/r/a.c", 1...3))
    #expect(!lines.touch("/r/a.c", 2...7))
    #expect(lines.touch("/r/a.c", 10...10))
    #expect(lines.touch("/r/added.c", 77...77))
    #expect(!lines.touch("/r/new name.c", 1...9))
    #expect(!lines.touch("/x/a.c", 1...1))
  }
}
