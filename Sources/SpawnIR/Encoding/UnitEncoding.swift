extension UnitFacts {
  /// Bytes from which `StoredUnit` reads. The same facts always give the same bytes.
  ///
  /// Recursive as deep as values are nested.
  ///
  /// - Precondition: `skimmed` names every function with a body, also those among `functions`.
  public func encoded() -> [UInt8] {
    var code = CodeWriter()
    var skim = ByteWriter()
    skimmed.write(to: &skim, &code.tables)
    var declared = ByteWriter()
    declared.count(declarations.count)
    for declaration in declarations { code.declaration(declaration, to: &declared) }
    var globalPieces = ByteWriter()
    globalPieces.count(globals.count)
    for global in globals {
      globalPieces.piece(code.global(global), symbol: code.tables.number(global.symbol))
    }
    var functionPieces = ByteWriter()
    functionPieces.count(functions.count)
    for function in functions {
      let piece = code.function(function)
      functionPieces.piece(piece, symbol: code.tables.number(function.symbol))
      code.declaration(function.declaration, to: &functionPieces)
    }

    var out = ByteWriter()
    out.text(mainFile)
    out.list(files) { $0.text($1) }
    out.list(aliases.sorted { $0.key < $1.key }) { out, alias in
      out.text(alias.key)
      out.text(alias.value)
    }
    out.flag(problem != nil)
    if let problem {
      out.text(problem.message)
      out.text(problem.file)
      out.signed(Int64(problem.line))
      out.signed(Int64(problem.column))
    }
    out.count(code.deepest)
    code.tables.write(to: &out)
    for section in [skim, declared, globalPieces, functionPieces] { out.block(section.bytes) }
    return out.bytes
  }
}

extension ByteWriter {
  fileprivate mutating func piece(_ piece: CodeWriter.Piece, symbol: Int) {
    count(symbol)
    list(piece.functions) { $0.count($1) }
    list(piece.variables) { $0.count($1) }
    block(piece.bytes)
  }
}

extension Function {
  /// As units see it that do not define it.
  public var declaration: Declaration {
    Declaration(
      symbol: symbol, parameters: parameters.map { variables[$0].type }, isVariadic: isVariadic,
      returnType: returnType, neverReturns: neverReturns)
  }
}
