/// The program or library that an object file becomes a part of, as far as the file's name tells.
///
/// A compile database holds no link commands (clang, "JSON Compilation Database Format Specification"), but builds keep
/// the objects of their targets apart:
///
/// | build | an object of the target | source |
/// | --- | --- | --- |
/// | CMake | `CMakeFiles/TARGET.dir/x.c.o` | Makefile and Ninja generators of CMake 3.25, measured |
/// | Meson | `TARGET.p/x.c.o`, `libx.a.p/x.c.o` | ninja backend of Meson 1.0, measured |
/// | Bazel | `_objs/TARGET/x.o` | bazel.build/docs/output_directories |
/// | Automake | `TARGET-x.o`, with flags of the target's own | Automake manual, "Why are object files sometimes renamed?" |
/// | libtool | the same in `.libs/`, for shared libraries | Libtool manual, "Creating object files" |
/// | none | `cc -o TARGET x.c y.c` | |
struct LinkTarget: Hashable {
  /// A full path that no other target has.
  var name: String
  /// A linker may take only some of its objects.
  var mayBeArchive: Bool

  /// Nil where the name does not tell.
  ///
  /// - Parameters:
  ///   - output: the full path of what the compiler writes.
  ///   - source: of the C file.
  init?(output: String, source: String) {
    var folders = PlainPath.folder(of: output).split(separator: "/")
    let file = PlainPath.name(of: output)
    for index in folders.indices {
      let folder = folders[index]
      let isCMakes = folder.hasSuffix(".dir") && index > 0 && folders[index - 1] == "CMakeFiles"
      let isBazels = index > 0 && folders[index - 1] == "_objs"
      let isMesons = folder.hasSuffix(".p") && (file.hasSuffix(".o") || file.hasSuffix(".obj"))
      guard isCMakes || isBazels || isMesons else { continue }
      name = "/" + folders[...index].joined(separator: "/")
      mayBeArchive = !isMesons || folder.hasSuffix(".a.p")
      return
    }
    guard let extent = file.lastIndex(of: "."), Self.intermediates.contains(file[extent...]) else {
      // What goes to a device is no file.
      guard folders.first != "dev" else { return nil }
      name = output
      mayBeArchive = false
      return
    }
    if folders.last == ".libs" { folders.removeLast() }
    let stem = file[..<extent]
    let plain = PlainPath.name(of: source).prefix { $0 != "." }
    guard stem.hasSuffix("-" + plain), stem.count > plain.count + 1 else { return nil }
    let target = stem.dropLast(plain.count + 1)
    name = "/" + (folders + [target]).joined(separator: "/")
    mayBeArchive = target.hasSuffix("_a") || target.hasSuffix("_la")
  }

  /// How names end that a compiler gives to what is linked later, or not at all.
  private static let intermediates: Set<Substring> = [
    ".o", ".lo", ".obj", ".os", ".oS", ".s", ".S", ".i", ".bc", ".ll", ".d", ".gch", ".pch",
  ]
}
