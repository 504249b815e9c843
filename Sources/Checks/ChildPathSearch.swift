/// The child searches PATH itself (`execvp` and relatives).
enum ChildPathSearch: CatalogueCheck {
  static let id = "child-path-search"
}
