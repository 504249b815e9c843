import Foundation
import Reports
import Testing

@testable import Project

/// Facts from earlier runs: what makes them hold no more, and what becomes of a cache that cannot be used.
@Suite struct CacheTests {
  /// A project in a folder of its own, and a cache.
  struct Scene {
    let folder: URL

    init() throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("spawnlint-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func write(_ name: String, _ text: String) throws {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    var cache: String { folder.path + "/cache" }

    /// Names of the functions that children call where they must not.
    struct Outcome: Equatable {
      var callees: [String]
      var incomplete: Int
      var found: Int
      var stored: Int
      var warning: String?
    }

    func run(
      _ files: [String] = ["a.c"], flags: [String] = [], contents: String? = nil, limit: Int = 1 << 30
    ) throws -> Outcome {
      var options = Reading.Options(cacheFolder: cache)
      options.cacheLimit = limit
      let reading = Reading(options)
      let units = files.map {
        SourceUnit(file: $0, flags: flags, directory: folder.path, contents: contents)
      }
      let result = try Run.perform(units: units, options: RunOptions(), reading: reading)
      let counts = reading.cached
      return Outcome(
        callees: result.findings.compactMap(\.callee), incomplete: result.incomplete.count,
        found: counts.found, stored: counts.stored, warning: reading.finish())
    }

    /// Files of the cache.
    func entries() -> [String] {
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: cache)) ?? []
      return paths.filter { $0.split(separator: "/").last.map { $0.count > 10 } == true }.sorted()
    }
  }

  static let source = """
    #include "last.h"
    #include <unistd.h>
    #include <stdlib.h>
    int run(char **argv)
    {
      int pid = fork();
      if (pid == 0) {
        execv(argv[0], argv);
        LAST(127);
      }
      return pid;
    }

    """

  private func scene(_ body: (Scene) throws -> Void) throws {
    let scene = try Scene()
    defer { scene.remove() }
    try scene.write("a.c", Self.source)
    try scene.write("include/last.h", "#define LAST _exit\n")
    try body(scene)
  }

  @Test func nothingIsReadTwice() throws {
    try scene { scene in
      try scene.write("b.c", Self.source.replacing("LAST", with: "exit"))
      let first = try scene.run(["a.c", "b.c"], flags: ["-Iinclude"])
      #expect(first == .init(callees: ["exit"], incomplete: 0, found: 0, stored: 2))
      let second = try scene.run(["a.c", "b.c"], flags: ["-Iinclude"])
      #expect(second == .init(callees: ["exit"], incomplete: 0, found: 2, stored: 0))
    }
  }

  @Test func changedFilesAreReadAnew() throws {
    try scene { scene in
      #expect(try scene.run(flags: ["-Iinclude"]).callees == [])
      try scene.write("include/last.h", "#define LAST exit\n")
      #expect(
        try scene.run(flags: ["-Iinclude"]) == .init(callees: ["exit"], incomplete: 0, found: 0, stored: 1))
      try scene.write("a.c", Self.source.replacing("LAST(", with: "quick_exit("))
      #expect(try scene.run(flags: ["-Iinclude"]).callees == ["quick_exit"])
      #expect(try scene.run(flags: ["-Iinclude"]).found == 1)
    }
  }

  @Test func aRunMayReadTwice() throws {
    try scene { scene in
      let reading = Reading(Reading.Options(cacheFolder: scene.cache))
      let units = [SourceUnit(file: "a.c", flags: ["-Iinclude"], directory: scene.folder.path)]
      func callees() throws -> [String] {
        try Run.perform(units: units, options: RunOptions(), reading: reading).findings.compactMap(\.callee)
      }
      #expect(try callees() == [])
      #expect(try callees() == [])
      try scene.write("include/last.h", "#define LAST exit\n")
      #expect(try callees() == ["exit"])
      #expect(reading.cached == (1, 2))
    }
  }

  @Test func flagsAreLookedAt() throws {
    try scene { scene in
      _ = try scene.run(flags: ["-Iinclude"])
      #expect(try scene.run(flags: ["-Iinclude", "-DX"]).found == 0)
      // A warning's flag changes nothing in the meaning.
      #expect(try scene.run(flags: ["-Iinclude", "-Wall", "-O2"]).found == 1)
    }
  }

  @Test func headersThatComeBetweenCount() throws {
    try scene { scene in
      let flags = ["-Ifirst", "-Iinclude"]
      #expect(try scene.run(flags: flags).callees == [])
      #expect(try scene.run(flags: flags).found == 1)
      try scene.write("first/last.h", "#define LAST exit\n")
      #expect(try scene.run(flags: flags) == .init(callees: ["exit"], incomplete: 0, found: 0, stored: 1))
      // Beside the file that includes it goes before all folders.
      try scene.write("last.h", "#define LAST _Exit\n")
      #expect(try scene.run(flags: flags) == .init(callees: [], incomplete: 0, found: 0, stored: 1))
      #expect(try scene.run(flags: flags).found == 1)
    }
  }

  @Test func missingHeadersMayAppear() throws {
    try scene { scene in
      let missing = try scene.run()
      #expect(missing.incomplete == 1 && missing.stored == 1)
      #expect(try scene.run().found == 1)
      try scene.write("last.h", "#define LAST exit\n")
      #expect(try scene.run() == .init(callees: ["exit"], incomplete: 0, found: 0, stored: 1))
    }
  }

  @Test func askingForAHeaderIsADependency() throws {
    try scene { scene in
      try scene.write(
        "include/last.h",
        """
        #if __has_include("loud/loud.h")
        #define LAST exit
        #else
        #define LAST _exit
        #endif
        """)
      #expect(try scene.run(flags: ["-Iinclude"]).callees == [])
      #expect(try scene.run(flags: ["-Iinclude"]).found == 1)
      try scene.write("include/loud/loud.h", "")
      #expect(try scene.run(flags: ["-Iinclude"]).callees == ["exit"])
    }
  }

  @Test func whatCannotBeKnownIsNotKept() throws {
    try scene { scene in
      try scene.write(
        "include/last.h", "#define NAME \"x.h\"\n#if __has_include(NAME)\n#endif\n#define LAST _exit\n")
      #expect(try scene.run(flags: ["-Iinclude"]).stored == 0)
    }
  }

  @Test func probesAreFound() {
    func probes(_ text: String) -> HeaderProbes {
      Array(text.utf8).withUnsafeBytes { HeaderProbes($0) }
    }
    #expect(probes("#if __has_include(<a/b.h>) || __has_include_next ( \"c.h\" )").names == ["a/b.h", "c.h"])
    #expect(probes("#ifdef __has_include\n#if defined(__has_include)\n") == probes(""))
    #expect(probes("# define __has_include(x) 0\n") == probes(""))
    #expect(probes("#if __has_include(X)").areComputed)
    #expect(probes("__has_include").names.isEmpty && probes("__has_include(").names.isEmpty)
    #expect(probes("__has_include(<x").names == ["x"])
  }

  @Test func textWithoutAFileIsKeptByItsText() throws {
    try scene { scene in
      let text = Self.source.replacing("LAST", with: "exit")
      let flags = ["-Iinclude"]
      let first = try scene.run(["stdin.c"], flags: flags, contents: text)
      let second = try scene.run(["stdin.c"], flags: flags, contents: text)
      #expect(first.callees == ["exit"] && second.callees == ["exit"] && second.found == 1)
      let other = text.replacing("exit(127)", with: "_exit(127)")
      let third = try scene.run(["stdin.c"], flags: flags, contents: other)
      #expect(third == .init(callees: [], incomplete: 0, found: 0, stored: 1))
    }
  }

  @Test func damageIsNoHit() throws {
    try scene { scene in
      _ = try scene.run(flags: ["-Iinclude"])
      let entry = try #require(scene.entries().first)
      let path = scene.cache + "/" + entry
      let bytes = try #require(FileManager.default.contents(atPath: path))
      for damaged in [Data(), bytes.dropLast(), bytes[..<20] + Data([7]) + bytes[21...]] {
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        #expect(
          try scene.run(flags: ["-Iinclude"]) == .init(callees: [], incomplete: 0, found: 0, stored: 1))
        #expect(FileManager.default.contents(atPath: path) == bytes)
      }
      #expect(try scene.run(flags: ["-Iinclude"]).found == 1)
    }
  }

  @Test func theOldestGoFirst() throws {
    try scene { scene in
      for number in 1...6 { try scene.write("\(number).c", "int f\(number)(void) { return \(number); }\n") }
      for number in 1...5 { _ = try scene.run(["\(number).c"]) }
      let full = scene.entries()
      #expect(full.count == 5)
      let size = full.map { entry in
        var status = stat()
        stat(scene.cache + "/" + entry, &status)
        // One that a killed run left, and the ages of the others.
        return Int(status.st_blocks) * 512
      }.reduce(0, +)
      for (age, entry) in full.enumerated() {
        let date = Date(timeIntervalSinceNow: -1000 * Double(age + 1))
        try FileManager.default.setAttributes(
          [.modificationDate: date], ofItemAtPath: scene.cache + "/" + entry)
      }
      let left = scene.cache + "/" + full[0] + ".1.2.part"
      try Data("half".utf8).write(to: URL(fileURLWithPath: left))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: left)
      #expect(try scene.run(["6.c"], limit: size).stored == 1)
      let kept = scene.entries()
      #expect(kept.count < 6 && kept.count >= 3)
      #expect(kept.contains(full[0]) && !kept.contains(full[4]))
      #expect(!FileManager.default.fileExists(atPath: left))
    }
  }

  @Test func aRunGoesOnWithoutACache() throws {
    try scene { scene in
      try scene.write("cache", "a file where the folder should be")
      let outcome = try scene.run(flags: ["-Iinclude"])
      #expect(outcome.callees == [] && outcome.stored == 0)
      let warning = try #require(outcome.warning)
      #expect(warning.contains("/cache/facts cannot be written: Not a directory; going on without it"))
    }
  }

  @Test func theUsersFolder() {
    #expect(Reading.standardCacheFolder(["HOME": "/home/u"]) == "/home/u/.cache/spawnlint")
    #expect(Reading.standardCacheFolder(["HOME": "/home/u", "XDG_CACHE_HOME": "/c"]) == "/c/spawnlint")
    #expect(Reading.standardCacheFolder(["HOME": "/h", "XDG_CACHE_HOME": "c"]) == "/h/.cache/spawnlint")
    #expect(Reading.standardCacheFolder([:]) == nil)
  }
}
