import CLibclang
import Foundation

/// The libclang that this process runs with.
public enum Library {
  /// E.g. `clang version 21.0.0 (…)`, as the library says it.
  public static var version: String { takeText(clang_getClangVersion()) }

  /// For a process in which one thread at a time parses: saves the system calls of a heap per thread.
  public static func useOneHeap() { spawnlint_use_one_heap() }

  /// Lets libclang parse on the caller's thread, whose stack is as large as the caller made it: threads
  /// of its own have 8 MB, which deeply nested code overflows.
  static func prepare() { _ = staysOnCallersThread }

  private static let staysOnCallersThread: Bool = setenv("LIBCLANG_NOTHREADS", "1", 0) == 0

  /// The folder with clang's own headers (`stddef.h`) that belongs to the loaded library: beside the
  /// library in `clang/<major>`. Nil when there is none; libclang then looks for itself.
  public static let resourceDirectory: String? = findResourceDirectory()

  private static func findResourceDirectory() -> String? {
    guard let path = loadedPath() else { return nil }
    // Debian keeps the library itself outside of its LLVM's folder, where a link stands for it.
    let loaded = URL(fileURLWithPath: path)
    for folder in [loaded, loaded.resolvingSymlinksInPath()].map({ $0.deletingLastPathComponent() }) {
      for parent in ["clang", "../lib/clang", "../clang", "../../clang"] {
        let found = resourceDirectory(in: folder.appendingPathComponent(parent).standardizedFileURL)
        if let found { return found }
      }
    }
    return nil
  }

  private static func resourceDirectory(in candidates: URL) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: candidates.path)) ?? []
    for name in names.sorted(by: { precedes($1, $0) }) where belongs(name) {
      let directory = candidates.appendingPathComponent(name)
      let header = directory.appendingPathComponent("include/stddef.h").path
      if FileManager.default.fileExists(atPath: header) { return directory.path }
    }
    return nil
  }

  /// Where the dynamic linker found the library.
  private static func loadedPath() -> String? {
    guard let name = spawnlint_libclang_path() else { return nil }
    return String(cString: name)
  }

  private static let major: Int? = {
    let digits = version.split(separator: " ").compactMap { Int($0.prefix(while: \.isNumber)) }
    return digits.first
  }()

  /// Headers of another major version do not fit: builtins differ.
  private static func belongs(_ name: String) -> Bool {
    guard let number = Int(name.prefix(while: \.isNumber)) else { return false }
    return major == nil || number == major
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.compare(right, options: .numeric) == .orderedAscending
  }
}
