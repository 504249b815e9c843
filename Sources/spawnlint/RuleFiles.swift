import Foundation

/// The texts below `Rules/checks` by path.
enum RuleFiles {
  static let texts: [String: String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Rules/checks")
    var texts: [String: String] = [:]
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? [] {
      texts[path] = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
    return texts
  }()
}
