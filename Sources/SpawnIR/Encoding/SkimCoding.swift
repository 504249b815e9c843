extension UnitSkim {
  func write(to out: inout ByteWriter, _ tables: inout FactsTables) {
    out.count(symbols.count)
    for symbol in symbols { out.count(tables.number(symbol)) }
    out.list(functions) { $1.write(to: &$0) }
    out.list(globals) { $1.write(to: &$0) }
    out.list(aliases.sorted { $0.key < $1.key }) { out, alias in
      out.text(alias.key)
      out.text(alias.value)
    }
    out.list(annotations) { out, annotation in
      out.number(UInt64(annotation.symbol))
      out.count(annotation.parameter.map { $0 + 1 } ?? 0)
      out.text(annotation.text)
    }
  }

  init(_ reader: inout ByteReader, _ tables: inout StoredTables) throws(FactsError) {
    var symbols: [Symbol] = []
    for _ in 0..<(try reader.count()) { symbols.append(try tables.symbol(try reader.count())) }
    let count = symbols.count
    let functions = try reader.list { reader throws(FactsError) in
      try SkimmedFunction(&reader, symbols: count)
    }
    let globals = try reader.list { reader throws(FactsError) in try SkimmedGlobal(&reader, symbols: count) }
    let aliases = try reader.list { reader throws(FactsError) in (try reader.text(), try reader.text()) }
    self.init(
      symbols: symbols, functions: functions, globals: globals,
      aliases: Dictionary(aliases, uniquingKeysWith: { first, _ in first }))
    annotations = try reader.list { reader throws(FactsError) in
      let symbol = try reader.symbol(below: count)
      let parameter = try reader.count()
      return Annotation(
        symbol: symbol, parameter: parameter == 0 ? nil : parameter - 1, text: try reader.text())
    }
  }
}

extension SkimmedFunction {
  fileprivate func write(to out: inout ByteWriter) {
    out.number(UInt64(symbol))
    let flags = [
      isInline, callsIndirectly, holdsFunctions, takesFunctions, returnsFunctions, castsToFunctions,
    ]
    out.byte(flags.reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    for list in [calls, values, globals, changes, slots] { out.list(list) { $0.number(UInt64($1)) } }
  }

  fileprivate init(_ reader: inout ByteReader, symbols: Int) throws(FactsError) {
    self.init(symbol: try reader.symbol(below: symbols))
    let flags = try reader.byte()
    isInline = flags & 32 != 0
    callsIndirectly = flags & 16 != 0
    holdsFunctions = flags & 8 != 0
    takesFunctions = flags & 4 != 0
    returnsFunctions = flags & 2 != 0
    castsToFunctions = flags & 1 != 0
    calls = try reader.symbols(below: symbols)
    values = try reader.symbols(below: symbols)
    globals = try reader.symbols(below: symbols)
    changes = try reader.symbols(below: symbols)
    slots = try reader.symbols(below: symbols)
  }
}

extension SkimmedGlobal {
  fileprivate func write(to out: inout ByteWriter) {
    out.number(UInt64(symbol))
    for list in [functions, globals, slots] { out.list(list) { $0.number(UInt64($1)) } }
  }

  fileprivate init(_ reader: inout ByteReader, symbols: Int) throws(FactsError) {
    self.init(symbol: try reader.symbol(below: symbols))
    functions = try reader.symbols(below: symbols)
    globals = try reader.symbols(below: symbols)
    slots = try reader.symbols(below: symbols)
  }
}

extension ByteReader {
  fileprivate mutating func symbol(below limit: Int) throws(FactsError) -> Int32 {
    let number = try count()
    guard number < limit else { throw .damaged }
    return Int32(number)
  }

  fileprivate mutating func symbols(below limit: Int) throws(FactsError) -> [Int32] {
    try list { reader throws(FactsError) in try reader.symbol(below: limit) }
  }
}
