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
  /// The folder is made if it is missing; the one that it is to stand in must be there.
  var makesFolder = false

  public init(_ path: String) {
    self.path = path
  }

  /// - Parameter path: nil is standard output.
  public static func write(_ text: String, to path: String?) throws(Failure) {
    if let path { try OutputFile(path).write(text) } else { try writeToStandardOutput(text) }
  }

  public static func writeToStandardOutput(_ text: String) throws(Failure) {
    try writeToStandardOutput(Array(text.utf8))
  }

  public static func writeToStandardOutput(_ bytes: [UInt8]) throws(Failure) {
    let code = write(bytes, to: STDOUT_FILENO)
    guard code == 0 else { throw Failure(path: "standard output", reason: systemMessage(code)) }
  }

  public func write(_ text: String) throws(Failure) {
    try Self.write([(self, text)])
  }

  /// Writes all or, as far as can be known before the last step, none: every text is on disk beside its file before the first
  /// one is replaced.
  public static func write(_ files: [(file: OutputFile, text: String)]) throws(Failure) {
    try write(files.map { ($0.file, Array($0.text.utf8)) })
  }

  public static func write(_ files: [(file: OutputFile, bytes: [UInt8])]) throws(Failure) {
    var prepared: [Prepared] = []
    do {
      for (file, bytes) in files { prepared.append(try file.prepare(bytes)) }
    } catch {
      for item in prepared { item.discard() }
      throw error
    }
    for (index, item) in prepared.enumerated() {
      do {
        try item.commit()
      } catch {
        for rest in prepared[index...] { rest.discard() }
        throw error
      }
    }
  }

  /// What would make writing fail and can be known before: the folder is missing, the path is a folder.
  public func check() throws(Failure) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { throw failure("it is a directory") }
      return
    }
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if makesFolder, stat(folder, &status) != 0 {
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    guard stat(folder, &status) == 0 else { throw failure(Self.systemMessage(errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(Self.systemMessage(ENOTDIR)) }
  }

  /// A text that waits to take the place of its file.
  private struct Prepared {
    var file: OutputFile
    var bytes: [UInt8]
    /// The new file and the one that it will replace; nil where the path is a device or a pipe, which can only be written to.
    var replacement: (temporary: String, target: String)?

    func commit() throws(Failure) {
      guard let replacement else {
        let descriptor = open(file.path, O_WRONLY)
        guard descriptor >= 0 else { throw file.failure(systemMessage(errno)) }
        return try file.fill(descriptor, with: bytes)
      }
      guard rename(replacement.temporary, replacement.target) == 0 else {
        throw file.failure(systemMessage(errno))
      }
    }

    func discard() {
      if let replacement { unlink(replacement.temporary) }
    }
  }

  private func prepare(_ bytes: [UInt8]) throws(Failure) -> Prepared {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw failure("it is a directory") }
    if exists, status.st_mode & S_IFMT != S_IFREG { return Prepared(file: self, bytes: bytes) }
    // The link's target is replaced, not the link.
    let target = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
    if makesFolder { mkdir(URL(fileURLWithPath: path).deletingLastPathComponent().path, 0o777) }
    let temporary = target + ".\(getpid()).tmp"
    let mode = exists ? status.st_mode & 0o777 : 0o666
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode)
    guard descriptor >= 0 else { throw failure(Self.systemMessage(errno)) }
    // The mask of the process is for new files.
    if exists { fchmod(descriptor, mode) }
    do {
      try fill(descriptor, with: bytes)
    } catch {
      unlink(temporary)
      throw error
    }
    return Prepared(file: self, bytes: bytes, replacement: (temporary, target))
  }

  /// Writes all and closes.
  private func fill(_ file: Int32, with bytes: [UInt8]) throws(Failure) {
    let code = Self.write(bytes, to: file)
    guard close(file) == 0 || code != 0 else { throw failure(Self.systemMessage(errno)) }
    if code != 0 { throw failure(Self.systemMessage(code)) }
  }

  /// - Returns: 0, or why the system refused.
  private static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count < 0 { return errno }
        rest = rest.dropFirst(count)
      }
      return 0
    }
  }

  private func failure(_ reason: String) -> Failure { Failure(path: path, reason: reason) }

  private static func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
