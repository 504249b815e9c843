import Checks
import Foundation
import Testing

@testable import Reports

@Suite struct HTMLTests {
  private func page(_ result: RunResult, source: SourceText = Sample.source) throws -> String {
    try Report(result, view: .findings, context: try Sample.context(), source: source).render(.html)
  }

  /// FIPS 180-4's examples, and one that fills a block.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func hash(_ text: String, _ digest: String) {
    let bytes = SHA256.hash(Array(text.utf8))
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(digits.joined() == digest)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func base64(_ text: String, _ encoded: String) {
    #expect(Base64.encoded(Array(text.utf8)) == encoded)
  }

  @Test func interpolatedTextIsEscaped() {
    let name = "<b>\"'&"
    let inner: Markup = "<i>\(name)</i>"
    #expect(("<p>\(inner)\(3)</p>" as Markup).text == "<p><i>&lt;b&gt;&quot;&#39;&amp;</i>3</p>")
  }

  /// Names, literals and reasons that try to become markup or script.
  @Test func hostileTexts() throws {
    let script = "</script><script>alert(1)</script>"
    let attribute = "\" onmouseover=\"alert(1)\" x=\""
    var finding = Sample.allocation
    finding.message = script
    finding.function = attribute
    finding.callee = script
    finding.check = attribute
    finding.instead = script
    finding.location.file = "src/<img src=x onerror=alert(1)>\(attribute).c"
    finding.causes[0].reason = script
    finding.causes[0].source = attribute
    finding.causes[0].location.file = finding.location.file
    finding.steps[0].message = script
    finding.steps[1].location.file = finding.location.file
    var result = Sample.result
    result.findings = [finding]
    result.suppressed[0].suppressions[0].reason = script
    result.incomplete[0].message = script
    result.threadsReason = script
    result.sites[0].function = script
    result.sites[0].call = attribute
    result.sites[0].externalCalls = [script]
    result.sites[0].reasons = [script]
    result.sites[0].assumes = [attribute]
    result.sites[2].graph?.functions[0].name = script
    result.sites[2].graph?.functions[0].events[0].label = attribute
    let text = try page(
      result,
      source: SourceText { _ in
        Array(String(repeating: "char *s = \"\(script)\"; //\(attribute)\n", count: 20).utf8)
      })
    #expect(text.ranges(of: "<script>").count == 1)
    #expect(text.ranges(of: "</script>").count == 1)
    #expect(!text.contains("<img"))
    #expect(!text.contains("onmouseover=\""))
    #expect(!text.contains("onerror=alert(1)>"))
  }

  /// What a link leads to is there, and nothing has the name of another.
  @Test func linksLeadSomewhere() throws {
    let text = try page(Sample.result)
    let ids = text.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for link in text.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(String(link.1)), "\(link.1)") }
    #expect(Set(ids).isSuperset(of: ["s1-6", "s2-3", "check-child-allocates", "site-3", "main"]))
  }

  /// Nothing is fetched, and nothing but the page's own script may run.
  @Test func standsAlone() throws {
    let text = try page(Sample.result)
    #expect(text.contains("default-src 'none'; base-uri 'none'; form-action 'none';"))
    for word in ["src=", "url(", "@import", "style=", "javascript:", "unsafe-inline"] {
      #expect(!text.contains(word), "\(word)")
    }
    let script = try #require(text.firstMatch(of: /<script>((?s).*?)<\/script>/)).1
    let hash = Base64.encoded(SHA256.hash(Array(script.utf8)))
    #expect(text.contains("script-src 'sha256-\(hash)'"))
  }

  @Test func largeFilesAreCut() throws {
    var result = Sample.empty
    var finding = Sample.callback
    finding.location = Sample.place("src/big.c", 5000, 3...9)
    result.findings = [finding]
    let lines = (1...10000).map { "line \($0);\n" }.joined()
    let text = try page(result, source: SourceText { _ in Array(lines.utf8) })
    #expect(text.contains("id=\"s1-4988\"") && text.contains("id=\"s1-5012\""))
    #expect(!text.contains("id=\"s1-4987\"") && !text.contains("id=\"s1-5013\""))
  }

  @Test func manyFindingsAreFolded() throws {
    var result = Sample.empty
    result.findings = (1...21).map { line in
      var finding = Sample.allocation
      finding.location = Sample.place("src/spawn.c", line, 3...9)
      return finding
    }
    #expect(try !page(result).contains("<details class=\"steps\" open>"))
    result.findings.removeLast()
    #expect(try page(result).ranges(of: "<details class=\"steps\" open>").count == 20)
  }

  @Test func picturesStayBounded() throws {
    var graph = ChildCallGraph(functions: [])
    for number in 0..<200 {
      graph.functions.append(
        ChildCallGraph.Function(
          name: "f\(number)", location: Sample.place("src/spawn.c", 1, 1...2),
          calls: number < 199
            ? [ChildCallGraph.Call(kind: .call, target: number + 1, location: nil)] : []))
    }
    let sources = HTMLSources(source: Sample.source, tree: try Sample.context().tree)
    let text = ChildPathPicture(graph, sources: sources).render(label: "x").text
    #expect(text.ranges(of: "<rect").count == 150)
    #expect(text.contains("<p>50 more functions are not drawn.</p>"))
  }
}
