import Clang
import SpawnIR

/// What an `asm` statement says of itself.
struct AssemblyText: Equatable {
  /// The instructions as they stand between the quotes, escapes included.
  var template: String
  var isVolatile = false
  var isGoto = false
  var outputCount = 0
  var clobbersMemory = false

  var isBlank: Bool { instructions.isEmpty }

  /// Without `volatile`, with outputs and without access to other memory the compiler may leave the
  /// statement out or execute it once for many: it is a function of its inputs (GCC manual, Extended Asm).
  private var isComputation: Bool { !isVolatile && !isGoto && outputCount > 0 && !clobbersMemory }

  var effect: AssemblyEffect {
    if isBlank || isComputation { return .none }
    if isGoto || !instructions.allSatisfy(Self.isPlain) { return .unknown }
    return clobbersMemory ? .memory : .none
  }

  private var instructions: [Substring] {
    template.replacing("\\n", with: "\n").replacing("\\t", with: " ")
      .split { $0 == "\n" || $0 == ";" }
      .map { line in line.drop { $0.isWhitespace } }
      .filter { !$0.isEmpty }
  }

  /// The instruction neither transfers control nor enters the kernel.
  private static func isPlain(_ instruction: Substring) -> Bool {
    let words = instruction.split { $0.isWhitespace }
    guard let name = words.first(where: { !prefixes.contains(String($0)) }) else { return true }
    return plain.contains(String(name))
      || (name.last.map { "bwlq".contains($0) } == true && plain.contains(String(name.dropLast())))
  }

  private static let prefixes: Set<String> = ["lock", "rep", "repe", "repz", "repne", "repnz"]

  /// Waiting, ordering, reading counters, exchanging. Intel SDM volume 2; Arm ARM, C6.2 and F5.1.
  private static let plain: Set<String> = [
    "nop", "pause", "yield", "mfence", "lfence", "sfence", "dmb", "dsb", "isb", "rdtsc", "rdtscp", "cpuid",
    "bswap", "bsf", "bsr", "xchg", "xadd", "cmpxchg", "cmpxchg8b", "cmpxchg16b",
  ]
}

extension FunctionLowering {
  /// An object among the operands may be written: as an output, or through the memory that is named.
  func assembly(_ cursor: Cursor) {
    let text = cursor.kind == .gccAssembly ? assemblyText(cursor) : nil
    let effect = text?.effect ?? .unknown
    let outputCount = text.flatMap { effect == .none ? $0.outputCount : nil } ?? .max
    var outputs: [Place] = []
    var inputs: [Value] = []
    let operands = cursor.children.filter { $0.kind.isExpression && $0.kind != .stringLiteral }
    for (index, operand) in operands.enumerated() {
      if isObject(operand), index < outputCount {
        outputs.append(place(operand))
      } else {
        inputs.append(value(operand))
      }
    }
    guard !graph.isDead else { return }
    let place = span(cursor)
    emit(.assembly(outputs: outputs, inputs: inputs, effect: effect), place)
    guard text?.isGoto ?? true else { return }
    // libclang does not show the labels: any label of the function.
    let next = graph.newBlock()
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: place)
    graph.start(block)
    graph.terminate(.unreachable, span: place)
    assemblyGotos.append(PendingGoto(block: block, targets: [], cleanups: cleanups, span: place, next: next))
    graph.start(next)
  }

  private func isObject(_ cursor: Cursor) -> Bool {
    var cursor = cursor
    while cursor.kind == .parenthesized, let inner = cursor.children.last { cursor = inner }
    switch cursor.kind {
    case .declarationReference:
      return cursor.referenced?.kind == .variable || cursor.referenced?.kind == .parameter
    case .memberExpression, .arraySubscript: return true
    case .unaryOperator: return cursor.unaryOperator == .dereference
    default: return false
    }
  }
}
