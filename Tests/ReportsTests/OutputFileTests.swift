import Foundation
import Testing

@testable import Reports

@Suite struct OutputFileTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func replacesAndLeavesNothingElse() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("out.json")
      try OutputFile(file.path).write("first")
      try OutputFile(file.path).write("second")
      #expect(try String(contentsOf: file, encoding: .utf8) == "second")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.json"])
    }
  }

  @Test func followsLinksAndKeepsTheMode() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("real")
      let link = folder.appendingPathComponent("link")
      try Data("old".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      try OutputFile(link.path).write("new")
      #expect(try String(contentsOf: file, encoding: .utf8) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func writesToDevices() throws {
    try OutputFile("/dev/null").write("x")
  }

  @Test(arguments: [
    ("", "it is a directory"), ("/missing/out.json", "No such file or directory"),
  ])
  func failuresNameTheReason(_ path: String, _ reason: String) throws {
    try withFolder { folder in
      let target = folder.path + path
      #expect(throws: OutputFile.Failure(path: target, reason: reason)) { try OutputFile(target).write("x") }
    }
  }

  /// A full device fails on writing, not on opening.
  @Test func fullDevice() {
    #expect(throws: OutputFile.Failure.self) { try OutputFile("/dev/full").write("x") }
  }
}
