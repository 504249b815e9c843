import Catalogue

extension Catalogue {
  /// The catalogue that the program was built with.
  public static func builtIn() -> Catalogue {
    Catalogue(CatalogueText(EmbeddedRules.catalogueText))
  }
}
