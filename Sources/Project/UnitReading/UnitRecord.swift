import Lowering
import SpawnIR

/// A unit as it is kept and sent.
struct UnitRecord: Sendable {
  /// `UnitFacts.encoded()`.
  var facts: ArraySlice<UInt8>
  var surroundings: Surroundings

  func write(to out: inout ByteWriter) {
    surroundings.write(to: &out)
    out.block(Array(facts))
  }

  init(facts: ArraySlice<UInt8>, surroundings: Surroundings) {
    self.facts = facts
    self.surroundings = surroundings
  }

  init(_ reader: inout ByteReader) throws(FactsError) {
    surroundings = try Surroundings(&reader)
    facts = try reader.block()
  }
}

/// Reads units completely, whoever asks what of them. Serves several threads at once.
protocol RecordSource: Sendable {
  func record(of unit: SourceUnit) throws -> UnitRecord
}

/// Parses in this process and answers from bytes, as other processes would.
package struct StoringSource: RecordSource, UnitSource {
  let markers: Set<String>
  private let recorder: SurroundingsRecorder

  /// - Parameter keepsDigests: records come with what a cache needs.
  package init(markers: Set<String>, keepsDigests: Bool = false) {
    self.markers = markers
    recorder = SurroundingsRecorder(keepsDigests: keepsDigests)
  }

  package func contents(of unit: SourceUnit) throws -> any UnitContents {
    StoredContents(unit: try StoredUnit(try record(of: unit).facts))
  }

  func record(of unit: SourceUnit) throws -> UnitRecord {
    let parsed: ParsedUnit
    do {
      parsed = try ParsingSource(markers: markers).parse(unit)
    } catch {
      return try .unread(unit, ParsingSource.reason(error))
    }
    return UnitRecord(
      facts: parsed.encodedFacts()[...], surroundings: recorder.surroundings(of: parsed, unit))
  }
}
