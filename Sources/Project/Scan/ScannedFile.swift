/// What a look at a file's words tells, without macros expanded and without types: who stands in whose text.
/// Comments and `#if 0` do not count, both arms of any other condition do.
struct ScannedFile {
  /// A function, a macro, or what stands outside all of them.
  struct Item {
    enum Kind {
      case function
      case macro
      case outside
      /// Outside of functions, what begins with something like a macro's call.
      case declaration
    }
    var kind: Kind
    /// What it is called; of a declarator with macros around it, each word that may be the name.
    var names: [Int32]
    var isStatic = false
    /// What the macro's text pastes together: words, and -1 for a parameter.
    var pastes: [[Int32]] = []
    /// The words in its text, each once; a macro's parameters are none. Those that only name members come last.
    var mentions: [Int32]
    /// How many of its words only stand behind a `.` or `->`.
    var memberCount = 0
    /// Those before an opening parenthesis.
    var calls: [Int32] = []
    /// Those that stand where they may be changed if what is called is a macro.
    var arguments: [Argument] = []
    /// Those that may be assigned, or whose address is taken.
    var stores: [Int32] = []
    /// Of a macro: one of its parameters is.
    var storesParameter = false
    /// Of a macro: something begins, ends or is given a value in its text.
    var makesCode = false
    /// Of a macro: it has parameters.
    var isFunctionLike = false
    /// Of a macro: the word that it ends with, so that its use may be assigned.
    var tail: Int32?
    /// A list in braces of what a record or an array is to hold stands in a function's text, or is a macro's.
    var initializes = false
  }

  struct Argument: Hashable {
    var word: Int32
    var callee: Int32
  }

  /// The definition of a structure or union.
  struct Record {
    /// Its tag, or what stands for it.
    var names: [Int32]
    /// Words between its braces, those left out that are followed by a `*`.
    var members: [Int32]
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
  var records: [Record] = []
  /// Words of declarations outside functions that may define a variable.
  var variables: [Int32] = []
  /// Words of those that have an initialiser, its own words left out.
  var initialized: [Int32] = []
  /// Macros that stand for a header's name in `#include`.
  var includedMacros: [Int32] = []
  var byteCount = 0
}

extension ScannedFile {
  /// Gives names their numbers in another table.
  mutating func rename(_ numbers: [Int32]) {
    func rename(_ words: inout [Int32]) {
      for index in words.indices where words[index] >= 0 { words[index] = numbers[Int(words[index])] }
    }
    for index in items.indices {
      rename(&items[index].names)
      rename(&items[index].mentions)
      rename(&items[index].calls)
      rename(&items[index].stores)
      for argument in items[index].arguments.indices {
        let old = items[index].arguments[argument]
        items[index].arguments[argument] = Argument(
          word: numbers[Int(old.word)], callee: numbers[Int(old.callee)])
      }
      items[index].tail = items[index].tail.map { numbers[Int($0)] }
      for chain in items[index].pastes.indices { rename(&items[index].pastes[chain]) }
    }
    for index in typedefs.indices { rename(&typedefs[index]) }
    for index in records.indices {
      rename(&records[index].names)
      rename(&records[index].members)
    }
    rename(&variables)
    rename(&initialized)
    rename(&includedMacros)
  }
}
