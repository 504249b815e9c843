import SpawnIR

/// Which units of a program its child paths needed in the last run: where little changed, they need much the same.
struct NeededUnits: Equatable {
  /// Runs in a row that began with what was needed before some file changed: what is not needed any more stays in.
  private var age: Int
  private(set) var units: [Int]

  /// Such runs before a program is looked at anew.
  private static let oldest = 16
  /// Changed files among those that are needed for which it is still worth while.
  private static let mostChanged = 4

  init(_ units: [Int], age: Int = 0) {
    self.units = units
    self.age = age
  }

  init(_ reader: inout ByteReader) throws(FactsError) {
    age = try reader.count()
    units = try reader.list { (reader: inout ByteReader) throws(FactsError) in try reader.count() }
  }

  func write(to out: inout ByteWriter) {
    out.count(age)
    out.list(units) { $0.count($1) }
  }

  /// As the next run may begin with it; nil where too much changed.
  func aged(changed: Int) -> NeededUnits? {
    if changed == 0 { return self }
    return changed > Self.mostChanged || age >= Self.oldest ? nil : NeededUnits(units, age: age + 1)
  }

  /// The same with what was found to be needed in the end.
  func replaced(by units: [Int]) -> NeededUnits { NeededUnits(units, age: age) }
}

extension FactsCache {
  /// Nil where nothing is known, or too much changed since.
  func needed(of units: [SourceUnit]) -> NeededUnits? {
    let path = path(key.name(of: units))
    guard let body = body(at: path) else { return nil }
    var reader = ByteReader(body)
    guard let known = try? NeededUnits(&reader), known.units.allSatisfy(units.indices.contains) else {
      return nil
    }
    Self.markUsed(path)
    return known.aged(changed: known.units.count { !holds(units[$0]) })
  }

  func store(_ needed: NeededUnits, of units: [SourceUnit]) {
    var out = ByteWriter()
    needed.write(to: &out)
    let path = path(key.name(of: units))
    if body(at: path)?.elementsEqual(out.bytes) != true { write(out.bytes, to: path) }
  }
}
