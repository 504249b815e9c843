import Lowering
import SpawnIR

/// What was read of one unit.
package protocol UnitContents: Sendable {
  /// Who mentions whom, of all functions with a body.
  var skim: UnitSkim { get }
  /// The bodies that are demanded.
  func facts(_ demand: UnitDemand) throws -> UnitFacts
  /// It takes much memory as long as it is kept.
  var isLarge: Bool { get }
}

/// Where the contents of units come from: a parser, a cache, files of another run. Serves several threads at once.
package protocol UnitSource: Sendable {
  /// - Throws: what makes the whole run pointless. A unit that was not understood is no error: its facts name the
  ///   problem.
  func contents(of unit: SourceUnit) throws -> any UnitContents
  /// What an earlier run kept; nil: nothing is kept.
  var memory: FactsCache? { get }
}

extension UnitSource {
  package var memory: FactsCache? { nil }
}

/// Parses in this process.
package struct ParsingSource: UnitSource {
  /// Macros that count as annotations.
  let markers: Set<String>

  package func contents(of unit: SourceUnit) throws -> any UnitContents {
    do {
      return try parse(unit)
    } catch {
      let problem = ParseProblem(message: try Self.reason(error), file: unit.path, line: 0, column: 0)
      return UnreadUnit(problem: problem, mainFile: unit.file)
    }
  }

  func parse(_ unit: SourceUnit) throws(FrontEndError) -> ParsedUnit {
    try FrontEnd(markers: markers).parsedUnit(
      file: unit.file, flags: unit.flags, directory: unit.directory, contents: unit.contents)
  }

  /// Why a unit was not read; throws what concerns all units.
  static func reason(_ error: FrontEndError) throws(FrontEndError) -> String {
    if case .unsupportedLibrary = error { throw error }
    return error.description
  }
}

extension ParsedUnit: UnitContents {
  package var isLarge: Bool { true }
}

/// Reads from bytes.
package struct StoredContents: UnitContents {
  let unit: StoredUnit

  package var skim: UnitSkim { unit.skim }
  package var isLarge: Bool { false }

  package func facts(_ demand: UnitDemand) throws -> UnitFacts {
    // Reading descends as deep as values are nested, and so does what comes after.
    guard unit.deepest > 200 else { return try unit.facts(demand) }
    return try LargeStack.run { Result { try unit.facts(demand) } }.get()
  }
}

/// A unit of which nothing is known but the reason.
package struct UnreadUnit: UnitContents {
  let problem: ParseProblem
  let mainFile: String

  package var skim: UnitSkim { UnitSkim() }
  package var isLarge: Bool { false }

  package func facts(_ demand: UnitDemand) -> UnitFacts {
    UnitFacts(
      mainFile: mainFile, files: [], functions: [], globals: [], declarations: [], aliases: [:],
      problem: problem)
  }
}
