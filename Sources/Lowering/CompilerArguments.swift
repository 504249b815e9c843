import Foundation

/// The flags libclang is given: those of a compile command that change what the C code means.
///
/// An allow-list, because libclang obeys flags that write files (`-MD`, `-save-temps`,
/// `-fmodules-cache-path`) and fails on flags that only gcc knows.
struct CompilerArguments {
  private(set) var words: [String] = []
  private let directory: String?
  private var hasLanguage = false

  init(flags: [String], directory: String?, resourceDirectory: String?) {
    self.directory = directory
    read(flags)
    if !hasLanguage { words += ["-x", "c"] }
    if let resourceDirectory { words += ["-resource-dir", resourceDirectory] }
    words += Self.appended
  }

  /// For a second try when the first gave no unit: without the flags that choose a processor.
  var withoutMachineFlags: [String] {
    words.filter { !$0.hasPrefix("-m") || Self.wordSizes.contains($0) }
  }

  /// An error makes clang drop the expression around it: what gcc accepts is a warning here. Fortified
  /// headers replace calls by others; optimisation turns them on. Warnings would cost an analysis of their
  /// own for each function.
  private static let appended = [
    "-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int", "-Wno-error=int-conversion",
    "-Wno-error=incompatible-function-pointer-types", "-Wno-error=incompatible-pointer-types",
    "-Wno-error=return-type", "-Wno-error=return-mismatch",
    "-Wno-unknown-warning-option", "-ferror-limit=0", "-U_FORTIFY_SOURCE", "-O0",
    "-w",
  ]

  private static let wordSizes: Set<String> = ["-m32", "-m64", "-mx32"]

  /// Flags whose value is joined or the next word; the value is a path.
  private static let paths = [
    "-ivfsoverlay", "-isystem", "-iquote", "-idirafter", "-include", "-imacros", "-isysroot", "-iprefix",
    "-iwithprefixbefore", "-iwithprefix", "-I",
  ]
  /// Likewise, the value is no path.
  private static let values = ["-D", "-U"]
  /// Flags of other tools or purposes that take the next word with them.
  private static let skippedPairs: Set<String> = [
    "-o", "-MF", "-MT", "-MQ", "-MJ", "-Xlinker", "-Xassembler", "-Xpreprocessor", "-Xclang", "-L", "-l",
    "-T",
    "-u", "-z", "-A", "--param", "-arch", "-mllvm", "-framework", "-dumpbase", "-dumpdir", "-aux-info", "-G",
    "-include-pch", "-specs", "-Wl", "-wrapper", "--serialize-diagnostics", "-dependency-file", "-e", "-h",
  ]
  private static let plain: Set<String> = [
    "-ansi", "-nostdinc", "-nostdlibinc", "-nobuiltininc", "-undef", "-trigraphs", "-pthread", "-pthreads",
  ]
  /// `-f…` that change the language or its macros.
  private static let languageFlags: Set<String> = [
    "signed-char", "unsigned-char", "signed-bitfields", "unsigned-bitfields", "short-enums", "short-wchar",
    "ms-extensions", "ms-compatibility", "builtin", "freestanding", "hosted", "gnu89-inline", "blocks",
    "gnu-keywords", "asm", "declspec", "dollars-in-identifiers", "PIC", "pic", "PIE", "pie", "wrapv",
    "exceptions", "gnuc-version", "strict-flex-arrays", "common",
  ]

  private mutating func read(_ flags: [String]) {
    var index = 0
    while index < flags.count {
      let flag = flags[index]
      index += 1
      let next = index < flags.count ? flags[index] : nil
      if readValued(flag, next) || Self.skippedPairs.contains(flag) {
        if takesNext(flag) { index += 1 }
        continue
      }
      readSingle(flag)
    }
  }

  private func takesNext(_ flag: String) -> Bool {
    Self.skippedPairs.contains(flag) || Self.paths.contains(flag) || Self.values.contains(flag)
      || ["-x", "-target", "--target", "--sysroot", "-std", "--std"].contains(flag)
  }

  /// Flags with a value, joined or separate.
  private mutating func readValued(_ flag: String, _ next: String?) -> Bool {
    switch flag {
    case "-x":
      if let next { setLanguage(next) }
      return true
    case "-target", "--target":
      if let next { words += ["-target", next] }
      return true
    case "--sysroot":
      if let next { words.append("--sysroot=" + absolute(next)) }
      return true
    case "-std", "--std":
      if let next { setStandard(next) }
      return true
    default: break
    }
    for name in Self.paths where flag.hasPrefix(name) && flag != "-include-pch" {
      if flag == name {
        if let next { words += [name, path(next, for: name)] }
      } else {
        words += [name, path(String(flag.dropFirst(name.count)), for: name)]
      }
      return true
    }
    for name in Self.values where flag.hasPrefix(name) {
      if flag == name {
        if let next { words.append(name + next) }
      } else {
        words.append(flag)
      }
      return true
    }
    return false
  }

  private mutating func readSingle(_ flag: String) {
    if Self.plain.contains(flag) || flag.hasPrefix("--target=") {
      words.append(flag)
    } else if flag.hasPrefix("-std=") || flag.hasPrefix("--std=") {
      setStandard(String(flag.drop { $0 != "=" }.dropFirst()))
    } else if flag.hasPrefix("-x") {
      setLanguage(String(flag.dropFirst(2)))
    } else if flag.hasPrefix("--sysroot=") {
      words.append("--sysroot=" + absolute(String(flag.dropFirst("--sysroot=".count))))
    } else if flag.hasPrefix("-Wp,") {
      for part in flag.dropFirst(4).split(separator: ",") where part.hasPrefix("-D") || part.hasPrefix("-U") {
        words.append(String(part))
      }
    } else if flag.hasPrefix("-f") {
      readLanguageFlag(flag)
    } else if flag.hasPrefix("-m") {
      // The processor's name has many spellings that only gcc knows, and no effect on the language.
      let choosesProcessor = ["-march", "-mtune", "-mcpu", "-mfpmath", "-mabi"].contains {
        flag.hasPrefix($0)
      }
      if !choosesProcessor, Self.isMachineFlag(flag) { words.append(flag) }
    }
  }

  /// `-mavx2`, `-mno-sse`, `-mcmodel=large`. What follows `-mllvm` is for libraries behind the front end, and
  /// some of that writes files.
  private static func isMachineFlag(_ flag: String) -> Bool {
    if flag.hasPrefix("-mllvm") || flag.hasPrefix("-mlink") { return false }
    let name = flag.prefix { $0 != "=" }
    return name == flag || machineValues.contains(String(name))
  }

  private static let machineValues: Set<String> = [
    "-mcmodel", "-mfpu", "-mfloat-abi", "-mlong-double", "-mregparm", "-mpreferred-stack-boundary",
    "-mstack-alignment", "-mtls-dialect", "-mbranch-protection", "-mrvv-vector-bits", "-msve-vector-bits",
  ]

  private mutating func setStandard(_ name: String) {
    // gcc warns of a C++ standard for C and goes on.
    if !name.contains("++") { words.append("-std=" + name) }
  }

  private mutating func readLanguageFlag(_ flag: String) {
    var name = flag.dropFirst(2)
    if name.hasPrefix("no-") { name = name.dropFirst(3) }
    let stem = name.prefix { $0 != "=" }
    if Self.languageFlags.contains(String(stem)) || stem.hasPrefix("builtin-") { words.append(flag) }
  }

  private mutating func setLanguage(_ language: String) {
    // Preprocessed C is C; the `none` of a driver's command line speaks of the files after it.
    guard language != "none" else { return }
    // Syntax trees, modules and intermediate code are no sources.
    guard !["ast", "ir", "pcm"].contains(language), !language.hasSuffix("module") else { return }
    words += ["-x", language]
    hasLanguage = true
  }

  /// `-include` searches the current folder first, then the include path: only a file that is there is
  /// made absolute.
  private func path(_ value: String, for name: String) -> String {
    guard name == "-include" || name == "-imacros" else { return absolute(value) }
    let candidate = absolute(value)
    return FileManager.default.fileExists(atPath: candidate) ? candidate : value
  }

  private func absolute(_ path: String) -> String {
    // `=dir` and `-I-` are the compiler's own notations.
    guard let directory, !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("="), path != "-" else {
      return path
    }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }
}
