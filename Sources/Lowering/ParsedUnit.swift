import Clang
import SpawnIR

/// A unit that was parsed and skimmed: what is needed of it can be lowered. Use from one thread at a time.
public final class ParsedUnit: @unchecked Sendable {
  public var skim: UnitSkim { skimming.skim }
  private let unit: TranslationUnit
  private let mainFile: String
  private let lost: LostCode
  private let problem: ParseProblem?
  private let skimming: UnitSkimming

  /// On a thread with a large stack.
  init(unit: TranslationUnit, mainFile: String, markers: Set<String>) {
    self.unit = unit
    self.mainFile = mainFile
    var lost = LostCode()
    var problem: ParseProblem?
    var missing: [String] = []
    for diagnostic in unit.diagnostics {
      if let header = Self.missingHeader(diagnostic.message) { missing.append(header) }
      guard let position = diagnostic.position else {
        // A file of another encoding, a header of `-include` that is missing.
        problem = problem ?? ParseProblem(message: diagnostic.message, file: mainFile, line: 0, column: 0)
        continue
      }
      lost.add(position)
      guard problem == nil else { continue }
      problem = ParseProblem(
        message: diagnostic.message, file: position.file.name, line: position.line, column: position.column)
    }
    self.lost = lost
    self.problem = problem
    missingHeaders = missing
    skimming = UnitSkimming(unit: unit, markers: markers)
  }

  /// `'name' file not found` is clang's text for it (`err_pp_file_not_found`), some with advice behind it.
  private static func missingHeader(_ message: String) -> String? {
    guard message.contains("file not found"), message.first == "'" else { return nil }
    return message.dropFirst().split(separator: "'", maxSplits: 1).first.map(String.init)
  }

  /// The unit's facts with the bodies that are demanded.
  public func facts(_ demand: UnitDemand) -> UnitFacts {
    if demand == .nothing { return lower(demand).facts }
    return LargeStack.run { lower(demand).facts }
  }

  /// Headers that were asked for and not found, as the source writes them.
  public let missingHeaders: [String]

  /// Every file that was read, the main file first, as clang names it, with its bytes as they were read.
  public func withFiles(_ body: (String, UnsafeBufferPointer<UInt8>) -> Void) {
    for file in unit.files { unit.withContents(of: file) { body(file.name, $0) } }
  }

  /// All that any demand could ask for, as `StoredUnit` reads it.
  public func encodedFacts() -> [UInt8] {
    LargeStack.run { completeFacts().encoded() }
  }

  /// All that any demand could ask for; `skimmed` names every function with a body.
  public func completeFacts() -> UnitFacts {
    LargeStack.run {
      let lowering = UnitLowering(unit: unit, mainFile: mainFile, lost: lost)
      var facts = lowering.facts(.everything, of: skimming, problem: problem, withSkimmed: true)
      facts.skimmed = skimming.skim
      return facts
    }
  }

  func lower(_ demand: UnitDemand) -> (facts: UnitFacts, unmodelled: [String: Int]) {
    let lowering = UnitLowering(unit: unit, mainFile: mainFile, lost: lost)
    return (lowering.facts(demand, of: skimming, problem: problem), lowering.unmodelled)
  }
}
