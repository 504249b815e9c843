import Checks
import Foundation

/// Input that names no C source; says what, where and what to do.
public struct UnitCollectionError: Error, Hashable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var remedy: String

  init(_ path: String, _ reason: String, remedy: String) {
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }

  public var description: String { "'\(path)': \(reason): \(remedy)" }
}

/// From what the user names to the units of a run.
public struct UnitCollection: Sendable {
  /// In the order in which they were named; files of a directory sorted by path. None comes twice.
  public private(set) var units: [SourceUnit] = []
  /// What the user should know, one line each: files that the compile database lacks.
  public private(set) var remarks: [String] = []
  /// What was found in a directory and cannot be read.
  public private(set) var unread: [IncompleteUnit] = []

  /// A path that stands for standard input.
  public static let standardInput = "-"

  /// The one that was named; nil: each file's own, found upwards from it.
  private var database: CompileDatabase?
  /// The database that flags come from.
  public var databasePath: String? { database?.path }
  private var found: [String: CompileDatabase?] = [:]
  private let configuration: Configuration
  private var drivers: DriverQueries
  private var seen: Set<String> = []

  private var flags: [String] { configuration.flags.value }

  /// - Parameters:
  ///   - paths: C files, directories (all `.c` files below), or `-`. Empty: all files of the database.
  ///   - configuration: tells the build directory, flags for the compiler, and which files are left out.
  ///   - queriedDrivers: patterns of compilers that may be executed to ask for their include paths.
  ///   - standardInputName: how the text of `-` is called in reports.
  ///   - readStandardInput: called at most once.
  public init(
    paths: [String], configuration: Configuration, queriedDrivers: [String] = [],
    standardInputName: String = "stdin.c", readStandardInput: () -> String
  ) throws(UnitCollectionError) {
    self.configuration = configuration
    drivers = DriverQueries(patterns: queriedDrivers)
    if let folder = configuration.buildDirectory.value { database = try CompileDatabase(at: folder) }
    if paths.isEmpty, let database {
      let all = database.units
      guard !all.isEmpty else {
        throw UnitCollectionError(
          database.path, "names no C files", remedy: "name the files to check, or build with C enabled")
      }
      for unit in all where !configuration.excludes(unit.path) { add(unit) }
      guard !units.isEmpty else {
        throw UnitCollectionError(
          database.path, "every C file it names is excluded", remedy: "see \(configuration.exclude.origin)")
      }
    }
    for path in paths {
      if path == Self.standardInput {
        guard seen.insert(path).inserted else { continue }
        units.append(
          SourceUnit(file: standardInputName, flags: flags, contents: readStandardInput()).takingOutput())
      } else {
        try add(path)
      }
    }
  }

  private mutating func add(_ path: String) throws(UnitCollectionError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw UnitCollectionError(path, "no such file or directory", remedy: "check the path")
    }
    guard isDirectory.boolValue else {
      guard FileManager.default.isReadableFile(atPath: path) else {
        throw UnitCollectionError(path, "cannot be read", remedy: "check its permissions")
      }
      if configuration.excludes(path) {
        remarks.append("\(path): left out, see \(configuration.exclude.origin)")
      } else {
        addFile(path)
      }
      return
    }
    let listing = SourceListing(path)
    let all = listing.files
    let unread = listing.unread.filter { !configuration.excludes($0.file) }
    self.unread += unread
    guard !all.isEmpty || !unread.isEmpty else {
      throw UnitCollectionError(
        path, "no .c files in this directory", remedy: "name C files or a directory with some")
    }
    let files = all.filter { !configuration.excludes($0) }
    guard !files.isEmpty || !unread.isEmpty else {
      throw UnitCollectionError(
        path, "every .c file in this directory is excluded", remedy: "see \(configuration.exclude.origin)")
    }
    for file in files { addFile(file) }
  }

  private mutating func addFile(_ file: String) {
    guard seen.insert(URL(fileURLWithPath: file).standardizedFileURL.path).inserted else { return }
    if let ways = (database ?? nearestDatabase(file))?.units(for: file), !ways.isEmpty {
      for unit in ways { add(unit) }
      return
    }
    if let database {
      remarks.append("\(file): not in \(database.path); read with the flags after -- alone")
    }
    units.append(SourceUnit(file: file, flags: flags).takingOutput())
  }

  private mutating func add(_ unit: SourceUnit) {
    var unit = unit
    unit.flags = drivers.flags(for: unit) + unit.flags + flags
    units.append(unit.takingOutput())
  }

  /// A database that cannot be read is none: nobody named it.
  private mutating func nearestDatabase(_ file: String) -> CompileDatabase? {
    let folder = PlainPath.folder(
      of: PlainPath.absolute(file, in: FileManager.default.currentDirectoryPath))
    if let known = found[folder] { return known }
    var result: CompileDatabase?
    if let location = CompileDatabase.location(near: folder) {
      if let known = found[location] {
        result = known
      } else {
        do {
          result = try CompileDatabase(at: location)
        } catch {
          remarks.append("\(error)")
        }
        found[location] = .some(result)
      }
    }
    found[folder] = .some(result)
    return result
  }
}
