/// The child uses the allocator, whose locks and lists it shares or has a frozen copy of.
enum ChildAllocates: CatalogueCheck {
  static let id = "child-allocates"
}
