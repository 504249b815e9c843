import Catalogue
import Checks
import Foundation

@testable import Reports

/// One result that every format renders: a finding with a single cause at its place, one with a way and
/// several causes in another file, a note in an error branch, three spawn sites, an incomplete unit.
enum Sample {
  static let files: [String: [UInt8]] = [
    "src/spawn.c": Array(
      """
      #include <unistd.h>
      pid_t run(char **argv, char *ö)
      {
      \tpid_t pid = vfork();
      \tif (pid == 0) {
      \t\tchar *copy =\tmalloc(4);
      \t\treport("ö→日", argv[0]);
      \t\thook(); /* \u{1B}[31m */
      \t}
      }

      """.utf8),
    // Latin-1: 0xE4 is no UTF-8.
    "src/log.c": Array("void report(void)\n{\n  puts(\"".utf8) + [0xE4]
      + Array("\"); vsnprintf(b, n, f, a);\n}\n".utf8),
  ]

  static let source = SourceText { files[$0] }

  static func place(_ file: String, _ line: Int, _ columns: ClosedRange<Int>) -> Location {
    Location(file: file, line: line, column: columns.lowerBound, endLine: line, endColumn: columns.upperBound)
  }

  static let vforkSite = place("src/spawn.c", 4, 14...21)
  static let forkSite = place("src/my file.c", 12, 5...9)
  static let quietSite = place("/usr/include/inline.h", 7, 3...9)

  static let allocation = Finding(
    check: "child-allocates", level: .error, certainty: .harmful,
    message: "'malloc' is called in a vfork child: the allocator's lists are the parent's",
    location: place("src/spawn.c", 6, 16...25),
    function: "run", callee: "malloc", roles: [.vforkChild], spawnSites: [vforkSite],
    causes: [
      Cause(
        check: "child-allocates", certainty: .harmful, level: .error, role: .vforkChild,
        location: place("src/spawn.c", 6, 16...25), function: "run", callee: "malloc",
        reason: "the allocator's lists are the parent's", source: "vfork(2)", instead: "allocate before")
    ],
    steps: [
      Step(location: vforkSite, message: "the child starts here: vfork()"),
      Step(location: place("src/spawn.c", 6, 16...25), message: "calls 'malloc'"),
    ], instead: "allocate before the spawn call")

  /// With two edits, behind characters of more than one byte in the line.
  static let reportFix = Fix(
    description: "Replace 'report' by 'report_to' with LOG.",
    edits: [
      Fix.Edit(location: place("src/spawn.c", 7, 3...9), old: "report", new: "report_to"),
      Fix.Edit(location: place("src/spawn.c", 7, 29...30), old: ")", new: ", LOG)"),
    ], function: "report_to", macros: ["LOG"])

  static let shared = Finding(
    check: "child-stdio", level: .warning, certainty: .forbidden,
    message: "'report' is entered in a vfork child and reaches 'vsnprintf': it may allocate",
    location: place("src/spawn.c", 7, 3...33), function: "run", callee: "report",
    roles: [.forkChild, .vforkChild], spawnSites: [forkSite, vforkSite],
    causes: [
      Cause(
        check: "child-stdio", certainty: .forbidden, level: .warning, role: .vforkChild,
        location: place("src/log.c", 3, 14...35), function: "report", callee: "vsnprintf",
        reason: "it may allocate", source: "glibc manual", instead: nil),
      Cause(
        check: "unknown-call", certainty: .unlisted, level: .note, role: .forkChild,
        location: place("src/log.c", 3, 3...12), function: "report", callee: nil,
        reason: "its code is not known", source: "", instead: nil),
    ],
    steps: [
      Step(location: vforkSite, message: "the child starts here: vfork()"),
      Step(location: place("src/spawn.c", 7, 3...33), message: "calls 'report'"),
      Step(location: place("src/log.c", 3, 14...35), message: "calls 'vsnprintf'"),
    ], instead: nil)

  static let fixable: Finding = {
    var finding = shared
    finding.fix = reportFix
    return finding
  }()

  static let callback = Finding(
    check: "child-callback", level: .note, certainty: .unlisted, message: "'hook' comes from outside",
    location: place("src/spawn.c", 8, 3...9), function: "run", callee: "hook", roles: [.vforkChild],
    spawnSites: [vforkSite], causes: [], steps: [], instead: nil)

  /// `run` calls `report`, which calls outside; what `run` does is marked.
  static let graph = ChildCallGraph(functions: [
    ChildCallGraph.Function(
      name: "run", location: place("src/spawn.c", 2, 7...10),
      calls: [
        ChildCallGraph.Call(kind: .call, target: 1, location: place("src/spawn.c", 7, 3...33)),
        ChildCallGraph.Call(kind: .comesBack, target: 2, location: nil),
      ],
      events: [
        ChildCallGraph.Event(
          label: "malloc", isCall: true, location: place("src/spawn.c", 6, 16...25), level: .error,
          check: "child-allocates"),
        ChildCallGraph.Event(
          label: "hook", isCall: true, location: place("src/spawn.c", 8, 3...9), level: .note,
          check: "child-callback"),
        ChildCallGraph.Event(
          label: "execve", isCall: true, location: place("src/spawn.c", 9, 3...9), level: nil, check: nil),
      ]),
    ChildCallGraph.Function(
      name: "report_with_a_name_that_is_longer_than_the_picture_shows",
      location: place("src/log.c", 1, 6...12),
      calls: [ChildCallGraph.Call(kind: .call, target: 0, location: place("src/log.c", 3, 3...9))],
      events: [
        ChildCallGraph.Event(
          label: "the child <returns> & goes on", isCall: false, location: place("src/log.c", 3, 14...35),
          level: .warning, check: "child-stdio")
      ]),
    ChildCallGraph.Function(name: "main", location: place("src/my file.c", 3, 5...9)),
  ])

  static let sites = [
    SiteReport(
      location: quietSite, function: "start", call: "fork", verdict: .verified, assumes: ["single-threaded"],
      externalCalls: ["_exit", "execve"], reasons: []),
    SiteReport(
      location: forkSite, function: "serve", call: "fork", verdict: .unproven, assumes: [],
      externalCalls: ["_exit", "hook"], reasons: ["'hook' is not known"]),
    SiteReport(
      location: vforkSite, function: "run", call: "vfork", verdict: .violations, assumes: [],
      externalCalls: ["malloc", "vsnprintf"], reasons: [], graph: graph),
  ]

  static let allowed = SuppressedFinding(
    finding: Finding(
      check: "child-exit", level: .error, certainty: .harmful,
      message: "'exit' is called in a vfork child: it runs the parent's handlers",
      location: place("src/spawn.c", 9, 3...11), function: "run", callee: "exit", roles: [.vforkChild],
      spawnSites: [vforkSite],
      causes: [
        Cause(
          check: "child-exit", certainty: .harmful, level: .error, role: .vforkChild,
          location: place("src/spawn.c", 9, 3...11), function: "run", callee: "exit",
          reason: "it runs the parent's handlers", source: "vfork(2)", instead: nil)
      ],
      steps: [
        Step(location: vforkSite, message: "the child starts here: vfork()"),
        Step(location: place("src/spawn.c", 9, 3...11), message: "calls 'exit'"),
      ], instead: nil),
    suppressions: [
      Suppression(
        kind: .inSource, reason: "no handlers | <here>", location: place("src/spawn.c", 8, 3...60))
    ])

  static let result = RunResult(
    findings: [allocation, fixable, callback], sites: sites,
    incomplete: [
      IncompleteUnit(
        file: "src/broken.c", message: "'missing.h' file not found",
        location: place("src/broken.c", 1, 10...21))
    ],
    hiddenSingleThreaded: 12, threadsPossible: false, threadsReason: "it has main and creates no thread",
    platform: .glibc, unitCount: 4, suppressed: [allowed])

  static let empty = RunResult(
    findings: [], sites: [], incomplete: [], hiddenSingleThreaded: 0, threadsPossible: true,
    threadsReason: "library code: there is no main", platform: .posix2017, unitCount: 1)

  static let page = """
    id: child-allocates
    title: Allocation
    summary: The child allocates.
    levels:
      fork-child: {level: warning, certainty: forbidden}
      vfork-child: {level: error, certainty: harmful, but: "note | for alloca"}
      single-threaded: {but: hidden}
    what: |
      Reports malloc.
    why: |
      Locks.

      More.
    instead: |
      Before.
    limits: |
      None.
    sources:
      - POSIX
    """

  static func pages() throws -> [CheckPage] {
    try CheckPage.all(in: [
      "Rules/checks/child-allocates/rule.yml": page, "Rules/checks/child-allocates/bad.c": "int bad;\n",
      "Rules/checks/child-allocates/good.c": "int good;\n",
    ])
  }

  static func context(_ status: Reports.ExitStatus = .findings) throws -> ReportContext {
    ReportContext(
      toolVersion: "0.1.0", libraryVersion: "clang version 19.1.7", pages: try pages(),
      tree: SourceTree(root: "/home/me/pro ject", workingDirectory: "/home/me/pro ject"), exitStatus: status)
  }
}
