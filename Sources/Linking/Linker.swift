import SpawnIR

/// Resolves names across units. Static names stay in their unit; external ones are shared by the units that are
/// linked with each other.
public struct Linker {
  var program = ProgramParts()
  let places: [LinkPlace]
  /// Definitions of external functions, by name; more than one where several programs define it.
  var definitions: [FunctionNameID: [Definition]] = [:]
  /// Those of external variables, with the unit that holds each.
  var variables: [Name: [(unit: Int, global: Global)]] = [:]
  /// Header inline functions by (file, line, name): many units hold the same body.
  private var inlineBodies: [String: FunctionID] = [:]
  /// What a body means depends on its unit.
  private var isAmbiguous = false

  /// - Parameters:
  ///   - places: of the units; empty where nothing is known but their files.
  ///   - elsewhere: units of the program that are not among these and define the external function.
  public static func link(
    _ units: [UnitFacts], places: [LinkPlace] = [], elsewhere: ((String) -> [LinkPlace])? = nil
  ) -> Program {
    var linker = Linker(places: places.isEmpty ? units.map { LinkPlace(file: $0.mainFile) } : places)
    linker.program.units = units
    linker.isAmbiguous = linker.hasSeveralDefinitions()
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
    for unit in units.indices { linker.resolveAliases(of: unit) }
    linker.separateFunctions(elsewhere)
    linker.separateVariables()
    if let elsewhere { linker.program.isMainElsewhere = !elsewhere("main").isEmpty }
    return Program(linker.program)
  }

  private init(places: [LinkPlace]) { self.places = places }

  /// Some external function or variable has more than one definition.
  private func hasSeveralDefinitions() -> Bool {
    var seen: Set<Name> = []
    for unit in program.units {
      let functions = unit.functions.lazy.filter { !$0.symbol.isStatic && !$0.isInline }.map(\.symbol.id)
      let skimmed = unit.skimmed.functions.lazy.filter { !$0.isInline }
        .map { unit.skimmed.symbols[Int($0.symbol)] }.filter { !$0.isStatic }.map(\.id)
      let globals = unit.globals.lazy.filter { !$0.symbol.isStatic && $0.isDefinition }.map(\.symbol.id)
      for id in [Array(functions), Array(skimmed), Array(globals)].joined() where !seen.insert(id).inserted {
        return true
      }
    }
    return false
  }

  private mutating func defineFunctions(of unit: Int) {
    for body in program.units[unit].functions {
      let isPrivate = body.symbol.isStatic || body.isInline
      let name = internName(body.symbol, isPrivate: isPrivate, unit: unit)
      if isPrivate {
        let key = inlineKey(body, unit: unit)
        if let known = inlineBodies[key], program.functions[known].body.blocks == body.blocks {
          program.names[name].bodies = [known]
          continue
        }
        inlineBodies[key] = program.functions.count
      }
      let id = program.functions.count
      program.functions.append(LinkedFunction(unit: unit, name: name, body: body))
      if !isPrivate { define(name, Definition.Kind(isWeak: body.isWeak), [id], unit: unit) }
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

  /// What the same text calls may differ from one target to the next.
  private func inlineKey(_ body: Function, unit: Int) -> String {
    let text = "\(program.units[unit].path(of: body.span)):\(body.span.line):\(body.symbol.name)"
    guard isAmbiguous else { return text }
    return text + "|" + (places[unit].target ?? "") + "|" + places[unit].folders.joined(separator: "/")
  }

  private mutating func define(
    _ name: FunctionNameID, _ kind: Definition.Kind, _ bodies: [FunctionID], unit: Int
  ) {
    definitions[name, default: []].append(
      Definition(unit: unit, place: places[unit], kind: kind, bodies: bodies))
  }

  private mutating func noteSkimmed(of unit: Int) {
    let skim = program.units[unit].skimmed
    for function in skim.functions {
      let symbol = skim.symbols[Int(function.symbol)]
      let isPrivate = symbol.isStatic || function.isInline
      let name = internName(symbol, isPrivate: isPrivate, unit: unit)
      program.names[name].isSkimmed = true
      if !isPrivate { define(name, .strong, [], unit: unit) }
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
      if !global.symbol.isStatic, global.isDefinition {
        variables[global.symbol.id, default: []].append((unit, global))
      }
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

  func linked(_ global: Global, unit: Int) -> LinkedGlobal {
    LinkedGlobal(
      name: global.symbol.name, isStatic: global.symbol.isStatic, type: global.type,
      isDefined: global.isDefinition, isThreadLocal: global.isThreadLocal, unit: unit,
      initializer: global.initializer)
  }

  private mutating func resolveAliases(of unit: Int) {
    for (alias, target) in program.units[unit].aliases.sorted(by: { $0.key < $1.key }) {
      guard let name = program.functionName(Symbol(alias), unit: unit),
        let targetName = program.functionName(Symbol(target), unit: unit)
      else { continue }
      let all = program.names[targetName].bodies
      let own = all.filter { program.functions[$0].unit == unit }
      if !program.names[name].isStatic { define(name, .alias, own.isEmpty ? all : own, unit: unit) }
      guard program.names[name].bodies.isEmpty else { continue }
      program.names[name].bodies = all
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

extension Definition.Kind {
  fileprivate init(isWeak: Bool) { self = isWeak ? .weak : .strong }
}
