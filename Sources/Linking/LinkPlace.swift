/// Where a unit belongs, as far as its build tells: what it is linked into, and where its source lies.
public struct LinkPlace: Hashable, Sendable {
  /// The program or library that the unit becomes a part of; nil where the build does not tell.
  public var target: String?
  /// The target may be an archive of objects, of which a program takes only those that it needs.
  public var mayBeArchive: Bool
  /// Names of the folders from the root to the source.
  public var folders: [String]

  public init(target: String? = nil, mayBeArchive: Bool = true, folder: String) {
    self.target = target
    self.mayBeArchive = mayBeArchive
    folders = folder.split(separator: "/").map(String.init)
  }

  /// Of a unit of which only the file is known.
  init(file: String) {
    self.init(folder: file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "")
  }

  /// The number of folders that two sources have in common, from the root on.
  func nearness(to other: LinkPlace) -> Int {
    zip(folders, other.folders).prefix { $0 == $1 }.count
  }
}

/// One of several definitions of a name.
struct Definition: Hashable {
  enum Kind: Int {
    /// What a linker takes when there is any.
    case strong
    case weak
    case alias
  }

  /// Nil for a unit that was not read.
  var unit: Int?
  var place: LinkPlace
  var kind: Kind
  /// Empty where it is known that there is a body and no more.
  var bodies: [FunctionID]
}

/// Which of several definitions of a name a unit means.
///
/// The unit's own goes before those of the same link target, these before those whose folder is nearest; where that
/// leaves several, it may be each of them. A target without a definition says nothing of others: a program takes
/// functions from libraries, a library may call what the program defines.
struct DefinitionChoice {
  let unit: Int
  let place: LinkPlace

  /// - Parameter isCommon: whether definitions without initialiser in several units may be one object.
  /// - Returns: in the order of `definitions`.
  func chosen(_ definitions: [Definition], isCommon: Bool = false) -> [Definition] {
    if definitions.count < 2 { return definitions }
    if !isCommon, let own = definitions.first(where: { $0.unit == unit && $0.kind == .strong }) {
      return [own]
    }
    let same = definitions.filter { place.target != nil && $0.place.target == place.target }
    var found = same.isEmpty ? nearest(definitions) : same
    if found.contains(where: { $0.kind != .alias }) { found.removeAll { $0.kind == .alias } }
    // All objects of a program are linked. Out of an archive only what is missing is taken, and what has a weak
    // definition is not missing (System V gABI, "Symbol Table", STB_WEAK).
    let isLinkedWhole = !same.isEmpty && !place.mayBeArchive
    if found.contains(where: { $0.kind == .strong }) {
      if isLinkedWhole { found.removeAll { $0.kind == .weak } }
    } else if !isLinkedWhole || found.contains(where: { $0.kind == .weak }) {
      found += nearest(definitions.filter { $0.kind == .strong })
    }
    let chosen = Set(found)
    return definitions.filter(chosen.contains)
  }

  private func nearest(_ definitions: [Definition]) -> [Definition] {
    let nearness = definitions.map { place.nearness(to: $0.place) }
    let best = nearness.max()
    return zip(definitions, nearness).filter { $0.1 == best }.map(\.0)
  }
}
