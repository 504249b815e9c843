import ArgumentParser
import Checks
import EmbeddedRules
import Project
import Reports

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the configuration that holds for some paths, and where each value comes from.",
    discussion: """
      Prints what a run with the same paths and options would use, as a .spawnlint.yml with the origin of each \
      value beside it.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case yaml
    case json
  }

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  @Option(help: "From where on the exit status is 1; default: warning.")
  var failOn: FailOn?

  @Option(help: "Form of the answer.")
  var format: Format = .yaml

  @Flag(help: "Print the JSON schema of configuration files instead, for editors.")
  var schema = false

  @Option(name: [.short, .long], help: "Write the answer to a file.", completion: .file())
  var output: String?

  func run() throws {
    let text: String
    if schema {
      text = try ConfigurationSchema.render(checks: CheckPage.ids(in: EmbeddedRules.checkFiles))
    } else {
      var configuration = try analysis.configuration()
      configuration.failOn.set(failOn, option: "--fail-on")
      switch format {
      case .yaml: text = ConfigurationText(configuration).yaml()
      case .json: text = try ConfigurationJSON(configuration).render()
      }
    }
    try OutputFile.write(text, to: output)
  }
}
