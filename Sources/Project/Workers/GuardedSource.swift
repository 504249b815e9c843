import Foundation
import Restart
import SpawnIR

/// Reads in this process; what crashes or holds it up makes the program start anew, and read in another one.
struct GuardedSource: UnitSource {
  let source: any UnitSource

  func contents(of unit: SourceUnit) throws -> any UnitContents {
    try Restart.guarding { GuardedContents(contents: try source.contents(of: unit)) }
  }
}

private struct GuardedContents: UnitContents {
  let contents: any UnitContents

  var skim: UnitSkim { contents.skim }
  var isLarge: Bool { contents.isLarge }

  func facts(_ demand: UnitDemand) throws -> UnitFacts {
    try Restart.guarding { try contents.facts(demand) }
  }
}

/// Starting the program anew.
public enum Restart {
  /// In the environment of a program that was started anew.
  private static let mark = "SPAWNLINT_STARTED_ANEW"
  /// What takes longer in this process is tried in another, which has its own limit.
  private static let seconds: UInt32 = 20

  /// This process takes the place of one that crashed or hung.
  public static var hasHappened: Bool { ProcessInfo.processInfo.environment[mark] != nil }

  /// Like `WorkerPool`, without a second process as long as all goes well. One caller at a time.
  fileprivate static func guarding<Result>(_ body: () throws -> Result) rethrows -> Result {
    let limit = UnitLimits().memory + UnitLimits.reserved
    guard !hasHappened,
      restart_arm(words.path, words.arguments, words.environment, seconds, rlim_t(limit)) == 0
    else { return try body() }
    defer { restart_disarm() }
    return try body()
  }

  /// For C, kept for ever.
  private struct Words: @unchecked Sendable {
    let path: UnsafeMutablePointer<CChar>?
    let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    let environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    init() {
      path = strdup("/proc/self/exe")
      arguments = Self.vector(CommandLine.arguments)
      let inherited = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted()
      environment = Self.vector(inherited + ["\(mark)=1"])
      // clang would catch some signals itself, on a stack that has just overflown.
      setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1)
    }

    private static func vector(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
      let vector = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
      for (index, text) in texts.enumerated() { (vector + index).initialize(to: strdup(text)) }
      (vector + texts.count).initialize(to: nil)
      return vector
    }
  }

  private static let words = Words()
}
