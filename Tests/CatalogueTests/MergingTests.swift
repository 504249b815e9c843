import Catalogue
import EmbeddedRules
import Testing

/// Several files about one function, a user's file on top, aliases and patterns.
@Suite struct MergingTests {
  private func catalogue(_ files: String...) throws -> Catalogue {
    Catalogue(try CatalogueText.compile(files: files.enumerated().map { ("\($0).yml", $1) }))
  }

  @Test func remarksAndFamiliesAccumulate() throws {
    let catalogue = try catalogue(
      "lists:\n  - {platform: posix-2017, source: one, safe: [f]}\n",
      "lists:\n  - {platform: glibc, source: two, preliminary: true, unsafe: {heap lock: [f]}}\n",
      "families: [a]\nfunctions:\n  f: {families: b, writes: []}\n",
      "functions:\n  f: {families: [a, c], writes: [], calls: 1}\n")
    let entry = try #require(catalogue.entry(named: "f"))
    #expect(
      entry.remarks == [
        SafetyRemark(platform: .posix2017, isSafe: true, reasons: [], since: nil, source: "one"),
        SafetyRemark(
          platform: .glibc, isSafe: false, reasons: ["heap", "lock"], since: nil, isPreliminary: true,
          source: "two"),
      ])
    #expect(entry.families == ["b", "a", "c"])
    #expect(entry.writes == [])
    #expect(entry.calls == [1])
  }

  @Test func fileDefaultsHoldWhereNothingIsSaid() throws {
    let catalogue = try catalogue(
      """
      source: the book
      platform: [glibc, musl]
      check: child-stdio
      families: [stdio]
      groups:
        - {names: [f, g], retains: true}
        - {names: [h], check: child-locks}
      functions:
        f:
          remarks: {safe: false, reasons: [lock], since: "2.1"}
          certainty: {fork: {is: harmful, because: it hangs, platforms: musl, check: child-exit}}
      """)
    let f = try #require(catalogue.entry(named: "f"))
    #expect(f.check == "child-stdio" && f.families == ["stdio"] && f.retains)
    #expect(f.remarks.map(\.platform) == [.glibc, .musl])
    #expect(f.remarks.allSatisfy { $0.source == "the book" && $0.since == "2.1" && !$0.isSafe })
    #expect(
      f.certainties == [
        CertaintyRule(
          context: .fork, certainty: .harmful, because: "it hangs", source: "the book",
          check: "child-exit", platforms: [.musl])
      ])
    #expect(catalogue.entry(named: "h")?.check == "child-locks")
  }

  @Test func usersFileWins() throws {
    let base = Catalogue.builtIn()
    let before = try #require(base.entry(named: "malloc"))
    let added = try base.adding(
      text: """
        source: our allocator's page
        functions:
          malloc:
            check: child-unsafe-call
            remarks: {platform: glibc, safe: true}
          our_fork: {spawns: fork}
          our_alias: {shown-as: malloc}
          vfork: {spawns: []}
          fork: {creates-threads: true}
        """, path: "my.yml")
    let entry = try #require(added.entry(named: "malloc"))
    #expect(entry.check == "child-unsafe-call")
    #expect(entry.instead == before.instead)
    #expect(entry.remarks.filter { $0.platform == .glibc }.map(\.source) == ["our allocator's page"])
    #expect(judge(entry, context: .fork, platform: .glibc) == .allowed(source: "our allocator's page"))
    #expect(added.entry(named: "our_alias")?.name == "malloc")
    #expect(added.spawnFunctionNames.contains("our_fork"))
    #expect(!added.spawnFunctionNames.contains("vfork"))
    #expect(added.threadCreatorNames.contains("fork"))
    #expect(base.entry(named: "malloc")?.check == "child-allocates")
  }

  @Test func aliasesKeepWhatTheySay() throws {
    let catalogue = try catalogue(
      """
      functions:
        a: {shown-as: b, writes: [2]}
        b: {shown-as: c, retains: false}
        c: {writes: [1], retains: true, check: x}
      """)
    let entry = try #require(catalogue.entry(named: "a"))
    #expect(entry.name == "c" && entry.writes == [2] && !entry.retains && entry.check == "x")
    #expect(entry.shownAs == nil)
  }

  @Test(arguments: [
    ("__builtin_memcpy", "memcpy"), ("__builtin___memcpy_chk", "memcpy"), ("__memcpy_chk", "memcpy"),
    ("__isoc99_sscanf", "sscanf"), ("__isoc23_strtol", "strtol"), ("__errno_location", "errno"),
    ("__xstat", "stat"), ("__sigsetjmp", "sigsetjmp"), ("__assert_fail", "assert"), ("_setjmp", "setjmp"),
    ("__snprintf_chk", "snprintf"), ("__vfork", "vfork"), ("__builtin_bswap32", "__builtin_bswap32"),
    ("__libc_fork", "fork"), ("__longjmp_chk", "longjmp"), ("__fdelt_chk", "__fdelt_chk"),
  ])
  func hiddenNamesAreShownAsTheyAreWritten(name: String, shown: String) {
    #expect(Catalogue.builtIn().entry(named: name)?.name == shown)
  }

  @Test func patternsNeedAnEntryInside() {
    let catalogue = Catalogue.builtIn()
    #expect(catalogue.entry(named: "__builtin_no_such_thing") == nil)
    #expect(catalogue.entry(named: "__builtin_") == nil)
    #expect(catalogue.entry(named: "no_such_function") == nil)
    #expect(catalogue.entry(named: "") == nil)
    #expect(catalogue.entry(named: "@index") == nil)
  }
}
