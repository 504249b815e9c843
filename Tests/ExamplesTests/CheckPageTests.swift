import Checks
import EmbeddedRules
import Testing

/// The pages are complete, and each shows what it speaks of.
@Suite struct CheckPageTests {
  static let ids = CheckPage.ids(in: EmbeddedRules.checkFiles)

  @Test func allChecksHaveAPage() {
    // Those about comments are made without an analysis.
    let others = ["invalid-suppression", "unused-suppression"]
    #expect(Self.ids == (CheckRegistry.all.map { $0.id } + others).sorted())
  }

  @Test(arguments: ids)
  func pageIsComplete(_ id: String) throws {
    let page = try #require(try CheckPage.page(id, in: EmbeddedRules.checkFiles))
    #expect(page.id == id)
    for text in [page.title, page.summary, page.what, page.why, page.instead, page.limits] {
      #expect(!text.isEmpty)
    }
    #expect(page.summary.hasSuffix(".") && !page.summary.dropLast().contains("."), "one sentence")
    #expect(!page.sources.isEmpty)
    #expect(page.highestLevel != nil)
    #expect((page.summary + " " + page.why).count <= 1024, "longer ones are cut by code scanning services")
  }

  @Test(arguments: ids)
  func examplesShowTheCheck(_ id: String) throws {
    let page = try #require(try CheckPage.page(id, in: EmbeddedRules.checkFiles))
    let bad = try Expectations(parsing: page.bad)
    #expect(bad.findings.contains { $0.check == id })
    #expect(!bad.sites.values.contains("verified"))
    let good = try Expectations(parsing: page.good)
    // A note of another check may stand there: the examples are as short as possible.
    #expect(!good.findings.contains { $0.check == id })
    #expect(!good.sites.isEmpty && good.sites.values.allSatisfy { $0 == "verified" })
  }

  @Test func unknownPageIsNil() throws {
    #expect(try CheckPage.page("child-nothing", in: EmbeddedRules.checkFiles) == nil)
  }

  @Test func malformedPageNamesItsFile() {
    let files = ["child-x/rule.yml": "id: child-x\ntitle: [\n"]
    #expect(throws: CheckPageError.self) { try CheckPage.page("child-x", in: files) }
    do {
      _ = try CheckPage.page("child-x", in: files)
    } catch {
      #expect(error.description.hasPrefix("child-x/rule.yml:"))
    }
  }
}
