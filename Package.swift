// swift-tools-version: 6.0
import Foundation
import PackageDescription

let clangInclude = "/usr/lib/llvm-14/include"
let clangLibrary = "/opt/swift/usr/lib"

let clangHeaders: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-I\(clangInclude)"])]

let package = Package(
  name: "spawnlint",
  products: [
    .executable(name: "spawnlint", targets: ["spawnlint"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(
      name: "CLibclang",
      cSettings: [.unsafeFlags(["-I\(clangInclude)"])],
      linkerSettings: [
        .unsafeFlags(["-L\(clangLibrary)", "-Xlinker", "-rpath", "-Xlinker", clangLibrary]),
        .linkedLibrary("clang"),
      ]),
    .target(name: "Clang", dependencies: ["CLibclang"], swiftSettings: clangHeaders),
    .target(name: "SpawnIR"),
    .target(name: "Lowering", dependencies: ["Clang", "SpawnIR"], swiftSettings: clangHeaders),
    .target(name: "Catalogue", dependencies: [.product(name: "Yams", package: "Yams")]),
    .target(name: "Linking", dependencies: ["SpawnIR", "Catalogue"]),
    .target(name: "ChildPath", dependencies: ["SpawnIR", "Catalogue", "Linking"]),
    .target(name: "Checks", dependencies: ["SpawnIR", "Catalogue", "Linking", "ChildPath"]),
    .target(name: "Reports", dependencies: ["Catalogue", "Checks"]),
    .target(
      name: "Project",
      dependencies: ["Lowering", "SpawnIR", "Catalogue", "Linking", "ChildPath", "Checks"],
      swiftSettings: clangHeaders),
    .executableTarget(
      name: "spawnlint",
      dependencies: [
        "Project", "Reports", "Checks", "Catalogue",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: clangHeaders),
    .testTarget(name: "ClangTests", dependencies: ["Clang"], swiftSettings: clangHeaders),
    .testTarget(name: "LoweringTests", dependencies: ["Lowering", "SpawnIR"], swiftSettings: clangHeaders),
  ]
)
