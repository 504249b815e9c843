import Testing

/// Loops and jumps.
@Suite struct LoopTests {
  @Test func forWithAllParts() throws {
    let text = try dump(
      """
      void g(int);
      void f(void) { for (int i = 0; i < 3; i++) g(i); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare i
          i = 0
          jump b1
        b1:
          branch (i < 3) ? b2 : b3
        b2:
          g(i)
          i = (i + 1)
          jump b1
        b3:
          return
        """)
  }

  @Test func forWithoutCondition() throws {
    let text = try dump(
      """
      void g(int);
      void f(void) { int i; for (i = 0;; i++) { if (i == 3) break; g(i); } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare i
          i = 0
          jump b1
        b1:
          branch (i == 3) ? b3 : b2
        b2:
          g(i)
          i = (i + 1)
          jump b1
        b3:
          return
        """)
  }

  @Test func forWithoutIncrement() throws {
    let text = try dump(
      """
      int n(void); void g(int);
      void f(void) { int i; for (i = 0; i < 3;) i = n(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare i
          i = 0
          jump b1
        b1:
          branch (i < 3) ? b2 : b3
        b2:
          %1 = n()
          i = %1
          jump b1
        b3:
          return
        """)
  }

  @Test func forWithConditionAlone() throws {
    let text = try dump(
      """
      int n(void);
      void f(int i) { for (; i < 3;) i = n(); }
      """)
    #expect(
      text == """
        f(i) -> void
        b0:
          jump b1
        b1:
          branch (i < 3) ? b2 : b3
        b2:
          %1 = n()
          i = %1
          jump b1
        b3:
          return
        """)
  }

  @Test func forWithIncrementAlone() throws {
    let text = try dump(
      """
      int n(void);
      void f(int i) { for (;; n()) if (i++) return; }
      """)
    #expect(
      text == """
        f(i) -> void
        b0:
          jump b1
        b1:
          %1 = i
          i = (i + 1)
          branch %1 ? b2 : b3
        b2:
          return
        b3:
          n()
          jump b1
        """)
  }

  @Test func forFromAMacro() throws {
    let text = try dump(
      """
      int n(void);
      #define EACH(i) for (; n(); i++)
      void f(int i) { EACH(i) { if (i == 4) continue; n(); } }
      """)
    #expect(
      text == """
        f(i) -> void
        b0:
          jump b1
        b1:
          %1 = n()
          branch %1 ? b2 : b5
        b2:
          branch (i == 4) ? b4 : b3
        b3:
          n()
          jump b4
        b4:
          i = (i + 1)
          jump b1
        b5:
          return
        """)
  }

  @Test func forEver() throws {
    let text = try dump(
      """
      int n(void);
      void f(void) { for (;;) if (n()) break; }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          jump b1
        b1:
          %0 = n()
          branch %0 ? b2 : b1
        b2:
          return
        """)
  }

  @Test func gotoBackAndForth() throws {
    let text = try dump(
      """
      int n(void);
      void f(void) { again: if (n()) goto out; goto again; out: n(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          jump b1
        b1:
          %0 = n()
          branch %0 ? b2 : b1
        b2:
          n()
          return
        """)
  }

  @Test func computedGoto() throws {
    let text = try dump(
      """
      void g(void);
      void f(int i) { static void *t[] = { &&a, &&b }; goto *t[i]; a: g(); return; b: ; }
      """)
    #expect(
      text == """
        f(i) -> void
        b0:
          goto* b1, b2
        b1:
          g()
          return
        b2:
          return
        """)
  }

  @Test func doWhile() throws {
    let text = try dump(
      """
      int n(void);
      void f(void) { do { if (n() == 2) continue; } while (n()); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          jump b1
        b1:
          %0 = n()
          %1 = n()
          branch %1 ? b1 : b2
        b2:
          return
        """)
  }

  @Test func breakOutOfTwo() throws {
    let text = try dump(
      """
      int n(void);
      void f(void) { while (n()) { for (;;) { if (n()) break; } } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          jump b1
        b1:
          %0 = n()
          branch %0 ? b2 : b3
        b2:
          %1 = n()
          branch %1 ? b1 : b2
        b3:
          return
        """)
  }
}
