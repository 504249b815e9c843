import Testing
@testable import Catalogue
import EmbeddedRules
@Test func smoke() { #expect(Catalogue.builtIn().entry(named: "fork") != nil) }
