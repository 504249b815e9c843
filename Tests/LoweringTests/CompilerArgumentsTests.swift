import Testing

@testable import Lowering

@Suite struct CompilerArgumentsTests {
  /// What remains of the flags, without what is always appended.
  private func kept(_ flags: [String], directory: String? = nil) -> [String] {
    let all = CompilerArguments(flags: flags, directory: directory, resourceDirectory: nil).words
    let none = CompilerArguments(flags: [], directory: nil, resourceDirectory: nil).words
    return Array(all.dropLast(none.count - 2)).filter { !["-x", "c"].contains($0) }
  }

  @Test func keepsWhatChangesTheLanguage() {
    #expect(
      kept([
        "-DA=1", "-D", "B", "-UC", "-std=gnu99", "-fshort-enums", "-m32", "-pthread", "-O2", "-Wall", "-g",
      ])
        == ["-DA=1", "-DB", "-UC", "-std=gnu99", "-fshort-enums", "-m32", "-pthread"])
  }

  @Test func resolvesRelativePaths() {
    #expect(
      kept(
        ["-Iinc", "-I", "..", "-isystem", "/sys", "-include", "no-such.h", "--sysroot", "root"],
        directory: "/b")
        == ["-I", "/b/inc", "-I", "/b/..", "-isystem", "/sys", "-include", "no-such.h", "--sysroot=/b/root"])
  }

  @Test func dropsWhatWritesFilesOrIsForOthers() {
    let flags = [
      "-MD", "-MF", "x.d", "-o", "x.o", "-c", "x.c", "-save-temps", "-Wp,-MD,x.d,-DX=1", "-Xclang",
      "-ast-dump",
      "-fmodules-cache-path=/m", "-march=native", "-fno-builtin", "--param", "a=b", "-specs=x", "@file",
    ]
    #expect(kept(flags) == ["-DX=1", "-fno-builtin"])
  }

  @Test func takesTheLanguage() {
    let words = CompilerArguments(flags: ["-xc++"], directory: nil, resourceDirectory: nil).words
    #expect(words.prefix(2) == ["-x", "c++"])
  }
}
