import Testing

/// Short-circuit operators, `?:` and what is transparent in conditions.
@Suite struct ConditionTests {
  @Test func andOr() throws {
    let text = try dump(
      """
      int a(void), b(void), c(void); void g(void);
      void f(void) { if ((a() && b()) || c()) g(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          %0 = a()
          branch %0 ? b1 : b2
        b1:
          %1 = b()
          branch %1 ? b3 : b2
        b2:
          %2 = c()
          branch %2 ? b3 : b4
        b3:
          g()
          jump b4
        b4:
          return
        """)
  }

  @Test func asAValue() throws {
    let text = try dump(
      """
      int a(void), b(void);
      int f(void) { return a() && b(); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %1 = a()
          branch %1 ? b1 : b3
        b1:
          %2 = b()
          branch %2 ? b2 : b3
        b2:
          %0 = 1
          jump b4
        b3:
          %0 = 0
          jump b4
        b4:
          return %0
        """)
  }

  @Test func notOfAnd() throws {
    let text = try dump(
      """
      int a(void), b(void); void g(void);
      void f(void) { if (!(a() && b())) g(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          %0 = a()
          branch %0 ? b1 : b2
        b1:
          %1 = b()
          branch %1 ? b3 : b2
        b2:
          g()
          jump b3
        b3:
          return
        """)
  }

  @Test func expectIsTransparent() throws {
    let text = try dump(
      """
      void g(void);
      void f(int x, int y) { if (__builtin_expect(!!(x < 0 || y), 0)) g(); }
      """)
    #expect(
      text == """
        f(x, y) -> void
        b0:
          branch (x < 0) ? b2 : b1
        b1:
          branch y ? b2 : b3
        b2:
          g()
          jump b3
        b3:
          return
        """)
  }

  @Test func conditionalInACondition() throws {
    let text = try dump(
      """
      void g(void);
      void f(int x, int a, int b) { if (x ? a == 1 : b == 2) g(); }
      """)
    #expect(
      text == """
        f(x, a, b) -> void
        b0:
          branch x ? b1 : b2
        b1:
          branch (a == 1) ? b3 : b4
        b2:
          branch (b == 2) ? b3 : b4
        b3:
          g()
          jump b4
        b4:
          return
        """)
  }

  @Test func elvisIsEvaluatedOnce() throws {
    let text = try dump(
      """
      int c(void), d(int);
      int f(void) { return c() ?: d(1); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %0 = c()
          branch %0 ? b1 : b2
        b1:
          %1 = %0
          jump b3
        b2:
          %2 = d(1)
          %1 = %2
          jump b3
        b3:
          return %1
        """)
  }

  @Test func constantConditionsChoose() throws {
    let text = try dump(
      """
      void g(void), h(void);
      void f(void) { if (sizeof(int) == 4) g(); else h(); do { g(); } while (0); while (1) { if (0) break; } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          g()
          g()
          jump b1
        b1:
          jump b1
        """)
  }

  @Test func callsBesideConstantsStay() throws {
    let text = try dump(
      """
      int c(void);
      int f(void) { return c() && 0; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %1 = c()
          %0 = 0
          return %0
        """)
  }

  @Test func conditionalLvalue() throws {
    let text = try dump(
      """
      void f(int x, int *a, int *b) { *(x ? a : b) = 1; }
      """)
    #expect(
      text == """
        f(x, a, b) -> void
        b0:
          branch x ? b1 : b2
        b1:
          %3 = a
          jump b3
        b2:
          %3 = b
          jump b3
        b3:
          *%3 = 1
          return
        """)
  }
}
