import Checks
import Foundation

/// The C files below a directory.
struct SourceListing {
  /// Sorted by path.
  private(set) var files: [String] = []
  /// Folders that cannot be listed, and names that are no text; sorted by path.
  private(set) var unread: [IncompleteUnit] = []

  private enum Name {
    case text(String)
    /// With marks for what is no UTF-8.
    case other(String, isFolder: Bool)
  }

  /// Hidden files and directories are skipped; links to directories are not followed, so that no circle can arise.
  init(_ directory: String) {
    var pending = [directory]
    while let folder = pending.popLast() {
      guard let names = Self.names(in: folder) else {
        add(unread: folder, String(cString: strerror(errno)))
        continue
      }
      for name in names {
        switch name {
        case .text(let name):
          guard !name.hasPrefix(".") else { continue }
          let path = Self.path(folder, name)
          var status = stat()
          guard lstat(path, &status) == 0 else { continue }
          if status.st_mode & S_IFMT == S_IFDIR {
            pending.append(path)
          } else if name.hasSuffix(".c"), stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
            files.append(path)
          }
        case .other(let name, let isFolder):
          guard !name.hasPrefix("."), isFolder || name.hasSuffix(".c") else { continue }
          add(unread: Self.path(folder, name), "its name is not UTF-8: rename it")
        }
      }
    }
    files.sort()
    unread.sort { $0.file < $1.file }
  }

  private mutating func add(unread path: String, _ reason: String) {
    unread.append(IncompleteUnit(file: path, message: "cannot be read: \(reason)", location: nil))
  }

  private static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Nil where the folder cannot be listed; `errno` tells why.
  private static func names(in folder: String) -> [Name]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [Name] = []
    while let entry = readdir(directory) {
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(validatingCString: $0).map(Name.text) ?? .other(String(cString: $0), isFolder: isFolder)
        }
      }
      names.append(name)
    }
    return names
  }
}
