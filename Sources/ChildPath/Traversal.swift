import Catalogue
import Linking
import SpawnIR

/// Walks the graph of contexts breadth first from each root, so that the first way found to an
/// event is a shortest one, and turns events into observations per spawn site.
struct Traversal {
  private struct Tag: Hashable {
    var site: SiteID
    var context: ChildContext
    /// The function in whose frame the child started or into which it came back.
    var function: FunctionID
    /// The call at which this site's child left child-only code.
    var place: InstructionRef?
    var entered: FunctionNameID?
    var begins: FunctionNameID?
  }

  private struct Visit {
    var context: Int
    var tags: [Tag]
    /// For each tag, the visit of the frame in which its child started.
    var origins: [Int]
    var parent: Int?
    var call: InstructionRef?
    /// Sites whose children a function above tells from their parents.
    var testedAbove: Set<SiteID>
  }

  private struct VisitKey: Hashable {
    var context: Int
    var tags: [Tag]
    /// Sites whose children some caller tells from their parents.
    var tested: Set<SiteID>
  }

  private struct Key: Hashable {
    var site: SiteID
    var context: ChildContext
    var kind: EventKind
    var at: InstructionRef
    var place: InstructionRef
    var function: FunctionID
    var nesting: Nesting?
  }

  private let analysis: Analysis
  private let childOnly: Set<FunctionID>
  private let followsWorkers: Bool
  private var visits: [Visit] = []
  private var observations: [Observation] = []
  /// Their indices in `observations`.
  private var found: [Key: Int] = [:]
  private var tested: [FunctionID: Set<SiteID>] = [:]
  private var sitesBelow: [Int: Set<SiteID>] = [:]
  /// What the child paths ask of the program.
  private var asked: [SiteID: AskedInChild] = [:]

  init(_ analysis: Analysis, childOnly: Set<FunctionID>, followsWorkers: Bool) {
    self.analysis = analysis
    self.childOnly = childOnly
    self.followsWorkers = followsWorkers
  }

  /// Sites whose children do something in a function that does not know them from their parents.
  private(set) var passedOver: Set<SiteID> = []

  mutating func observations(from roots: [Roots.Root]) -> [Observation] {
    for root in roots { walk(root) }
    return observations
  }

  private mutating func walk(_ root: Roots.Root) {
    visits = [Visit(context: root.context, tags: [], origins: [], parent: nil, call: nil, testedAbove: [])]
    if let site = root.contract {
      visits[0].tags = analysis.contexts[root.context].entryRoles.map {
        Tag(site: site, context: $0.context, function: root.function)
      }
      visits[0].origins = visits[0].tags.map { _ in 0 }
    }
    var seen: Set<VisitKey> = []
    var next = 0
    while next < visits.count {
      let index = next
      next += 1
      let context = analysis.contexts[visits[index].context]
      // A caller that does not know its child is not on a child path.
      if index > 0 || root.focus == nil || root.function == root.focus
        || !testedSites(root.function).isEmpty
      {
        note(context.asked, root: root, visit: index)
      }
      for event in context.events.elements { observe(event, visit: index, root: root) }
      for edge in context.edges.elements { follow(edge, visit: index, seen: &seen) }
    }
  }

  private mutating func note(_ new: AskedInChild, root: Roots.Root, visit index: Int) {
    var sites = Set(visits[index].tags.map(\.site))
    if sites.isEmpty {
      sites = reachableSites(root.context).filter {
        root.focus == nil || analysis.sites[Int($0)].at.function == root.focus
      }
    }
    for site in sites { asked[site, default: AskedInChild()].add(new) }
  }

  /// What is asked on child paths, and what only by children who leave the code that is theirs.
  func questions() -> (all: AskedInChild, workers: AskedInChild) {
    let leaving = Set(observations.filter { $0.kind == .leaves }.map { SiteID($0.site) })
    var all = AskedInChild()
    var workers = AskedInChild()
    for (site, own) in asked {
      if leaving.contains(site), !followsWorkers { workers.add(own) } else { all.add(own) }
    }
    return (all, workers)
  }

  /// Sites whose children the function tells from their parents.
  private mutating func testedSites(_ function: FunctionID) -> Set<SiteID> {
    if let known = tested[function] { return known }
    let sites = analysis.comers.testedSites(in: function, analysis)
    tested[function] = sites
    return sites
  }

  /// Events and calls of a frame above the spawning function count only where the caller goes on
  /// as the child knowingly; otherwise the child has left for good.
  ///
  /// A child that forks again and goes on in the child's code does so on the outer one's path.
  private mutating func counts(_ position: Int, of roles: [RoleTag], visit index: Int) -> Bool {
    guard case .site(let site) = roles[position].origin else { return true }
    if position > 0, counts(position - 1, of: roles, visit: index) { return true }
    let function = analysis.contexts[visits[index].context].function
    if followsWorkers || analysis.sites[Int(site)].at.function == function { return true }
    return visits[index].testedAbove.contains(site) || testedSites(function).contains(site)
  }

  /// A wrapper that hands the spawn call's result on is not where its child leaves: that is the last
  /// function known to have received it.
  private mutating func isLastLeave(_ event: Event, _ role: RoleTag, visit index: Int) -> Bool {
    guard event.kind == .leaves, case .site(let site) = role.origin, visits[index].parent == nil else {
      return false
    }
    return !testedSites(analysis.sites[Int(site)].at.function).contains(site)
  }

  private mutating func follow(_ edge: Edge, visit index: Int, seen: inout Set<VisitKey>) {
    for position in edge.roles.indices where !counts(position, of: edge.roles, visit: index) { return }
    let visit = visits[index]
    let callee = analysis.contexts[edge.target].function
    var tags: [Tag] = []
    var origins: [Int] = []
    for role in edge.roles {
      var (tag, origin) = resolve(role, visit: index)
      if analysis.sites[Int(tag.site)].at == edge.at {
        tag.begins = analysis.program.functions[callee].name
      }
      if tag.place == nil, !childOnly.contains(callee) {
        tag.place = edge.at
        tag.entered = analysis.program.functions[callee].name
      }
      tags.append(tag)
      origins.append(origin)
    }
    let testedAbove = visit.testedAbove.union(testedSites(analysis.contexts[visit.context].function))
    let key = VisitKey(context: edge.target, tags: tags, tested: tags.isEmpty ? testedAbove : [])
    guard seen.insert(key).inserted else { return }
    visits.append(
      Visit(
        context: edge.target, tags: tags, origins: origins, parent: index, call: edge.at,
        testedAbove: testedAbove))
  }

  private func resolve(_ role: RoleTag, visit index: Int) -> (Tag, Int) {
    switch role.origin {
    case .inherited(let position) where Int(position) < visits[index].tags.count:
      return (visits[index].tags[Int(position)], visits[index].origins[Int(position)])
    case .inherited: return (Tag(site: 0, context: role.context, function: function(of: index)), index)
    case .site(let site):
      return (Tag(site: site, context: role.context, function: function(of: index)), index)
    }
  }

  /// How the child of `site` came to make the child of that role.
  private func nesting(of role: RoleTag, in site: SiteID, visit index: Int) -> Nesting {
    let (inner, origin) = resolve(role, visit: index)
    let outer = visits[origin].tags.first { $0.site == site }
    if outer?.place != nil { return .inSharedCode }
    let function = function(of: origin)
    if childOnly.contains(function) { return .inChildCode }
    let context = analysis.contexts[visits[origin].context]
    var calls = [analysis.sites[Int(inner.site)].at].filter { $0.function == function }
    for edge in context.edges.elements
    where analysis.contexts[edge.target].exits.contains(where: { $0.state.ownSites.contains(inner.site) }) {
      calls.append(edge.at)
    }
    let own = analysis.childBlocks[function] ?? []
    let shared = analysis.sharedBlocks[function] ?? []
    let isOwn = calls.contains { own.contains($0.block) && !shared.contains($0.block) }
    return isOwn ? .inChildCode : .inSharedCode
  }

  private func function(of visit: Int) -> FunctionID { analysis.contexts[visits[visit].context].function }

  /// The functions above the frame of a child to which it comes back in turn.
  private func functionsAbove(_ origin: Int, site: SiteID) -> [FunctionID] {
    var found: [FunctionID] = []
    var current = origin
    while let parent = visits[current].parent,
      analysis.contexts[visits[current].context].exits.contains(where: { $0.state.ownSites.contains(site) })
    {
      found.append(function(of: parent))
      current = parent
    }
    return found
  }

  /// Some child returns from the root: what becomes of it is another root's matter, or a finding.
  private func comesBack(from root: Roots.Root) -> Bool {
    analysis.contexts[root.context].events.elements.contains { $0.kind == .leaves }
  }

  private mutating func observe(_ event: Event, visit index: Int, root: Roots.Root) {
    let function = analysis.contexts[visits[index].context].function
    if event.roles.isEmpty {
      observeParent(event, visit: index)
      return
    }
    if event.loops.contains(where: analysis.isResetting) { return }
    for (position, role) in event.roles.enumerated() where event.role == nil || event.role == position {
      guard counts(position, of: event.roles, visit: index) || isLastLeave(event, role, visit: index) else {
        if case .site(let site) = role.origin, !comesBack(from: root) { passedOver.insert(site) }
        continue
      }
      switch event.kind {
      case .leaves:
        // Returning from a vfork child has a law of its own.
        guard case .site(let site) = role.origin, role.context != .vfork else { continue }
        let isRoot = visits[index].parent == nil
        let goesOn =
          isRoot
          ? root.continuesInCallers
          : followsWorkers || visits[index].testedAbove.contains(site)
            || !testedSites(function).contains(site)
        if goesOn { continue }
      case .goesOn where visits[index].parent != nil:
        guard case .site(let site) = role.origin else { continue }
        if followsWorkers || visits[index].testedAbove.contains(site) || !testedSites(function).contains(site)
        {
          continue
        }
      case .vforkReturn:
        guard case .site = role.origin, role.context == .vfork, !role.frameLeft else { continue }
      case .writesParent:
        if let local = event.local {
          guard case .site(let site) = role.origin, analysis.parentReads(local, in: function, after: site)
          else { continue }
        }
      default: break
      }
      let (tag, origin) = resolve(role, visit: index)
      let context = effective(event.roles, position)
      var place = tag.place ?? event.at
      var entered = tag.entered
      if tag.place == nil, event.at.function != function, let via = event.via,
        !childOnly.contains(event.at.function)
      {
        place = via
        entered = analysis.program.functions[event.at.function].name
      }
      if event.kind.concernsSpawnCall {
        place = analysis.sites[Int(tag.site)].at
        entered = nil
      }
      let isNested = position + 1 < event.roles.count
      let nesting = isNested ? nesting(of: event.roles[position + 1], in: tag.site, visit: index) : nil
      let key = Key(
        site: tag.site, context: context, kind: event.kind, at: event.at, place: place,
        function: tag.function, nesting: nesting)
      let above = functionsAbove(origin, site: tag.site)
      if let known = found[key] {
        for function in above where !observations[known].comesBackTo.contains(function) {
          observations[known].comesBackTo.append(function)
        }
        continue
      }
      found[key] = observations.count
      observations.append(
        Observation(
          site: Int(tag.site), start: analysis.sites[Int(tag.site)].start, begins: tag.begins,
          context: context, kind: event.kind, at: event.at, place: place, childOf: tag.function,
          comesBackTo: above, nesting: nesting, entered: entered,
          way: way(event, to: index, from: origin) + (event.via.map { [$0] } ?? [])))
    }
  }

  /// The innermost child's laws hold: in a fork child of a vfork child memory is no longer shared
  /// with the outermost parent; a vfork inside a fork child has its own laws on top.
  private func effective(_ roles: [RoleTag], _ position: Int) -> ChildContext {
    roles.last?.context ?? roles[position].context
  }

  /// To a lock that is held the way begins where it was taken.
  private func way(_ event: Event, to index: Int, from origin: Int) -> [InstructionRef] {
    guard case .heldAcrossVfork(let lock) = event.kind else { return way(to: index, from: origin) }
    let holder: FunctionID =
      switch lock.origin {
      case .call(let ref): ref.function
      case .entry(let function, _, _): function
      }
    var start = index
    var current: Int? = index
    while let visit = current {
      start = visit
      if analysis.contexts[visits[visit].context].function == holder { break }
      current = visits[visit].parent
    }
    let above = analysis.callsToRoots[analysis.contexts[visits[start].context].function]?[lock.origin] ?? []
    return above + way(to: index, from: start)
  }

  /// What the parent does wrong concerns every spawn call below the frame.
  private mutating func observeParent(_ event: Event, visit index: Int) {
    for site in reachableSites(visits[index].context).sorted() {
      let place = event.kind.concernsSpawnCall ? analysis.sites[Int(site)].at : event.at
      let function = function(of: index)
      let key = Key(
        site: site, context: .fork, kind: event.kind, at: event.at, place: place, function: function)
      if found[key] != nil { continue }
      found[key] = observations.count
      observations.append(
        Observation(
          site: Int(site), start: analysis.sites[Int(site)].start, begins: nil, context: .fork,
          kind: event.kind, at: event.at, place: place, childOf: function, comesBackTo: [], entered: nil,
          way: []))
    }
  }

  private mutating func reachableSites(_ start: Int) -> Set<SiteID> {
    if let known = sitesBelow[start] { return known }
    var seen: Set<Int> = [start]
    var work = [start]
    var sites: Set<SiteID> = []
    while let id = work.popLast() {
      sites.formUnion(analysis.contexts[id].spawned)
      for edge in analysis.contexts[id].edges.elements where seen.insert(edge.target).inserted {
        work.append(edge.target)
      }
    }
    sitesBelow[start] = sites
    return sites
  }

  private func way(to index: Int, from origin: Int) -> [InstructionRef] {
    var calls: [InstructionRef] = []
    var current = index
    while current != origin, let parent = visits[current].parent {
      if let call = visits[current].call { calls.append(call) }
      current = parent
    }
    return calls.reversed()
  }
}
