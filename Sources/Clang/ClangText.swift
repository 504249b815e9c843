import CLibclang

/// Copies the text of a `CXString` and releases it.
func takeText(_ string: CXString) -> String {
  defer { clang_disposeString(string) }
  guard let bytes = clang_getCString(string) else { return "" }
  return String(cString: bytes)
}
