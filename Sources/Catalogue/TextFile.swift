#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read, in the system's words.
package struct FileReadingError: Error {
  package var reason: String
}

package enum TextFile {
  /// A whole UTF-8 file.
  package static func read(_ path: String) throws(FileReadingError) -> String {
    guard let file = fopen(path, "rb") else {
      throw FileReadingError(reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    guard ferror(file) == 0 else { throw FileReadingError(reason: String(cString: strerror(errno))) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileReadingError(reason: "it is not UTF-8 text")
    }
    return text
  }
}
