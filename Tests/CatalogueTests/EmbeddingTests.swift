import EmbeddedRules
import Foundation
import Testing

@testable import Catalogue

/// What is compiled in is what `Rules/` says.
@Suite struct EmbeddingTests {
  private static let rules = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Rules")

  private func compiled() throws -> CatalogueText {
    let directory = Self.rules.appending(path: "catalogue")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try CatalogueText.compile(
      files: names.filter { $0.hasSuffix(".yml") }.sorted().map {
        ($0, try String(contentsOf: directory.appending(path: $0), encoding: .utf8))
      })
  }

  @Test func textEqualsCompiledFiles() throws {
    #expect(EmbeddedRules.catalogueText == (try compiled()).text)
  }

  @Test func everyLineIsReadBackAsItWasWritten() {
    var count = 0
    for line in EmbeddedRules.catalogueText.split(separator: "\n") where !line.hasPrefix("@") {
      #expect(EntryText.line(EntryText.entry(line: line)) == line)
      count += 1
    }
    #expect(count > 2000)
  }

  @Test func everyNameIsFound() {
    let text = CatalogueText(EmbeddedRules.catalogueText)
    for name in text.names { #expect(text.entry(named: name)?.entry.name == name) }
  }

  @Test func checkFilesAreVerbatim() throws {
    for (path, text) in EmbeddedRules.checkFiles {
      let url = Self.rules.appending(path: "checks").appending(path: path)
      #expect(try String(contentsOf: url, encoding: .utf8) == text)
    }
  }

  @Test func separatorsInTextsSurvive() {
    var stated = StatedEntry(name: "f")
    stated.entry.instead = "a;b|c,d\\e\tf\ng"
    stated.entry.families = ["x,y", "z"]
    stated.entry.locks = [LockEffect(action: .acquire, argument: nil, name: "a|b;c")]
    stated.entry.signals = [
      SignalEffect(
        action: .handle, signal: 0, structure: 1, members: ["a,b", "c"], whenArgument: 2,
        whenValues: [-1, 7],
        architectures: ["x86_64"]),
      SignalEffect(action: .mask, how: 0, set: 1, old: 2),
    ]
    stated.entry.descriptors = [
      DescriptorEffect(action: .borrows),
      DescriptorEffect(
        action: .opensInto, argument: 3, count: 2, succeeds: .nonZero,
        closeOnExec: .flags(argument: 1, bits: -8), whenArgument: 1, whenValues: [0, -2]),
      DescriptorEffect(action: .opens, closeOnExec: .always),
    ]
    for property in [Property.instead, .families, .locks, .signals, .descriptors] { stated.state(property) }
    let back = EntryText.entry(line: EntryText.line(stated)[...])
    #expect(back.entry == stated.entry)
  }

  @Test func everyRemarkAndRuleHasASource() {
    let catalogue = Catalogue.builtIn()
    for name in catalogue.names {
      guard let entry = catalogue.entry(named: name) else { continue }
      #expect(entry.remarks.allSatisfy { !$0.source.isEmpty }, "\(name)")
      #expect(entry.certainties.allSatisfy { !$0.source.isEmpty && !$0.because.isEmpty }, "\(name)")
    }
  }

  /// Remarks of the GNU C Library's manual, counted when they were taken over.
  @Test func manualIsComplete() {
    let catalogue = Catalogue.builtIn()
    let text = CatalogueText(EmbeddedRules.catalogueText)
    let remarked = text.names.filter { name in
      text.entry(named: name)?.entry.remarks.contains {
        $0.platform == .glibc && $0.source.hasPrefix("The GNU C Library manual 2.42.9000, ")
      } == true
    }
    #expect(remarked.count == 1911)
    #expect(catalogue.entry(named: "W" + "EXITSTATUS")?.remarks.first?.isSafe == true)
  }
}
