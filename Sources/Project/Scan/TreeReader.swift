import Foundation
import Synchronization

/// Finds and reads the files of a scan: each unit's main file, and from there on what they include, as far as it
/// belongs to the tree and not to the system.
struct TreeReader {
  private(set) var names = IdentifierTable()
  private(set) var files: [ScannedFile] = []
  private(set) var mainFiles: [Int] = []
  private(set) var includedFiles: [[Int]] = []

  private let jobs: Int
  private var numbers: [String: Int] = [:]
  /// Where units with the same flags look for headers.
  private var searches: [IncludeSearch] = []

  private struct Step: Hashable {
    var search: Int
    var file: Int
  }
  private var resolved: [Step: [Int]] = [:]

  init(jobs: Int) { self.jobs = jobs }

  mutating func read(_ units: [SourceUnit]) {
    var searchNumbers: [IncludeSearch: Int] = [:]
    var searchOfUnit: [Int] = []
    var flagFiles: [Int] = []
    for unit in units {
      let search = IncludeSearch(unit)
      if let known = searchNumbers[search] {
        searchOfUnit.append(known)
      } else {
        searchNumbers[search] = searches.count
        searchOfUnit.append(searches.count)
        searches.append(search)
        // Definitions among the flags are a header that each unit begins with.
        flagFiles.append(scan(text: search.definitions))
      }
    }
    var wanted: [String] = []
    for unit in units {
      if let contents = unit.contents {
        mainFiles.append(scan(text: contents))
      } else {
        mainFiles.append(
          number(of: PlainPath.absolute(unit.path, in: FileManager.default.currentDirectoryPath), &wanted))
      }
    }
    var steps = Set(units.indices.map { Step(search: searchOfUnit[$0], file: mainFiles[$0]) })
    var first: [Int: [Int]] = [:]
    for (index, search) in searches.enumerated() {
      first[index] = [flagFiles[index]] + search.forced.map { number(of: $0, &wanted) }
      for file in first[index] ?? [] { steps.insert(Step(search: index, file: file)) }
    }
    while true {
      scan(paths: wanted)
      wanted = []
      var next: Set<Step> = []
      for step in steps.sorted(by: { ($0.search, $0.file) < ($1.search, $1.file) })
      where resolved[step] == nil {
        let targets = files[step.file].includes.compactMap { include in
          searches[step.search].resolve(include, from: files[step.file].path).map { number(of: $0, &wanted) }
        }
        resolved[step] = targets
        for target in targets { next.insert(Step(search: step.search, file: target)) }
      }
      steps = next.filter { resolved[$0] == nil }
      if steps.isEmpty { break }
    }
    for unit in units.indices {
      var seen: Set<Int> = [mainFiles[unit]]
      var work = [mainFiles[unit]] + (first[searchOfUnit[unit]] ?? [])
      seen.formUnion(work)
      while let file = work.popLast() {
        for target in resolved[Step(search: searchOfUnit[unit], file: file)] ?? []
        where seen.insert(target).inserted {
          work.append(target)
        }
      }
      seen.remove(mainFiles[unit])
      includedFiles.append(seen.sorted())
    }
  }

  private mutating func number(of path: String, _ wanted: inout [String]) -> Int {
    if let known = numbers[path] { return known }
    let number = files.count
    numbers[path] = number
    files.append(ScannedFile(path: path))
    wanted.append(path)
    return number
  }

  private mutating func scan(text: String) -> Int {
    var text = text
    let file = text.withUTF8 { SourceScanner.scan($0, path: "", &names) }
    files.append(file)
    return files.count - 1
  }

  /// Reads files on all cores, each core with a table of names of its own.
  private mutating func scan(paths: [String]) {
    if paths.isEmpty { return }
    let next = Atomic<Int>(0)
    let results = Mutex<[(table: IdentifierTable, files: [ScannedFile])]>([])
    @Sendable func work() {
      var table = IdentifierTable()
      var found: [ScannedFile] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < paths.count else { break }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: paths[index]), options: .mappedIfSafe)
        else {
          continue
        }
        data.withUnsafeBytes { raw in
          raw.withMemoryRebound(to: UInt8.self) { bytes in
            found.append(SourceScanner.scan(bytes, path: paths[index], &table))
          }
        }
      }
      results.withLock { $0.append((table, found)) }
    }
    let workers = max(1, min(jobs, paths.count / 4))
    if workers == 1 { work() } else { DispatchQueue.concurrentPerform(iterations: workers) { _ in work() } }
    var all = results.withLock { results in
      defer { results = [] }
      return results
    }
    for worker in all.indices {
      let renamed = names.merge(all[worker].table)
      for index in all[worker].files.indices {
        guard let number = numbers[all[worker].files[index].path] else { continue }
        // Moved, not copied: of a large tree there is no room for two.
        swap(&files[number], &all[worker].files[index])
        files[number].rename(renamed)
      }
    }
  }
}
