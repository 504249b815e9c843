import Foundation
import SpawnIR

/// A file of facts that cannot be used; says which and why.
public struct FactsFileError: Error, Hashable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "'\(path)' \(reason)" }
}

/// One of several equal parts of all units: every `count`th, from the `number`th on, counted from 1.
public struct Shard: Hashable, Sendable {
  public var number: Int
  public var count: Int

  /// - Parameter text: `2/4`. Nil where it is no part.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number: number, count: count)
  }

  init?(number: Int, count: Int) {
    guard number >= 1, number <= count, count <= 1_000_000 else { return nil }
    self.number = number
    self.count = count
  }

  func holds(_ index: Int) -> Bool { index % count == number - 1 }
}

/// The facts of some units as a file: what `index` writes and `link` reads. The same units always give the same bytes.
public struct FactsFile: Sendable {
  /// One unit as one variant's flags make it.
  struct Entry: Sendable {
    var unit: SourceUnit
    /// Its place among all units of the run of which this is a part.
    var position: Int
    /// Of `variants`.
    var variant: Int?
    /// `UnitFacts.encoded()`.
    var facts: ArraySlice<UInt8>
  }

  /// Macros that counted as annotations.
  var markers: [String]
  var shard: Shard?
  /// Names; empty: the code was read once.
  var variants: [String]
  var entries: [Entry]

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.list(markers) { $0.text($1) }
    out.count(shard?.number ?? 0)
    out.count(shard?.count ?? 0)
    out.list(variants) { $0.text($1) }
    out.list(entries) { out, entry in
      entry.unit.write(to: &out)
      out.count(entry.position)
      out.count(entry.variant.map { $0 + 1 } ?? 0)
      out.block(Array(entry.facts))
    }
    return FactsFormat.sealed(out.bytes)
  }

  /// Through a file beside it that is renamed, so that nobody sees half of it.
  public func write(to path: String) throws(FactsFileError) {
    do {
      try WholeFile.write(encoded(), to: path)
    } catch {
      throw FactsFileError(path: path, reason: "cannot be written: \(error)")
    }
  }

  init(markers: [String], shard: Shard?, variants: [String], entries: [Entry]) {
    self.markers = markers
    self.shard = shard
    self.variants = variants
    self.entries = entries
  }

  public init(path: String) throws(FactsFileError) {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path)
    } catch {
      throw FactsFileError(path: path, reason: "cannot be read: \(error)")
    }
    do throws(FactsError) {
      try self.init(bytes)
    } catch {
      throw FactsFileError(path: path, reason: error.description)
    }
  }

  init(_ bytes: [UInt8]) throws(FactsError) {
    var reader = ByteReader(try FactsFormat.opened(bytes))
    markers = try reader.list { reader throws(FactsError) in try reader.text() }
    let number = try reader.count()
    let count = try reader.count()
    shard = Shard(number: number, count: count)
    variants = try reader.list { reader throws(FactsError) in try reader.text() }
    let variants = variants.count
    entries = try reader.list { reader throws(FactsError) in
      let unit = try SourceUnit(&reader)
      let position = try reader.count()
      let variant = try reader.count()
      guard variant <= variants else { throw .damaged }
      return Entry(
        unit: unit, position: position, variant: variant == 0 ? nil : variant - 1,
        facts: try reader.block())
    }
    guard reader.isAtEnd, shard != nil || (number == 0 && count == 0) else { throw .damaged }
  }
}

extension SourceUnit {
  func write(to out: inout ByteWriter) {
    out.text(file)
    out.list(flags) { $0.text($1) }
    out.optionalText(directory)
    out.optionalText(contents)
    out.optionalText(output)
  }

  init(_ reader: inout ByteReader) throws(FactsError) {
    let file = try reader.text()
    let flags = try reader.list { reader throws(FactsError) in try reader.text() }
    let directory = try reader.optionalText()
    self.init(file: file, flags: flags, directory: directory, contents: try reader.optionalText())
    output = try reader.optionalText()
  }
}
