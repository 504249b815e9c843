import Foundation

/// Writes a report to a file so that a reader never sees half of it: into a new file beside it, then renamed.
public struct OutputFile: Sendable {
  public struct Failure: Error, Hashable, CustomStringConvertible {
    public var path: String
    public var reason: String
    init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    public var description: String { "cannot write '\(path)': \(reason)" }
  }

  public var path: String

  public init(_ path: String) {
    self.path = path
  }

  /// - Parameter path: nil is standard output.
  public static func write(_ text: String, to path: String?) throws(Failure) {
    if let path { try OutputFile(path).write(text) } else { try writeToStandardOutput(text) }
  }

  public static func writeToStandardOutput(_ text: String) throws(Failure) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw Failure(path: "standard output", reason: "the report is not complete")
    }
  }

  public func write(_ text: String) throws(Failure) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw failure("it is a directory") }
    // A device or a pipe (`/dev/stdout`) cannot be replaced, only written to.
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY)
      guard file >= 0 else { throw failure(Self.systemMessage(errno)) }
      try fill(file, with: text)
      return
    }
    // The link's target is replaced, not the link.
    let target = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
    let temporary = target + ".\(getpid()).tmp"
    let mode = exists ? status.st_mode & 0o777 : 0o666
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode)
    guard file >= 0 else { throw failure(Self.systemMessage(errno)) }
    do {
      try fill(file, with: text)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let reason = Self.systemMessage(errno)
      unlink(temporary)
      throw failure(reason)
    }
  }

  /// Writes all and closes.
  private func fill(_ file: Int32, with text: String) throws(Failure) {
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
    } catch {
      throw failure((error as NSError).localizedDescription)
    }
  }

  private func failure(_ reason: String) -> Failure { Failure(path: path, reason: reason) }

  private static func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
