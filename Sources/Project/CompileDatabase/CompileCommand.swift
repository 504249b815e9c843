/// One command of a compile database, taken apart. Nothing of it is ever executed; of the flags, only those
/// on the front end's list of language flags reach the parser.
struct CompileCommand: Hashable {
  /// As the command calls it; nil where none was recognised.
  var compiler: String?
  /// Without the compiler, what wraps it, the input and the outputs.
  var flags: [String]
  /// What `-o` names.
  var output: String?
  var isC: Bool

  /// - Parameters:
  ///   - words: the whole command line, response files expanded.
  ///   - input: the file as the database names it.
  init(words: [String], input: String) {
    var rest = words[...]
    compiler = Self.compiler(&rest)
    flags = []
    var language: String?
    while let word = rest.popFirst() {
      switch word {
      case "-o":
        output = rest.popFirst()
      case "-MF", "-MT", "-MQ", "-MJ": _ = rest.popFirst()
      case "-c", "-S", "-E", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG", "--", input: continue
      case "-x":
        language = rest.popFirst()
      case "-Xclang", "-Xlinker", "-Xassembler", "-Xpreprocessor", "-mllvm":
        // Passed past the compiler's own reading of flags: may load code or write files.
        _ = rest.popFirst()
      default:
        if word.hasPrefix("-o"), Self.isJoinedOutput(word) {
          output = String(word.dropFirst(2))
        } else if word.hasPrefix("-x") {
          language = String(word.dropFirst(2))
        } else {
          flags.append(word)
        }
      }
    }
    if let driver = compiler.flatMap(Self.target(ofDriver:)), !flags.contains(where: Self.choosesTarget) {
      flags.append("--target=" + driver)
    }
    isC = Self.isC(input, language: language, compiler: compiler)
    if let language, isC, language != "none" { flags += ["-x", language] }
  }

  /// `-objcmt…` and the like begin with the same letters.
  private static func isJoinedOutput(_ word: String) -> Bool { !word.hasPrefix("-objc") }

  private static func choosesTarget(_ flag: String) -> Bool {
    flag == "-target" || flag == "--target" || flag.hasPrefix("--target=")
  }

  // MARK: Language

  private static let cLanguages: Set<String> = ["c", "cpp-output", "c-header"]

  private static func isC(_ input: String, language: String?, compiler: String?) -> Bool {
    if let language, language != "none" { return cLanguages.contains(language) }
    let name = PlainPath.name(of: input)
    guard name.hasSuffix(".c") || name.hasSuffix(".i") else { return false }
    // g++ and clang++ compile .c files as C++.
    return compiler.map { !stem(of: $0).hasSuffix("++") } ?? true
  }

  /// `x86_64-linux-gnu-g++-12` → `x86_64-linux-gnu-g++`.
  private static func stem(of compiler: String) -> Substring {
    var name = PlainPath.name(of: compiler)
    if name.hasSuffix(".exe") { name = name.dropLast(4) }
    while let last = name.last, last.isNumber || last == "." { name = name.dropLast() }
    return name.hasSuffix("-") ? name.dropLast() : name
  }

  // MARK: Compiler

  /// Programs that run the compiler that follows them, and those that interpret such a one.
  private static let wrappers: Set<Substring> = [
    "ccache", "sccache", "distcc", "icecc", "icerun", "fastcc", "buildcache", "recc", "gomacc", "rewrapper",
    "pump", "colorgcc", "firebuild", "libtool", "glibtool", "env", "nice", "ionice", "time", "sh", "bash",
    "dash",
  ]

  /// Removes the compiler and what stands before it.
  private static func compiler(_ words: inout ArraySlice<String>) -> String? {
    while let word = words.first {
      let name = PlainPath.name(of: word)
      // Options of a wrapper, `CCACHE_DIR=…` for env, and libtool's script however it is called.
      let isWrapping =
        wrappers.contains(name) || name.hasSuffix("-libtool") || word.hasPrefix("--mode=")
        || word.hasPrefix("--tag=") || word == "--silent" || word == "--quiet" || word == "--"
        || isAssignment(word)
      guard isWrapping else { break }
      words.removeFirst()
    }
    guard let word = words.first, !word.hasPrefix("-") else { return nil }
    words.removeFirst()
    return word
  }

  private static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.firstIndex(of: "="), let first = word.first, first.isLetter || first == "_" else {
      return false
    }
    return word[..<equals].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  // MARK: Cross compilers

  /// Processors that clang knows, as they begin a target's name.
  private static let processors = [
    "aarch64", "arm", "avr", "hexagon", "i386", "i486", "i586", "i686", "loongarch64", "m68k", "mips",
    "msp430",
    "powerpc", "ppc", "riscv32", "riscv64", "s390x", "sparc", "x86_64",
  ]

  /// A compiler is called after its target: `arm-linux-gnueabihf-gcc` and `arm-linux-gnueabihf-clang-15`. Nil
  /// for the machine's own compiler.
  static func target(ofDriver compiler: String) -> String? {
    let name = stem(of: compiler)
    guard let dash = name.lastIndex(of: "-") else { return nil }
    let target = name[..<dash]
    let tool = name[name.index(after: dash)...]
    guard ["gcc", "cc", "clang", "g++", "c++", "clang++"].contains(tool), target.contains("-"),
      processors.contains(where: target.hasPrefix)
    else { return nil }
    return String(target)
  }
}
