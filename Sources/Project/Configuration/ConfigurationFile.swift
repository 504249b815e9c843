import Catalogue
import Checks
import EmbeddedRules
import Foundation
import Reports

/// Which configuration file counts.
public enum ConfigurationChoice: Sendable, Equatable {
  /// The nearest one upwards from the named paths, or from the working directory.
  case nearest
  case file(String)
  case none
}

public struct ConfigurationConflict: Error, Hashable, CustomStringConvertible {
  public var paths: [String]

  public var description: String {
    "several configuration files hold for these paths: \(paths.joined(separator: ", ")): choose one with --config"
  }
}

extension Configuration {
  /// The configuration of a run.
  ///
  /// - Parameter paths: what the user named; `-` is standard input.
  /// - Throws: `ConfigurationConflict`, or `CatalogueError` with the place of a mistake.
  public static func load(
    _ choice: ConfigurationChoice, for paths: [String],
    workingDirectory: String = FileManager.default.currentDirectoryPath
  ) throws -> Configuration {
    let path: String?
    switch choice {
    case .none: path = nil
    case .file(let name): path = name
    case .nearest: path = try nearest(to: paths, workingDirectory: workingDirectory)
    }
    guard let path else { return Configuration(workingDirectory: workingDirectory) }
    let text: String
    let tree = SourceTree(root: workingDirectory, workingDirectory: workingDirectory)
    do {
      text = try TextFile.read(tree.absolute(path))
    } catch {
      throw CatalogueError(file: path, line: 0, column: 0, message: error.reason)
    }
    return try ConfigurationReader.read(
      text, path: path, knownChecks: CheckPage.ids(in: EmbeddedRules.checkFiles),
      workingDirectory: workingDirectory)
  }

  private static func nearest(
    to paths: [String], workingDirectory: String
  ) throws(ConfigurationConflict) -> String? {
    let tree = SourceTree(root: workingDirectory, workingDirectory: workingDirectory)
    var folders: [String] = []
    for path in paths where path != UnitCollection.standardInput {
      let full = tree.absolute(path)
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
      let folder = exists && isDirectory.boolValue ? full : parent(of: full)
      if !folders.contains(folder) { folders.append(folder) }
    }
    var found: [String] = []
    for folder in folders {
      if let file = upwards(from: folder), !found.contains(file) { found.append(file) }
    }
    if found.isEmpty, let file = upwards(from: tree.absolute(".")) { found = [file] }
    guard found.count <= 1 else { throw ConfigurationConflict(paths: found) }
    return found.first.map { tree.relative($0) ?? $0 }
  }

  private static func upwards(from folder: String) -> String? {
    var folder = folder
    while true {
      let file = folder + "/" + fileName
      if FileManager.default.fileExists(atPath: file) { return file }
      if folder.isEmpty { return nil }
      folder = parent(of: folder)
    }
  }

  /// The root is empty.
  private static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
