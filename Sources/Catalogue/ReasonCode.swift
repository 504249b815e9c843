/// The keywords with which the GNU C Library manual says why a function is not async-signal-safe
/// (chapter "POSIX Safety Concepts"). After a colon stands the resource or system they concern.
enum ReasonCode: String, CaseIterable {
  case heap
  case lock
  case corrupt
  case dlopen
  case plugin
  case intl
  case initialisation = "init"
  case race

  private var clause: String {
    switch self {
    case .heap: "it uses the heap"
    case .lock: "it takes a lock that another thread may have held"
    case .corrupt: "it may find shared data half changed"
    case .dlopen: "it may load shared objects"
    case .plugin: "it may run plugins"
    case .intl: "it may load message translations"
    case .initialisation: "it initialises shared data on first use"
    case .race: "it uses shared data without protection"
    }
  }

  /// What may stand after the colon; other words there name a resource.
  private static let systems = ["hurd", "bsd"]

  /// "it is not async-signal-safe: it uses the heap, it …"; other words of a remark are kept as they are.
  static func sentence(_ remark: SafetyRemark) -> String {
    var clauses: [String] = []
    for reason in remark.reasons {
      let word = reason.prefix { $0 != ":" }
      let system = reason.dropFirst(word.count + 1)
      var clause = ReasonCode(rawValue: String(word))?.clause ?? reason
      if systems.contains(system.lowercased()) { clause += " (on \(system) systems)" }
      if !clauses.contains(clause) { clauses.append(clause) }
    }
    guard !clauses.isEmpty else { return "it is not async-signal-safe" }
    return "it is not async-signal-safe: \(clauses.joined(separator: ", "))"
  }
}
