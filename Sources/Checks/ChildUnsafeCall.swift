import Catalogue
import ChildPath

/// The child calls a function that is not async-signal-safe and that no other check claims.
enum ChildUnsafeCall: CatalogueCheck {
  static let id = Judgement.generalCheck
}
