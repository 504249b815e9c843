/// Text inside Markdown (CommonMark with GitHub's tables), whatever it holds.
enum MarkdownText {
  /// Plain text: nothing in it is markup, no line ends.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&":
        result.append("\\")
        result.unicodeScalars.append(scalar)
      case "@":
        // A name after it would be notified.
        result += "@\u{2060}"
      case "\n", "\r": result.append(" ")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A code span; more backticks around than inside.
  static func code(_ text: String) -> String {
    let flat = String(text.map { $0.isNewline ? " " : $0 })
    var longest = 0
    var run = 0
    for character in flat {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let blank = longest > 0 ? " " : ""
    return fence + blank + flat + blank + fence
  }

  /// A code span in a table's cell, where a bar would end the cell.
  static func cellCode(_ text: String) -> String {
    code(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
