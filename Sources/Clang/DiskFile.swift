import CLibclang
import Foundation

/// The bytes of a file as they lie on the disk, where it is still the one that libclang read.
final class DiskFile {
  let bytes: UnsafeBufferPointer<UInt8>

  /// Nil where it is gone, was replaced or changed since, or was never there.
  init?(_ file: SourceFile) {
    var identity = CXFileUniqueID()
    guard clang_getFileUniqueID(file.raw, &identity) == 0 else { return nil }
    let descriptor = open(file.name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0, status.st_size <= 1 << 30,
      UInt64(status.st_dev) == identity.data.0, UInt64(status.st_ino) == identity.data.1,
      UInt64(bitPattern: Int64(status.st_mtim.tv_sec)) == identity.data.2
    else { return nil }
    let size = Int(status.st_size)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
    guard read(descriptor, buffer.baseAddress, size) == size else {
      buffer.deallocate()
      return nil
    }
    bytes = UnsafeBufferPointer(buffer)
  }

  deinit { bytes.deallocate() }
}
