/// What a look at a file's words tells, without macros expanded and without types: who stands in whose text.
/// Comments and `#if 0` do not count, both arms of any other condition do.
struct ScannedFile {
  /// A function, a macro, or what stands outside all of them.
  struct Item {
    enum Kind {
      case function
      case macro
      case outside
    }
    var kind: Kind
    /// What it is called; of a declarator with macros around it, each word that may be the name.
    var names: [Int32]
    var isStatic = false
    /// What the macro's text pastes together: words, and -1 for a parameter.
    var pastes: [[Int32]] = []
    /// The words in its text, each once; a macro's parameters are none.
    var mentions: [Int32]
    /// Those before an opening parenthesis.
    var calls: [Int32] = []
  }

  struct Include: Hashable {
    var name: String
    /// `"name"`: the file's own folder comes first.
    var isQuoted: Bool
  }

  var path: String
  var items: [Item] = []
  var includes: [Include] = []
  /// Words of one `typedef`, which may name one type.
  var typedefs: [[Int32]] = []
  /// Macros that stand for a header's name in `#include`.
  var includedMacros: [Int32] = []
  var byteCount = 0
}
