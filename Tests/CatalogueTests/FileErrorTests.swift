import Catalogue
import Testing

/// Exact texts of what is said about malformed files.
@Suite struct FileErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var error: String
    var testDescription: String { error }
  }

  static let cases: [Case] = [
    Case(
      text: "functions:\n  f: {chek: child-stdio}\n",
      error: "my.yml:2:7: error: unknown property 'chek' of f; did you mean 'check'?"),
    Case(
      text: "function:\n  f: {}\n",
      error: "my.yml:1:1: error: unknown key 'function' in a catalogue file; did you mean 'functions'?"),
    Case(
      text: "lists:\n  - {platform: glib, source: here, safe: [f]}\n",
      error: "my.yml:2:16: error: unknown platform 'glib'; did you mean 'glibc'? "
        + "(known: posix-2017, posix-2024, glibc, musl, freebsd, macos)"),
    Case(
      text: "source: here\nfunctions:\n  f:\n    certainty:\n      vfrok: {is: harmful, because: it is}\n",
      error:
        "my.yml:5:7: error: unknown context 'vfrok'; did you mean 'vfork'? (known: fork, raw-fork, vfork)"),
    Case(
      text: "source: here\nfunctions:\n  f:\n    certainty:\n      fork: {is: harmfull, because: it is}\n",
      error: "my.yml:5:18: error: unknown certainty 'harmfull'; did you mean 'harmful'? "
        + "(known: harmful, forbidden, unlisted, allowed)"),
    Case(
      text: "functions:\n  f:\n    certainty:\n      fork: {is: harmful, because: it is}\n",
      error: "my.yml:4:13: error: a certainty rule lacks 'source', and the file has no default for it"),
    Case(
      text: "source: here\nlists:\n  - safe: [f]\n",
      error: "my.yml:3:5: error: a list lacks 'platform', and the file has no default for it"),
    Case(
      text: "functions:\n  f: {writes: first}\n",
      error: "my.yml:2:15: error: writes must be a whole number, not 'first'"),
    Case(
      text: "functions:\n  f: {writes: [-1]}\n",
      error: "my.yml:2:16: error: writes must be an argument's index, counted from 0"),
    Case(
      text: "functions:\n  f: {child-entries: {argument: 1, child: thread}}\n",
      error:
        "my.yml:2:43: error: unknown kind of child 'thread' (known: fork, raw-fork, vfork)"),
    Case(
      text: "functions:\n  f: {child-entries: [{data: 1}]}\n",
      error: "my.yml:2:23: error: a child entry lacks 'argument'"),
    Case(
      text: "functions:\n  f: {child-entries: {argument: 1, starts: soon}}\n",
      error: "my.yml:2:44: error: unknown time 'soon' (known: now, later)"),
    Case(
      text: "functions:\n  f: {retains: [1]}\n",
      error: "my.yml:2:16: error: retains must be true or false, not a list"),
    Case(
      text: "functions:\n  f: {check: }\n",
      error: "my.yml:2:14: error: check must be a text, not nothing"),
    Case(
      text: "functions:\n  f: {retains: true}\n  g: {}\n  f: {retains: true}\n",
      error: "my.yml:4:3: error: duplicate key 'f'"),
    Case(
      text: """
        functions:
          f: {retains: true, retains: false}
          g:
            retains: true
          h:
            retains: true
        """, error: "my.yml:2:7: error: duplicate key 'retains'"),
    Case(text: "- f\n", error: "my.yml:1:1: error: a catalogue file must be a mapping, not a list"),
    Case(
      text: "functions: [f]\n", error: "my.yml:1:12: error: functions must be a mapping, not a list"),
    Case(
      text: "functions:\n  f: {retains: true\n  g: {}\n",
      error: "my.yml:3:4: error: did not find expected ',' or '}'"),
    Case(
      text: "functions:\n  f-g: {}\n", error: "my.yml:2:3: error: 'f-g' is not the name of a function"),
    Case(
      text: "functions:\n  f: {spawns: flags}\n",
      error: "my.yml:2:15: error: 'flags' needs to say where the flags are"),
    Case(
      text: "functions:\n  f: {returns: {range: [3, 1]}}\n",
      error: "my.yml:2:24: error: range must be [lowest, highest]"),
    Case(
      text: "functions:\n  f: {locks: {aquire: 0}}\n",
      error: "my.yml:2:15: error: unknown key 'aquire' in locks; did you mean 'acquire'?"),
    Case(
      text: "functions:\n  f: {descriptors: {opens: 0}}\n",
      error: "my.yml:2:28: error: opens must be 'result'"),
    Case(
      text: "functions:\n  f: {signals: {add: {set: 0}}}\n", error: "my.yml:2:22: error: add lacks 'signal'"),
    Case(
      text: "functions:\n  f: {signals: {handle: {signal: 0, structure: 1}}}\n",
      error: "my.yml:2:25: error: handle lacks 'members'"),
    Case(
      text: "functions:\n  f: {shown-as: gg}\n  ggg: {}\n",
      error: "my.yml:2:7: error: 'f' is shown as 'gg', which has no entry; did you mean 'ggg'?"),
    Case(
      text: "functions:\n  f: {shown-as: g}\n  g: {shown-as: f}\n",
      error: "my.yml:3:7: error: 'f' is shown as itself by way of 'g'"),
    Case(text: "groups:\n  - {check: c}\n", error: "my.yml:2:5: error: a group lacks 'names'"),
    Case(
      text: "patterns:\n  - {}\n", error: "my.yml:2:5: error: a pattern needs a 'prefix' or a 'suffix'"),
    Case(
      text: "platform: glibc\nsource: here\nlists:\n  - safe: [f]\n  - unsafe: {lock: [f]}\n",
      error: "my.yml:5:21: error: f is remarked unsafe on glibc, and safe at my.yml:4:12"),
    Case(
      text: "groups:\n  - {names: [f], check: a}\nfunctions:\n  f: {check: b}\n",
      error: "my.yml:4:7: error: 'check' of f contradicts my.yml:2:18: 'b' here, 'a' there"),
  ]

  @Test(arguments: cases) func saysWhatIsWrongAndWhere(_ given: Case) {
    #expect(throws: CatalogueError.self) {
      try Catalogue(CatalogueText("")).adding(text: given.text, path: "my.yml")
    }
    do {
      _ = try Catalogue(CatalogueText("")).adding(text: given.text, path: "my.yml")
    } catch {
      #expect(error.description == given.error)
    }
  }

  @Test func missingFile() {
    do {
      _ = try Catalogue(CatalogueText("")).adding(file: "/nowhere/my.yml")
      Issue.record("a missing file was read")
    } catch {
      #expect(error.description == "/nowhere/my.yml: cannot be read: No such file or directory")
    }
  }

  @Test func contradictionBetweenFilesNamesBoth() {
    do {
      _ = try CatalogueText.compile(files: [
        ("a.yml", "functions:\n  f: {ends: exec}\n"), ("b.yml", "functions:\n  f: {ends: abort}\n"),
      ])
      Issue.record("contradicting files were joined")
    } catch {
      #expect(
        error.description == "b.yml:2:7: error: 'ends' of f contradicts a.yml:2:7: 'abort' here, 'exec' there"
      )
    }
  }

  @Test func certaintyStatedTwice() {
    let rule = "{is: harmful, because: it is, source: here}"
    do {
      _ = try CatalogueText.compile(files: [
        ("a.yml", "functions:\n  f: {certainty: {fork: \(rule)}}\n"),
        ("b.yml", "functions:\n  f: {certainty: {fork: {is: allowed, because: it is, source: here}}}\n"),
      ])
      Issue.record("contradicting rules were joined")
    } catch {
      #expect(
        error.description
          == "b.yml:2:7: error: the certainty of f in context 'fork' is stated twice, also at a.yml:2:7")
    }
  }
}
