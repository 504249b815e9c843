import ArgumentParser
import Foundation
import Reports

/// What the program says about itself, one line each on standard error.
enum Diagnostics {
  static func remark(_ text: String) {
    write("spawnlint: note: \(text)")
  }

  /// Ends with the status of a usage or configuration error.
  static func fail(_ error: any Error, message: String) -> Never {
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "\(error)"
    let prefix = "Error: "
    let text = line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : line
    write("spawnlint: error: \(text)")
    exit(ExitStatus.usage.rawValue)
  }

  private static func write(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
