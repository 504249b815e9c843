/// A vfork child creates processes or threads.
enum VforkSpawns: CatalogueCheck {
  static let id = "vfork-spawns"
}
