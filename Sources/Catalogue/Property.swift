/// A property of an entry under the name it has in catalogue files.
enum Property: String, CaseIterable {
  case shownAs = "shown-as"
  case remarks
  case certainty
  case check
  case families
  case keepsUserState = "keeps-user-state"
  case instead
  case fix
  case unbuffered
  case contract
  case spawns
  case ends
  case endsWhen = "ends-when"
  case returns
  case setjmp
  case writes
  case writesFrom = "writes-from"
  case retains
  case calls
  case childEntries = "child-entries"
  case createsThreads = "creates-threads"
  case locks
  case signals
  case descriptors
  case forkProtocol = "fork-protocol"
  case requires
  case parameters
}

/// An entry together with what was really said of it. What was not said holds a default and must
/// not win over what another file or an alias's target says.
struct StatedEntry {
  var entry: Entry
  private(set) var stated: Set<Property> = []

  init(name: String) {
    entry = Entry(name: name)
  }

  mutating func state(_ property: Property) {
    stated.insert(property)
  }

  /// Takes over everything that `other` states.
  mutating func override(with other: StatedEntry) {
    for property in other.stated { override(property, with: other) }
  }

  /// Takes over one property. Remarks give way per platform, certainty rules per context.
  mutating func override(_ property: Property, with other: StatedEntry) {
    let new = other.entry
    stated.insert(property)
    switch property {
    case .shownAs: entry.shownAs = new.shownAs
    case .remarks:
      let platforms = Set(new.remarks.map(\.platform))
      entry.remarks = entry.remarks.filter { !platforms.contains($0.platform) } + new.remarks
    case .certainty:
      let contexts = Set(new.certainties.map(\.context))
      entry.certainties = entry.certainties.filter { !contexts.contains($0.context) } + new.certainties
    case .check: entry.check = new.check
    case .families: entry.families = new.families
    case .keepsUserState: entry.keepsUserState = new.keepsUserState
    case .instead: entry.instead = new.instead
    case .fix: entry.fix = new.fix
    case .unbuffered: entry.unbuffered = new.unbuffered
    case .contract: entry.isContract = new.isContract
    case .spawns: entry.spawns = new.spawns
    case .ends: entry.end = new.end
    case .endsWhen: entry.conditionalEnds = new.conditionalEnds
    case .returns: entry.returns = new.returns
    case .setjmp: entry.isSetjmp = new.isSetjmp
    case .writes: entry.writes = new.writes
    case .writesFrom: entry.writesFrom = new.writesFrom
    case .retains: entry.retains = new.retains
    case .calls: entry.calls = new.calls
    case .childEntries: entry.childEntries = new.childEntries
    case .createsThreads: entry.createsThreads = new.createsThreads
    case .locks: entry.locks = new.locks
    case .signals: entry.signals = new.signals
    case .descriptors: entry.descriptors = new.descriptors
    case .forkProtocol: entry.forkProtocol = new.forkProtocol
    case .requires: entry.requirement = new.requirement
    case .parameters: entry.parameters = new.parameters
    }
  }
}
