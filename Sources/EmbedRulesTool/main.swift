import Catalogue
import Foundation

/// Usage: EmbedRulesTool CATALOGUE_DIR CHECKS_DIR OUTPUT.swift
/// Writes the Swift source that holds the compiled catalogue and the files of all checks.

struct EmbeddingError: Error, CustomStringConvertible {
  var description: String
}

func files(below directory: URL, where isWanted: (String) -> Bool) throws -> [(path: String, text: String)] {
  let root = directory.standardizedFileURL.path
  guard let names = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] else { return [] }
  return try names.filter(isWanted).sorted().compactMap { name in
    let path = "\(root)/\(name)"
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue
    else { return nil }
    guard let text = String(data: try Data(contentsOf: URL(filePath: path)), encoding: .utf8) else {
      throw EmbeddingError(description: "\(path): error: it is not UTF-8 text")
    }
    return (name, text)
  }
}

/// A multi-line literal whose value is exactly `text`.
func literal(_ text: String, path: String) throws -> String {
  guard !text.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\0" }) else {
    throw EmbeddingError(description: "\(path): error: it holds a carriage return or a NUL")
  }
  var pounds = "#"
  while text.contains("\"\"\"\(pounds)") || text.contains("\\\(pounds)") { pounds += "#" }
  return "\(pounds)\"\"\"\n\(text)\n\"\"\"\(pounds)"
}

func generate(catalogue: URL, checks: URL) throws -> String {
  let entries = try files(below: catalogue) { $0.hasSuffix(".yml") }
    .map { (path: "\(catalogue.path)/\($0.path)", text: $0.text) }
  let compiled = try CatalogueText.compile(files: entries)
  var source = """
    // Made from Rules/ by EmbedRulesTool; not to be edited.

    /// What `Rules/` says, as it was when the program was built.
    public enum EmbeddedRules {
      /// The compiled catalogue; see `CatalogueText`.
      public static let catalogueText: String = \(try literal(compiled.text, path: catalogue.path))

      /// The files below `Rules/checks`, by path.
      public static let checkFiles: [String: String] = [

    """
  let pages = try files(below: checks) { !($0.split(separator: "/").last?.hasPrefix(".") ?? true) }
  if pages.isEmpty { source += ":" }
  for (path, text) in pages {
    source += "\(String(reflecting: path)): \(try literal(text, path: "\(checks.path)/\(path)")),\n"
  }
  return source + "  ]\n}\n"
}

let arguments = CommandLine.arguments.dropFirst().map { URL(filePath: $0) }
guard arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: EmbedRulesTool CATALOGUE_DIR CHECKS_DIR OUTPUT\n".utf8))
  exit(2)
}
do {
  try Data(generate(catalogue: arguments[0], checks: arguments[1]).utf8).write(to: arguments[2])
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
