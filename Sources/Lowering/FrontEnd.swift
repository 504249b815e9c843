import Clang
import Foundation
import SpawnIR

public enum FrontEndError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, and the system's reason.
  case unreadable(file: String, reason: String)
  /// libclang gave no syntax tree at all.
  case noSyntaxTree(file: String)
  case parserCrashed(file: String)
  case unsupportedLibrary(version: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read '\(file)': \(reason)"
    case .noSyntaxTree(let file): "clang could not parse '\(file)' with these flags"
    case .parserCrashed(let file): "clang crashed while parsing '\(file)'"
    case .unsupportedLibrary(let version): "libclang 17 or later is needed; loaded is \(version)"
    }
  }
}

/// C source → facts. Has no state: one value serves several threads at once.
public struct FrontEnd: Sendable {
  private let markers: Set<String>

  /// - Parameter markers: macros that expand to nothing and count as annotations of the function or
  ///   parameter at which they stand.
  public init(markers: Set<String> = []) throws(FrontEndError) {
    self.markers = markers
    let version = Library.version
    let major = version.split(separator: " ").compactMap { Int($0.prefix(while: \.isNumber)) }.first
    if let major, major < 17 { throw .unsupportedLibrary(version: version) }
  }

  /// E.g. `clang version 19.1.7`.
  public static var libraryVersion: String { Library.version }

  /// What clang is given for a unit beside its file: two units with equal words and equal files are equal.
  public static func words(flags: [String], directory: String?) -> [String] {
    CompilerArguments(
      flags: flags, directory: directory, resourceDirectory: Library.resourceDirectory
    ).words
  }

  /// Makes parsing faster in a process in which one thread at a time does it.
  public static func prepareForOneThread() { Library.useOneHeap() }

  /// The facts of one unit.
  ///
  /// - Parameters:
  ///   - flags: of a compile command, without the compiler; what does not matter is ignored.
  ///   - directory: what relative paths in `file` and `flags` are relative to; nil: the current one.
  ///   - contents: takes the place of the file on disk.
  public func facts(
    file: String, flags: [String], directory: String?, contents: String?
  ) throws(FrontEndError) -> UnitFacts {
    try read(file: file, flags: flags, directory: directory, contents: contents) { parsed in
      parsed.lower(.everything).facts
    }
  }

  /// The unit with what a quick look tells; parameters as for `facts`.
  public func parsedUnit(
    file: String, flags: [String], directory: String?, contents: String?
  ) throws(FrontEndError) -> ParsedUnit {
    try read(file: file, flags: flags, directory: directory, contents: contents) { $0 }
  }

  /// What kinds of code were not modelled, with how often they occur; to review the front end.
  package func unmodelled(file: String, flags: [String]) throws(FrontEndError) -> [String: Int] {
    try read(file: file, flags: flags, directory: nil, contents: nil) { parsed in
      parsed.lower(.everything).unmodelled
    }
  }

  private func read<Part>(
    file: String, flags: [String], directory: String?, contents: String?, _ part: (ParsedUnit) -> Part
  ) throws(FrontEndError) -> Part {
    try parse(file: file, flags: flags, directory: directory, contents: contents, recordsMacros: false) {
      unit, _ in
      part(ParsedUnit(unit: unit, mainFile: file, markers: markers))
    }
  }

  /// - Parameter part: gets the unit and the path of its file; on a thread with a large stack.
  func parse<Part>(
    file: String, flags: [String], directory: String?, contents: String?, recordsMacros: Bool,
    _ part: (TranslationUnit, String) -> Part
  ) throws(FrontEndError) -> Part {
    var path = file
    if let directory, !file.hasPrefix("/") {
      path = URL(fileURLWithPath: directory).appendingPathComponent(file).path
    }
    if contents == nil { try checkReadable(path, shownAs: file) }
    let arguments = CompilerArguments(
      flags: flags, directory: directory, resourceDirectory: Library.resourceDirectory)
    let result: Result<Part, FrontEndError> = LargeStack.run {
      do throws(FrontEndError) {
        let unit = try parse(path, shownAs: file, arguments, contents, recordsMacros)
        return .success(part(unit, path))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func parse(
    _ path: String, shownAs file: String, _ arguments: CompilerArguments, _ contents: String?,
    _ recordsMacros: Bool
  ) throws(FrontEndError) -> TranslationUnit {
    if let unit = try? TranslationUnit(
      file: path, arguments: arguments.words, contents: contents, recordsMacros: recordsMacros)
    {
      return unit
    }
    do {
      return try TranslationUnit(
        file: path, arguments: arguments.withoutMachineFlags, contents: contents, recordsMacros: recordsMacros
      )
    } catch {
      throw error == .crashed ? .parserCrashed(file: file) : .noSyntaxTree(file: file)
    }
  }

  private func checkReadable(_ path: String, shownAs file: String) throws(FrontEndError) {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw .unreadable(file: file, reason: "it is a directory")
    }
    guard access(path, R_OK) == 0 else {
      throw .unreadable(file: file, reason: String(cString: strerror(errno)))
    }
  }
}
