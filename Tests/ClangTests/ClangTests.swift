import Clang
import Testing

@Suite struct LibraryTests {
  @Test func namesItsVersion() {
    #expect(Library.version.contains("clang version"))
  }

  @Test func findsItsOwnHeaders() throws {
    let directory = try #require(Library.resourceDirectory)
    #expect(directory.contains("clang/"))
  }
}

@Suite struct CursorTests {
  private func unit(_ source: String) throws -> TranslationUnit {
    try TranslationUnit(file: "/nowhere/t.c", arguments: ["-x", "c"], contents: source)
  }

  @Test func showsOperatorKinds() throws {
    let unit = try unit("int f(int a) { return -(a << 2); }")
    let kinds = unit.cursor.descendants { $0.kind == .binaryOperator || $0.kind == .unaryOperator }
    #expect(kinds.map(\.binaryOperator) == [.invalid, .shiftLeft])
    #expect(kinds.map(\.unaryOperator) == [.minus, .invalid])
  }

  @Test func evaluatesLiterals() throws {
    let unit = try unit("unsigned long f(void) { return 18446744073709551615ul; }")
    let literal = try #require(unit.cursor.descendants { $0.kind == .integerLiteral }.first)
    #expect(literal.integerValue == -1)
  }

  @Test func reportsErrorsWithTheirPlace() throws {
    let unit = try unit("int f(void) {\n  return x;\n}")
    let error = try #require(unit.diagnostics.first)
    #expect(error.message == "use of undeclared identifier 'x'")
    #expect(error.position?.line == 2)
    #expect(error.position?.column == 10)
  }

  @Test func listsMembersOfRecords() throws {
    let unit = try unit("struct s { int a; union { int b; char c; }; };")
    let record = try #require(unit.cursor.children.first)
    #expect(record.type.fields.map(\.kind) == [.fieldDeclaration, .fieldDeclaration])
    #expect(record.type.fields.first?.spelling == "a")
  }

  @Test func spellsTypes() throws {
    let unit = try unit("const char *const names[3];")
    let type = try #require(unit.cursor.children.first).type
    #expect(type.spelling == "const char *const[3]")
    #expect(type.kind == .constantArray)
    #expect(type.elementCount == 3)
    #expect(type.element.isConst)
  }
}
