import Catalogue
import ChildPath
import Linking

/// Groups cases by the place to change.
struct FindingBuilder {
  let places: Places
  let paths: ChildPaths
  let inputs: CheckInputs
  /// For each site, which children never exec.
  let workers: [Set<FunctionID>]

  func findings(_ cases: [Assessment.Case]) -> [Finding] {
    var groups: [Location.Start: [Assessment.Case]] = [:]
    for item in cases { groups[places.location(item.observation.place).start, default: []].append(item) }
    return groups.sorted { $0.key < $1.key }.compactMap { _, group in finding(group) }
  }

  /// The cases that comments allow, grouped like the others.
  func suppressed(_ cases: [Assessment.Case]) -> [SuppressedFinding] {
    var groups: [Location.Start: [Assessment.Case]] = [:]
    var reasons: [Location.Start: Set<Allowance>] = [:]
    for item in cases {
      guard case .allowed(let allowances) = item.treatment else { continue }
      let start = places.location(item.observation.place).start
      groups[start, default: []].append(item)
      reasons[start, default: []].formUnion(allowances)
    }
    return groups.sorted { $0.key < $1.key }.compactMap { start, group in
      finding(group).map {
        SuppressedFinding(finding: $0, suppressions: Suppression.inSource(reasons[start, default: []]))
      }
    }
  }

  /// Calls that begin at one place, such as a macro's or a call of another's result, are one finding there.
  private func finding(_ group: [Assessment.Case]) -> Finding? {
    let ranked = group.sorted(by: isWorse)
    guard let worst = ranked.first else { return nil }
    let location = places.location(worst.observation.place)
    var causes: [Cause] = []
    for item in ranked {
      let cause = cause(item)
      if !causes.contains(cause) { causes.append(cause) }
    }
    let callee = callee(of: worst)
    // A spawn call for which this is only a note has no part in what is worse.
    let concerned = group.filter { $0.level >= min(worst.level, .warning) }
    let sites = Set(concerned.map { places.location(paths.sites[$0.observation.site].at) }).sorted()
    var finding = Finding(
      check: worst.diagnosis.check, level: worst.level, certainty: worst.diagnosis.certainty,
      message: message(worst, callee: callee), location: location,
      function: places.function(worst.observation.place), callee: callee,
      roles: Role.allCases.filter { role in causes.contains { $0.role == role } }, spawnSites: sites,
      causes: causes, steps: steps(worst), instead: worst.diagnosis.instead)
    finding.fix = FixBuilder(places: places, paths: paths, inputs: inputs, workers: workers).fix(
      group, at: location)
    return finding
  }

  /// Worst first; then the shortest way; then by place, so that output is stable.
  private func isWorse(_ left: Assessment.Case, _ right: Assessment.Case) -> Bool {
    if left.level != right.level { return left.level > right.level }
    if left.diagnosis.certainty != right.diagnosis.certainty {
      return rank(left.diagnosis.certainty) > rank(right.diagnosis.certainty)
    }
    let ways = (left.observation.way.count, right.observation.way.count)
    if ways.0 != ways.1 { return ways.0 < ways.1 }
    let at = (places.location(left.observation.at), places.location(right.observation.at))
    if at.0 != at.1 { return at.0 < at.1 }
    if left.diagnosis.check != right.diagnosis.check { return left.diagnosis.check < right.diagnosis.check }
    return left.observation.site < right.observation.site
  }

  private func rank(_ certainty: Certainty) -> Int {
    switch certainty {
    case .harmful: 3
    case .forbidden: 2
    case .unlisted: 1
    case .allowed: 0
    }
  }

  private func role(_ observation: Observation) -> Role {
    switch observation.kind {
    case .heldAcrossVfork, .protocolBreak(_, .parent), .protocolBreak(_, .lock), .leaks, .inheritable: .parent
    default: observation.context == .vfork ? .vforkChild : .forkChild
    }
  }

  /// The function that the child calls there, or the word that stands for it.
  func called(_ observation: Observation) -> String? {
    switch observation.kind {
    case .external(let name), .longjmp(let name), .settled(let name), .readied(let name), .unmet(let name):
      let text = inputs.program.names[name].text
      return inputs.catalogue.entry(named: text)?.name ?? text
    case .unknown(let name): return inputs.program.names[name].text
    case .pointer(let text), .tooManyTargets(let text): return text
    case .assembly, .vforkReturn, .leaves, .goesOn, .limit, .unknownFlags: return nil
    case .writesParent, .heldAcrossVfork, .heldAcrossFork, .guardedUse, .protocolBreak, .signalsOpen,
      .signalsUnblocked, .leaks, .inheritable:
      return places.callee(observation.at)
    }
  }

  /// The function called at the finding's place.
  private func callee(of item: Assessment.Case) -> String? {
    if item.observation.kind.concernsSpawnCall { return places.callee(item.observation.place) }
    if let entered = item.observation.entered { return inputs.program.names[entered].text }
    return called(item.observation)
  }

  private func cause(_ item: Assessment.Case) -> Cause {
    Cause(
      check: item.diagnosis.check, certainty: item.diagnosis.certainty, level: item.level,
      role: role(item.observation), location: places.location(item.observation.at),
      function: places.function(item.observation.at), callee: called(item.observation),
      reason: item.diagnosis.reason, source: item.diagnosis.source, instead: item.diagnosis.instead)
  }

  private func message(_ item: Assessment.Case, callee: String?) -> String {
    let child = child(item.observation)
    let what = called(item.observation)
    if case .leaks = item.observation.kind {
      return "when '\(places.function(item.observation.at))' returns here: \(item.diagnosis.reason)"
    }
    if item.observation.kind.isSaidOfTheCall { return "at '\(callee ?? "")': \(item.diagnosis.reason)" }
    guard let callee else { return "in \(child): \(item.diagnosis.reason)" }
    if item.observation.at == item.observation.place {
      return "'\(callee)' is called in \(child): \(item.diagnosis.reason)"
    }
    let reached = what.map { "reaches '\($0)'" } ?? "leads to \(places.function(item.observation.at))"
    return "'\(callee)' is entered in \(child) and \(reached): \(item.diagnosis.reason)"
  }

  /// Who executes it.
  private func child(_ observation: Observation) -> String {
    if observation.start.isContract {
      let function = inputs.program.names[paths.sites[observation.site].name].text
      return "'\(function)', which has to be async-signal-safe"
    }
    return observation.context == .vfork ? "a vfork child" : "a fork child"
  }

  private func beginning(_ observation: Observation) -> Step {
    let site = paths.sites[observation.site]
    let location = places.location(site.at)
    if case .contract(let reason) = site.start {
      let function = inputs.program.names[site.name].text
      return Step(
        location: location, message: "'\(function)' has to be async-signal-safe: \(because(reason))")
    }
    let shown = site.shown == nil ? "\(site.call(in: inputs.program))()" : site.call(in: inputs.program)
    let begins = observation.begins.map { " runs '\(inputs.program.names[$0].text)' in it" } ?? ""
    return Step(location: location, message: "the child starts here: \(shown)\(begins)")
  }

  private func because(_ reason: Contract.Reason) -> String {
    switch reason {
    case .mark(let text): "it is marked '\(text)'"
    case .name(let pattern): "its name matches '\(pattern)'"
    case .argument(let function): "it is handed to '\(inputs.program.names[function].text)'"
    }
  }

  private func steps(_ item: Assessment.Case) -> [Step] {
    let site = paths.sites[item.observation.site]
    let start = beginning(item.observation)
    if case .heldAcrossVfork(let lock) = item.observation.kind {
      return [origin(lock)] + item.observation.way.map(step) + [start]
    }
    if case .leaks(let held) = item.observation.kind {
      let function = places.function(item.observation.at)
      let end = Step(location: places.location(item.observation.at), message: "'\(function)' returns")
      return [Step(location: start.location, message: "for the child that is made here"), origin(held), end]
    }
    if case .inheritable(let held) = item.observation.kind {
      return [Step(location: start.location, message: "for the child that is made here"), origin(held)]
    }
    var steps = [start]
    if case .heldAcrossFork(let lock) = item.observation.kind { steps.insert(origin(lock), at: 0) }
    if case .guardedUse(let lock, _) = item.observation.kind { steps.insert(origin(lock), at: 0) }
    steps += item.observation.way.filter { $0 != site.at }.map(step)
    if item.observation.way.last != item.observation.at {
      let end = called(item.observation).map { "calls '\($0)'" } ?? item.diagnosis.reason
      steps.append(Step(location: places.location(item.observation.at), message: end))
    }
    return steps
  }

  private func step(_ call: InstructionRef) -> Step {
    let callee = places.callee(call).map { "calls '\($0)'" } ?? "calls through a pointer"
    return Step(location: places.location(call), message: "\(callee) in '\(places.function(call))'")
  }

  private func origin(_ held: HeldForSpawn) -> Step {
    let function = places.function(held.from)
    let message =
      switch held.kind {
      case .descriptor: "\(held.shownOpened()) in '\(function)'"
      case .lock: "\(held.shown("the lock")) is taken in '\(function)'"
      case .mask: "signals are blocked in '\(function)'"
      }
    return Step(location: places.location(held.from), message: message)
  }

  private func origin(_ lock: HeldLock) -> Step {
    switch lock.origin {
    case .call(let ref):
      return Step(
        location: places.location(ref),
        message: "the lock '\(lock.name)' is taken in '\(places.function(ref))'")
    case .entry(let function, let caller, let table):
      let name = places.program.names[places.program.functions[function].name].text
      let at = table.flatMap { places.location(ofGlobal: $0) } ?? places.location(ofFunction: function)
      return Step(location: at, message: "\(caller) calls '\(name)' with the lock '\(lock.name)' held")
    }
  }
}
