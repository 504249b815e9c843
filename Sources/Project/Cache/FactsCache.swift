import Foundation
import SpawnIR
import Synchronization

/// Facts of units from earlier runs, one file for each unit. Any number of runs may use it at once, and any of them may be
/// killed: files are written beside their place and renamed, and what is damaged is not there.
package final class FactsCache: Sendable {
  /// Bytes that are kept at most.
  package static let standardLimit = 1 << 30

  private let folder: String
  private let limit: Int
  let key: UnitKey
  private let files = Mutex(FileSystemMemo())
  private let state = Mutex(State())

  private struct State {
    var isWriting = true
    var hits = 0
    var stored = 0
    var warning: String?
  }

  package init(folder: String, markers: Set<String>, limit: Int = standardLimit) {
    self.folder = folder + "/facts"
    self.limit = limit
    key = UnitKey(markers: markers)
  }

  /// Units that were found, and those that were written.
  package var counts: (found: Int, stored: Int) { state.withLock { ($0.hits, $0.stored) } }

  /// Why nothing is written any more.
  package var warning: String? { state.withLock { $0.warning } }

  /// Files may have changed since they were last looked at.
  func lookAnew() { files.withLock { $0 = FileSystemMemo() } }

  func path(_ name: String) -> String { "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))" }

  func record(of unit: SourceUnit) -> UnitRecord? {
    let path = path(key.name(of: unit))
    guard let record = known(at: path) else { return nil }
    state.withLock { $0.hits += 1 }
    Self.markUsed(path)
    return record
  }

  /// The unit's facts are here, and still true.
  func holds(_ unit: SourceUnit) -> Bool { known(at: path(key.name(of: unit))) != nil }

  private func known(at path: String) -> UnitRecord? {
    guard let body = body(at: path) else { return nil }
    var reader = ByteReader(body)
    let files = files.withLock { $0 }
    guard let record = try? UnitRecord(&reader), record.surroundings.hold(in: files) else { return nil }
    return record
  }

  func store(_ record: UnitRecord, of unit: SourceUnit) {
    guard record.surroundings.areKnown, state.withLock({ $0.isWriting }) else { return }
    var out = ByteWriter()
    record.write(to: &out)
    if write(out.bytes, to: path(key.name(of: unit))) { state.withLock { $0.stored += 1 } }
  }

  /// What stands in a file of the cache; nil where it is damaged or not there.
  func body(at path: String) -> ArraySlice<UInt8>? {
    guard let bytes = try? WholeFile.read(path) else { return nil }
    return try? FactsFormat.opened(bytes)
  }

  /// False where nothing can be written, from then on.
  @discardableResult
  func write(_ body: [UInt8], to path: String) -> Bool {
    guard state.withLock({ $0.isWriting }) else { return false }
    do {
      try Self.makeFolder(HeaderSearch.folder(of: path))
      try WholeFile.write(FactsFormat.sealed(body), to: path)
      return true
    } catch {
      state.withLock { state in
        state.isWriting = false
        state.warning = "the cache in \(folder) cannot be written: \(error); going on without it"
      }
      return false
    }
  }

  /// The user's alone: facts name the files of a project.
  private static func makeFolder(_ path: String) throws(WholeFile.Failure) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path != "/", path != "." else {
      throw WholeFile.Failure(path: path, code: errno)
    }
    try makeFolder(HeaderSearch.folder(of: path))
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw WholeFile.Failure(path: path, code: errno) }
  }

  /// What was not used for long goes first; a day is exact enough.
  static func markUsed(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > 86_400 else { return }
    utimensat(AT_FDCWD, path, nil, 0)
  }

  // MARK: Eviction

  private struct Entry {
    var path: String
    var size: Int
    var used: Int
  }

  /// After a run that stored something: removes what was not used for longest until the rest fits, and what killed
  /// runs left behind.
  package func tidy() {
    guard state.withLock({ $0.stored > 0 }) else { return }
    let now = time(nil)
    var entries: [Entry] = []
    for group in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let groupPath = folder + "/" + group
      for name in (try? FileManager.default.contentsOfDirectory(atPath: groupPath)) ?? [] {
        let path = groupPath + "/" + name
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        if name.hasSuffix(WholeFile.temporarySuffix) {
          if now - status.st_mtim.tv_sec > 3600 { unlink(path) }
          continue
        }
        entries.append(
          Entry(path: path, size: Int(status.st_blocks) * 512, used: Int(status.st_mtim.tv_sec)))
      }
    }
    var total = entries.reduce(0) { $0 + $1.size }
    guard total > limit else { return }
    entries.sort { ($0.used, $0.path) < ($1.used, $1.path) }
    for entry in entries where total > limit / 5 * 4 {
      unlink(entry.path)
      total -= entry.size
    }
  }
}

/// Asks a cache first.
struct CachingSource: RecordSource {
  let cache: FactsCache
  let source: any RecordSource

  func record(of unit: SourceUnit) throws -> UnitRecord {
    if let record = cache.record(of: unit) { return record }
    let record = try source.record(of: unit)
    cache.store(record, of: unit)
    return record
  }
}

/// Answers from whole records.
struct RecordedSource: UnitSource {
  let source: any RecordSource
  var memory: FactsCache? { (source as? CachingSource)?.cache }

  func contents(of unit: SourceUnit) throws -> any UnitContents {
    StoredContents(unit: try StoredUnit(try source.record(of: unit).facts))
  }
}
