import SpawnIR

/// A number for each place of a function: its blocks' starts, instructions and ends, and its return.
struct PlaceNumbers {
  /// By block: its start; its instructions and its end follow.
  private var starts: [Int32] = []
  /// Where the function returns.
  let exit: Int32
  /// The first number that is free.
  let end: Int32

  init(_ function: Function, first: Int32) {
    var next = first
    for block in function.blocks {
      starts.append(next)
      next += Int32(block.instructions.count) + 2
    }
    exit = next
    end = next + 1
  }

  /// The instruction with that number; nil for a block's start or end and for the return.
  func instruction(numbered number: Int32) -> (block: Int, index: Int)? {
    guard let after = starts.firstIndex(where: { $0 > number }) ?? (number < exit ? starts.count : nil),
      after > 0
    else { return nil }
    let next = after < starts.count ? starts[after] : exit
    guard number > starts[after - 1], number < next - 1 else { return nil }
    return (after - 1, Int(number - starts[after - 1] - 1))
  }

  func start(of block: Int) -> Int32 { starts[block] }
  func instruction(_ index: Int, of block: Int) -> Int32 { starts[block] + 1 + Int32(index) }
}
