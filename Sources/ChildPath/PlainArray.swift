/// A growing array of plain values that is owned by one place and never copied: reading an element costs a load,
/// no reference is counted.
struct PlainArray<Element: BitwiseCopyable>: ~Copyable {
  private(set) var count = 0
  private var capacity = 64
  private var elements = UnsafeMutablePointer<Element>.allocate(capacity: 64)

  deinit { elements.deallocate() }

  subscript(index: Int32) -> Element {
    get {
      precondition(index >= 0 && Int(index) < count)
      return elements[Int(index)]
    }
    _modify {
      precondition(index >= 0 && Int(index) < count)
      yield &elements[Int(index)]
    }
  }

  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (elements + count).initialize(to: element)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.initialize(from: elements, count: count)
    elements.deallocate()
    elements = larger
    capacity *= 2
  }
}

/// Hashes of plain values, for tables that nobody attacks.
enum PlainHash {
  static func mix(_ seed: UInt, _ value: UInt) -> UInt {
    let product = (seed &* 0x9E37_79B9_7F4A_7C15 ^ value) &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }

  static func mix(_ seed: UInt, _ first: Int32, _ second: Int32) -> UInt {
    mix(seed, UInt(UInt32(bitPattern: first)) << 32 | UInt(UInt32(bitPattern: second)))
  }
}

protocol PlainHashable {
  var plainHash: UInt { get }
}

/// From hashes to numbers; whoever holds the values compares them.
struct PlainIndex: ~Copyable {
  private var count = 0
  /// Open addressing, a power of two; -1 is free.
  private var slots: UnsafeMutablePointer<Int32>
  private var mask: Int

  init() {
    mask = 255
    slots = .allocate(capacity: 256)
    slots.initialize(repeating: -1, count: 256)
  }

  deinit { slots.deallocate() }

  func find(_ hash: UInt, _ matches: (Int32) -> Bool) -> Int32? {
    var position = Int(bitPattern: hash) & mask
    while slots[position] >= 0 {
      if matches(slots[position]) { return slots[position] }
      position = (position + 1) & mask
    }
    return nil
  }

  /// - Parameter hashOf: of numbers inserted before.
  mutating func insert(_ number: Int32, hash: UInt, hashOf: (Int32) -> UInt) {
    if 2 * count > mask { grow(hashOf) }
    place(number, hash)
    count += 1
  }

  private func place(_ number: Int32, _ hash: UInt) {
    var position = Int(bitPattern: hash) & mask
    while slots[position] >= 0 { position = (position + 1) & mask }
    slots[position] = number
  }

  private mutating func grow(_ hashOf: (Int32) -> UInt) {
    let old = slots
    let oldCount = mask + 1
    mask = 2 * oldCount - 1
    slots = .allocate(capacity: 2 * oldCount)
    slots.initialize(repeating: -1, count: 2 * oldCount)
    for position in 0..<oldCount where old[position] >= 0 { place(old[position], hashOf(old[position])) }
    old.deallocate()
  }
}
