import Foundation
import Lowering
import Synchronization

/// How units are read: in this process or in others, with or without what earlier runs left. For one run, which may
/// read several times.
public final class Reading: Sendable {
  public struct Options: Sendable, Equatable {
    /// Nil: no cache.
    public var cacheFolder: String?
    /// Nil: units are parsed in this process.
    public var workers: Workers?

    /// A single unit is parsed in this process and not kept: starting another, and understanding all of a file
    /// instead of what is asked for, would cost more than it saves. If it crashes the parser, the program starts
    /// anew.
    public var singleUnitsHere = false

    /// Bytes that a cache keeps at most.
    package var cacheLimit = FactsCache.standardLimit

    public init(cacheFolder: String? = nil, workers: Workers? = nil, singleUnitsHere: Bool = false) {
      self.cacheFolder = cacheFolder
      self.workers = workers
      self.singleUnitsHere = singleUnitsHere
    }
  }

  public struct Workers: Sendable, Equatable {
    /// This program.
    public var program: String
    public var limits = UnitLimits()

    public init(program: String = "/proc/self/exe") { self.program = program }
  }

  private struct Parts {
    var markers: Set<String>
    var cache: FactsCache?
    var records: any RecordSource
  }

  private let options: Options
  private let parts = Mutex<Parts?>(nil)

  public init(_ options: Options) { self.options = options }

  /// `$XDG_CACHE_HOME/spawnlint` or `~/.cache/spawnlint`; nil where neither is known.
  public static func standardCacheFolder(_ environment: [String: String]) -> String? {
    // A relative path counts as not set (XDG Base Directory Specification).
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/spawnlint" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/spawnlint"
  }

  /// Parses in this process, remembers nothing.
  public static let plain = Reading(Options())

  /// For one analysis: files are taken as they are from now on.
  ///
  /// - Parameters:
  ///   - markers: macros that count as annotations.
  ///   - units: those to read.
  func source(markers: Set<String>, for units: [SourceUnit]) -> any UnitSource {
    if options == Options() { return ParsingSource(markers: markers) }
    // What came from standard input cannot be read a second time.
    if options.singleUnitsHere, units.count == 1, units[0].contents == nil {
      return GuardedSource(source: ParsingSource(markers: markers))
    }
    let records = records(markers: markers)
    parts.withLock { $0?.cache?.lookAnew() }
    return RecordedSource(source: records)
  }

  /// As `source`, for whole records.
  func records(markers: Set<String>) -> any RecordSource {
    parts.withLock { parts in
      if let parts, parts.markers == markers { return parts.records }
      let made = make(markers)
      parts = made
      return made.records
    }
  }

  private func make(_ markers: Set<String>) -> Parts {
    let keepsDigests = options.cacheFolder != nil
    var parts = Parts(
      markers: markers, cache: nil, records: StoringSource(markers: markers, keepsDigests: keepsDigests))
    if let workers = options.workers {
      parts.records = WorkerPool(
        program: workers.program, markers: markers, keepsDigests: keepsDigests, limits: workers.limits)
    }
    if let folder = options.cacheFolder {
      let cache = FactsCache(folder: folder, markers: markers, limit: options.cacheLimit)
      parts.cache = cache
      parts.records = CachingSource(cache: cache, source: parts.records)
    }
    return parts
  }

  /// Units that came out of the cache, and those that went into it.
  package var cached: (found: Int, stored: Int) {
    parts.withLock { $0?.cache?.counts } ?? (0, 0)
  }

  /// Ends the workers and brings the cache back to its size.
  ///
  /// - Returns: what the user should know about the cache.
  public func finish() -> String? {
    let parts = parts.withLock { parts in
      defer { parts = nil }
      return parts
    }
    parts?.cache?.tidy()
    return parts?.cache?.warning
  }
}
