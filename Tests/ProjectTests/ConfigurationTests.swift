import Catalogue
import Checks
import Foundation
import TestSupport
import Testing
import Yams

@testable import Project

@Suite struct ConfigurationTests {
  static let checks = ["child-exit", "child-stdio", "vfork-return"]

  static func read(_ text: String, path: String = ".spawnlint.yml") throws -> Configuration {
    try ConfigurationReader.read(text, path: path, knownChecks: checks, workingDirectory: "/w")
  }

  static let everything = """
    platform: musl
    threads: no
    workers: follow
    fail-on: unproven
    checks:
      child-stdio: off
      "vfork-*": error
    overrides:
      - paths: [tests/, "*.gen.c"]
        checks: {child-exit: note, "*": off}
    exclude:
      - third_party/
    catalogues: [facts.yml, /etc/facts.yml]
    contracts: ["safe_*"]
    build-directory: build
    flags: [-DX=1, "-I it's"]
    variants:
      - name: vfork
        flags: [-DHAVE_VFORK]
      - {name: fork, flags: []}
    baseline: known.json
    suppressions: {require-reason: false}
    limits: {effort: 3, seconds: 60, megabytes: 512}

    """

  @Test func readsEveryKey() throws {
    let configuration = try Self.read(Self.everything, path: "sub/.spawnlint.yml")
    try expectText(ConfigurationText(configuration).yaml(), "configuration.yml")
    try expectText(ConfigurationJSON(configuration).render(), "configuration.json")
    let covered = try Set((Yams.load(yaml: Self.everything) as? [String: Any] ?? [:]).keys)
    #expect(covered == Set(ConfigurationKey.all.map(\.name)))
  }

  @Test(arguments: ["", "# nothing\n", "{}\n"])
  func emptyFilesChangeNothing(_ text: String) throws {
    let configuration = try Self.read(text)
    #expect(configuration.platform.value == .glibc)
    #expect(configuration.platform.origin == .builtIn)
    try expectText(ConfigurationText(configuration).yaml(), "configuration-default.yml")
  }

  /// What is printed sets up the same.
  @Test func textIsReadBack() throws {
    let first = try ConfigurationText(Self.read(Self.everything)).yaml()
    let second = try ConfigurationText(Self.read(first)).yaml()
    func withoutOrigins(_ text: String) -> [Substring] {
      text.split(separator: "\n").map {
        $0.prefix(upTo: $0.ranges(of: "  # ").last?.lowerBound ?? $0.endIndex)
      }
      .map { $0.prefix(upTo: $0.lastIndex { $0 != " " } ?? $0.startIndex) }
    }
    #expect(withoutOrigins(first) == withoutOrigins(second))
  }

  @Test func commandLineWins() throws {
    var configuration = try Self.read("platform: musl\n")
    configuration.platform.set(.freebsd, option: "--platform")
    configuration.threads.set(nil, option: "--threads")
    #expect(configuration.platform.value == .freebsd)
    #expect(configuration.platform.origin.description == "--platform")
    #expect(configuration.threads.origin == .builtIn)
  }

  static let mistakes: [(String, String)] = [
    (
      "platfrom: musl", "1:1: error: unknown key 'platfrom' in a configuration file; did you mean 'platform'?"
    ),
    ("\nqq: 1", "2:1: error: unknown key 'qq' in a configuration file"),
    (
      "platform: dos",
      "1:11: error: unknown platform 'dos' (known: posix-2017, posix-2024, glibc, musl, freebsd, macos)"
    ),
    ("platform: [musl]", "1:11: error: platform must be a text, not a list"),
    ("platform:", "1:10: error: platform must be a text, not nothing"),
    ("threads: maybe", "1:10: error: unknown threads 'maybe' (known: auto, yes, no)"),
    ("- platform", "1:1: error: a configuration file must be a mapping, not a list"),
    ("platform: musl\nplatform: glibc", "2:1: error: duplicate key 'platform'"),
    ("checks: {child-exti: off}", "1:10: error: unknown check 'child-exti'; did you mean 'child-exit'?"),
    ("checks: {\"x-*\": off}", "1:10: error: unknown check 'x-*'"),
    (
      "checks: {child-exit: of}",
      "1:22: error: unknown level 'of'; did you mean 'off'? (known: off, note, warning, error)"
    ),
    ("checks: [child-exit]", "1:9: error: checks must be a mapping, not a list"),
    ("overrides: {}", "1:12: error: overrides must be a list, not a mapping"),
    ("overrides: [{paths: [a]}]", "1:13: error: an item of overrides lacks 'checks'"),
    ("overrides: [{paths: [], checks: {}}]", "1:21: error: paths must name some files"),
    (
      "overrides: [{path: [a]}]",
      "1:14: error: unknown key 'path' in an item of overrides; did you mean 'paths'?"
    ),
    ("exclude: a", "1:10: error: exclude must be a list, not 'a'"),
    ("flags: [[a]]", "1:9: error: an item of flags must be a text, not a list"),
    ("variants: [{name: a, flags: []}, {name: a, flags: []}]", "1:41: error: there are two variants 'a'"),
    ("variants: [{name: a}]", "1:12: error: an item of variants lacks 'flags'"),
    ("suppressions: {require-reason: x}", "1:32: error: require-reason must be true or false, not 'x'"),
    ("suppressions: {reason: true}", "1:16: error: unknown key 'reason' in suppressions"),
    ("limits: {effort: 0}", "1:18: error: effort must be 1 to 100"),
    ("limits: {seconds: 0}", "1:19: error: seconds must be 1 to 1000000"),
    ("limits: {megabytes: 255}", "1:21: error: megabytes must be 256 to 1000000"),
    ("limits: {effort: x}", "1:18: error: effort must be a whole number, not 'x'"),
    ("platform: 'musl", "1:16: error: found unexpected end of stream"),
    ("a: [", "2:1: error: did not find expected node content"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(_ text: String, _ message: String) {
    #expect {
      try Self.read(text)
    } throws: { error in
      #expect("\(error)" == ".spawnlint.yml:\(message)")
      return true
    }
  }

  /// The schema agrees with the reader about what is right and, where it can tell, what is wrong.
  @Test func schema() throws {
    let text = try ConfigurationSchema.render(checks: Self.checks)
    try expectText(text, "configuration.schema.json")
    let schema = try JSONSchema(text)
    // YAML 1.2, as editors read it: `no` and `off` are words.
    let booleans = try Resolver.Rule(.bool, "^(?:true|false)$")
    let words = Resolver.basic.appending(.null).appending(.int).appending(booleans)
    func mistakes(_ yaml: String) throws -> [String] {
      try schema.mistakes(of: Yams.load(yaml: yaml, words) ?? [:])
    }
    let none = try mistakes(Self.everything)
    #expect(none == [])
    #expect(
      try mistakes("platform: dos") == [
        "platform: 'dos' is none of [\"posix-2017\", \"posix-2024\", \"glibc\", \"musl\", \"freebsd\", \"macos\"]"
      ])
    for (yaml, message) in Self.mistakes {
      guard let value = try? Yams.load(yaml: yaml, words) else { continue }
      let isBeyondSchemas = ["duplicate", "two variants", "must name", "'x-*'"].contains {
        message.contains($0)
      }
      guard !isBeyondSchemas else { continue }
      #expect(try !schema.mistakes(of: value).isEmpty, "\(yaml)")
    }
  }

  @Test(arguments: [
    ("tests/", "tests/a.c", true), ("tests/", "x/tests/a.c", true), ("tests/", "tests", false),
    ("/tests/", "x/tests/a.c", false), ("./tests", "tests/a.c", true), ("*.gen.c", "x/y.gen.c", true),
    ("*.gen.c", "y.gen.cc", false), ("src/*.c", "src/a.c", true), ("src/*.c", "src/x/a.c", false),
    ("src/*.c", "y/src/a.c", false), ("src/**/t*.c", "src/x/t1.c", true), ("a.c", "b/a.c", true),
    ("b/a.c", "x/b/a.c", false), ("src", "src/x/y.c", true),
  ])
  func pathPatterns(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  @Test func excludedPathsAreRelativeToTheFile() throws {
    let configuration = try Self.read("exclude: [gen/*.c]\n", path: "sub/.spawnlint.yml")
    #expect(configuration.excludes("sub/gen/a.c"))
    #expect(configuration.excludes("/w/sub/gen/a.c"))
    #expect(!configuration.excludes("gen/a.c"))
    #expect(!configuration.excludes("/elsewhere/gen/a.c"))
  }
}
