import Catalogue
import SpawnIR

extension Entry {
  /// Whether a call with these arguments can spawn, as far as literals tell: `syscall(SYS_gettid)`
  /// cannot, `syscall(number)` can.
  public func maySpawn(_ call: Call, architecture: String = Architecture.host) -> Bool {
    spawns.contains { effect in
      guard effect.holds(onArchitecture: architecture) else { return false }
      guard let index = effect.whenArgument else { return true }
      guard index < call.arguments.count else { return false }
      guard case .integer(let value) = call.arguments[index] else { return true }
      return effect.whenValues.contains(value)
    }
  }

  /// Whether a call with these arguments hands over a function that starts in a child.
  public func mayHandOver(_ call: Call) -> Bool {
    childEntries.contains { entry in
      guard entry.argument < call.arguments.count else { return false }
      return call.arguments[entry.argument] != .integer(0)
    }
  }

  /// Whether children may come from such a call: it spawns, or hands over what starts in one.
  public func mayStartChild(_ call: Call, architecture: String = Architecture.host) -> Bool {
    maySpawn(call, architecture: architecture) || mayHandOver(call)
  }

  /// Arguments that start in a child.
  public var entryArguments: Set<Int> {
    Set(childEntries.map(\.argument) + spawns.compactMap(\.entryArgument))
  }
}

extension Program {
  /// The functions that an argument may be, as far as it is known without states.
  public func functions(
    in call: Call, argument: Int, function: FunctionID, flow: PointerFlow
  ) -> [FunctionNameID] {
    guard argument < call.arguments.count else { return [] }
    switch call.arguments[argument] {
    case .function(let symbol): return functionName(symbol, unit: functions[function].unit).map { [$0] } ?? []
    case .load(let place): return flowNode(place, function: function).map { flow.candidates($0) } ?? []
    default: return []
    }
  }
}

/// Architectures as clang's target triples name them.
public enum Architecture {
  /// The one this program was built for; units are taken to be for the same.
  public static var host: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #elseif arch(i386)
      "i386"
    #else
      ""
    #endif
  }
}
