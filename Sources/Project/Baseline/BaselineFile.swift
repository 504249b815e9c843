import Catalogue
import Checks
import Foundation
import Reports

/// A file that is no baseline, or one of a newer version.
public struct BaselineError: Error, Hashable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "\(path): \(reason)" }
}

extension Baseline {
  /// Reads a baseline, or a SARIF report of spawnlint as one.
  public static func read(_ path: String, folder: BaselineFolder) throws(BaselineError) -> Baseline {
    let text: String
    do {
      text = try TextFile.read(path)
    } catch {
      throw BaselineError(path: path, reason: error.reason)
    }
    return try read(text, path: path, folder: folder)
  }

  static func read(_ text: String, path: String, folder: BaselineFolder) throws(BaselineError) -> Baseline {
    let data = Data(text.utf8)
    guard let head = try? JSONDecoder().decode(Head.self, from: data) else {
      throw BaselineError(path: path, reason: "is no baseline: it is not a JSON object with a version")
    }
    switch head.version {
    case .number(let version):
      guard version <= currentVersion else {
        throw BaselineError(
          path: path,
          reason:
            "was written by a newer spawnlint (version \(version) of the format; this one reads \(currentVersion))"
        )
      }
      guard let baseline = try? JSONDecoder().decode(Baseline.self, from: data) else {
        throw BaselineError(path: path, reason: "is no baseline: write it anew with 'spawnlint baseline'")
      }
      return baseline
    case .text(let version):
      guard head.runs != nil else {
        throw BaselineError(path: path, reason: "is neither a baseline nor a SARIF report")
      }
      guard version == "2.1.0" else {
        throw BaselineError(path: path, reason: "is SARIF \(version); this spawnlint reads 2.1.0")
      }
      return try fromSARIF(data, path: path, folder: folder)
    }
  }

  public func render() throws -> String { try JSONText.encode(self) }

  /// What tells the kind of file.
  private struct Head: Decodable {
    enum Version: Decodable {
      case number(Int)
      case text(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
          self = .number(number)
        } else {
          self = .text(try container.decode(String.self))
        }
      }
    }
    struct Anything: Decodable {}

    var version: Version
    var runs: [Anything]?
  }

  private static func fromSARIF(
    _ data: Data, path: String, folder: BaselineFolder
  ) throws(BaselineError) -> Baseline {
    let known: [SARIFFindings.Item]
    do {
      known = try SARIFFindings.read(data)
    } catch {
      throw BaselineError(path: path, reason: "is no SARIF report of 'spawnlint check'")
    }
    var counts: [Entry: Int] = [:]
    for item in known {
      let file = folder.relative(item.file)
      let spawners = item.spawners.map { spawner in
        let place = folder.relative(spawner.file)
        return Spawner(function: spawner.function, file: place == file ? nil : place)
      }
      let entry = Entry(
        file: file, check: item.check, function: item.function, callee: item.callee,
        spawners: Set(spawners).sorted(), count: 1)
      counts[entry, default: 0] += 1
    }
    var baseline = Baseline()
    baseline.findings = counts.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }
    baseline.findings.sort { $0.isSortedBefore.lexicographicallyPrecedes($1.isSortedBefore) }
    return baseline
  }
}
