/// The child ends in `exit`, which runs the parent's handlers and flushes its streams.
enum ChildExit: CatalogueCheck {
  static let id = "child-exit"
}
