/// Numbers for the things that a unit's facts repeat: each is stored once.
struct FactsTables {
  private struct Numbering<Element: Hashable> {
    var elements: [Element] = []
    var numbers: [Element: Int] = [:]

    mutating func number(_ element: Element) -> (Int, isNew: Bool) {
      if let known = numbers[element] { return (known, false) }
      numbers[element] = elements.count
      elements.append(element)
      return (elements.count - 1, true)
    }
  }

  private var texts = Numbering<String>()
  private var names: [Name: Int] = [:]
  private var shapes = Numbering<TypeShape>()
  private var fields = Numbering<Field>()
  private var symbols = Numbering<Symbol>()

  mutating func number(_ text: String) -> Int { texts.number(text).0 }

  mutating func number(_ name: Name) -> Int {
    if let known = names[name] { return known }
    let number = texts.number(name.text).0
    names[name] = number
    return number
  }

  mutating func number(_ shape: TypeShape) -> Int {
    let (number, isNew) = shapes.number(shape)
    if isNew, case .record(let name) = shape.kind { _ = self.number(name) }
    return number
  }

  mutating func number(_ field: Field) -> Int {
    let (number, isNew) = fields.number(field)
    if isNew { _ = (self.number(field.record), self.number(field.name), self.number(field.type)) }
    return number
  }

  mutating func number(_ symbol: Symbol) -> Int {
    let (number, isNew) = symbols.number(symbol)
    if isNew { _ = self.number(symbol.id) }
    return number
  }

  /// All tables, to stand before what uses their numbers.
  mutating func write(to writer: inout ByteWriter) {
    writer.list(texts.elements) { $0.text($1) }
    writer.count(shapes.elements.count)
    for shape in shapes.elements { write(shape, to: &writer) }
    writer.count(fields.elements.count)
    for field in fields.elements {
      writer.count(number(field.record))
      writer.count(number(field.name))
      writer.count(number(field.type))
    }
    writer.count(symbols.elements.count)
    for symbol in symbols.elements {
      writer.count(number(symbol.id) << 1 | (symbol.isStatic ? 1 : 0))
    }
  }

  private mutating func write(_ shape: TypeShape, to writer: inout ByteWriter) {
    let qualifiers: UInt8 =
      (shape.isVolatile ? 1 : 0) | (shape.isConst ? 2 : 0) | (shape.pointeeIsConst ? 4 : 0)
      | (shape.pointeeIsVolatile ? 8 : 0)
    func head(_ kind: UInt8) { writer.byte(kind << 4 | qualifiers) }
    switch shape.kind {
    case .void: head(0)
    case .bool: head(1)
    case .signed(let width):
      head(2)
      writer.signed(Int64(width))
    case .unsigned(let width):
      head(3)
      writer.signed(Int64(width))
    case .pointer: head(4)
    case .functionPointer: head(5)
    case .record(let name):
      head(6)
      writer.count(number(name))
    case .array: head(7)
    case .floating: head(8)
    case .other: head(9)
    }
  }
}

/// The same, read back. Texts become names when they are first asked for.
struct StoredTables {
  private var texts: [ArraySlice<UInt8>]
  private var names: [Name?]
  private var shapes: [TypeShape] = []
  private var fields: [Field] = []
  private var symbols: [(text: Int, isStatic: Bool)] = []

  init(_ reader: inout ByteReader) throws(FactsError) {
    texts = try reader.list { reader throws(FactsError) in try reader.block() }
    names = Array(repeating: nil, count: texts.count)
    shapes = try readShapes(&reader)
    fields = try readFields(&reader)
    symbols = try reader.list { reader throws(FactsError) in
      let number = try reader.count()
      return (number >> 1, number & 1 == 1)
    }
  }

  private mutating func readShapes(_ reader: inout ByteReader) throws(FactsError) -> [TypeShape] {
    var shapes: [TypeShape] = []
    for _ in 0..<(try reader.count()) {
      let head = try reader.byte()
      let kind: TypeShape.Kind
      switch head >> 4 {
      case 0: kind = .void
      case 1: kind = .bool
      case 2: kind = .signed(Int(try reader.small()))
      case 3: kind = .unsigned(Int(try reader.small()))
      case 4: kind = .pointer
      case 5: kind = .functionPointer
      case 6: kind = .record(try name(try reader.count()))
      case 7: kind = .array
      case 8: kind = .floating
      case 9: kind = .other
      default: throw .damaged
      }
      var shape = TypeShape(
        kind, isVolatile: head & 1 != 0, isConst: head & 2 != 0, pointeeIsConst: head & 4 != 0)
      shape.pointeeIsVolatile = head & 8 != 0
      shapes.append(shape)
    }
    return shapes
  }

  private mutating func readFields(_ reader: inout ByteReader) throws(FactsError) -> [Field] {
    var fields: [Field] = []
    for _ in 0..<(try reader.count()) {
      let record = try name(try reader.count())
      let name = try name(try reader.count())
      fields.append(Field(record: record, name: name, type: try shape(try reader.count())))
    }
    return fields
  }

  var symbolCount: Int { symbols.count }

  func text(_ number: Int) throws(FactsError) -> String {
    guard number < texts.count else { throw .damaged }
    return String(decoding: texts[number], as: UTF8.self)
  }

  mutating func name(_ number: Int) throws(FactsError) -> Name {
    guard number < names.count else { throw .damaged }
    if let known = names[number] { return known }
    let name = Name(String(decoding: texts[number], as: UTF8.self))
    names[number] = name
    return name
  }

  func shape(_ number: Int) throws(FactsError) -> TypeShape {
    guard number < shapes.count else { throw .damaged }
    return shapes[number]
  }

  func field(_ number: Int) throws(FactsError) -> Field {
    guard number < fields.count else { throw .damaged }
    return fields[number]
  }

  mutating func symbol(_ number: Int) throws(FactsError) -> Symbol {
    guard number < symbols.count else { throw .damaged }
    let symbol = symbols[number]
    return Symbol(try name(symbol.text), isStatic: symbol.isStatic)
  }
}
