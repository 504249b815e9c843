/// The child calls an API of CPython that needs the GIL or allocates.
enum PythonAPIInChild: CatalogueCheck {
  static let id = "python-api-in-child"
}
