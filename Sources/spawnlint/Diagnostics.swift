import ArgumentParser
import Catalogue
import Foundation
import Reports

/// What the program says about itself, one line each on standard error.
enum Diagnostics {
  static func remark(_ text: String) {
    write("spawnlint: note: \(text)")
  }

  /// Ends with the status of a usage or configuration error.
  static func fail(_ error: any Error, message: String) -> Never {
    if let error = error as? CatalogueError { return stop(error.messageWithPlace) }
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "\(error)"
    let prefix = "Error: "
    stop(line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : line)
  }

  private static func stop(_ text: String) -> Never {
    write("spawnlint: error: \(text)")
    exit(ExitStatus.usage.rawValue)
  }

  private static func write(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
