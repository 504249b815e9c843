import Linking
import SpawnIR

/// What tests of single flags tell of the other tests of the same flags.
struct KnownBits {
  private var zero: Int64 = 0
  private var one: Int64 = 0
  /// Of each of these masks some bit is set.
  private var someOf: [Int64] = []

  init(of base: SValue, _ state: State, _ table: SymbolTable) {
    for (symbol, facts) in state.facts {
      guard case .binary(.bitAnd, base, .int(let mask)) = table.kind(symbol), mask > 0 else { continue }
      if facts.interval.low == facts.interval.high {
        one |= facts.interval.low & mask
        zero |= mask & ~facts.interval.low
      } else if facts.interval.low > 0 || table.values(facts.excluded).contains(.int(0)) {
        someOf.append(mask)
      }
    }
  }

  /// Bounds of the bits that `mask` selects.
  func interval(mask: Int64) -> Interval {
    let high = mask & ~zero
    var low = mask & one
    if low == 0, someOf.contains(where: { $0 & ~zero & ~mask == 0 }) { low = high & -high }
    return Interval(low, high)
  }
}
