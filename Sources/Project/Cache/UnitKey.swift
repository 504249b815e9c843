import Foundation
import Lowering
import Reports
import SpawnIR

/// The name of a unit's facts in a cache: all that they depend on beside the file system.
struct UnitKey {
  /// Of what holds for a whole run.
  private let run: [UInt8]
  private let workingDirectory: String

  /// - Parameter markers: macros that count as annotations.
  init(markers: Set<String>) {
    var out = ByteWriter()
    out.number(FactsFormat.version)
    out.text(Version.spawnlint)
    out.text(Version.libclang)
    // Versions in between have the same number.
    out.text(Self.program)
    out.list(markers.sorted()) { $0.text($1) }
    for name in ["CPATH", "C_INCLUDE_PATH", "SDKROOT", "GCC_EXEC_PREFIX", "COMPILER_PATH"] {
      out.optionalText(ProcessInfo.processInfo.environment[name])
    }
    run = out.bytes
    workingDirectory = FileManager.default.currentDirectoryPath
  }

  /// Size and time of the program that runs.
  private static var program: String {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return "" }
    return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }

  /// 64 hexadecimal digits.
  func name(of unit: SourceUnit) -> String {
    var out = ByteWriter()
    out.raw(run)
    out.text(unit.file)
    out.optionalText(unit.directory ?? workingDirectory)
    out.optionalText(unit.contents)
    out.list(FrontEnd.words(flags: unit.flags, directory: unit.directory)) { $0.text($1) }
    return Self.digits(out.bytes)
  }

  /// Of what is known of a whole program.
  func name(of units: [SourceUnit]) -> String {
    var out = ByteWriter()
    out.raw(run)
    out.text(workingDirectory)
    out.list(units) { out, unit in
      out.text(unit.file)
      out.optionalText(unit.directory)
      out.optionalText(unit.contents)
      out.list(unit.flags) { $0.text($1) }
    }
    return Self.digits(out.bytes)
  }

  private static func digits(_ bytes: [UInt8]) -> String {
    SHA256.hash(bytes).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
