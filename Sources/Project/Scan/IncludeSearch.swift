import Foundation

/// Where a unit's flags make the compiler look for headers. The system's own folders are left out: what a macro of
/// theirs stands for is known by its name.
struct IncludeSearch: Hashable {
  private var quoted: [String] = []
  private var folders: [String] = []
  /// Files that each unit begins with.
  private(set) var forced: [String] = []
  /// `-D` flags as source.
  private(set) var definitions = ""

  private static let system = ["/usr/include", "/usr/lib", "/usr/local/include"]

  init(_ unit: SourceUnit) {
    let directory = unit.directory ?? FileManager.default.currentDirectoryPath
    var rest = unit.flags[...]
    while let flag = rest.popFirst() {
      func value(_ name: String) -> String? {
        guard flag.hasPrefix(name) else { return nil }
        return flag == name ? rest.popFirst() : String(flag.dropFirst(name.count))
      }
      if let path = value("-include") ?? value("-imacros") {
        forced.append(PlainPath.absolute(path, in: directory))
      } else if let path = value("-iquote") {
        quoted.append(PlainPath.absolute(path, in: directory))
      } else if let path = value("-isystem") ?? value("-idirafter") ?? value("-I") {
        let folder = PlainPath.absolute(path, in: directory)
        if !Self.system.contains(where: folder.hasPrefix) { folders.append(folder) }
      } else if let definition = value("-D") {
        let parts = definition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        definitions += "#define \(parts[0]) \(parts.count > 1 ? String(parts[1]) : "1")\n"
      }
    }
  }

  func resolve(_ include: ScannedFile.Include, from path: String) -> String? {
    if include.name.hasPrefix("/") { return access(include.name, R_OK) == 0 ? include.name : nil }
    var candidates = folders
    if include.isQuoted { candidates = [PlainPath.folder(of: path)] + quoted + folders }
    for folder in candidates where !folder.isEmpty {
      let full = folder + "/" + include.name
      if access(full, R_OK) == 0 { return PlainPath.absolute(full, in: "/") }
    }
    return nil
  }
}
