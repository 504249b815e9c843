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
