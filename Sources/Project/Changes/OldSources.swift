import Foundation
import Reports

/// The sources as a commit has them, for clang: the changed files lie in a folder of their own, and an overlay puts them
/// where they belong, so that generated headers and everything else stay as they are.
struct OldSources {
  /// For the compiler.
  private(set) var flags: [String] = []
  /// Files that the commit does not have; absolute.
  private(set) var added: Set<String> = []
  /// C files that only the commit has, by absolute path.
  private var gone: [String: String] = [:]
  private let folder: URL

  private struct Overlay: Encodable {
    struct Root: Encodable {
      var type: String
      var name: String
      var contents: [Entry]
    }

    struct Entry: Encodable {
      var type: String
      var name: String
      var externalContents: String

      enum CodingKeys: String, CodingKey {
        case type, name
        case externalContents = "external-contents"
      }
    }

    var version = 0
    var caseSensitive = "true"
    /// Reports name the files as if they lay at their own places.
    var useExternalNames = "false"
    var roots: [Root]

    enum CodingKeys: String, CodingKey {
      case version, roots
      case caseSensitive = "case-sensitive"
      case useExternalNames = "use-external-names"
    }
  }

  init(_ changes: ChangedFiles, commit: String, repository: Repository) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("spawnlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var files: [String: [Overlay.Entry]] = [:]
    for (number, file) in changes.files.enumerated() {
      guard let oldPath = file.oldPath else {
        if let path = file.path { added.insert(repository.root + "/" + path) }
        continue
      }
      let copy = folder.appendingPathComponent("\(number)")
      let data = try repository.contents(of: oldPath, at: commit)
      try data.write(to: copy)
      if file.path == nil, oldPath.hasSuffix(".c") {
        gone[repository.root + "/" + oldPath] = String(decoding: data, as: UTF8.self)
      }
      // A renamed file is read under both names: by its unit and by those that include it.
      for path in Set([oldPath, file.path ?? oldPath]) {
        let full = URL(fileURLWithPath: repository.root + "/" + path)
        files[full.deletingLastPathComponent().path, default: []].append(
          Overlay.Entry(type: "file", name: full.lastPathComponent, externalContents: copy.path))
      }
    }
    guard !files.isEmpty else { return }
    let roots = files.keys.sorted().map {
      Overlay.Root(type: "directory", name: $0, contents: files[$0] ?? [])
    }
    let description = folder.appendingPathComponent("overlay.json")
    try JSONEncoder().encode(Overlay(roots: roots)).write(to: description)
    flags = ["-ivfsoverlay", description.path]
  }

  /// The units as the commit has them. What is gone since then is read like a unit of the same folder, if there is one.
  func units(_ units: [SourceUnit], tree: SourceTree) -> [SourceUnit] {
    var old: [SourceUnit] = []
    var neighbours: [String: SourceUnit] = [:]
    for unit in units {
      let path = tree.absolute(unit.path)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      if neighbours[folder] == nil { neighbours[folder] = unit }
      guard !added.contains(path) else { continue }
      old.append(
        SourceUnit(
          file: unit.file, flags: unit.flags + flags, directory: unit.directory, contents: unit.contents))
    }
    for (path, text) in gone.sorted(by: { $0.key < $1.key }) {
      guard let neighbour = neighbours[URL(fileURLWithPath: path).deletingLastPathComponent().path] else {
        continue
      }
      old.append(
        SourceUnit(file: path, flags: neighbour.flags + flags, directory: neighbour.directory, contents: text)
      )
    }
    return old
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}
