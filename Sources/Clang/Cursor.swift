import CLibclang

/// A node of the syntax tree.
public struct Cursor: Hashable, @unchecked Sendable {
  let raw: CXCursor

  public static func == (left: Cursor, right: Cursor) -> Bool {
    clang_equalCursors(left.raw, right.raw) != 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(clang_hashCursor(raw))
  }

  public var kind: CursorKind { CursorKind(rawValue: raw.kind.rawValue) ?? .other }
  /// libclang's number, for messages about kinds that are not modelled.
  public var kindNumber: UInt32 { raw.kind.rawValue }
  public var kindName: String { takeText(clang_getCursorKindSpelling(raw.kind)) }
  public var spelling: String { takeText(clang_getCursorSpelling(raw)) }
  public var type: Type { Type(raw: clang_getCursorType(raw)) }

  /// Equal for all cursors of one declaration, whatever they were found through.
  public var declarationIdentity: UnsafeRawPointer? { raw.data.0.map { UnsafeRawPointer($0) } }

  // MARK: Tree

  public var children: [Cursor] {
    var result: [Cursor] = []
    withUnsafeMutablePointer(to: &result) { list in
      _ = clang_visitChildren(
        raw,
        { child, _, context in
          context?.assumingMemoryBound(to: [Cursor].self).pointee.append(Cursor(raw: child))
          return CXChildVisit_Continue
        }, list)
    }
    return result
  }

  /// All cursors below this one that satisfy `isWanted`, in source order.
  public func descendants(where isWanted: (Cursor) -> Bool) -> [Cursor] {
    withoutActuallyEscaping(isWanted) { isWanted in
      var search = Search(isWanted: isWanted, found: [])
      withUnsafeMutablePointer(to: &search) { pointer in
        _ = clang_visitChildren(
          raw,
          { child, _, context in
            guard let search = context?.assumingMemoryBound(to: Search.self) else {
              return CXChildVisit_Break
            }
            let cursor = Cursor(raw: child)
            if search.pointee.isWanted(cursor) { search.pointee.found.append(cursor) }
            return CXChildVisit_Recurse
          }, pointer)
      }
      return search.found
    }
  }

  private struct Search {
    var isWanted: (Cursor) -> Bool
    var found: [Cursor]
  }

  /// What comes after a cursor that was visited.
  public enum Step: Sendable {
    case over, into, stop
  }

  /// Visits what is below this cursor in source order, each with its parent. Allocates nothing.
  public func visit(_ visitor: (_ cursor: Cursor, _ parent: Cursor) -> Step) {
    withoutActuallyEscaping(visitor) { visitor in
      var visit = Visit(visitor: visitor)
      withUnsafeMutablePointer(to: &visit) { pointer in
        _ = clang_visitChildren(
          raw,
          { child, parent, context in
            guard let visit = context?.assumingMemoryBound(to: Visit.self) else { return CXChildVisit_Break }
            switch visit.pointee.visitor(Cursor(raw: child), Cursor(raw: parent)) {
            case .over: return CXChildVisit_Continue
            case .into: return CXChildVisit_Recurse
            case .stop: return CXChildVisit_Break
            }
          }, pointer)
      }
    }
  }

  private struct Visit {
    var visitor: (Cursor, Cursor) -> Step
  }

  /// What a reference, call or member expression names.
  public var referenced: Cursor? { existing(clang_getCursorReferenced(raw)) }
  public var definition: Cursor? { existing(clang_getCursorDefinition(raw)) }
  public var canonical: Cursor { Cursor(raw: clang_getCanonicalCursor(raw)) }
  public var semanticParent: Cursor? { existing(clang_getCursorSemanticParent(raw)) }

  private func existing(_ cursor: CXCursor) -> Cursor? {
    clang_Cursor_isNull(cursor) != 0 ? nil : Cursor(raw: cursor)
  }

  // MARK: Places

  public var location: SourceLocation { SourceLocation(raw: clang_getCursorLocation(raw)) }

  /// First character, and the one after the last.
  public var extent: (start: SourceLocation, end: SourceLocation) {
    let range = clang_getCursorExtent(raw)
    return (SourceLocation(raw: clang_getRangeStart(range)), SourceLocation(raw: clang_getRangeEnd(range)))
  }

  // MARK: Expressions

  public var binaryOperator: BinaryOperatorKind {
    BinaryOperatorKind(rawValue: spawnlint_binary_operator_kind(raw)) ?? .invalid
  }
  public var unaryOperator: UnaryOperatorKind {
    UnaryOperatorKind(rawValue: spawnlint_unary_operator_kind(raw)) ?? .invalid
  }

  /// The value of a constant expression as a bit pattern. Only for cursors without atomics in them:
  /// libclang 21 crashes on those.
  public var integerValue: Int64? {
    guard let result = clang_Cursor_Evaluate(raw) else { return nil }
    defer { clang_EvalResult_dispose(result) }
    guard clang_EvalResult_getKind(result) == CXEval_Int else { return nil }
    if clang_EvalResult_isUnsignedInt(result) != 0 {
      return Int64(bitPattern: clang_EvalResult_getAsUnsigned(result))
    }
    return clang_EvalResult_getAsLongLong(result)
  }

  /// The characters of a string literal, up to the first NUL.
  public var stringValue: String? {
    guard let result = clang_Cursor_Evaluate(raw) else { return nil }
    defer { clang_EvalResult_dispose(result) }
    guard clang_EvalResult_getKind(result) == CXEval_StrLiteral,
      let text = clang_EvalResult_getAsStr(result)
    else { return nil }
    return String(cString: text)
  }

  public var enumConstantValue: Int64 { clang_getEnumConstantDeclValue(raw) }
  public var enumIntegerType: Type { Type(raw: clang_getEnumDeclIntegerType(raw)) }

  // MARK: Declarations

  public var isDefinition: Bool { clang_isCursorDefinition(raw) != 0 }
  /// No linkage beyond the unit.
  public var hasInternalLinkage: Bool { clang_getCursorLinkage(raw) == CXLinkage_Internal }
  public var hasLinkage: Bool {
    let linkage = clang_getCursorLinkage(raw)
    return linkage != CXLinkage_NoLinkage && linkage != CXLinkage_Invalid
  }
  public var isStatic: Bool { clang_Cursor_getStorageClass(raw) == CX_SC_Static }
  public var isExtern: Bool { clang_Cursor_getStorageClass(raw) == CX_SC_Extern }
  public var isInline: Bool { clang_Cursor_isFunctionInlined(raw) != 0 }
  public var isVariadic: Bool { clang_Cursor_isVariadic(raw) != 0 }
  /// Bits of a bit-field.
  public var bitFieldWidth: Int? {
    let width = clang_getFieldDeclBitWidth(raw)
    return width < 0 ? nil : Int(width)
  }
  public var isThreadLocal: Bool { clang_getCursorTLSKind(raw) != CXTLS_None }
  public var hasAttributes: Bool { clang_Cursor_hasAttrs(raw) != 0 }
  /// A structure or union without a name whose members belong to the one around it.
  public var isAnonymousRecord: Bool { clang_Cursor_isAnonymousRecordDecl(raw) != 0 }
  public var initializer: Cursor? { existing(clang_Cursor_getVarDeclInitializer(raw)) }

  public var parameters: [Cursor] {
    let count = clang_Cursor_getNumArguments(raw)
    return count <= 0
      ? [] : (0..<UInt32(count)).map { Cursor(raw: clang_Cursor_getArgument(raw, $0)) }
  }

  /// The declaration as clang writes it, macros expanded; `terse` leaves bodies out.
  public func prettyPrinted(terse: Bool) -> String {
    guard let policy = clang_getCursorPrintingPolicy(raw) else { return "" }
    defer { clang_PrintingPolicy_dispose(policy) }
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, terse ? 1 : 0)
    return takeText(clang_getCursorPrettyPrinted(raw, policy))
  }
}
