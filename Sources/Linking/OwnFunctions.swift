import Catalogue
import SpawnIR

extension Catalogue {
  /// What is known of the function that the program means by the name. A program's own `error` may be another than
  /// the library's, and only its declaration may be here to tell.
  public func entry(for name: FunctionName) -> Entry? {
    guard let entry = entry(named: name.text), entry.isDeclared(name.declaration) else { return nil }
    return entry
  }
}

extension Entry {
  /// The declaration may be the function's. One without a prototype tells nothing.
  func isDeclared(_ declaration: Declaration?) -> Bool {
    guard let parameters, let declaration else { return true }
    if declaration.isVariadic, declaration.parameters.isEmpty { return true }
    let fixed = parameters.filter { $0 != .more }
    return declaration.isVariadic == parameters.contains(.more)
      && declaration.parameters.count == fixed.count
      && zip(declaration.parameters, fixed).allSatisfy { shape, kind in
        shape.isPointerLike == (kind == .pointer) && !shape.isRecord
      }
  }
}
