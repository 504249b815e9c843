import ChildPath
import Linking
import SpawnIR

/// Locations and names of the program's places.
struct Places {
  let program: Program

  func location(_ at: InstructionRef) -> Location {
    let function = program.functions[at.function]
    let span: SourceSpan
    if function.body.blocks.indices.contains(at.block) {
      let block = function.body.blocks[at.block]
      span =
        block.instructions.indices.contains(at.index)
        ? block.instructions[at.index].span : block.terminator.span
    } else {
      span = function.body.span
    }
    return location(span, unit: function.unit)
  }

  private func location(_ span: SourceSpan, unit: Int) -> Location {
    Location(
      file: program.path(of: span, unit: unit), line: Int(span.line), column: Int(span.column),
      endLine: Int(span.endLine), endColumn: Int(span.endColumn))
  }

  func location(ofFunction function: FunctionID) -> Location {
    location(program.functions[function].body.span, unit: program.functions[function].unit)
  }

  /// Where the variable is defined; nil where no unit defines it.
  func location(ofGlobal global: GlobalID) -> Location? {
    let linked = program.globals[global]
    let facts = program.units[linked.unit].globals.first {
      $0.isDefinition && program.global($0.symbol, unit: linked.unit) == global
    }
    return facts.map { location($0.span, unit: linked.unit) }
  }

  func function(_ at: InstructionRef) -> String {
    program.names[program.functions[at.function].name].text
  }

  /// The function called at the place, as written; nil where it is no call.
  func callee(_ at: InstructionRef) -> String? {
    let block = program.functions[at.function].body.blocks
    guard block.indices.contains(at.block), block[at.block].instructions.indices.contains(at.index),
      case .call(let call) = block[at.block].instructions[at.index].kind
    else { return nil }
    switch call.callee {
    case .direct(let symbol): return symbol.name
    case .indirect: return nil
    }
  }
}

extension SpawnSiteFacts {
  /// `vfork`, `syscall(SYS_clone3)`, `contract`.
  func call(in program: Program) -> String {
    if start.isContract { return "contract" }
    let text = program.names[name].text
    return shown.map { "\(text)(\($0))" } ?? text
  }
}
