import Catalogue

/// A set of signals, as far as it is known: what was put into it and taken out of it since it was `base`.
struct SignalSet: Hashable {
  enum Base: Hashable {
    case empty
    /// Not known what is in it; equal numbers are the same set. 0 is the mask at the analysis's start.
    case unknown(Int32)
  }
  var base: Base
  /// In it for certain, as bits (`SignalBits`).
  var added: UInt64 = 0
  /// Not in it for certain, where the base may hold more.
  var removed: UInt64 = 0
  /// Of a mask: the call that blocked more than before, as a number of `Analysis.place`; 0 where nothing is
  /// blocked that the analysis saw blocked.
  var raisedAt: Int32 = 0
  /// It was the mask and was saved.
  var isSaved = false

  static let empty = SignalSet(base: .empty)
  static let full = SignalSet(base: .empty, added: SignalBits.all)
  static let atEntry = SignalSet(base: .unknown(0))

  mutating func insert(_ bits: UInt64) {
    added |= bits
    removed &= ~bits
  }

  mutating func remove(_ bits: UInt64) {
    added &= ~bits
    if base != .empty { removed |= bits }
  }

  /// `unknown` names the result where it is not known exactly.
  mutating func formUnion(_ other: SignalSet, unknown: Int32) {
    insert(other.added)
    if other.base != .empty {
      base = .unknown(unknown)
      removed = 0
    }
  }

  mutating func subtract(_ other: SignalSet, unknown: Int32) {
    if other.base == .empty {
      remove(other.added)
    } else {
      self = SignalSet(base: .unknown(unknown))
    }
  }
}

/// Where a loop begins, as one of its blocks.
struct LoopRef: Hashable, Comparable {
  var function: Int
  var block: Int

  static func < (left: LoopRef, right: LoopRef) -> Bool {
    (left.function, left.block) < (right.function, right.block)
  }
}

/// What a state knows of signals.
struct SignalState: Hashable {
  /// The calling thread's mask.
  var mask = SignalSet.atEntry
  /// Sets that are objects of the program, by their region.
  var sets = SortedMap<RegionID, SignalSet>()
  /// In a child that shares memory: signals that run no handler any more, as bits.
  var reset: UInt64 = 0
  /// The same: loops passed that say what signals do.
  var loops: [LoopRef] = []
  /// That handlers may run was reported for the child.
  var isOpen = false
  /// Where the old mask went when signals were blocked; nil where nowhere.
  var savedIn: RegionID?

  mutating func pass(_ loop: LoopRef) {
    guard let position = loops.firstIndex(where: { $0 >= loop }) else {
      loops.append(loop)
      return
    }
    if loops[position] != loop { loops.insert(loop, at: position) }
  }

  /// What both know; `unknown` names a mask about which they disagree.
  static func merge(_ a: SignalState, _ b: SignalState, unknown: Int32) -> SignalState {
    if a == b { return a }
    var result = a
    if a.mask != b.mask {
      result.mask = SignalSet(base: .unknown(unknown), added: a.mask.added & b.mask.added)
    }
    result.sets = a.sets.filter { b.sets[$0.key] == $0.value }
    result.reset = a.reset & b.reset
    result.loops = a.loops.filter(b.loops.contains)
    result.isOpen = a.isOpen || b.isOpen
    if a.savedIn != b.savedIn { result.savedIn = nil }
    return result
  }
}
