import Checks
import EmbeddedRules
import Foundation
import Lowering
import Project
import SpawnIR
import Testing

/// Neither leaving out what no child path needs nor reading facts back from bytes changes anything in the result.
@Suite struct DemandTests {
  @Test(arguments: Example.all)
  func resultIsThatOfEverything(_ example: Example) throws {
    try compare(example) { units, options in
      try Run.perform(units: units, options: options, lowersEverything: true)
    }
  }

  @Test(arguments: Example.all)
  func resultIsThatOfStoredFacts(_ example: Example) throws {
    try compare(example) { units, options in
      try Run.perform(units: units, options: options) { StoringSource(markers: $0.contracts.macros) }
    }
  }

  private func compare(
    _ example: Example, with other: ([SourceUnit], RunOptions) throws -> RunResult
  ) throws {
    var words: [String] = []
    for file in example.files {
      words += try Expectations(parsing: String(contentsOf: file, encoding: .utf8)).options
    }
    let options = try ExampleOptions(words, folder: example.files[0].deletingLastPathComponent())
    let units = try example.units(flags: options.flags)
    let demanded = try Run.perform(units: units, options: options.run)
    let everything = try other(units, options.run)
    #expect(demanded.findings == everything.findings)
    #expect(demanded.sites == everything.sites)
    #expect(demanded.incomplete == everything.incomplete)
    #expect(demanded.hiddenSingleThreaded == everything.hiddenSingleThreaded)
    #expect(demanded.threadsPossible == everything.threadsPossible)
    #expect(demanded.threadsReason == everything.threadsReason)
  }
}
