import SpawnIR

/// Resolves names across units. Static names stay in their unit; external ones are shared.
public struct Linker {
  private var program = ProgramParts()
  /// Header inline functions by (file, line, name): many units hold the same body.
  private var inlineBodies: [String: FunctionID] = [:]

  /// - Parameter isElsewhere: whether units of the program that are not among these define the external function.
  public static func link(
    _ units: [UnitFacts], isElsewhere: ((String) -> Bool)? = nil
  ) -> Program {
    var linker = Linker()
    linker.program.units = units
    for unit in units.indices {
      linker.program.functionNames.append([:])
      linker.program.globalIDs.append([:])
      linker.defineFunctions(of: unit)
      linker.noteSkimmed(of: unit)
    }
    for unit in units.indices {
      linker.declareFunctions(of: unit)
      linker.defineGlobals(of: unit)
    }
    for unit in units.indices {
      linker.resolveAliases(of: unit)
    }
    if let isElsewhere { linker.noteElsewhere(isElsewhere) }
    return Program(linker.program)
  }

  private mutating func defineFunctions(of unit: Int) {
    for body in program.units[unit].functions {
      let isPrivate = body.symbol.isStatic || body.isInline
      let name = internName(body.symbol, isPrivate: isPrivate, unit: unit)
      if isPrivate {
        let key = "\(program.units[unit].path(of: body.span)):\(body.span.line):\(body.symbol.name)"
        if let known = inlineBodies[key], program.functions[known].body.blocks == body.blocks {
          program.names[name].bodies = [known]
          continue
        }
        inlineBodies[key] = program.functions.count
      }
      let id = program.functions.count
      program.functions.append(LinkedFunction(unit: unit, name: name, body: body))
      if body.isWeak {
        program.names[name].bodies.append(id)
      } else {
        // A strong definition goes before weak ones.
        let firstWeak =
          program.names[name].bodies.firstIndex { program.functions[$0].body.isWeak }
          ?? program.names[name].bodies.endIndex
        program.names[name].bodies.insert(id, at: firstWeak)
      }
    }
  }

  private mutating func noteElsewhere(_ isElsewhere: (String) -> Bool) {
    for index in program.names.indices
    where !program.names[index].isStatic && program.names[index].bodies.isEmpty {
      program.names[index].isElsewhere = isElsewhere(program.names[index].text)
    }
    program.isMainElsewhere = isElsewhere("main")
  }

  private mutating func noteSkimmed(of unit: Int) {
    let skim = program.units[unit].skimmed
    for function in skim.functions {
      let symbol = skim.symbols[Int(function.symbol)]
      let name = internName(symbol, isPrivate: symbol.isStatic || function.isInline, unit: unit)
      program.names[name].isSkimmed = true
    }
  }

  private mutating func declareFunctions(of unit: Int) {
    for declaration in program.units[unit].declarations {
      let name = internName(declaration.symbol, isPrivate: declaration.symbol.isStatic, unit: unit)
      if program.names[name].declaration == nil {
        program.names[name].declaration = declaration
      } else if declaration.neverReturns {
        program.names[name].declaration?.neverReturns = true
      }
    }
  }

  private mutating func defineGlobals(of unit: Int) {
    for global in program.units[unit].globals {
      let known =
        global.symbol.isStatic ? nil : program.externalGlobals[global.symbol.id]
      if let known {
        program.globalIDs[unit][global.symbol] = known
        let better =
          global.isDefinition
          && (!program.globals[known].isDefined
            || (program.globals[known].initializer.isEmpty && !global.initializer.isEmpty))
        if better {
          program.globals[known] = linked(global, unit: unit)
        }
        continue
      }
      let id = program.globals.count
      program.globals.append(linked(global, unit: unit))
      program.globalIDs[unit][global.symbol] = id
      if !global.symbol.isStatic { program.externalGlobals[global.symbol.id] = id }
    }
  }

  private func linked(_ global: Global, unit: Int) -> LinkedGlobal {
    LinkedGlobal(
      name: global.symbol.name, isStatic: global.symbol.isStatic, type: global.type,
      isDefined: global.isDefinition, isThreadLocal: global.isThreadLocal, unit: unit,
      initializer: global.initializer)
  }

  private mutating func resolveAliases(of unit: Int) {
    for (alias, target) in program.units[unit].aliases.sorted(by: { $0.key < $1.key }) {
      guard let name = program.functionName(Symbol(alias), unit: unit),
        let targetName = program.functionName(Symbol(target), unit: unit),
        program.names[name].bodies.isEmpty
      else { continue }
      program.names[name].bodies = program.names[targetName].bodies
      program.names[name].isSkimmed = program.names[targetName].isSkimmed
    }
  }

  private mutating func internName(_ symbol: Symbol, isPrivate: Bool, unit: Int) -> FunctionNameID {
    if let known = program.functionNames[unit][symbol] { return known }
    if !isPrivate, let known = program.externalFunctionNames[symbol.id] {
      program.functionNames[unit][symbol] = known
      return known
    }
    let id = program.names.count
    program.names.append(
      FunctionName(text: symbol.name, bodies: [], declaration: nil, isStatic: isPrivate))
    program.functionNames[unit][symbol] = id
    if !isPrivate { program.externalFunctionNames[symbol.id] = id }
    return id
  }
}
