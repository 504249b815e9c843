import Foundation
import Lowering
import Reports
import SpawnIR

/// What of the file system a unit's facts depend on: the files that were read, and the places where a file would have
/// been read instead had there been one.
struct Surroundings: Sendable, Equatable {
  struct ReadFile: Sendable, Equatable {
    /// As clang names it.
    var path: String
    /// SHA-256 of its bytes.
    var digest: [UInt8]
  }

  struct Folder: Sendable, Equatable {
    var path: String
    /// Which of `names` are there, as indices.
    var present: [Int]
  }

  /// The main file first.
  var files: [ReadFile]
  /// Where headers are looked for.
  var folders: [Folder]
  /// Headers as sources may name them, relative to `folders`.
  var names: [String]
  /// False where it is not known what else the facts depend on.
  var areKnown: Bool

  func write(to out: inout ByteWriter) {
    out.list(files) { out, file in
      out.text(file.path)
      out.raw(file.digest)
    }
    out.list(folders) { out, folder in
      out.text(folder.path)
      out.list(folder.present) { $0.count($1) }
    }
    out.list(names) { $0.text($1) }
    out.flag(areKnown)
  }

  init(_ reader: inout ByteReader) throws(FactsError) {
    files = try reader.list { reader throws(FactsError) in
      let path = try reader.text()
      return ReadFile(path: path, digest: Array(try reader.raw(Self.digestSize)))
    }
    folders = try reader.list { reader throws(FactsError) in
      let path = try reader.text()
      return Folder(path: path, present: try reader.list { reader throws(FactsError) in try reader.count() })
    }
    names = try reader.list { reader throws(FactsError) in try reader.text() }
    areKnown = try reader.flag()
  }

  init(files: [ReadFile], folders: [Folder], names: [String], areKnown: Bool) {
    self.files = files
    self.folders = folders
    self.names = names
    self.areKnown = areKnown
  }

  static let digestSize = 32
}

/// Finds out what units depend on, while they are parsed.
final class SurroundingsRecorder: Sendable {
  private let digests = DigestMemo()
  private let files = FileSystemMemo()
  private let keepsDigests: Bool

  /// - Parameter keepsDigests: without, the files are named and nothing else is known.
  init(keepsDigests: Bool) { self.keepsDigests = keepsDigests }

  func surroundings(of parsed: ParsedUnit, _ unit: SourceUnit) -> Surroundings {
    guard keepsDigests else {
      var read: [Surroundings.ReadFile] = []
      let none = [UInt8](repeating: 0, count: Surroundings.digestSize)
      parsed.withFiles { path, _ in read.append(Surroundings.ReadFile(path: path, digest: none)) }
      return Surroundings(files: read, folders: [], names: [], areKnown: false)
    }
    let words = FrontEnd.words(flags: unit.flags, directory: unit.directory)
    let search = HeaderSearch(words)
    var read: [Surroundings.ReadFile] = []
    var names = Set(parsed.missingHeaders + search.included)
    var isKnown = search.isUnderstood
    var folders = search.folders
    parsed.withFiles { path, bytes in
      let (digest, probes) = digests.digest(of: path, UnsafeRawBufferPointer(bytes))
      read.append(Surroundings.ReadFile(path: path, digest: digest))
      names.formUnion(probes.names)
      if probes.areComputed { isKnown = false }
      if !search.isOfSystem(path) { folders.append(HeaderSearch.folder(of: path)) }
    }
    folders = folders.withoutRepetition
    for file in read {
      names.insert(HeaderSearch.name(of: file.path))
      for folder in folders where file.path.hasPrefix(folder + "/") {
        names.insert(String(file.path.dropFirst(folder.count + 1)))
      }
    }
    // What stands in no file cannot change there.
    if unit.contents != nil, !read.isEmpty { read.removeFirst() }
    let sorted = names.sorted()
    let parts = sorted.map(HeaderName.init)
    return Surroundings(
      files: read, folders: folders.map { .init(path: $0, present: files.present(parts, in: $0)) },
      names: sorted, areKnown: isKnown)
  }
}

/// Where a command line lets clang look for headers.
struct HeaderSearch {
  private(set) var folders: [String] = []
  /// Files of `-include` and `-imacros`.
  private(set) var included: [String] = []
  /// False where a flag leads elsewhere.
  private(set) var isUnderstood = true
  private let system: [String]

  private static let searched: Set<String> = ["-I", "-iquote", "-isystem", "-idirafter"]
  private static let including: Set<String> = ["-include", "-imacros"]
  private static let opaque: Set<String> = ["-ivfsoverlay", "-iprefix", "-iwithprefix", "-iwithprefixbefore"]

  /// - Parameter words: as clang gets them.
  init(_ words: [String]) {
    var root = ""
    var resources: [String] = []
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      if Self.searched.contains(word) { folders.append(next) }
      if Self.including.contains(word) { included.append(next) }
      if Self.opaque.contains(word) || next == "-" || next.hasPrefix("=") { isUnderstood = false }
      if word == "-resource-dir" { resources.append(next + "/include") }
      if word == "-isysroot" { root = next }
      if word.hasPrefix("--sysroot=") { root = String(word.dropFirst("--sysroot=".count)) }
    }
    // Debian's include folders by machine have a name with two or three hyphens.
    let machines = (try? FileManager.default.contentsOfDirectory(atPath: root + "/usr/include")) ?? []
    let ofMachines = machines.filter { $0.contains("-linux-") }.sorted().map { root + "/usr/include/" + $0 }
    system = resources + [root + "/usr/local/include"] + ofMachines + [root + "/usr/include"]
    folders += system
    // Without such a flag clang looks into these too.
    let variables = ["CPATH", "C_INCLUDE_PATH"].compactMap { ProcessInfo.processInfo.environment[$0] }
    folders += variables.flatMap { $0.split(separator: ":").map(String.init) }
    folders = folders.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }

  /// System headers name each other in `<>` or lie together.
  func isOfSystem(_ path: String) -> Bool { system.contains { path.hasPrefix($0 + "/") } }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
