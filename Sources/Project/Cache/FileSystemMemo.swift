import Foundation
import Reports
import SpawnIR
import Synchronization

/// Digests of files as a parser read them; headers come back with each unit.
final class DigestMemo: Sendable {
  private struct Key: Hashable {
    var path: String
    var size: Int
    var checksum: UInt64
  }

  typealias Answer = (digest: [UInt8], probes: HeaderProbes)

  private let known = Mutex<[Key: Answer]>([:])

  func digest(of path: String, _ bytes: UnsafeRawBufferPointer) -> Answer {
    let key = Key(path: path, size: bytes.count, checksum: FactsFormat.checksum(bytes))
    if let answer = known.withLock({ $0[key] }) { return answer }
    let answer = (SHA256.hash(bytes), HeaderProbes(bytes))
    known.withLock { $0[key] = answer }
    return answer
  }
}

/// What lies on disk, each asked for once: for a run, in which nothing is expected to change.
final class FileSystemMemo: Sendable {
  private let digests = Mutex<[String: [UInt8]?]>([:])
  private let listings = Mutex<[String: Set<String>]>([:])
  private let existing = Mutex<[String: Bool]>([:])

  /// Nil: there is no such file.
  func digest(of path: String) -> [UInt8]? {
    if let known = digests.withLock({ $0[path] }) { return known }
    let digest = (try? WholeFile.read(path)).map { SHA256.hash($0) }
    digests.withLock { $0[path] = .some(digest) }
    return digest
  }

  /// Which of the names lie in a folder, as indices.
  func present(_ names: [HeaderName], in folder: String) -> [Int] {
    let listing = listing(folder)
    guard !listing.isEmpty else { return [] }
    return names.indices.filter { index in
      let name = names[index]
      guard name.isPath else { return listing.contains(name.text) }
      return (name.leadsElsewhere || listing.contains(name.first)) && exists(folder + "/" + name.text)
    }
  }

  private func listing(_ folder: String) -> Set<String> {
    if let known = listings.withLock({ $0[folder] }) { return known }
    let names = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    listings.withLock { $0[folder] = names }
    return names
  }

  private func exists(_ path: String) -> Bool {
    if let known = existing.withLock({ $0[path] }) { return known }
    let exists = access(path, F_OK) == 0
    existing.withLock { $0[path] = exists }
    return exists
  }
}

/// A header's name, taken apart once for all folders.
struct HeaderName {
  var text: String
  /// Up to the first slash.
  var first: String
  var isPath: Bool

  init(_ text: String) {
    self.text = text
    let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
    isPath = slash != nil
    first = slash.map { String(text[..<$0]) } ?? text
  }

  /// The first part is no entry of a folder.
  var leadsElsewhere: Bool { first.isEmpty || first == ".." || first == "." }
}

extension Surroundings {
  /// Nothing changed that the facts depend on.
  func hold(in files: FileSystemMemo) -> Bool {
    guard areKnown, self.files.allSatisfy({ files.digest(of: $0.path) == $0.digest }) else { return false }
    let names = names.map(HeaderName.init)
    return folders.allSatisfy { files.present(names, in: $0.path) == $0.present }
  }
}
