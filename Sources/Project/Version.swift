import CLibclang

/// What runs here.
public enum Version {
  public static let spawnlint = "0.1.0"

  /// The libclang in use, as it calls itself.
  public static var libclang: String {
    let text = clang_getClangVersion()
    defer { clang_disposeString(text) }
    return clang_getCString(text).map { String(cString: $0) } ?? "unknown"
  }
}
