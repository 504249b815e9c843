import Foundation

/// Reads what a SARIF report of `spawnlint check` says of its findings.
package enum SARIFFindings {
  package struct Spawner {
    package var function: String
    package var file: String
  }

  package struct Item {
    /// Absolute.
    package var file: String
    package var check: String
    package var function: String
    package var callee: String?
    package var spawners: [Spawner]
  }

  package struct NotOurs: Error {}

  /// The findings, suppressed ones included: who accepted them once may do without the comment now.
  package static func read(_ data: Data) throws -> [Item] {
    let log = try JSONDecoder().decode(SARIFLog.self, from: data)
    var items: [Item] = []
    for run in log.runs {
      guard run.tool.driver.name == "spawnlint" else { throw NotOurs() }
      let root = run.originalUriBaseIds?[SARIFPlaces.baseId].map { path(of: $0.uri) } ?? "/"
      let sites = Dictionary(
        (run.properties?.spawnSites ?? []).map { ("\($0.file):\($0.line)", $0) },
        uniquingKeysWith: { first, _ in first })
      for result in run.results {
        guard let place = result.locations.first?.physicalLocation.artifactLocation,
          let properties = result.properties
        else { throw NotOurs() }
        let spawners = properties.spawnSites.compactMap { sites[$0] }.map { site in
          Spawner(function: site.function, file: site.file.hasPrefix("/") ? site.file : root + site.file)
        }
        items.append(
          Item(
            file: place.uriBaseId == nil ? path(of: place.uri) : root + path(of: place.uri),
            check: result.ruleId, function: properties.function, callee: properties.callee,
            spawners: spawners))
      }
    }
    return items
  }

  private static func path(of uri: String) -> String {
    let text = uri.hasPrefix("file://") ? String(uri.dropFirst("file://".count)) : uri
    return text.removingPercentEncoding ?? text
  }
}
