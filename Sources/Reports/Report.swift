import Checks

/// Formats of `check`; `sites` has some of them.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text
  case sarif
  case json
  case github
  case gitlab
  case junit
  case rdjson
  case checkstyle
  case codechecker
  case markdown
  case html
}

/// What is asked for: what a program must not do, or what each spawn site is worth.
public enum ReportView: String, Sendable {
  case findings
  case sites

  /// In the order of `ReportFormat`.
  public var formats: [ReportFormat] {
    switch self {
    case .findings: ReportFormat.allCases
    case .sites: [.text, .sarif, .json, .markdown]
    }
  }
}

/// One result in any format.
public struct Report {
  public var result: RunResult
  public var view: ReportView
  public var context: ReportContext
  public var source: SourceText
  /// Leaves out the summary and the notes' source lines of the text format.
  public var isQuiet = false

  public init(_ result: RunResult, view: ReportView, context: ReportContext, source: SourceText) {
    self.result = result
    self.view = view
    self.context = context
    self.source = source
  }

  /// One line: findings and spawn sites.
  public var summary: String { Wording.summary(of: result).first ?? "" }

  /// - Parameter style: of the text format.
  public func render(_ format: ReportFormat, style: Style = .plain) throws -> String {
    switch format {
    case .text:
      guard view == .findings else { return SitesText(style: style, isQuiet: isQuiet).render(result) }
      var report = TextReport(source: source, style: style, isQuiet: isQuiet)
      return report.render(result)
    case .sarif:
      var report = SARIFReport(source: source, context: context)
      return try report.render(result, view: view)
    case .json: return try JSONReport(result, context: context, withFindings: view == .findings).render()
    case .github: return GitHubReport(context: context).render(result)
    case .gitlab: return try GitLabReport(result, context: context).render()
    case .junit: return JUnitReport(context: context).render(result)
    case .rdjson: return try RDJSONReport(result, context: context, source: source).render()
    case .checkstyle: return CheckstyleReport(context: context).render(result)
    case .codechecker: return CodeCheckerReport(context: context).render(result)
    case .html:
      var report = HTMLReport(context: context, source: source)
      return report.render(result)
    case .markdown:
      let report = MarkdownReport(context: context)
      return view == .findings ? report.render(result) : report.renderSites(result)
    }
  }
}
