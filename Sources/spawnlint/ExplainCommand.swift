import ArgumentParser
import Catalogue
import EmbeddedRules
import Reports

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell what is known of functions of the C library and others.",
    discussion:
      "Where a call is all right, why it is not elsewhere, and what to do instead; without a name, a table of all."
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case json
  }

  @Argument(
    help: "A function, e.g. opendir; may be repeated.",
    completion: .custom { _, _, _ in Catalogue.builtIn().names })
  var functions: [String] = []

  @Option(help: "Whose list of safe functions counts.")
  var platform: Platform = .glibc

  @Option(
    name: .customLong("catalogue"), help: "More facts about functions, in YAML; may be repeated.",
    completion: .file(extensions: ["yml", "yaml"]))
  var catalogueFiles: [String] = []

  @Option(help: "Form of the answer.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func run() throws {
    var catalogue = Catalogue.builtIn()
    for file in catalogueFiles { catalogue = try catalogue.adding(file: file) }
    let facts = try functions.map { name in
      guard let facts = FunctionFacts(name, in: catalogue, platform: platform) else {
        throw unknown(name, catalogue)
      }
      return facts
    }
    try output.write(try functions.isEmpty ? table(catalogue) : render(facts))
  }

  private func render(_ facts: [FunctionFacts]) throws -> String {
    switch format {
    case .text: facts.map(FunctionText(style: output.style).render).joined(separator: "\n")
    case .markdown: facts.map(FunctionMarkdown().render).joined(separator: "\n")
    case .json: try FunctionJSON(facts).render()
    }
  }

  private func table(_ catalogue: Catalogue) throws -> String {
    let all = catalogue.names.compactMap {
      FunctionFacts($0, in: catalogue, platform: platform, withOthers: format == .json)
    }
    return switch format {
    case .text: FunctionText(style: output.style).table(all)
    case .markdown: FunctionMarkdown().table(all)
    case .json: try FunctionJSON(all).render()
    }
  }

  private func unknown(_ name: String, _ catalogue: Catalogue) -> ValidationError {
    let nearest = NearestName.to(name, among: catalogue.names)
    let hint = nearest.map { "did you mean '\($0)'?" } ?? "a call of it in a child is an unknown-call"
    return ValidationError("the catalogue has no '\(name)': \(hint)")
  }
}
