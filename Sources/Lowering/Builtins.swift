/// Builtins of the compiler that are no calls: they are part of the language.
enum Builtins {
  enum Meaning {
    /// The first argument's value: the others are hints.
    case expectation
    case constantTest
    /// Arguments are not evaluated.
    case unevaluated(result: Int64?)
    case unreachable
    /// Writes what the first argument, or the last one, points to.
    case writesFirst
    case writesLast
    /// A function of its arguments alone, not modelled.
    case pure
  }

  static func meaning(_ name: String) -> Meaning? {
    guard name.hasPrefix(prefix) else { return nil }
    return meanings[name]
  }

  static func isExpectation(_ name: String) -> Bool {
    if case .expectation? = meaning(name) { return true }
    return false
  }

  static func asksForConstant(_ name: String) -> Bool {
    if case .constantTest? = meaning(name) { return true }
    return false
  }

  private static let prefix = "__builtin_"

  private static let meanings: [String: Meaning] = {
    var result: [String: Meaning] = [:]
    func add(_ meaning: Meaning, _ names: String) {
      for name in names.split(separator: " ") { result[prefix + name] = meaning }
    }
    add(.expectation, "expect expect_with_probability assume_aligned launder")
    add(.constantTest, "constant_p")
    add(.unevaluated(result: -1), "object_size dynamic_object_size")
    add(.unevaluated(result: 0), "assume prefetch classify_type has_attribute")
    add(.unreachable, "unreachable")
    add(.writesFirst, "va_start va_end va_copy c23_va_start stdarg_start")
    add(
      .writesLast,
      """
      add_overflow sub_overflow mul_overflow sadd_overflow saddl_overflow saddll_overflow uadd_overflow \
      uaddl_overflow uaddll_overflow ssub_overflow ssubl_overflow ssubll_overflow usub_overflow \
      usubl_overflow usubll_overflow smul_overflow smull_overflow smulll_overflow umul_overflow \
      umull_overflow umulll_overflow
      """)
    add(
      .pure,
      """
      frame_address return_address extract_return_addr bswap16 bswap32 bswap64 bswap128 clz clzl clzll clzs \
      clzg ctz ctzl ctzll ctzs ctzg ffs ffsl ffsll popcount popcountl popcountll popcountg parity parityl \
      parityll huge_val huge_valf huge_vall inf inff infl nan nanf nanl isnan isinf isinf_sign isfinite \
      isnormal signbit signbitf signbitl fpclassify isgreater isgreaterequal isless islessequal \
      islessgreater isunordered add_overflow_p sub_overflow_p mul_overflow_p rotateleft32 rotateleft64 \
      rotateright32 rotateright64 bitreverse8 bitreverse16 bitreverse32 bitreverse64 cpu_supports cpu_is \
      readcyclecounter is_aligned align_up align_down thread_pointer
      """)
    return result
  }()
}
