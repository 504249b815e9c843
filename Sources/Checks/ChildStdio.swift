/// The child uses a stdio stream or a formatter of the printf and scanf families.
enum ChildStdio: CatalogueCheck {
  static let id = "child-stdio"
}
