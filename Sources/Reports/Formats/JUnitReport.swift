import Checks

/// JUnit's XML as build servers read it: a suite for each file; a case for each finding, which fails at or above
/// `--fail-on`, and one for each spawn site without violations, which passes if it is verified.
public struct JUnitReport {
  private let context: ReportContext

  private enum Outcome {
    case passed
    case skipped(String)
    case failed(type: String, message: String, text: String)
    case error(message: String)
  }

  private struct Case {
    var location: Location
    var name: String
    var outcome: Outcome
  }

  public init(context: ReportContext) {
    self.context = context
  }

  public func render(_ result: RunResult) -> String {
    let suites = Dictionary(grouping: cases(of: result)) { context.tree.shown($0.location.file) }
    var xml = XMLWriter()
    let all = suites.values.flatMap { $0 }
    // A build server takes a file without a case for a step that did not run.
    let isEmpty = all.isEmpty
    let total = Self.counts(all)
    xml.element(
      "testsuites",
      [
        "name": "spawnlint", "tests": isEmpty ? "1" : total.tests, "failures": total.failures,
        "errors": total.errors, "skipped": total.skipped,
      ]
    ) { xml in
      if isEmpty {
        xml.element(
          "testsuite",
          ["name": "spawnlint", "tests": "1", "failures": "0", "errors": "0", "skipped": "0"]
        ) { $0.element("testcase", ["classname": "spawnlint", "name": "no spawn sites", "time": "0"]) }
      }
      for file in suites.keys.sorted() { write(file, suites[file] ?? [], to: &xml) }
    }
    return xml.text
  }

  private func cases(of result: RunResult) -> [Case] {
    var cases = result.incomplete.map { unit in
      Case(
        location: Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0),
        name: "understood completely", outcome: .error(message: unit.message))
    }
    cases += result.findings.map { finding in
      let notes = Wording.notes(of: finding, path: context.tree.shown)
      let outcome: Outcome =
        context.failOn.isReached(by: finding.level)
        ? .failed(
          type: finding.check, message: finding.message,
          text: ([position(finding.location) + ": " + finding.message] + notes).joined(separator: "\n"))
        : .skipped("\(finding.level.rawValue): \(finding.message)")
      return Case(location: finding.location, name: name(finding), outcome: outcome)
    }
    cases += result.suppressed.map { suppressed in
      Case(
        location: suppressed.finding.location, name: name(suppressed.finding),
        outcome: .skipped(
          suppressed.suppressions.map { Wording.suppression($0, path: context.tree.shown) }
            .joined(separator: "; ")))
    }
    for site in result.sites {
      let outcome: Outcome
      switch site.verdict {
      case .verified: outcome = .passed
      case .violations: continue
      case .unproven:
        let reasons = "unproven: " + site.reasons.joined(separator: "; ")
        outcome =
          context.failOn == .unproven
          ? .failed(type: "unproven", message: reasons, text: position(site.location) + ": " + reasons)
          : .skipped(reasons)
      }
      cases.append(
        Case(
          location: site.location, name: "\(site.call) in \(site.function)", outcome: outcome))
    }
    return numbered(cases.sorted { $0.location < $1.location })
  }

  /// Without lines: a build server follows a case from build to build by its name.
  private func name(_ finding: Finding) -> String {
    let subject = [finding.callee, finding.function.isEmpty ? nil : "in \(finding.function)"]
    return finding.check + ": " + subject.compactMap { $0 }.joined(separator: " ")
  }

  /// Cases of the same name in one file get a number.
  private func numbered(_ cases: [Case]) -> [Case] {
    var counts: [[String]: Int] = [:]
    return cases.map { item in
      var item = item
      let number = counts[[item.location.file, item.name], default: 0] + 1
      counts[[item.location.file, item.name]] = number
      if number > 1 { item.name += " (\(number))" }
      return item
    }
  }

  private func position(_ location: Location) -> String {
    "\(context.tree.shown(location.file)):\(location.line):\(location.column)"
  }

  private static func counts(
    _ cases: [Case]
  ) -> (tests: String, failures: String, errors: String, skipped: String) {
    var failures = 0
    var errors = 0
    var skipped = 0
    for item in cases {
      switch item.outcome {
      case .passed: break
      case .skipped: skipped += 1
      case .failed: failures += 1
      case .error: errors += 1
      }
    }
    return (String(cases.count), String(failures), String(errors), String(skipped))
  }

  private func write(_ file: String, _ cases: [Case], to xml: inout XMLWriter) {
    let counts = Self.counts(cases)
    xml.element(
      "testsuite",
      [
        "name": file, "tests": counts.tests, "failures": counts.failures, "errors": counts.errors,
        "skipped": counts.skipped,
      ]
    ) { xml in
      for item in cases {
        let attributes: XMLWriter.Attributes = [
          "classname": file, "name": item.name, "file": file, "line": String(max(item.location.line, 1)),
          "time": "0",
        ]
        switch item.outcome {
        case .passed: xml.element("testcase", attributes)
        case .skipped(let message):
          xml.element("testcase", attributes) { $0.element("skipped", ["message": message]) }
        case .failed(let type, let message, let text):
          xml.element("testcase", attributes) {
            $0.element("failure", ["type": type, "message": message], text: text)
          }
        case .error(let message):
          xml.element("testcase", attributes) {
            $0.element("error", ["type": "incomplete", "message": message])
          }
        }
      }
    }
  }
}
