import Catalogue
import Linking
import SpawnIR

/// Functions that do no harm in a child on any of their ways, callees included. Where following one
/// precisely takes too long, it is enough to know that.
final class QuietCallees {
  private unowned let analysis: Analysis
  /// All that a function may call outside the program; nil where it may do something else.
  private var calls: [Set<FunctionNameID>?]
  private var allowed: [ChildContext: [FunctionNameID: Bool]] = [:]
  private var answers: [Question: Bool] = [:]
  private var partialCalls: [FunctionID: Int] = [:]

  private struct Question: Hashable {
    var function: FunctionID
    var context: ChildContext
  }

  init(_ analysis: Analysis) {
    self.analysis = analysis
    calls = analysis.program.functions.indices.map { Self.ownCalls($0, analysis) }
    var changed = true
    while changed {
      changed = false
      for id in calls.indices {
        guard let known = calls[id] else { continue }
        var all: Set<FunctionNameID>? = known
        for callee in analysis.graph.callees[id] {
          guard let more = calls[callee] else {
            all = nil
            break
          }
          all?.formUnion(more)
        }
        if all != known {
          calls[id] = all
          changed = true
        }
      }
    }
  }

  /// What the function may call, if all of it is allowed in these children.
  func calls(_ function: FunctionID, for roles: [RoleTag]) -> Set<FunctionNameID>? {
    guard let calls = calls[function] else { return nil }
    for role in roles {
      let question = Question(function: function, context: role.context)
      let answer = answers[question] ?? isQuiet(function, calls, role.context)
      answers[question] = answer
      if !answer { return nil }
    }
    return calls
  }

  private func isQuiet(_ function: FunctionID, _ calls: Set<FunctionNameID>, _ context: ChildContext) -> Bool
  {
    let effects = analysis.graph.effects[function]
    if context == .vfork,
      effects.writesThroughPointers || !effects.modifiedGlobals.isEmpty || !effects.modifiedFields.isEmpty
    {
      return false
    }
    return calls.allSatisfy { name in
      if let known = allowed[context]?[name] { return known }
      let answer = analysis.entry(name).map { analysis.isAllowed($0, context) } ?? false
      allowed[context, default: [:]][name] = answer
      return answer
    }
  }

  func noteTooLong(_ function: FunctionID) { partialCalls[function, default: 0] += 1 }

  func isTooLong(_ function: FunctionID) -> Bool {
    partialCalls[function, default: 0] >= analysis.limits.partialQuietCalls
  }

  private static func ownCalls(_ id: FunctionID, _ analysis: Analysis) -> Set<FunctionNameID>? {
    var found: Set<FunctionNameID> = []
    for block in analysis.body(id).blocks {
      for instruction in block.instructions {
        switch instruction.kind {
        case .assembly(_, _, let effect) where effect != .none: return nil
        case .call(let call):
          guard case .direct = call.callee else { return nil }
          let targets = analysis.program.targets(of: call, function: id, flow: analysis.flow)
          if targets.isEmpty { return nil }
          for name in targets where analysis.bodies(name).isEmpty {
            guard let entry = analysis.entry(name), isPlain(entry) else { return nil }
            found.insert(name)
          }
        case .assembly, .assign, .zero, .declare: break
        }
      }
    }
    return found
  }

  /// The call has no effect of which the state must know.
  private static func isPlain(_ entry: Entry) -> Bool {
    entry.spawns.isEmpty && entry.conditionalEnds.isEmpty && entry.end != .longjmp && !entry.isSetjmp
      && !entry.retains && entry.calls.isEmpty && entry.childEntries.isEmpty && entry.locks.isEmpty
  }
}

extension Analysis {
  /// How many of the steps that are left a call may use.
  enum Share {
    case all
    case most
    /// So much that many calls like it can be followed.
    case part
    /// Few: the call would do no harm whatever it did, and nothing is recorded past the bound.
    case quiet
    /// Fewer: enough for what returns at once, where that is the question.
    case glance
  }

  /// As `context(of:entry:)` with a bound of its own; past it the context is partial.
  func context(of function: FunctionID, entry: State, share: Share) -> Int {
    let steps = stepsLeft
    let most =
      switch share {
      case .all: steps
      case .most: steps / limits.shareOfCall.denominator * limits.shareOfCall.numerator
      case .part: steps / limits.partOfCall
      case .quiet: min(steps, limits.stepsPerQuietCall)
      case .glance: min(steps, limits.stepsPerGlance)
      }
    stepsLeft = most
    let isQuiet = share == .quiet || share == .glance
    if isQuiet { quietDepth += 1 }
    let id = context(of: function, entry: entry)
    if isQuiet {
      quietDepth -= 1
      if contexts[id].isPartial { quiet.noteTooLong(function) }
    }
    stepsLeft = steps - (most - stepsLeft)
    return id
  }
}
