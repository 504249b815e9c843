/// A small dictionary kept in key order: states are compared and walked far more often than they are
/// changed, and walks must come out the same in every run.
struct SortedMap<Key: Comparable & Hashable, Value: Hashable>: Hashable, Sequence {
  typealias Element = (key: Key, value: Value)

  private(set) var keys: [Key] = []
  private(set) var values: [Value] = []

  var isEmpty: Bool { keys.isEmpty }
  var count: Int { keys.count }

  subscript(key: Key) -> Value? {
    get {
      let index = position(of: key)
      return index < keys.count && keys[index] == key ? values[index] : nil
    }
    set {
      let index = position(of: key)
      let isPresent = index < keys.count && keys[index] == key
      switch (newValue, isPresent) {
      case (let value?, true): values[index] = value
      case (let value?, false):
        keys.insert(key, at: index)
        values.insert(value, at: index)
      case (nil, true):
        keys.remove(at: index)
        values.remove(at: index)
      case (nil, false): break
      }
    }
  }

  func filter(_ isIncluded: (Element) -> Bool) -> SortedMap {
    var kept = SortedMap()
    for index in keys.indices where isIncluded((keys[index], values[index])) {
      kept.keys.append(keys[index])
      kept.values.append(values[index])
    }
    return kept
  }

  struct Iterator: IteratorProtocol {
    fileprivate let map: SortedMap
    fileprivate var index = 0

    mutating func next() -> Element? {
      guard index < map.keys.count else { return nil }
      defer { index += 1 }
      return (map.keys[index], map.values[index])
    }
  }

  func makeIterator() -> Iterator { Iterator(map: self) }

  /// Drops what `isIncluded` refuses; cheap when nothing is.
  mutating func keep(_ isIncluded: (Key, Value) -> Bool) {
    var target = 0
    for index in keys.indices {
      guard isIncluded(keys[index], values[index]) else { continue }
      if target != index {
        keys[target] = keys[index]
        values[target] = values[index]
      }
      target += 1
    }
    if target == keys.count { return }
    keys.removeLast(keys.count - target)
    values.removeLast(values.count - target)
  }

  /// Adds behind the last key.
  mutating func append(_ key: Key, _ value: Value) {
    keys.append(key)
    values.append(value)
  }

  /// Visits keys and values in order.
  @inline(__always)
  func forEach(_ visit: (Key, Value) -> Void) {
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeBufferPointer { values in
        for index in keys.indices { visit(keys[index], values[index]) }
      }
    }
  }

  /// Some key and value satisfy `condition`.
  @inline(__always)
  func holds(_ condition: (Key, Value) -> Bool) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeBufferPointer { values in
        for index in keys.indices where condition(keys[index], values[index]) { return true }
        return false
      }
    }
  }

  /// Visits the keys of both maps in order, with the values either map holds.
  @inline(__always)
  static func forEachPair(_ a: SortedMap, _ b: SortedMap, _ visit: (Key, Value?, Value?) -> Void) {
    walk(a, b) { key, left, right in
      visit(key, left?.pointee, right?.pointee)
      return true
    }
  }

  /// Visits the keys that one map lacks or that have another value, in order, until `visit` is false.
  @inline(__always)
  static func forEachDifference(_ a: SortedMap, _ b: SortedMap, _ visit: (Key, Value?, Value?) -> Bool) {
    walk(a, b) { key, left, right in
      if let left, let right, left.pointee == right.pointee { return true }
      return visit(key, left?.pointee, right?.pointee)
    }
  }

  @inline(__always)
  private static func walk(
    _ a: SortedMap, _ b: SortedMap,
    _ visit: (Key, UnsafePointer<Value>?, UnsafePointer<Value>?) -> Bool
  ) {
    a.keys.withUnsafeBufferPointer { leftKeys in
      a.values.withUnsafeBufferPointer { leftValues in
        b.keys.withUnsafeBufferPointer { rightKeys in
          b.values.withUnsafeBufferPointer { rightValues in
            var i = 0
            var j = 0
            while i < leftKeys.count || j < rightKeys.count {
              if j == rightKeys.count || (i < leftKeys.count && leftKeys[i] < rightKeys[j]) {
                if !visit(leftKeys[i], leftValues.baseAddress.map { $0 + i }, nil) { return }
                i += 1
              } else if i == leftKeys.count || rightKeys[j] < leftKeys[i] {
                if !visit(rightKeys[j], nil, rightValues.baseAddress.map { $0 + j }) { return }
                j += 1
              } else {
                let left = leftValues.baseAddress.map { $0 + i }
                if !visit(leftKeys[i], left, rightValues.baseAddress.map { $0 + j }) { return }
                i += 1
                j += 1
              }
            }
          }
        }
      }
    }
  }

  private func position(of key: Key) -> Int {
    keys.withUnsafeBufferPointer { keys in
      var low = 0
      var high = keys.count
      while low < high {
        let middle = (low + high) / 2
        if keys[middle] < key { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
