import Foundation
import Lowering
import SpawnIR
import Testing

@Suite struct EncodingTests {
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All C files with expectations.
  private static let files = ["Rules/checks", "Samples", "Tests/Fixtures"].flatMap { folder in
    let root = package.appendingPathComponent(folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return paths.filter { $0.hasSuffix(".c") }.sorted().map { root.appendingPathComponent($0).path }
  }

  private func facts(_ file: String) throws -> UnitFacts {
    try FrontEnd().parsedUnit(file: file, flags: [], directory: nil, contents: nil).completeFacts()
  }

  @Test(arguments: files)
  func readingGivesWhatWasWritten(_ file: String) throws {
    let facts = try facts(file)
    let bytes = facts.encoded()
    let stored = try StoredUnit(bytes[...])
    let read = try stored.facts(.everything)
    #expect(read.functions == facts.functions)
    #expect(read.globals == facts.globals)
    #expect(read.declarations == facts.declarations)
    #expect(read.files == facts.files)
    #expect(read.mainFile == facts.mainFile)
    #expect(read.aliases == facts.aliases)
    #expect(read.problem == facts.problem)
    #expect(stored.skim == facts.skimmed)
    #expect(try self.facts(file).encoded() == bytes)
  }

  @Test func filesAreRecognised() throws {
    let body = Array("anything".utf8)
    let file = FactsFormat.sealed(body)
    #expect(try Array(FactsFormat.opened(file)) == body)
    #expect(throws: FactsError.notFacts) { try FactsFormat.opened(Array("no facts".utf8)) }
    #expect(throws: FactsError.notFacts) { try FactsFormat.opened([]) }
    #expect(throws: FactsError.damaged) { try FactsFormat.opened(file.dropLast()) }
    var foreign = file
    foreign[16] = 99
    #expect(throws: FactsError.foreignVersion(99)) { try FactsFormat.opened(foreign) }
    for index in file.indices {
      var changed = file
      changed[index] ^= 0x10
      #expect(throws: FactsError.self) { try FactsFormat.opened(changed) }
    }
  }

  /// Whoever reaches the encoding with a right checksum gets an error or facts, never a crash.
  @Test func damageIsAnError() throws {
    let bytes = try facts(Self.package.appendingPathComponent("Samples/spawn_wrong.c").path).encoded()
    func read(_ bytes: [UInt8]) {
      guard let stored = try? StoredUnit(bytes[...]) else { return }
      _ = try? stored.facts(.everything)
    }
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: FactsError.self) { try StoredUnit(bytes[..<length]) }
    }
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0xff, bytes[index] &+ 1] {
        var changed = bytes
        changed[index] = value
        read(changed)
      }
    }
  }

  /// Every kind of everything, once.
  private static let sample: UnitFacts = {
    let span = SourceSpan(file: 0, line: 3, column: 5, endLine: 4, endColumn: 1)
    var shape = TypeShape(.pointer, isVolatile: true, isConst: true, pointeeIsConst: true)
    shape.pointeeIsVolatile = true
    let shapes: [TypeShape] = [
      .void, TypeShape(.bool), .int, TypeShape(.unsigned(64)), shape, TypeShape(.functionPointer),
      TypeShape(.record("r")), TypeShape(.array), TypeShape(.floating), .other,
    ]
    let field = Field(record: "r", name: "f", type: .int)
    let global = Symbol("g", isStatic: true)
    let run = Symbol("run")
    let places: [Place] = [
      .variable(0), .global(global), .dereference(.load(.variable(0))), .field(.variable(0), field),
      .element(.variable(0), .integer(-7)),
    ]
    let values: [Value] = [
      .integer(.min), .string("text"), .function(run), .load(places[1]), .addressOf(places[0]),
      .unary(.logicalNot, .integer(1)), .binary(.notEqual, .integer(1), .integer(2)),
      .convert(.int, .integer(3)), .opaque(.other),
    ]
    let calls = [
      Call(result: 0, callee: .direct(run), arguments: values, resultType: .int, neverReturns: true),
      Call(result: nil, callee: .indirect(values[2]), arguments: [], resultType: .void, isCleanup: true),
    ]
    let kinds: [Instruction.Kind] =
      places.map { .assign($0, values[0]) } + [.zero(places[0]), .declare(0)] + calls.map { .call($0) } + [
        .assembly(outputs: [places[0]], inputs: [values[0]], effect: .memory),
        .assembly(outputs: [], inputs: [], effect: .unknown),
        .assembly(outputs: [], inputs: [], effect: .none),
      ]
    let ends: [Terminator.Kind] = [
      .jump(1), .branch(values[0], then: 1, otherwise: 2),
      .switch(values[0], cases: [SwitchCase(low: -1, high: 4, target: 2)], otherwise: 0),
      .computedGoto([0, 1]), .return(nil), .return(values[0]), .unreachable,
    ]
    let function = Function(
      symbol: run, span: span, parameters: [0], isVariadic: true, returnType: shape,
      variables: zip(shapes, [.parameter, .local, .temporary]).map { shape, kind in
        Variable(name: "v", type: shape, kind: kind, span: .unknown)
      },
      blocks: ends.map { end in
        BasicBlock(
          instructions: kinds.map { Instruction($0, span: span) }, terminator: Terminator(end, span: span))
      }, neverReturns: true, isInline: true, isWeak: true, signature: "void(...)")
    let stores = [InitialStore(path: [.field(field), .index(2)], value: values[2])]
    var skimmed = SkimmedFunction(symbol: 0, isInline: true)
    skimmed.calls = [1]
    skimmed.slots = [2]
    skimmed.castsToFunctions = true
    var table = SkimmedGlobal(symbol: 1)
    table.functions = [0]
    var skim = UnitSkim(
      symbols: [run, global, Symbol(".r.f")], functions: [skimmed], globals: [table], aliases: ["a": "run"])
    skim.annotations = [Annotation(symbol: 0, parameter: 1, text: "safe")]
    return UnitFacts(
      mainFile: "a.c", files: ["a.c"], functions: [function],
      globals: [
        Global(
          symbol: global, type: .int, span: span, isDefinition: true, isThreadLocal: true, initializer: stores
        )
      ],
      declarations: [
        Declaration(
          symbol: Symbol("d"), parameters: shapes, isVariadic: true, returnType: .void, neverReturns: true)
      ],
      aliases: ["a": "run"], problem: ParseProblem(message: "no", file: "a.c", line: 1, column: 2),
      skimmed: skim)
  }()

  /// Whoever changes the encoding, or what is encoded, gives it a new version, and writes both numbers here.
  @Test func theFormatHasItsVersion() throws {
    let bytes = Self.sample.encoded()
    let read = try StoredUnit(bytes[...]).facts(.everything)
    #expect(read.functions == Self.sample.functions && read.globals == Self.sample.globals)
    #expect(read.declarations == Self.sample.declarations && read.problem == Self.sample.problem)
    let checksum = bytes.withUnsafeBytes { FactsFormat.checksum($0) }
    #expect((FactsFormat.version, checksum) == (2, 678_586_771_509_746_220))
  }

  @Test func numbersOfAnySize() throws {
    var writer = ByteWriter()
    let signed: [Int64] = [0, -1, 1, 63, -64, 64, .max, .min]
    let unsigned: [UInt64] = [0, 127, 128, .max]
    for number in signed { writer.signed(number) }
    for number in unsigned { writer.number(number) }
    var reader = ByteReader(writer.bytes[...])
    for number in signed { #expect(try reader.signed() == number) }
    for number in unsigned { #expect(try reader.number() == number) }
    #expect(reader.isAtEnd)
    var endless = ByteReader([UInt8](repeating: 0xff, count: 20)[...])
    #expect(throws: FactsError.damaged) { try endless.number() }
  }
}
