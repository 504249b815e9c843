import Foundation

/// Files as bytes, written completely or not at all.
enum WholeFile {
  /// Why the system refused, in its words.
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var code: Int32

    var description: String { String(cString: strerror(code)) }
  }

  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, code: errno) }
    // A folder opens like a file.
    guard status.st_mode & S_IFMT != S_IFDIR else { throw Failure(path: path, code: EISDIR) }
    var bytes: [UInt8] = []
    var size = max(Int(status.st_size), 4096)
    while true {
      var code: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
          let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
          if got < 0, errno == EINTR { continue }
          if got < 0 { code = errno }
          if got <= 0 { break }
          count += got
        }
      }
      guard code == 0 else { throw Failure(path: path, code: code) }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if chunk.count < size { return bytes }
      size = 1 << 16
    }
  }

  /// Into a new file in the same folder, then renamed: a reader sees the old bytes or the new ones, whatever
  /// happens.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let temporary = path + ".\(getpid()).\(UInt32.random(in: 0 ... .max))" + temporarySuffix
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    var code = write(bytes, to: descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, path) != 0 { code = errno }
    if code != 0 {
      unlink(temporary)
      throw Failure(path: path, code: code)
    }
  }

  /// Ends the names of files that are being written.
  static let temporarySuffix = ".part"

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let written = Foundation.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        done += written
      }
      return 0
    }
  }
}
