import Catalogue
import ChildPath
import Linking
import SpawnIR

/// Finds the change that removes a finding, where the catalogue knows one and it is certain to be right.
struct FixBuilder {
  let places: Places
  let paths: ChildPaths
  let inputs: CheckInputs
  /// For each site, which children never exec.
  let workers: [Set<FunctionID>]

  /// - Parameter group: all that is reported at the place.
  func fix(_ group: [Assessment.Case], at location: Location) -> Fix? {
    guard let first = group.first?.observation, let call = call(first.at),
      case .direct(let symbol) = call.callee, let entry = inputs.catalogue.entry(named: symbol.name),
      let replacement = entry.fix,
      replacement.platforms.map({ $0.contains(inputs.platform) }) ?? true
    else { return nil }
    let isOneThing = group.allSatisfy { item in
      let observation = item.observation
      return observation.at == first.at && observation.place == first.at
        && isSame(observation.kind, first.kind)
    }
    guard isOneThing else { return nil }
    let descriptors = LocalDescriptors(paths, inputs)
    // Children of which nothing is reported here come here as well.
    let areCertain = paths.observations.filter { $0.at == first.at }.allSatisfy { observation in
      switch observation.kind {
      case .external: isSame(observation.kind, first.kind) && isRightInChild(observation, end: entry.end)
      case .inheritable: isSame(observation.kind, first.kind) && descriptors.areClosedAnyway(observation)
      default: false
      }
    }
    return areCertain ? fix(symbol.name, replacement, at: location) : nil
  }

  private func fix(_ name: String, _ replacement: Replacement, at location: Location) -> Fix {
    var start = location
    start.endLine = location.line
    start.endColumn = location.column + name.utf8.count
    var edits = [Fix.Edit(location: start, old: name, new: replacement.name)]
    var new = "'\(replacement.name)'"
    if !replacement.moreArguments.isEmpty {
      var end = location
      end.line = location.endLine
      end.column = location.endColumn - 1
      let words = replacement.moreArguments.joined(separator: ", ")
      edits.append(Fix.Edit(location: end, old: ")", new: ", \(words))"))
      new += " with \(words)"
    }
    return Fix(
      description: "Replace '\(name)' by \(new).", edits: edits, function: replacement.name,
      macros: replacement.moreArguments)
  }

  private func isSame(_ left: EventKind, _ right: EventKind) -> Bool {
    if case .inheritable = left, case .inheritable = right { return true }
    return left == right
  }

  private func call(_ at: InstructionRef) -> Call? {
    let blocks = inputs.program.functions[at.function].body.blocks
    guard blocks.indices.contains(at.block), blocks[at.block].instructions.indices.contains(at.index),
      case .call(let call) = blocks[at.block].instructions[at.index].kind
    else { return nil }
    return call
  }

  // MARK: In the child

  /// The call stands in code that nobody but children executes, each of which execs, and what `exit` does for the
  /// child's own output is not wanted.
  private func isRightInChild(_ observation: Observation, end: EndEffect?) -> Bool {
    !workers[observation.site].contains(observation.childOf) && !observation.start.isContract
      && isForChildren(observation)
      && !paths.sites[observation.site].isLimited && (end != .exit || leavesNothing(observation.site))
  }

  /// A function that other files may call is for children alone only where all files are known.
  private func isForChildren(_ observation: Observation) -> Bool {
    guard paths.childCode.contains(observation.at) else { return false }
    let function = observation.at.function
    return paths.childCode.own[function]?.contains(observation.at.block) == true
      || inputs.program.names[inputs.program.functions[function].name].isStatic || inputs.program.hasMain
  }

  /// The site's children leave nothing in the buffers of streams and install no handlers for their end, as far as all they
  /// call is known.
  private func leavesNothing(_ site: Int) -> Bool {
    paths.observations.filter { $0.site == site }.allSatisfy { observation in
      switch observation.kind {
      case .external(let name), .settled(let name):
        guard let entry = inputs.catalogue.entry(named: inputs.program.names[name].text), !entry.isContract
        else { return false }
        guard entry.families.contains("stdio") || entry.check == ChildStdio.id else {
          return !entry.families.contains("exit-handlers")
        }
        return isUnbuffered(entry, call(observation.at))
      case .unknown, .pointer, .tooManyTargets, .assembly, .readied, .goesOn, .limit, .unmet: return false
      default: return true
      }
    }
  }

  private func isUnbuffered(_ entry: Entry, _ call: Call?) -> Bool {
    switch entry.unbuffered {
    case nil: return false
    case .always: return true
    case .argument(let index, let names):
      guard let call, call.arguments.indices.contains(index),
        case .load(.global(let symbol)) = call.arguments[index]
      else { return false }
      return names.contains(symbol.name)
    }
  }
}
