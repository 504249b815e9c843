import Linking
import SpawnIR

/// Which children and parents come where in a function: what tells that it knows its child.
struct Comers {
  private struct Block: Hashable {
    var function: FunctionID
    var block: Int
  }

  /// The own children among a state's roles; whether a spawn call lies behind it on the parent's side.
  private struct Comer: Hashable {
    var sites: [SiteID]
    var isAfterSpawn: Bool
  }

  private var starts: [Block: Set<[SiteID]>] = [:]
  private var ends: [Block: Set<Comer>] = [:]

  /// A child comes to the block's start.
  mutating func arrive(_ state: State, at block: Int, of function: FunctionID) {
    starts[Block(function: function, block: block), default: []].insert(state.ownSites)
  }

  /// A child, or a parent after a spawn call, is at the block's end.
  mutating func end(_ state: State, at block: Int, of function: FunctionID) {
    ends[Block(function: function, block: block), default: []].insert(
      Comer(sites: state.ownSites, isAfterSpawn: state.isAfterSpawn))
  }

  /// The sites whose children the function tells from their parents: where both come, a branch leads to
  /// a block to which only that child comes. Children of another spawn call may share it if it is made in the
  /// one's stead (`fork` where `vfork` failed). Where the parent never comes, the child goes on in its place.
  func testedSites(in function: FunctionID, _ analysis: Analysis) -> Set<SiteID> {
    let shared = analysis.sharedBlocks[function] ?? []
    var tested: Set<SiteID> = []
    for (index, block) in analysis.body(function).blocks.enumerated() {
      guard let comers = ends[Block(function: function, block: index)] else { continue }
      for site in comers.reduce(into: Set<SiteID>(), { $0.formUnion($1.sites) }) where !tested.contains(site)
      {
        guard comers.contains(where: { $0.isAfterSpawn && !$0.sites.contains(site) }) else { continue }
        let knows = block.terminator.successors.contains { next in
          guard !shared.contains(next), let children = starts[Block(function: function, block: next)]
          else { return false }
          let related = children.filter { $0.contains(site) }.reduce(into: Set()) { $0.formUnion($1) }
          return !related.isEmpty
            && children.allSatisfy { $0.contains(site) || related.isDisjoint(with: $0) }
        }
        if knows { tested.insert(site) }
      }
    }
    return tested
  }
}
