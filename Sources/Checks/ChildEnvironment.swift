/// The child changes the environment through libc.
enum ChildEnvironment: CatalogueCheck {
  static let id = "child-environment"
}
