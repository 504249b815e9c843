import Lowering
import SpawnIR
import Testing

/// The facts of a snippet; no file is read.
func facts(_ source: String, flags: [String] = []) throws -> UnitFacts {
  try FrontEnd().facts(file: "/nowhere/t.c", flags: flags, directory: nil, contents: source)
}

/// The graph of function `f` in the snippet.
func dump(_ source: String, function: String = "f", spans: Bool = false) throws -> String {
  let unit = try facts(source)
  #expect(unit.problem == nil)
  return try #require(unit.functions.first { $0.symbol.name == function }).dump(spans: spans)
}
