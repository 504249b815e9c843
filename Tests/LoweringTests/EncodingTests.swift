import Foundation
import Lowering
import SpawnIR
import Testing

@Suite struct EncodingTests {
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All C files with expectations.
  private static let files = ["Rules/checks", "Samples", "Tests/Fixtures"].flatMap { folder in
    let root = package.appendingPathComponent(folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return paths.filter { $0.hasSuffix(".c") }.sorted().map { root.appendingPathComponent($0).path }
  }

  private func facts(_ file: String) throws -> UnitFacts {
    try FrontEnd().parsedUnit(file: file, flags: [], directory: nil, contents: nil).completeFacts()
  }

  @Test(arguments: files)
  func readingGivesWhatWasWritten(_ file: String) throws {
    let facts = try facts(file)
    let bytes = facts.encoded()
    let stored = try StoredUnit(bytes[...])
    let read = try stored.facts(.everything)
    #expect(read.functions == facts.functions)
    #expect(read.globals == facts.globals)
    #expect(read.declarations == facts.declarations)
    #expect(read.files == facts.files)
    #expect(read.mainFile == facts.mainFile)
    #expect(read.aliases == facts.aliases)
    #expect(read.problem == facts.problem)
    #expect(stored.skim == facts.skimmed)
    #expect(try self.facts(file).encoded() == bytes)
  }

  @Test func filesAreRecognised() throws {
    let body = Array("anything".utf8)
    let file = FactsFormat.sealed(body)
    #expect(try Array(FactsFormat.opened(file)) == body)
    #expect(throws: FactsError.notFacts) { try FactsFormat.opened(Array("no facts".utf8)) }
    #expect(throws: FactsError.notFacts) { try FactsFormat.opened([]) }
    #expect(throws: FactsError.damaged) { try FactsFormat.opened(file.dropLast()) }
    var foreign = file
    foreign[16] = 99
    #expect(throws: FactsError.foreignVersion(99)) { try FactsFormat.opened(foreign) }
    for index in file.indices {
      var changed = file
      changed[index] ^= 0x10
      #expect(throws: FactsError.self) { try FactsFormat.opened(changed) }
    }
  }

  /// Whoever reaches the encoding with a right checksum gets an error or facts, never a crash.
  @Test func damageIsAnError() throws {
    let bytes = try facts(Self.package.appendingPathComponent("Samples/spawn_wrong.c").path).encoded()
    func read(_ bytes: [UInt8]) {
      guard let stored = try? StoredUnit(bytes[...]) else { return }
      _ = try? stored.facts(.everything)
    }
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: FactsError.self) { try StoredUnit(bytes[..<length]) }
    }
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0xff, bytes[index] &+ 1] {
        var changed = bytes
        changed[index] = value
        read(changed)
      }
    }
  }

  @Test func numbersOfAnySize() throws {
    var writer = ByteWriter()
    let signed: [Int64] = [0, -1, 1, 63, -64, 64, .max, .min]
    let unsigned: [UInt64] = [0, 127, 128, .max]
    for number in signed { writer.signed(number) }
    for number in unsigned { writer.number(number) }
    var reader = ByteReader(writer.bytes[...])
    for number in signed { #expect(try reader.signed() == number) }
    for number in unsigned { #expect(try reader.number() == number) }
    #expect(reader.isAtEnd)
    var endless = ByteReader([UInt8](repeating: 0xff, count: 20)[...])
    #expect(throws: FactsError.damaged) { try endless.number() }
  }
}
