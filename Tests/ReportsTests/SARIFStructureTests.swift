import Checks
import Foundation
import Testing

@testable import Reports

/// What code scanning services demand beyond the schema.
@Suite struct SARIFStructureTests {
  private func log(_ result: RunResult = Sample.result, view: ReportView = .findings) throws -> SARIFLog {
    var report = SARIFReport(source: Sample.source, context: try Sample.context())
    return report.log(of: result, view: view)
  }

  @Test func ruleIndicesMeanTheirRule() throws {
    let run = try #require(try log().runs.first)
    for result in run.results {
      guard let index = result.ruleIndex else { continue }
      #expect(run.tool.driver.rules[index].id == result.ruleId)
    }
    #expect(run.results.first?.ruleIndex == 0)
  }

  @Test func urisAreRelativeInsideTheTreeOnly() throws {
    let run = try #require(try log(view: .sites).runs.first)
    let places = run.results.flatMap(\.locations).map(\.physicalLocation.artifactLocation)
    #expect(places.map(\.uri) == ["file:///usr/include/inline.h", "src/my%20file.c", "src/spawn.c"])
    #expect(places.map(\.uriBaseId) == [nil, "%SRCROOT%", "%SRCROOT%"])
    #expect(run.originalUriBaseIds?["%SRCROOT%"]?.uri == "file:///home/me/pro%20ject/")
  }

  @Test func descriptionsAreShortEnough() throws {
    var context = try Sample.context()
    context.pages[0].why = String(repeating: "words ", count: 400)
    var report = SARIFReport(source: Sample.source, context: context)
    let rules = report.log(of: Sample.result, view: .findings).runs[0].tool.driver.rules
    #expect(rules.allSatisfy { $0.fullDescription.text.count <= 1024 })
  }

  @Test func incompleteUnitsAreNotifications() throws {
    let invocation = try #require(try log().runs.first?.invocations.first)
    #expect(invocation.exitCode == 1)
    #expect(
      invocation.toolExecutionNotifications.map(\.message.text) == [
        "src/broken.c was not understood completely: 'missing.h' file not found"
      ])
    #expect(try log(Sample.empty).runs[0].invocations[0].toolExecutionNotifications.isEmpty)
  }

  /// Without a line there is no region: lines start at 1.
  @Test func placeWithoutLine() throws {
    var result = Sample.empty
    result.incomplete = [IncompleteUnit(file: "a.c", message: "m", location: nil)]
    let place = try log(result).runs[0].invocations[0].toolExecutionNotifications[0].locations[0]
    #expect(place.physicalLocation.region == nil)
  }

  @Test func isReadBack() throws {
    var report = SARIFReport(source: Sample.source, context: try Sample.context())
    let text = try report.render(Sample.result)
    let log = try JSONDecoder().decode(SARIFLog.self, from: Data(text.utf8))
    #expect(log.version == "2.1.0")
    #expect(log.runs[0].results.count == 4)
    #expect(log.runs[0].results.map(\.suppressions.count) == [0, 0, 0, 1])
  }
}
