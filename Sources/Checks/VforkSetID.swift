/// A vfork child changes user or group ids through libc, which signals every thread of the process.
enum VforkSetID: CatalogueCheck {
  static let id = "vfork-set-id"
}
