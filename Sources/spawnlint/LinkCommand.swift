import ArgumentParser
import Foundation
import Project

/// What `link` and `merge` share.
struct LinkOptions: ParsableArguments {
  @Argument(
    help: "Files that spawnlint index wrote; @FILE for a list of them, one on each line.",
    completion: .file(extensions: ["facts"]))
  var facts: [String]

  @OptionGroup var judging: JudgingOptions

  @Option(name: [.short, .long], help: "Files read at the same time; default: one for each processor.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
  }

  /// With lists in place of their names.
  private func paths() throws -> [String] {
    try facts.flatMap { word -> [String] in
      guard word.hasPrefix("@") else { return [word] }
      let path = String(word.dropFirst())
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ValidationError("cannot read '\(path)'")
      }
      return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
  }

  func run(_ results: ResultOptions, areParts: Bool) throws {
    let collection = try FactsCollection(try paths(), areParts: areParts)
    let jobs = jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    try AnalysisRun(collection, judging: judging, results: results, jobs: jobs).run()
  }
}

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Check a program whose files spawnlint index has read.",
    usage: "spawnlint link FACTS… [options]",
    discussion: """
      The report is that of spawnlint check on the same files in the same order. Sources are opened for the lines \
      that a report shows, for comments that allow findings, and to see whether a fix fits.
      """)

  @OptionGroup(title: "Analysis") var link: LinkOptions
  @OptionGroup(title: "Report") var results: ResultOptions

  func run() throws { try link.run(results, areParts: false) }
}

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Check a program from all parts that --shard made of it.",
    usage: "spawnlint merge FACTS… [options]",
    discussion: "As spawnlint link; a missing part is an error, and the order of the parts does not matter.")

  @OptionGroup(title: "Analysis") var link: LinkOptions
  @OptionGroup(title: "Report") var results: ResultOptions

  func run() throws { try link.run(results, areParts: true) }
}
