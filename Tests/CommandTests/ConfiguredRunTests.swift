import Foundation
import Testing

/// What a configuration file changes in a run.
@Suite struct ConfiguredRunTests {
  /// Forks where `FORK` is defined, otherwise vforks.
  private static let twoSided = """
    #include <stdlib.h>
    #include <unistd.h>
    #ifdef FORK
    #define SPAWN fork
    #else
    #define SPAWN vfork
    #endif
    int run(char **argv)
    {
      int pid = SPAWN();
      if (pid == 0) {
    #ifdef LATE
        malloc(1);
    #endif
        execv(argv[0], argv);
        exit(127);
      }
      return pid;
    }

    """

  private func run(
    _ configuration: String, _ arguments: [String] = ["check", "--quiet", "src"],
    files: [String: String] = [:]
  ) throws -> Command.Outcome {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(".spawnlint.yml", configuration)
    for (name, text) in files.isEmpty ? ["src/a.c": RunTests.bad, "src/gen/b.c": RunTests.bad] : files {
      _ = try scratch.write(name, text)
    }
    return try Command.run(arguments, in: scratch.folder)
  }

  /// `src/a.c:8:5: warning [child-exit]`
  private func findings(_ outcome: Command.Outcome) -> [String] {
    outcome.output.split(separator: "\n").filter { $0.hasPrefix("src/") && $0.hasSuffix("]") }
      .map { line in
        let parts = line.split(separator: " ")
        return "\(parts[0]) \(parts[1].dropLast()) \(parts.last ?? "")"
      }
  }

  @Test func levels() throws {
    let plain = try run("")
    #expect(
      findings(plain) == ["src/a.c:8:5: warning [child-exit]", "src/gen/b.c:8:5: warning [child-exit]"])
    let errors = try run("checks: {child-exit: error}")
    #expect(findings(errors) == ["src/a.c:8:5: error [child-exit]", "src/gen/b.c:8:5: error [child-exit]"])
    let lowered = try run("checks: {child-exit: note}")
    #expect(findings(lowered) == ["src/a.c:8:5: note [child-exit]", "src/gen/b.c:8:5: note [child-exit]"])
    #expect(lowered.status == 0)
    let off = try run("checks: {\"child-*\": off}")
    #expect(findings(off) == [])
    #expect(off.status == 0)
  }

  @Test func overrides() throws {
    let partly = try run("overrides: [{paths: [gen/], checks: {child-exit: off}}]")
    #expect(findings(partly) == ["src/a.c:8:5: warning [child-exit]"])
    #expect(partly.status == 1)
    let reversed = try run(
      "checks: {\"*\": off}\noverrides: [{paths: [\"src/*.c\"], checks: {child-exit: error}}]")
    #expect(findings(reversed) == ["src/a.c:8:5: error [child-exit]"])
  }

  @Test func verdictsTellWhatTheyRestOn() throws {
    let sites = try run("checks: {child-exit: off}", ["sites", "--quiet", "src/a.c"])
    #expect(
      sites.output == """
        src/a.c:5:13: verified: fork in 'run'
          assumes: child-exit switched off
          the child can call: execv exit

        """)
    let lowered = try run("checks: {child-exit: note}", ["sites", "--quiet", "src/a.c"])
    #expect(lowered.output.contains("  assumes: child-exit lowered to note\n"))
  }

  @Test func exclude() throws {
    let outcome = try run("exclude: [gen/]")
    #expect(findings(outcome) == ["src/a.c:8:5: warning [child-exit]"])
    let named = try run("\nexclude: [gen/]", ["check", "src/gen/b.c"])
    #expect(named.status == 0)
    #expect(named.errors == "spawnlint: note: src/gen/b.c: left out, see .spawnlint.yml:2\n")
    let all = try run("exclude: [src/]")
    #expect(all.status == 2)
    #expect(
      all.errors
        == "spawnlint: error: 'src': every .c file in this directory is excluded: see .spawnlint.yml:1\n")
  }

  @Test func otherValues() throws {
    #expect(try run("fail-on: error").status == 0)
    #expect(try run("fail-on: error", ["check", "--fail-on", "warning", "src"]).status == 1)
    #expect(try run("fail-on: never", ["check", "--no-config", "src"]).status == 1)
    #expect(try run("flags: [-Dexit=_exit]").status == 0)
    let suppressed = RunTests.bad.replacing("exit(127);", with: "exit(127); // spawnlint: allow(child-exit)")
    #expect(try run("", files: ["src/a.c": suppressed]).status == 1)
    #expect(try run("suppressions: {require-reason: false}", files: ["src/a.c": suppressed]).status == 0)
    let database = """
      [{"directory": "/", "file": "src/a.c", "command": "cc -Dexit=_exit -c src/a.c"}]
      """
    let outcome = try run(
      "build-directory: build", ["check", "src/a.c"],
      files: ["src/a.c": RunTests.bad, "build/compile_commands.json": database])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("src/a.c: not in build/compile_commands.json"))
  }

  @Test func mistakesEndTheRun() throws {
    let outcome = try run("platform: glibc\nchekcs: {}\n")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "spawnlint: error: .spawnlint.yml:2:1: unknown key 'chekcs' in a configuration file; did you mean 'checks'?\n"
    )
    let both = try run("", ["check", "--config", "x.yml", "--no-config", "src"])
    #expect(both.errors == "spawnlint: error: --config and --no-config exclude each other\n")
    let missing = try run("", ["check", "--config", "x.yml", "src"])
    #expect(missing.errors == "spawnlint: error: x.yml: No such file or directory\n")
  }

  /// One finding for a place that several variants have, the worst one; the others name theirs.
  @Test func variants() throws {
    let files = ["src/a.c": Self.twoSided]
    let configuration = """
      variants:
        - {name: vfork, flags: []}
        - {name: fork, flags: [-DFORK, -DLATE]}

      """
    let outcome = try run(configuration, files: files)
    let signals = "src/a.c:10:13: note [vfork-signals]"
    #expect(
      findings(outcome)
        == [signals, "src/a.c:13:5: warning [child-allocates]", "src/a.c:16:5: error [child-exit]"])
    #expect(outcome.output.contains("src/a.c:13:5: note: only in variant fork\n"))
    let sites = try run(configuration, ["sites", "--quiet", "src"], files: files)
    #expect(sites.output.hasPrefix("src/a.c:10:13: violations: vfork or fork in 'run'\n"))
    let json = try run(configuration, ["check", "--format", "json", "src"], files: files)
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let findings = try #require(report?["findings"] as? [[String: Any]])
    #expect(findings.map { $0["variants"] as? [String] } == [["vfork"], ["fork"], nil])
    #expect(findings.map { ($0["roles"] as? [String])?.count } == [1, 1, 2])
  }

  /// A comment with a use in one of the variants is no unused one.
  @Test func commentsInVariants() throws {
    let text = Self.twoSided.replacing(
      "malloc(1);", with: "malloc(1); // spawnlint: allow(child-allocates) small"
    ).replacing(
      "exit(127);", with: "exit(127); // spawnlint: allow(child-exit, child-stdio) no handlers")
    let outcome = try run(
      "variants: [{name: vfork, flags: []}, {name: fork, flags: [-DFORK, -DLATE]}]", files: ["src/a.c": text])
    #expect(
      findings(outcome)
        == ["src/a.c:10:13: note [vfork-signals]", "src/a.c:16:16: note [unused-suppression]"])
  }

  @Test func configCommand() throws {
    let outcome = try run(
      "\nthreads: no\n", ["config", "--platform", "musl", "--fail-on", "note", "src", "--", "-DX"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        # from .spawnlint.yml
        platform: musl          # --platform
        threads: no             # .spawnlint.yml:2
        workers: report         # default
        fail-on: note           # --fail-on
        checks: {}              # default
        overrides: []           # default
        exclude: []             # default
        catalogues: []          # default
        contracts: []           # default
        # build-directory:      # default
        flags:                  # --extra-arg
          - '-DX'
        variants: []            # default
        # baseline:             # default
        suppressions:
          require-reason: true  # default
        limits:
          effort: 1             # default
          seconds: 120          # default
          megabytes: 4096       # default

        """)
    let json = try run("threads: no\n", ["config", "--format", "json"])
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    let schema = try run("", ["config", "--schema"])
    #expect(schema.output.contains("\"title\" : \"Configuration of spawnlint (.spawnlint.yml)\""))
  }
}
