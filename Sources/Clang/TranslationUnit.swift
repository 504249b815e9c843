import CLibclang

public enum ParseFailure: Error, Hashable, Sendable {
  case noUnit
  case crashed
}

/// A parsed file. Cursors, types and locations are valid as long as their unit lives; use one unit
/// from one thread at a time.
public final class TranslationUnit {
  private let index: CXIndex
  private let raw: CXTranslationUnit

  /// - Parameters:
  ///   - contents: replaces what is on disk under `file`.
  ///   - recordsMacros: definitions and expansions of macros are among the cursor's children, before all others.
  public init(
    file: String, arguments: [String], contents: String?, recordsMacros: Bool = false
  ) throws(ParseFailure) {
    Library.prepare()
    guard let index = clang_createIndex(0, 0) else { throw .noUnit }
    var unit: CXTranslationUnit?
    // A missing header must not hide the rest of the file.
    var options = CXTranslationUnit_KeepGoing.rawValue
    if recordsMacros { options |= CXTranslationUnit_DetailedPreprocessingRecord.rawValue }
    let code = Self.parse(index, file, arguments, contents, options, &unit)
    guard code == CXError_Success, let unit else {
      clang_disposeIndex(index)
      throw code == CXError_Crashed ? .crashed : .noUnit
    }
    self.index = index
    self.raw = unit
  }

  deinit {
    clang_disposeTranslationUnit(raw)
    clang_disposeIndex(index)
  }

  private static func parse(
    _ index: CXIndex, _ file: String, _ arguments: [String], _ contents: String?,
    _ options: UInt32, _ unit: inout CXTranslationUnit?
  ) -> CXErrorCode {
    withCStrings(arguments) { words in
      guard let contents else {
        return clang_parseTranslationUnit2(
          index, file, words, Int32(arguments.count), nil, 0, options, &unit)
      }
      return file.withCString { name in
        var text = contents
        return text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { characters in
            var unsaved = CXUnsavedFile(
              Filename: name, Contents: characters.baseAddress, Length: UInt(characters.count))
            return clang_parseTranslationUnit2(
              index, file, words, Int32(arguments.count), &unsaved, 1, options, &unit)
          }
        }
      }
    }
  }

  public var cursor: Cursor { Cursor(raw: clang_getTranslationUnitCursor(raw)) }

  public var diagnostics: [Diagnostic] {
    (0..<clang_getNumDiagnostics(raw)).compactMap { number in
      guard let diagnostic = clang_getDiagnostic(raw, number) else { return nil }
      defer { clang_disposeDiagnostic(diagnostic) }
      let severity = Diagnostic.Severity(rawValue: Int(clang_getDiagnosticSeverity(diagnostic).rawValue))
      guard let severity, severity >= .error else { return nil }
      return Diagnostic(
        severity: severity,
        message: takeText(clang_getDiagnosticSpelling(diagnostic)),
        position: SourceLocation(raw: clang_getDiagnosticLocation(diagnostic)).filePosition)
    }
  }

  /// Every file that was read, the main file first; each once.
  public var files: [SourceFile] {
    final class Collection {
      var files: [SourceFile] = []
      var seen: Set<SourceFile> = []
    }
    let collection = Collection()
    clang_getInclusions(
      raw,
      { file, _, _, context in
        guard let file, let context else { return }
        let collection = Unmanaged<Collection>.fromOpaque(context).takeUnretainedValue()
        let source = SourceFile(raw: file)
        if collection.seen.insert(source).inserted { collection.files.append(source) }
      }, Unmanaged.passUnretained(collection).toOpaque())
    return withExtendedLifetime(collection) { collection.files }
  }

  /// As `withContents`, from the disk where the same file still lies there: libclang looks for a file's bytes among all
  /// places of the unit, macro expansions included. Not for the main file, whose contents may have been given.
  public func withBytes<Result>(
    of file: SourceFile, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    guard let disk = DiskFile(file) else { return withContents(of: file, body) }
    return withExtendedLifetime(disk) { body(disk.bytes) }
  }

  /// The bytes of a file of this unit as clang read them, without a copy.
  public func withContents<Result>(
    of file: SourceFile, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var size = 0
    guard let start = clang_getFileContents(raw, file.raw, &size) else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    return start.withMemoryRebound(to: UInt8.self, capacity: size) {
      body(UnsafeBufferPointer(start: $0, count: size))
    }
  }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  // One buffer for all words; libclang copies them.
  var offsets: [Int] = []
  var bytes: [CChar] = []
  for string in strings {
    offsets.append(bytes.count)
    bytes.append(contentsOf: string.utf8.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }
  return bytes.withUnsafeBufferPointer { buffer in
    let words: [UnsafePointer<CChar>?] = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
    return words.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
