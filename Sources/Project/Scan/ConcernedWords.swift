import Catalogue

/// Words of a program's text by what the catalogue says of the functions of that name.
struct ConcernedWords {
  /// Start child paths.
  private(set) var starters: [Int32] = []
  /// Say what a signal does.
  private(set) var installers: [Int32] = []
  /// Take a lock or change a signal mask.
  private(set) var holders: [Int32] = []
  /// Open, take or block something that has to be given back.
  private(set) var acquirers: [Int32] = []
  private(set) var threadCreators: [String] = []
  /// Functions in which a process image may be replaced.
  private(set) var executors: Set<Int32> = []

  init(_ scan: TreeScan, catalogue: Catalogue, names: ConcernedNames) {
    var executing: [Int32] = []
    for word in 0..<Int32(scan.names.count) where !scan.mentions(of: word).isEmpty {
      let text = scan.names.text(word)
      if names.startsChildPaths(text) { starters.append(word) }
      if names.installsHandlers(text) { installers.append(word) }
      guard let entry = catalogue.entry(named: text) else { continue }
      let holds =
        !entry.locks.isEmpty || entry.forkProtocol != nil || entry.signals.contains(where: \.changesMask)
      if holds { holders.append(word) }
      if holds || entry.descriptors.contains(where: \.acquires) { acquirers.append(word) }
      if entry.end == .exec { executing.append(word) }
      if entry.createsThreads { threadCreators.append(text) }
    }
    threadCreators.sort()
    executors = scan.functions(mentioning: executing)
  }
}
