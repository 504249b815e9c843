import CLibclang

/// An open file of a translation unit; equal for all locations in it.
public struct SourceFile: Hashable, @unchecked Sendable {
  let raw: CXFile

  /// The path as clang names it.
  public var name: String { takeText(clang_getFileName(raw)) }
}

/// Line and column count from 1, columns and `offset` count bytes.
public struct FilePosition: Sendable {
  public var file: SourceFile
  public var line: Int32
  public var column: Int32
  public var offset: Int
}

/// Distinct for each expansion of a macro, unlike the positions it can be asked for.
public struct SourceLocation: Hashable, @unchecked Sendable {
  let raw: CXSourceLocation

  public func hash(into hasher: inout Hasher) { hasher.combine(raw.int_data) }

  public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
    clang_equalLocations(left.raw, right.raw) != 0
  }

  /// Code that a macro's argument brought in: the argument's place; code of the macro's body: where
  /// the macro is used.
  public var filePosition: FilePosition? { position(clang_getFileLocation) }

  /// As `filePosition` without line and column, which cost a search in the line.
  public var fileOffset: (file: SourceFile, offset: Int)? {
    var file: CXFile?
    var offset: UInt32 = 0
    clang_getFileLocation(raw, &file, nil, nil, &offset)
    guard let file else { return nil }
    return (SourceFile(raw: file), Int(offset))
  }

  /// Where the characters stand: in the macro's definition for code of a macro's body (libclang 19
  /// and later; before, as `filePosition`).
  public var spellingPosition: FilePosition? { position(clang_getSpellingLocation) }

  public var isInMainFile: Bool { clang_Location_isFromMainFile(raw) != 0 }
  public var isInSystemHeader: Bool { clang_Location_isInSystemHeader(raw) != 0 }

  private func position(
    _ get: (
      CXSourceLocation, UnsafeMutablePointer<CXFile?>?, UnsafeMutablePointer<UInt32>?,
      UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?
    ) -> Void
  ) -> FilePosition? {
    var file: CXFile?
    var line: UInt32 = 0
    var column: UInt32 = 0
    var offset: UInt32 = 0
    get(raw, &file, &line, &column, &offset)
    guard let file else { return nil }
    return FilePosition(
      file: SourceFile(raw: file), line: Int32(clamping: line), column: Int32(clamping: column),
      offset: Int(offset))
  }
}
