// swift-tools-version: 6.1
import PackageDescription

/// Starts a program by swift-subprocess, to compare.
let package = Package(
  name: "subprocess",
  dependencies: [.package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2")],
  targets: [
    .executableTarget(
      name: "subprocess", dependencies: [.product(name: "Subprocess", package: "swift-subprocess")])
  ]
)
