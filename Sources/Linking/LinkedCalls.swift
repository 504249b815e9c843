import Catalogue
import SpawnIR

/// A call as written and whom it may reach, by name.
public struct LinkedCall: Sendable {
  public var block: Int
  /// Of the instruction in its block.
  public var index: Int
  public var names: [FunctionNameID]
}

/// What the catalogue says of each name of a program, looked up once.
public struct LinkedEntries: Sendable {
  private var entries: [Entry?]

  init(_ program: Program, catalogue: Catalogue) {
    entries = program.names.map { name in
      let entry = catalogue.entry(for: name)
      // The program's own function is another than the library's of that name.
      return name.isElsewhere && entry?.isContract != true ? nil : entry
    }
  }

  public subscript(name: FunctionNameID) -> Entry? { entries[name] }

  /// The entry that speaks for the name, which has no body or a contract of its own.
  func judging(_ name: FunctionNameID, in program: Program) -> Entry? {
    guard let entry = entries[name], program.names[name].bodies.isEmpty || entry.isContract else {
      return nil
    }
    return entry
  }

  /// The bodies that a call of the name enters.
  func entered(_ name: FunctionNameID, in program: Program) -> [FunctionID] {
    entries[name]?.isContract == true ? [] : program.names[name].bodies
  }
}

extension Program {
  func instruction(_ call: LinkedCall, of function: FunctionID) -> Call? {
    guard
      case .call(let made) = functions[function].body.blocks[call.block].instructions[call.index].kind
    else { return nil }
    return made
  }
}
