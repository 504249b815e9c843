/// What a cursor is. The numbers are libclang's and stable across its versions.
public enum CursorKind: UInt32, Sendable {
  case structDeclaration = 2
  case unionDeclaration = 3
  case enumDeclaration = 5
  case fieldDeclaration = 6
  case enumConstant = 7
  case function = 8
  case variable = 9
  case parameter = 10
  case typedef = 20
  case typeReference = 43
  case memberReference = 47
  case labelReference = 48
  case unexposedExpression = 100
  case declarationReference = 101
  case memberExpression = 102
  case call = 103
  case integerLiteral = 106
  case floatingLiteral = 107
  case imaginaryLiteral = 108
  case stringLiteral = 109
  case characterLiteral = 110
  case parenthesized = 111
  case unaryOperator = 112
  case arraySubscript = 113
  case binaryOperator = 114
  case compoundAssignment = 115
  case conditionalOperator = 116
  case cast = 117
  case compoundLiteral = 118
  case initializerList = 119
  case addressOfLabel = 120
  case statementExpression = 121
  case genericSelection = 122
  case booleanLiteral = 130
  case nullPointerLiteral = 131
  case sizeOf = 136
  case unexposedStatement = 200
  case label = 201
  case compound = 202
  case `case` = 203
  case `default` = 204
  case `if` = 205
  case `switch` = 206
  case `while` = 207
  case `do` = 208
  case `for` = 209
  case goto = 210
  case indirectGoto = 211
  case `continue` = 212
  case `break` = 213
  case `return` = 214
  case gccAssembly = 215
  case msAssembly = 229
  case null = 230
  case declarationStatement = 231
  case unexposedAttribute = 400
  case annotation = 406
  case macroDefinition = 501
  case macroExpansion = 502
  case assemblyLabel = 407
  case other = 0

  public var isExpression: Bool { rawValue >= 100 && rawValue < 200 }
  public var isStatement: Bool { rawValue >= 200 && rawValue < 300 }
}

/// CXBinaryOperatorKind.
public enum BinaryOperatorKind: UInt32, Sendable {
  case invalid = 0
  case multiply = 3
  case divide, remainder, add, subtract, shiftLeft, shiftRight
  case spaceship
  case less, greater, lessOrEqual, greaterOrEqual, equal, notEqual
  case bitAnd, bitXor, bitOr, logicalAnd, logicalOr
  case assign, multiplyAssign, divideAssign, remainderAssign, addAssign, subtractAssign
  case shiftLeftAssign, shiftRightAssign, andAssign, xorAssign, orAssign
  case comma
}

/// CXUnaryOperatorKind.
public enum UnaryOperatorKind: UInt32, Sendable {
  case invalid = 0
  case postIncrement, postDecrement, preIncrement, preDecrement
  case addressOf, dereference, plus, minus, bitNot, logicalNot, real, imaginary, `extension`
  case coawait
}
