import Testing

/// `cleanup` attributes run at every exit from their scope, last declared first.
@Suite struct CleanupTests {
  @Test func returnKeepsItsValue() throws {
    let text = try dump(
      """
      void fr(int *); int g(int);
      int f(void) { __attribute__((cleanup(fr))) int a = 1; __attribute__((cleanup(fr))) int b = 2; return g(a) + b; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare a
          a = 1
          declare b
          b = 2
          %2 = g(a)
          %3 = (%2 + b)
          fr(&b) cleanup
          fr(&a) cleanup
          return %3
        """)
  }

  @Test func breakAndContinue() throws {
    let text = try dump(
      """
      void fr(int *); int g(int);
      void f(void) { while (g(0)) { __attribute__((cleanup(fr))) int a = 1; if (g(1)) break; if (g(2)) continue; g(3); } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          jump b1
        b1:
          %0 = g(0)
          branch %0 ? b2 : b7
        b2:
          declare a
          a = 1
          %2 = g(1)
          branch %2 ? b3 : b4
        b3:
          fr(&a) cleanup
          jump b7
        b4:
          %3 = g(2)
          branch %3 ? b5 : b6
        b5:
          fr(&a) cleanup
          jump b1
        b6:
          g(3)
          fr(&a) cleanup
          jump b1
        b7:
          return
        """)
  }

  @Test func gotoOutAndWithin() throws {
    let text = try dump(
      """
      void fr(int *); int g(int);
      void f(void) { { __attribute__((cleanup(fr))) int a = 1; if (g(a)) goto out; if (g(2)) goto in; in: g(3); } out: g(4); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare a
          a = 1
          %1 = g(a)
          branch %1 ? b1 : b2
        b1:
          fr(&a) cleanup
          jump b3
        b2:
          %2 = g(2)
          g(3)
          fr(&a) cleanup
          jump b3
        b3:
          g(4)
          return
        """)
  }

  @Test func noCleanupAfterNoReturn() throws {
    let text = try dump(
      """
      void fr(int *); void die(void) __attribute__((noreturn));
      void f(void) { __attribute__((cleanup(fr))) int a = 1; die(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare a
          a = 1
          die() noreturn
          unreachable
        """)
  }

  @Test func statementExpression() throws {
    let text = try dump(
      """
      void fr(int *);
      int f(void) { return ({ __attribute__((cleanup(fr))) int a = 1; a; }); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare a
          a = 1
          %1 = a
          fr(&a) cleanup
          return %1
        """)
  }
}
