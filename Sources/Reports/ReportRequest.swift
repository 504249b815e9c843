import Foundation

/// `--report FORMAT=PATH`.
public struct ReportRequest: Hashable, Sendable {
  public var format: ReportFormat
  public var path: String

  public init(format: ReportFormat, path: String) {
    self.format = format
    self.path = path
  }

  public struct Mistake: Error, Hashable, CustomStringConvertible {
    public var description: String
  }

  public init(parsing text: String) throws(Mistake) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw Mistake(description: "--report '\(text)': write FORMAT=PATH, e.g. sarif=spawnlint.sarif")
    }
    let names = ReportFormat.allCases.map(\.rawValue)
    guard let format = ReportFormat(rawValue: String(parts[0])) else {
      let hint =
        NearestName.to(String(parts[0]), among: names).map { "did you mean '\($0)'?" }
        ?? "known are \(names.joined(separator: ", "))"
      throw Mistake(description: "--report '\(text)': there is no format '\(parts[0])': \(hint)")
    }
    guard parts[1] != "-" else {
      throw Mistake(
        description: "--report '\(text)' has no file: for standard output use --format \(format.rawValue)")
    }
    self.init(format: format, path: String(parts[1]))
  }

  /// A page for a browser may be written into a folder.
  public var file: OutputFile {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    guard format == .html, path.hasSuffix("/") || (exists && isDirectory.boolValue) else {
      return OutputFile(path)
    }
    var file = OutputFile(path.hasSuffix("/") ? path + "index.html" : path + "/index.html")
    file.makesFolder = true
    return file
  }

  /// What can be known to be wrong before the analysis.
  public static func check(_ requests: [ReportRequest], view: ReportView) throws {
    var paths: Set<String> = []
    for request in requests {
      guard view.formats.contains(request.format) else { throw unavailable(request.format, view) }
      let file = request.file
      guard paths.insert(URL(fileURLWithPath: file.path).standardizedFileURL.path).inserted else {
        throw Mistake(description: "two reports go to '\(request.path)'")
      }
      try file.check()
    }
  }

  public static func unavailable(_ format: ReportFormat, _ view: ReportView) -> Mistake {
    let known = view.formats.map(\.rawValue).joined(separator: ", ")
    return Mistake(description: "\(view.rawValue) have no format '\(format.rawValue)': known are \(known)")
  }
}
