import Linking
import SpawnIR

typealias SymbolID = Int32
typealias RegionID = Int32

/// A symbolic value: what an expression is known to be.
enum SValue: Hashable, Sendable, BitwiseCopyable {
  /// An integer; null pointers are 0.
  case int(Int64)
  case symbol(SymbolID)
  /// The address of a region; never null.
  case address(RegionID)
  case function(FunctionNameID)
}

/// Where an unknown value comes from. Equal kinds are the same value.
enum SymbolKind: Hashable, BitwiseCopyable {
  /// What the region held at the function's entry (epoch 0) or after the call with that number
  /// changed memory in unknown ways.
  case initial(RegionID, epoch: Int32)
  /// A part of an object whose whole value is unknown.
  case part(SymbolID, RegionID)
  /// Made at a place of the code: the result of a call.
  case conjured(site: Int32, tag: Int32)
  /// The region's value where paths that disagree about it were merged.
  case merged(site: Int32, RegionID)
  case unary(UnaryOperator, SValue)
  case binary(BinaryOperator, SValue, SValue)
  case toBool(SValue)
  case narrowed(SValue)
  /// The same value at every call in one process (`PyInterpreterState_Main`), by name.
  case stable(Name)
  /// The n-th unknown that a caller hands in, numbered in order of appearance; `origin` is the
  /// storage it was first read from.
  case slot(Int32, origin: FlowNode?)
}

/// A piece of memory.
enum RegionKind: Hashable, BitwiseCopyable {
  /// A parameter, local or temporary of the function under analysis.
  case variable(function: FunctionID, Int)
  case global(GlobalID)
  case pointee(SymbolID)
  case literal(Name)
  /// The n-th object of a caller that a pointer handed in reaches.
  case outer(Int32)
  case field(RegionID, FieldKey)
  case element(RegionID, SValue)
  /// Notes kept about a region (a `setjmp` was done there), not memory of the program.
  case ghost(RegionID)
}

// Interning asks for hashes all the time: a few multiplications do, where `Hasher` resists attackers.
extension SValue {
  var plainHash: UInt {
    switch self {
    case .int(let value): PlainHash.mix(1, UInt(bitPattern: Int(value)))
    case .symbol(let id): PlainHash.mix(2, UInt(bitPattern: Int(id)))
    case .address(let id): PlainHash.mix(3, UInt(bitPattern: Int(id)))
    case .function(let id): PlainHash.mix(4, UInt(bitPattern: id))
    }
  }
}

extension SymbolKind: PlainHashable {
  var plainHash: UInt {
    switch self {
    case .initial(let region, let epoch): PlainHash.mix(1, region, epoch)
    case .part(let symbol, let region): PlainHash.mix(2, symbol, region)
    case .conjured(let site, let tag): PlainHash.mix(3, site, tag)
    case .merged(let site, let region): PlainHash.mix(4, site, region)
    case .unary(let op, let value): PlainHash.mix(5 + 16 * UInt(op.rawValue), value.plainHash)
    case .binary(let op, let left, let right):
      PlainHash.mix(PlainHash.mix(6 + 16 * UInt(op.rawValue), left.plainHash), right.plainHash)
    case .toBool(let value): PlainHash.mix(7, value.plainHash)
    case .narrowed(let value): PlainHash.mix(8, value.plainHash)
    case .stable(let name): PlainHash.mix(10, UInt(name.number))
    case .slot(let index, _): PlainHash.mix(9, UInt(bitPattern: Int(index)))
    }
  }
}

extension RegionKind: PlainHashable {
  var plainHash: UInt {
    switch self {
    case .variable(let function, let variable):
      PlainHash.mix(PlainHash.mix(1, UInt(bitPattern: function)), UInt(bitPattern: variable))
    case .global(let id): PlainHash.mix(2, UInt(bitPattern: id))
    case .pointee(let symbol): PlainHash.mix(3, UInt(bitPattern: Int(symbol)))
    case .literal(let name): PlainHash.mix(4, UInt(name.number))
    case .outer(let index): PlainHash.mix(5, UInt(bitPattern: Int(index)))
    case .field(let parent, let key):
      PlainHash.mix(
        PlainHash.mix(6, UInt(bitPattern: Int(parent))), UInt(key.record.number) << 32 | UInt(key.name.number)
      )
    case .element(let parent, let index):
      PlainHash.mix(PlainHash.mix(7, UInt(bitPattern: Int(parent))), index.plainHash)
    case .ghost(let parent): PlainHash.mix(8, UInt(bitPattern: Int(parent)))
    }
  }
}
