import Foundation
import Testing

@testable import Project

/// Which file counts.
@Suite struct ConfigurationFileTests {
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  private static let files = [
    ".spawnlint.yml": "platform: musl", "a/x.c": "", "b/.spawnlint.yml": "platform: freebsd", "b/c/y.c": "",
  ]

  @Test func nearestUpwards() throws {
    try withFolder(Self.files) { folder in
      let cases: [(paths: [String], place: String, wanted: String)] = [
        ([], "", ".spawnlint.yml"), (["a/x.c"], "", ".spawnlint.yml"),
        (["b/c/y.c"], "", "b/.spawnlint.yml"), (["b/c"], "", "b/.spawnlint.yml"),
        (["-"], "/b/c", folder + "/b/.spawnlint.yml"), (["../../a/x.c"], "/b/c", folder + "/.spawnlint.yml"),
        // A path with none of its own takes that of the working directory.
        (["/usr/include"], "", ".spawnlint.yml"), (["missing.c"], "", ".spawnlint.yml"),
      ]
      for (paths, place, wanted) in cases {
        let found = try Configuration.load(.nearest, for: paths, workingDirectory: folder + place).path
        #expect(found == wanted, "\(paths) in '\(place)'")
      }
    }
  }

  @Test func severalAreAnError() throws {
    try withFolder(Self.files) { folder in
      #expect(
        throws: ConfigurationConflict(paths: [folder + "/.spawnlint.yml", folder + "/b/.spawnlint.yml"])
      ) {
        try Configuration.load(.nearest, for: ["a/x.c", "b/c/y.c"], workingDirectory: folder)
      }
    }
  }

  @Test func choices() throws {
    try withFolder(Self.files) { folder in
      let none = try Configuration.load(.none, for: [], workingDirectory: folder)
      #expect(none.path == nil)
      #expect(none.platform.value == .glibc)
      let chosen = try Configuration.load(
        .file(folder + "/b/.spawnlint.yml"), for: ["a/x.c"], workingDirectory: folder)
      #expect(chosen.platform.value == .freebsd)
      #expect {
        try Configuration.load(.file(folder + "/c.yml"), for: [], workingDirectory: folder)
      } throws: {
        "\($0)" == "\(folder)/c.yml: No such file or directory"
      }
    }
  }
}
