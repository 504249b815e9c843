import ArgumentParser
import Catalogue
import Checks
import EmbeddedRules
import Project
import Reports

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Explain the checks: a table of all, or one in full.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case json
    case html
    case sarif
  }

  @Argument(
    help: "A check, e.g. child-allocates.",
    completion: .custom { _, _, _ in CheckPage.ids(in: EmbeddedRules.checkFiles) })
  var id: String?

  @Option(help: "Form of the report; html has a table of all functions too.")
  var format: Format = .text

  @Option(help: "Whose list of safe functions counts in that table.")
  var platform: Platform = .glibc

  @OptionGroup var output: OutputOptions

  func run() throws {
    if let id {
      guard let page = try CheckPage.page(id, in: EmbeddedRules.checkFiles) else { throw unknown(id) }
      try output.write(try render(page))
    } else {
      try output.write(try table(try CheckPage.all(in: EmbeddedRules.checkFiles)))
    }
  }

  private func render(_ page: CheckPage) throws -> String {
    switch format {
    case .text: RulesText(style: output.style).render(page)
    case .markdown: RulesMarkdown().render(page)
    case .json: try RulesJSON([page]).render()
    case .html: RulesHTML(platform: platform).render([page], functions: [])
    case .sarif: try SARIFReport.rules([page], toolVersion: Version.spawnlint)
    }
  }

  private func table(_ pages: [CheckPage]) throws -> String {
    switch format {
    case .text: return RulesText(style: output.style).table(pages)
    case .markdown: return RulesMarkdown().table(pages)
    case .json: return try RulesJSON(pages).render()
    case .html:
      let catalogue = Catalogue.builtIn()
      let functions = catalogue.names.compactMap {
        FunctionFacts($0, in: catalogue, platform: platform, withOthers: false)
      }
      return RulesHTML(platform: platform).render(pages, functions: functions)
    case .sarif: return try SARIFReport.rules(pages, toolVersion: Version.spawnlint)
    }
  }

  private func unknown(_ id: String) -> ValidationError {
    let nearest = NearestName.to(id, among: CheckPage.ids(in: EmbeddedRules.checkFiles))
    let hint = nearest.map { "did you mean '\($0)'?" } ?? "spawnlint rules lists all"
    return ValidationError("no check '\(id)': \(hint)")
  }
}
