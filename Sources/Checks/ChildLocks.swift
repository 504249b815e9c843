/// The child takes or releases a lock.
enum ChildLocks: CatalogueCheck {
  static let id = "child-locks"
}
