/// Splits a command line as a POSIX shell does, without expansions: the form in which compile
/// databases keep commands.
enum ShellWords {
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("\\", nil):
        if let next = rest.popFirst(), next != "\n" { word = (word ?? "") + String(next) }
      case ("\\", "\""):
        // Inside double quotes only these lose their meaning.
        if let next = rest.first, "\"\\$`".contains(next) {
          word = (word ?? "") + String(next)
          rest.removeFirst()
        } else {
          word = (word ?? "") + "\\"
        }
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (let end, let open?) where end == open:
        quote = nil
      case (_, nil) where character.isWhitespace:
        if let finished = word { words.append(finished) }
        word = nil
      default:
        word = (word ?? "") + String(character)
      }
    }
    if let finished = word { words.append(finished) }
    return words
  }
}
