import Checks
import Lowering
import Reports

/// The fixes of a run that the sources bear out: the call stands there as written, in no macro's expansion, and what the
/// new one needs is declared, in each variant of the code.
public struct ConfirmedFixes {
  /// The result; its fixes are confirmed.
  public private(set) var result: RunResult
  /// In the order of the units.
  public private(set) var files: [FixedFile] = []

  /// The units as one variant reads them; nil: there is one alone.
  public struct Reading: Sendable {
    var variant: String?
    var units: [SourceUnit]
  }

  /// - Parameter readings: one for each variant, with the same files in the same order.
  public init(_ result: RunResult, readings: [Reading], tree: SourceTree) {
    self.result = result.withoutFixes
    let candidates = Dictionary(
      grouping: result.findings.indices.filter { result.findings[$0].fix != nil },
      by: { result.findings[$0].location.file })
    guard !candidates.isEmpty, let units = readings.first?.units else { return }
    let paths = units.map { tree.absolute($0.path) }
    for (number, unit) in units.enumerated() {
      guard let findings = candidates[unit.path],
        paths.count(where: { $0 == paths[number] }) == 1
      else { continue }
      let variants = readings.compactMap { reading in
        reading.units.indices.contains(number) && reading.units[number].path == unit.path
          ? (name: reading.variant, unit: reading.units[number]) : nil
      }
      guard variants.count == readings.count else { continue }
      confirm(findings, of: result, unit, variants)
    }
  }

  public init(_ result: RunResult, units: [SourceUnit], options: RunOptions) {
    var readings = [Reading(variant: nil, units: units)]
    if !options.variants.isEmpty {
      readings = options.variants.map { variant in
        Reading(variant: variant.name, units: units.map { $0.adding(variant.flags) })
      }
    }
    self.init(result, readings: readings, tree: options.tree)
  }

  private mutating func confirm(
    _ candidates: [Int], of result: RunResult, _ unit: SourceUnit,
    _ variants: [(name: String?, unit: SourceUnit)]
  ) {
    let calls = candidates.map { call(result.findings[$0]) }
    var areFree = candidates.map { _ in true }
    var bytes: [UInt8] = []
    for variant in variants {
      // A file that can be read no more bears nothing out.
      guard
        let read = try? FrontEnd().answers(
          calls, file: variant.unit.file, flags: variant.unit.flags, directory: variant.unit.directory,
          contents: variant.unit.contents)
      else { return }
      if !bytes.isEmpty, !read.bytes.isEmpty, bytes != read.bytes { return }
      if bytes.isEmpty { bytes = read.bytes }
      for (index, finding) in candidates.enumerated() {
        let having = result.findings[finding].variants
        let hasIt = having.isEmpty || variant.name.map { having.contains($0) } ?? true
        switch read.answers[index] {
        case .free: if !hasIt { areFree[index] = false }
        case .bound: areFree[index] = false
        case .absent: if hasIt { areFree[index] = false }
        }
      }
    }
    var file = FixedFile(unit: unit, before: bytes)
    for (index, finding) in candidates.enumerated() where areFree[index] {
      guard let fix = result.findings[finding].fix, file.add(fix) else { continue }
      self.result.findings[finding].fix = fix
      file.findings.append(result.findings[finding])
    }
    if !file.findings.isEmpty { files.append(file) }
  }

  private func call(_ finding: Finding) -> WrittenCall {
    WrittenCall(
      line: finding.location.line, column: finding.location.column, name: finding.fix?.edits.first?.old ?? "",
      function: finding.fix?.function ?? "", macros: finding.fix?.macros ?? [])
  }
}

extension RunResult {
  public var withoutFixes: RunResult {
    var result = self
    for index in result.findings.indices { result.findings[index].fix = nil }
    for index in result.suppressed.indices { result.suppressed[index].finding.fix = nil }
    return result
  }
}

/// A file and what fixes make of it.
public struct FixedFile: Sendable {
  public let unit: SourceUnit
  /// As the analysis read it.
  public let before: [UInt8]
  public private(set) var after: [UInt8]
  /// What is fixed.
  public internal(set) var findings: [Finding] = []
  private var edits: [(range: Range<Int>, new: [UInt8])] = []

  /// As `patch -p1` and `git apply` read it in this folder.
  public func diff(in folder: String) -> [UInt8] {
    let tree = SourceTree(root: folder, workingDirectory: folder)
    return UnifiedDiff.bytes(
      path: tree.relative(unit.path) ?? tree.absolute(unit.path), before: before, after: after)
  }

  init(unit: SourceUnit, before: [UInt8]) {
    self.unit = unit
    self.before = before
    after = before
  }

  /// - Returns: false where the text is another one, or another fix changes the same place: nothing changes then.
  mutating func add(_ fix: Fix) -> Bool {
    var more: [(range: Range<Int>, new: [UInt8])] = []
    for edit in fix.edits {
      guard let start = offset(line: edit.location.line, column: edit.location.column) else { return false }
      let old = Array(edit.old.utf8)
      let range = start..<start + old.count
      guard range.upperBound <= before.count, before[range].elementsEqual(old),
        !(edits + more).contains(where: { $0.range.overlaps(range) || $0.range.lowerBound == start })
      else { return false }
      more.append((range, Array(edit.new.utf8)))
    }
    edits += more
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    after = []
    var position = 0
    for edit in edits {
      after += before[position..<edit.range.lowerBound] + edit.new
      position = edit.range.upperBound
    }
    after += before[position...]
    return true
  }

  private func offset(line: Int, column: Int) -> Int? {
    guard line > 0, column > 0 else { return nil }
    var start = 0
    for _ in 1..<line {
      guard let end = before[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
    }
    let offset = start + column - 1
    return offset <= before.count ? offset : nil
  }
}
