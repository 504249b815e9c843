import Clang
import SpawnIR

/// Reads who mentions whom from a syntax tree, in one visit that allocates little.
///
/// It looks at what lowering would look at: definitions of the main file, external ones of headers, and
/// whatever these name.
final class UnitSkimming {
  /// The definitions behind `skim.functions`, index by index.
  private(set) var definitions: [Cursor] = []
  /// Variables that the unit itself defines.
  private(set) var variables: [(symbol: Int32, cursor: Cursor)] = []
  private(set) var skim = UnitSkim()
  private let unit: TranslationUnit
  private var markers: MarkerMacros
  private var annotations: Set<Annotation> = []

  /// What a declaration is to the skim.
  enum Entity {
    case function(Int32)
    case variable(Int32, changes: Changes)
    /// A parameter or local variable that may hold a function.
    case local
    /// A member that may.
    case member(Int32)
    case other
  }

  enum Changes {
    case never
    /// Unless it is only read.
    case scalar
    case always
  }

  /// By declaration as referenced; redeclarations have entries of their own.
  private var entities: [UnsafeRawPointer: Entity] = [:]
  private var numbers: [UnsafeRawPointer: Int32] = [:]
  /// Variables of static storage duration that may hold functions.
  private var slotVariables: Set<Int32> = []
  private var waitingFunctions: [Cursor] = []
  private var waitingVariables: [(symbol: Int32, cursor: Cursor)] = []
  private var functionsByName: [String: Cursor]?
  private var topLevelFunctions: [Cursor] = []
  /// For each symbol, the number of the item (function or variable) that last noted it, by list.
  private var notedCall: [Int32] = []
  private var notedValue: [Int32] = []
  private var notedGlobal: [Int32] = []
  private var notedChange: [Int32] = []
  private var notedSlot: [Int32] = []
  /// By record: its members that may hold functions, those of inner records included.
  var slotsOfRecords: [Type: [Int32]] = [:]
  private var item: Int32 = 0

  /// - Parameter markers: macros that count as annotations.
  init(unit: TranslationUnit, markers: Set<String>) {
    self.unit = unit
    self.markers = MarkerMacros(markers)
    unit.cursor.visit { cursor, _ in
      self.topLevel(cursor)
      return .over
    }
    var nextFunction = 0
    var nextVariable = 0
    while nextFunction < waitingFunctions.count || nextVariable < waitingVariables.count {
      while nextVariable < waitingVariables.count {
        let (symbol, cursor) = waitingVariables[nextVariable]
        nextVariable += 1
        variable(symbol, cursor)
      }
      if nextFunction < waitingFunctions.count {
        let cursor = waitingFunctions[nextFunction]
        nextFunction += 1
        function(cursor)
      }
    }
  }

  // MARK: Declarations

  private func topLevel(_ cursor: Cursor) {
    switch cursor.kind {
    case .function:
      topLevelFunctions.append(cursor)
      if cursor.hasAttributes, let target = SymbolTable.aliasTarget(cursor) {
        skim.aliases[cursor.spelling] = target
      }
      if !cursor.location.isInSystemHeader { noteAnnotations(cursor) }
      guard cursor.isDefinition else { return }
      if cursor.location.isInMainFile || !(cursor.isInline || cursor.hasInternalLinkage) {
        _ = entity(cursor)
      }
    case .variable where !cursor.isExtern || cursor.initializer != nil:
      if cursor.location.isInMainFile || !cursor.hasInternalLinkage,
        case .variable(let symbol, _) = entity(cursor)
      {
        variables.append((symbol, cursor))
      }
    default: break
    }
  }

  /// Attributes that a declaration inherits from another are among its own.
  private func noteAnnotations(_ function: Cursor) {
    var found = markers.marks(at: function, in: unit)
    if function.hasAttributes {
      function.visit { child, _ in
        if child.kind == .annotation { found.append(.init(name: child.spelling, parameter: nil)) }
        return .over
      }
    }
    for (index, parameter) in function.parameters.enumerated() where parameter.hasAttributes {
      parameter.visit { child, _ in
        if child.kind == .annotation { found.append(.init(name: child.spelling, parameter: index)) }
        return .over
      }
    }
    guard !found.isEmpty, case .function(let symbol) = entity(function) else { return }
    for mark in found {
      let annotation = Annotation(symbol: symbol, parameter: mark.parameter, text: mark.name)
      if annotations.insert(annotation).inserted { skim.annotations.append(annotation) }
    }
  }

  func entity(_ cursor: Cursor) -> Entity {
    guard let identity = cursor.declarationIdentity else { return .other }
    if let known = entities[identity] { return known }
    let result = newEntity(cursor)
    entities[identity] = result
    return result
  }

  private func newEntity(_ cursor: Cursor) -> Entity {
    switch cursor.kind {
    case .function:
      let (symbol, isNew) = number(cursor)
      if isNew, let definition = cursor.definition { waitingFunctions.append(definition) }
      return .function(symbol)
    case .variable where cursor.hasLinkage:
      let (symbol, isNew) = number(cursor)
      if isNew, let definition = cursor.definition { waitingVariables.append((symbol, definition)) }
      let type = cursor.type.canonical
      if Self.holdsFunctions(type) { slotVariables.insert(symbol) }
      let changes: Changes =
        type.isConst ? .never : type.kind.isArray || type.kind == .record ? .always : .scalar
      return .variable(symbol, changes: changes)
    case .variable, .parameter:
      return Self.holdsFunctions(cursor.type.canonical) ? .local : .other
    case .fieldDeclaration:
      guard Self.holdsFunctions(cursor.type.canonical) else { return .other }
      return .member(number(cursor).symbol)
    default: return .other
    }
  }

  private func number(_ cursor: Cursor) -> (symbol: Int32, isNew: Bool) {
    guard let canonical = cursor.canonical.declarationIdentity else { return (-1, false) }
    if let known = numbers[canonical] { return (known, false) }
    let number = Int32(skim.symbols.count)
    numbers[canonical] = number
    skim.symbols.append(
      cursor.kind == .fieldDeclaration
        ? Symbol(".\(cursor.semanticParent?.spelling ?? "").\(cursor.spelling)")
        : Symbol(cursor.spelling, isStatic: cursor.hasInternalLinkage))
    notedCall.append(0)
    notedValue.append(0)
    notedGlobal.append(0)
    notedChange.append(0)
    notedSlot.append(0)
    return (number, true)
  }

  // MARK: Bodies

  private func function(_ definition: Cursor) {
    guard case .function(let symbol) = entity(definition) else { return }
    item += 1
    let type = definition.type.canonical
    var result = SkimmedFunction(symbol: symbol, isInline: definition.isInline)
    result.takesFunctions = type.parameters.contains { Self.holdsFunctions($0.canonical) }
    result.returnsFunctions = Self.holdsFunctions(type.result.canonical)
    var hasBody = false
    var awaitsCallee = false
    definition.visit { cursor, parent in
      let isCallee = awaitsCallee
      awaitsCallee = false
      switch cursor.kind {
      case .call:
        if isCallee { result.callsIndirectly = true }
        awaitsCallee = true
      case .unexposedExpression, .parenthesized:
        awaitsCallee = isCallee
      case .declarationReference:
        self.mention(cursor, parent, isCallee: isCallee, &result)
        return .over
      case .memberExpression, .memberReference:
        if isCallee { result.callsIndirectly = true }
        if let member = cursor.referenced, case .member(let slot) = self.entity(member) {
          Self.note(slot, &self.notedSlot, self.item, &result.slots)
        }
      case .initializerList:
        for slot in self.slots(of: cursor.type.canonical) {
          Self.note(slot, &self.notedSlot, self.item, &result.slots)
        }
      case .variable:
        if cursor.hasAttributes { self.cleanup(cursor, &result) }
      case .compound: hasBody = true
      default:
        if isCallee { result.callsIndirectly = true }
      }
      return .into
    }
    guard hasBody else { return }
    if result.callsIndirectly || result.holdsFunctions || !result.slots.isEmpty || result.returnsFunctions {
      result.castsToFunctions = castsToFunctions(definition)
    }
    definitions.append(definition)
    skim.functions.append(result)
  }

  private func mention(_ cursor: Cursor, _ parent: Cursor, isCallee: Bool, _ result: inout SkimmedFunction) {
    guard let referenced = cursor.referenced else { return }
    switch entity(referenced) {
    case .function(let symbol):
      if isCallee {
        Self.note(symbol, &notedCall, item, &result.calls)
      } else {
        Self.note(symbol, &notedValue, item, &result.values)
      }
    case .variable(let symbol, let changes):
      if isCallee { result.callsIndirectly = true }
      if slotVariables.contains(symbol) { Self.note(symbol, &notedSlot, item, &result.slots) }
      Self.note(symbol, &notedGlobal, item, &result.globals)
      switch changes {
      case .never: break
      // Only the conversion to a value stands directly around a variable that is read.
      case .scalar where parent.kind == .unexposedExpression: break
      case .scalar, .always: Self.note(symbol, &notedChange, item, &result.changes)
      }
    case .local:
      if isCallee { result.callsIndirectly = true }
      result.holdsFunctions = true
    case .member, .other:
      if isCallee { result.callsIndirectly = true }
    }
  }

  private static func note(_ symbol: Int32, _ noted: inout [Int32], _ item: Int32, _ list: inout [Int32]) {
    let index = Int(symbol)
    guard index >= 0, noted[index] != item else { return }
    noted[index] = item
    list.append(symbol)
  }

  /// The function that a `cleanup` attribute names is called, and shows only in the print.
  private func cleanup(_ declaration: Cursor, _ result: inout SkimmedFunction) {
    guard let name = PrettyPrint(declaration.prettyPrinted(terse: true)).attribute("cleanup") else { return }
    if functionsByName == nil {
      functionsByName = Dictionary(topLevelFunctions.map { ($0.spelling, $0) }) { _, last in last }
    }
    guard let function = functionsByName?[name], case .function(let symbol) = entity(function) else { return }
    Self.note(symbol, &notedCall, item, &result.calls)
  }

  private func variable(_ symbol: Int32, _ definition: Cursor) {
    let type = definition.type.canonical
    guard let initializer = definition.initializer, !UnitLowering.isNumberArray(type, longerThan: 64) else {
      return
    }
    item += 1
    var result = SkimmedGlobal(symbol: symbol)
    func note(_ cursor: Cursor) {
      guard let referenced = cursor.referenced else { return }
      switch entity(referenced) {
      case .function(let symbol): Self.note(symbol, &notedValue, item, &result.functions)
      case .variable(let symbol, _): Self.note(symbol, &notedGlobal, item, &result.globals)
      case .local, .member, .other: break
      }
    }
    if initializer.kind == .declarationReference { note(initializer) }
    initializer.visit { cursor, _ in
      switch cursor.kind {
      case .declarationReference:
        note(cursor)
        return .over
      case .initializerList:
        for slot in self.slots(of: cursor.type.canonical) {
          Self.note(slot, &self.notedSlot, self.item, &result.slots)
        }
      default: break
      }
      return .into
    }
    for slot in slots(of: type) { Self.note(slot, &notedSlot, item, &result.slots) }
    if slotVariables.contains(symbol) { Self.note(symbol, &notedSlot, item, &result.slots) }
    if !result.functions.isEmpty || !result.globals.isEmpty { skim.globals.append(result) }
  }
}
