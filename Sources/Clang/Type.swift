import CLibclang

/// A C type with its qualifiers.
public struct Type: Hashable, @unchecked Sendable {
  /// libclang's kinds, as far as C has them; `other` is vectors, complex numbers …
  public enum Kind: Sendable {
    case invalid, void, bool
    case signedInteger, unsignedInteger
    case floating
    case pointer, blockPointer
    case record, enumeration
    case functionPrototype, functionWithoutPrototype
    case constantArray, incompleteArray, variableArray
    case atomic
    case other

    public var isArray: Bool {
      switch self {
      case .constantArray, .incompleteArray, .variableArray: true
      default: false
      }
    }

    public var isFunction: Bool { self == .functionPrototype || self == .functionWithoutPrototype }
  }

  let raw: CXType

  public static func == (left: Type, right: Type) -> Bool { clang_equalTypes(left.raw, right.raw) != 0 }

  public func hash(into hasher: inout Hasher) { hasher.combine(raw.data.0) }

  public var canonical: Type { Type(raw: clang_getCanonicalType(raw)) }
  public var spelling: String { takeText(clang_getTypeSpelling(raw)) }

  /// Of a canonical type.
  public var kind: Kind {
    switch raw.kind {
    case CXType_Invalid: .invalid
    case CXType_Void: .void
    case CXType_Bool: .bool
    case CXType_Char_S, CXType_SChar, CXType_Short, CXType_Int, CXType_Long, CXType_LongLong, CXType_Int128:
      .signedInteger
    case CXType_Char_U, CXType_UChar, CXType_Char16, CXType_Char32, CXType_UShort, CXType_UInt,
      CXType_ULong, CXType_ULongLong, CXType_UInt128:
      .unsignedInteger
    case CXType_WChar: .signedInteger
    case CXType_Float, CXType_Double, CXType_LongDouble, CXType_Float128, CXType_Half, CXType_Float16,
      CXType_BFloat16, CXType_Ibm128:
      .floating
    case CXType_Pointer: .pointer
    case CXType_BlockPointer: .blockPointer
    case CXType_Record: .record
    case CXType_Enum: .enumeration
    case CXType_FunctionProto: .functionPrototype
    case CXType_FunctionNoProto: .functionWithoutPrototype
    case CXType_ConstantArray: .constantArray
    case CXType_IncompleteArray: .incompleteArray
    case CXType_VariableArray: .variableArray
    case CXType_Atomic: .atomic
    default: .other
    }
  }

  /// Of an expression around an error: clang does not know its type.
  public var isLost: Bool { raw.kind == CXType_Dependent }

  public var isConst: Bool { clang_isConstQualifiedType(raw) != 0 }
  public var isVolatile: Bool { clang_isVolatileQualifiedType(raw) != 0 }
  /// Nil for incomplete types.
  public var size: Int? {
    let size = clang_Type_getSizeOf(raw)
    return size < 0 ? nil : Int(size)
  }
  public var pointee: Type { Type(raw: clang_getPointeeType(raw)) }
  public var element: Type { Type(raw: clang_getArrayElementType(raw)) }
  /// Nil unless the array has a constant number of elements.
  public var elementCount: Int? {
    let count = clang_getArraySize(raw)
    return count < 0 ? nil : Int(count)
  }
  /// How many elements an array has that are no arrays themselves, of those inside its elements too; 1 for
  /// any other type. Nil where the number is not constant.
  public var scalarCount: Int? {
    guard kind.isArray else { return 1 }
    guard let count = elementCount, let inner = element.canonical.scalarCount else { return nil }
    return count * inner
  }
  public var atomicValue: Type { Type(raw: clang_Type_getValueType(raw)) }
  public var result: Type { Type(raw: clang_getResultType(raw)) }
  public var isVariadicFunction: Bool { clang_isFunctionTypeVariadic(raw) != 0 }
  public var parameters: [Type] {
    let count = clang_getNumArgTypes(raw)
    return count <= 0 ? [] : (0..<UInt32(count)).map { Type(raw: clang_getArgType(raw, $0)) }
  }
  public var declaration: Cursor { Cursor(raw: clang_getTypeDeclaration(raw)) }

  /// Members of a record in order, unnamed ones included.
  public var fields: [Cursor] {
    var result: [Cursor] = []
    withUnsafeMutablePointer(to: &result) { list in
      _ = clang_Type_visitFields(
        raw,
        { field, context in
          context?.assumingMemoryBound(to: [Cursor].self).pointee.append(Cursor(raw: field))
          return CXVisit_Continue
        }, list)
    }
    return result
  }
}
