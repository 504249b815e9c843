// swift-tools-version: 6.0
import Foundation
import PackageDescription

// MARK: - libclang

/// A libclang to link: one exact file, because a folder often holds several versions under several names.
struct LibclangLibrary {
  let path: String
  let version: Int

  var folder: String { (path as NSString).deletingLastPathComponent }
}

/// The first libclang with every function that is used (`clang_getCursorBinaryOperatorKind` came with 17).
let oldestLibrary = 17
/// The first `clang-c` headers whose declarations suffice; the two newer functions are declared by `CLibclang`.
let oldestHeaders = 14

func entries(of folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

func resolved(_ path: String) -> String {
  URL(fileURLWithPath: path).resolvingSymlinksInPath().path
}

/// The installed LLVMs in Debian's layout, newest first: `/usr/lib/llvm-19` → 19.
let debianPrefixes: [(path: String, version: Int)] = entries(of: "/usr/lib")
  .compactMap { name in
    name.hasPrefix("llvm-") ? Int(name.dropFirst(5)).map { ("/usr/lib/" + name, $0) } : nil
  }
  .sorted { $0.1 > $1.1 }

/// The prefix of the toolchain that evaluates this manifest: SwiftPM is the parent process; where `/proc` does
/// not tell, the compiler on the PATH.
let toolchainPrefixes: [String] = {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  let compilers = path.split(separator: ":").map { String($0) + "/swiftc" }
  let programs =
    ["/proc/\(getppid())/exe"] + compilers.filter { FileManager.default.isExecutableFile(atPath: $0) }
  return programs.map { program in
    let folder = (resolved(program) as NSString).deletingLastPathComponent
    return (folder as NSString).deletingLastPathComponent
  }
}()

/// The major version in a library's file name: `libclang-19.so.1` and `libclang.so.19.1` are 19. The number
/// after `.so.` alone is no evidence when small: distributions keep the ABI number 1 or 13 there.
func versionInName(_ name: String) -> Int? {
  let numbers = name.split { "-.".contains($0) }.compactMap { Int($0) }
  return numbers.filter { $0 > 13 }.max()
}

/// The newest libclang in `prefix/lib`; what the file names leave open is told by the resource folder
/// `lib/clang/<version>` beside it.
func library(in prefix: String) -> LibclangLibrary? {
  let folder = prefix + "/lib"
  let resourceVersion = entries(of: folder + "/clang")
    .compactMap { $0.split(separator: ".").first.flatMap { Int($0) } }
    .max()
  return entries(of: folder)
    .filter { $0.hasPrefix("libclang.so") || ($0.hasPrefix("libclang-") && $0.contains(".so")) }
    .filter { !$0.hasPrefix("libclang-cpp") }
    .compactMap { name -> LibclangLibrary? in
      let path = folder + "/" + name
      let file = resolved(path)
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      let names = [name, (file as NSString).lastPathComponent]
      guard let version = names.compactMap(versionInName).max() ?? resourceVersion else { return nil }
      return LibclangLibrary(path: path, version: version)
    }
    .max { $0.version < $1.version }
}

/// Without clang's own headers beside it (`stddef.h`) a library parses no real file.
func hasResourceHeaders(_ prefix: String) -> Bool {
  let folder = prefix + "/lib/clang"
  return entries(of: folder).contains {
    FileManager.default.fileExists(atPath: "\(folder)/\($0)/include/stddef.h")
  }
}

func headers(in prefix: String) -> String? {
  let include = prefix + "/include"
  return FileManager.default.fileExists(atPath: include + "/clang-c/Index.h") ? include : nil
}

/// Ends the manifest with a message; `fatalError` would bury it under a backtrace.
func stop(_ message: String) -> Never {
  FileHandle.standardError.write(Data("spawnlint: \(message)\n".utf8))
  exit(1)
}

/// The folder of the `clang-c` headers and the library; `LIBCLANG_PREFIX` decides for both.
let libclang: (include: String, library: LibclangLibrary) = {
  if let prefix = ProcessInfo.processInfo.environment["LIBCLANG_PREFIX"], !prefix.isEmpty {
    guard let include = headers(in: prefix) else {
      stop("LIBCLANG_PREFIX=\(prefix): there is no include/clang-c/Index.h")
    }
    guard let library = library(in: prefix) else {
      stop("LIBCLANG_PREFIX=\(prefix): there is no libclang in lib/")
    }
    guard library.version >= oldestLibrary else {
      stop("\(library.path) is version \(library.version); \(oldestLibrary) or later is needed")
    }
    return (include, library)
  }
  let newestHeaders = debianPrefixes.lazy.filter { $0.version >= oldestHeaders }
    .compactMap { headers(in: $0.path) }.first
  guard let include = newestHeaders else {
    stop(
      """
      the headers of libclang \(oldestHeaders) or later are missing. Install them with
          apt-get install libclang-dev
      or name an LLVM installation (with include/clang-c and lib/) in LIBCLANG_PREFIX.
      """)
  }
  let prefixes = debianPrefixes.map(\.path) + toolchainPrefixes
  let newest = prefixes.filter(hasResourceHeaders).compactMap(library(in:)).max { $0.version < $1.version }
  guard let library = newest, library.version >= oldestLibrary else {
    stop(
      """
      a libclang of version \(oldestLibrary) or later is missing (newest found: \
      \(newest.map { "\($0.path), version \($0.version)" } ?? "none")). Install one with
          apt-get install libclang-19-dev
      or use a Swift toolchain that ships lib/libclang.so, \
      or name an LLVM installation (with include/clang-c and lib/) in LIBCLANG_PREFIX.
      """)
  }
  return (include, library)
}()

/// The definition is never read: it keeps precompiled modules of other headers apart, since clang's module
/// cache does not look at `-I`.
let clangHeaderFlags = ["-I\(libclang.include)", "-DSPAWNLINT_CLANG_HEADERS=\(libclang.include)"]
/// For C targets that include `clang-c` headers.
let clangHeadersForC: [CSetting] = [.unsafeFlags(clangHeaderFlags)]
/// For Swift targets that import `CLibclang`, directly or not.
let clangHeaders: [SwiftSetting] = [.unsafeFlags(clangHeaderFlags.flatMap { ["-Xcc", $0] })]
/// The chosen file itself goes on the link line: a `-lclang` could be answered by an older libclang.so in a
/// folder that another flag names.
let clangLibrary: [LinkerSetting] = [
  .unsafeFlags([
    "-L\(libclang.library.folder)", "-Xlinker", libclang.library.path,
    "-Xlinker", "-rpath", "-Xlinker", libclang.library.folder,
  ])
]

// MARK: - The package

let package = Package(
  name: "spawnlint",
  products: [
    .executable(name: "spawnlint", targets: ["spawnlint"]),
    .library(name: "ReferenceSpawner", targets: ["ReferenceSpawner"]),
    .library(name: "Spawning", targets: ["Spawning"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(
      name: "CLibclang",
      cSettings: clangHeadersForC,
      linkerSettings: clangLibrary),
    .target(name: "Clang", dependencies: ["CLibclang"], swiftSettings: clangHeaders),
    .target(name: "SpawnIR"),
    .target(name: "Restart"),
    .target(name: "Lowering", dependencies: ["Clang", "SpawnIR", "Restart"], swiftSettings: clangHeaders),
    .target(name: "Catalogue", dependencies: [.product(name: "Yams", package: "Yams")]),
    .executableTarget(name: "EmbedRulesTool", dependencies: ["Catalogue"]),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["EmbedRulesTool"]),
    .target(name: "EmbeddedRules", dependencies: ["Catalogue"], plugins: ["EmbedRules"]),
    .testTarget(name: "CatalogueTests", dependencies: ["Catalogue", "EmbeddedRules"]),
    .target(name: "Linking", dependencies: ["SpawnIR", "Catalogue"]),
    .target(
      name: "ChildPath", dependencies: ["SpawnIR", "Catalogue", "Linking"],
      // The interpreter is single-threaded by construction; the dynamic checks cost a tenth of its time.
      swiftSettings: [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]),
    .target(
      name: "Checks",
      dependencies: [
        "SpawnIR", "Catalogue", "Linking", "ChildPath", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Reports", dependencies: ["Catalogue", "Checks"],
      resources: [.embedInCode("Web/report.css"), .embedInCode("Web/report.js")]),
    .target(
      name: "Project",
      dependencies: [
        "Lowering", "SpawnIR", "Catalogue", "EmbeddedRules", "Linking", "ChildPath", "Checks", "Reports",
        "Spawning", "Restart", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: clangHeaders),
    .executableTarget(
      name: "spawnlint",
      dependencies: [
        "Project", "Reports", "Checks", "Catalogue", "EmbeddedRules",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: clangHeaders),
    .target(name: "TestSupport", path: "Tests/Support"),
    .target(name: "ReferenceSpawner"),
    .target(name: "Spawning", dependencies: ["ReferenceSpawner"]),
    .testTarget(name: "SpawningTests", dependencies: ["Spawning"]),
    .testTarget(name: "ClangTests", dependencies: ["Clang"], swiftSettings: clangHeaders),
    .testTarget(name: "LoweringTests", dependencies: ["Lowering", "SpawnIR"], swiftSettings: clangHeaders),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Checks", "Catalogue", "TestSupport"],
      exclude: ["Expected"]),
    .testTarget(name: "CommandTests", dependencies: ["spawnlint"], swiftSettings: clangHeaders),
    .testTarget(
      name: "ProjectTests",
      dependencies: [
        "Project", "Reports", "Checks", "Lowering", "SpawnIR", "Catalogue", "EmbeddedRules", "TestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Expected"], swiftSettings: clangHeaders),
    .testTarget(
      name: "ExamplesTests", dependencies: ["Project", "Checks", "Reports", "Catalogue", "EmbeddedRules"],
      swiftSettings: clangHeaders),
  ],
  cLanguageStandard: .c11
)

// Debian's default linker warns of mktemp() in Foundation when Swift's runtime is linked statically (as the
// Makefile does for a faster start); the toolchain's own linker is silent and quicker.
for target in package.targets where target.type == .executable {
  target.linkerSettings = (target.linkerSettings ?? []) + [.unsafeFlags(["-use-ld=lld"])]
}

// Warnings of this package's own targets are errors where the tests run (see Makefile); users with another
// compiler version still get a build.
if ProcessInfo.processInfo.environment["SPAWNLINT_WARNINGS_AS_ERRORS"] == "1" {
  let compiled: [Target.TargetType] = [.regular, .executable, .test]
  for target in package.targets where compiled.contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-warnings-as-errors"])]
    target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-Werror"])]
  }
}
