import Linking
import SpawnIR

/// Which locals of a function may still be read at the start of each block, and which are read
/// after a given instruction. Taking a variable's address counts as reading it.
struct Liveness {
  private(set) var atEntry: [Bits]
  private let function: Function
  private let uses: (Instruction, (Value) -> Void) -> Void
  private let defines: (Call) -> Int?

  /// - Parameters:
  ///   - defines: a local that the call gives a new value as a whole, and reads nothing else.
  ///   - uses: visits the values of an instruction that count as read; all by default.
  init(
    _ function: Function, defines: @escaping (Call) -> Int? = { _ in nil },
    uses: @escaping (Instruction, (Value) -> Void) -> Void = { instruction, visit in
      instruction.forEachValue(visit)
    }
  ) {
    self.function = function
    self.uses = uses
    self.defines = defines
    let count = function.blocks.count
    atEntry = Array(repeating: Bits(count: function.variables.count), count: count)
    var predecessors: [[Int]] = Array(repeating: [], count: count)
    for (index, block) in function.blocks.enumerated() {
      for next in block.terminator.successors { predecessors[next].append(index) }
    }
    var work = Array(function.blocks.indices)
    var queued = Set(work)
    while let index = work.popLast() {
      queued.remove(index)
      let live = transfer(block: index, from: 0, atEnd: atEnd(of: index))
      if live != atEntry[index] {
        atEntry[index] = live
        for predecessor in predecessors[index] where queued.insert(predecessor).inserted {
          work.append(predecessor)
        }
      }
    }
  }

  /// Locals that may be read after the instruction at `index` of `block`.
  func after(block: Int, instruction index: Int) -> Bits {
    transfer(block: block, from: index + 1, atEnd: atEnd(of: block))
  }

  private func atEnd(of block: Int) -> Bits {
    var live = Bits(count: function.variables.count)
    for next in function.blocks[block].terminator.successors { live.formUnion(atEntry[next]) }
    return live
  }

  private func transfer(block: Int, from start: Int, atEnd: Bits) -> Bits {
    var live = atEnd
    function.blocks[block].terminator.forEachValue { Self.use($0, &live) }
    let instructions = function.blocks[block].instructions
    for index in stride(from: instructions.count - 1, through: start, by: -1) {
      let instruction = instructions[index]
      switch instruction.kind {
      case .assign(.variable(let variable), _), .zero(.variable(let variable)), .declare(let variable):
        live.remove(variable)
      case .call(let call):
        if let result = call.result { live.remove(result) }
        if let defined = defines(call) {
          live.remove(defined)
          continue
        }
      case .assign, .zero, .assembly: break
      }
      uses(instruction) { Self.use($0, &live) }
    }
    return live
  }

  private static func use(_ value: Value, _ live: inout Bits) {
    switch value {
    case .load(let place), .addressOf(let place):
      if case .variable(let variable) = place.base { live.insert(variable) }
    default: break
    }
  }
}
