import Catalogue
import Reports

/// The keys of a configuration file: what the reader accepts, what the JSON schema says, what messages suggest.
struct ConfigurationKey: Sendable {
  indirect enum Kind: Sendable {
    case choice([String])
    case boolean
    case text
    case texts
    case number(ClosedRange<Int>)
    /// A mapping from checks to levels.
    case checks
    case section([ConfigurationKey])
    case list([ConfigurationKey], required: [String])
  }

  var name: String
  var kind: Kind
  /// One sentence.
  var summary: String

  init(_ name: String, _ kind: Kind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }
}

extension ConfigurationKey {
  static let all: [ConfigurationKey] = [
    ConfigurationKey(
      "platform", .choice(Platform.allCases.map(\.rawValue)), "Whose list of safe functions counts."),
    ConfigurationKey(
      "threads", .choice(ThreadsOption.allCases.map(\.rawValue)),
      "Whether other threads are possible when the program forks."),
    ConfigurationKey(
      "workers", .choice(WorkersOption.allCases.map(\.rawValue)),
      "Report where a child that never execs leaves its spawner, or follow it."),
    ConfigurationKey(
      "fail-on", .choice(FailOn.allCases.map(\.rawValue)), "From where on the exit status is 1."),
    ConfigurationKey(
      "checks", .checks,
      "Levels of checks, or off; the last line that matches counts, and names may be patterns."),
    ConfigurationKey(
      "overrides",
      .list(
        [
          ConfigurationKey("paths", .texts, "Patterns of files, as in .gitignore, from this file's folder."),
          ConfigurationKey("checks", .checks, "As above, for findings in these files."),
        ], required: ["paths", "checks"]), "Levels of checks in some files."),
    ConfigurationKey(
      "exclude", .texts, "Files that are not read: patterns as in .gitignore, from this file's folder."),
    ConfigurationKey("catalogues", .texts, "Files with more facts about functions."),
    ConfigurationKey(
      "contracts", .texts,
      "Functions that must be async-signal-safe, whoever calls them: names, with *, ? and [a-z]."),
    ConfigurationKey(
      "build-directory", .text, "Where compile_commands.json is, for runs that name no other."),
    ConfigurationKey("flags", .texts, "Compiler flags for all files, after those of the compile database."),
    ConfigurationKey(
      "variants",
      .list(
        [
          ConfigurationKey("name", .text, "How reports call it."),
          ConfigurationKey("flags", .texts, "Compiler flags, after all others."),
        ], required: ["name", "flags"]),
      "Sets of flags with each of which the code is read once, so that both sides of an #if are seen."),
    ConfigurationKey("baseline", .text, "A file of findings that are known and do not count."),
    ConfigurationKey(
      "suppressions",
      .section([
        ConfigurationKey(
          "require-reason", .boolean, "Whether a comment that allows a finding must say why.")
      ]), "Comments that allow findings."),
    ConfigurationKey(
      "limits",
      .section([
        ConfigurationKey(
          "effort", .number(1...100),
          "Times the usual effort that a spawn site may cost before it is called unproven."),
        ConfigurationKey(
          "seconds", .number(1...1_000_000),
          "How long reading one file may take; what takes longer is incomplete."),
        ConfigurationKey(
          "megabytes", .number(256...1_000_000), "How much memory reading one file may take."),
      ]), "Bounds of the analysis."),
  ]
}
