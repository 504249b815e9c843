import Testing

/// Fall-through, ranges, labels in nested statements.
@Suite struct SwitchTests {
  @Test func fallThroughAndDefaultInTheMiddle() throws {
    let text = try dump(
      """
      void a(void), b(void), c(void);
      void f(int x) { switch (x) { case 1: a(); default: b(); break; case 2 ... 4: c(); } }
      """)
    #expect(
      text == """
        f(x) -> void
        b0:
          switch x {1: b1, 2...4: b3, else: b2}
        b1:
          a()
          jump b2
        b2:
          b()
          jump b4
        b3:
          c()
          jump b4
        b4:
          return
        """)
  }

  @Test func duff() throws {
    let text = try dump(
      """
      void g(void);
      void f(int n) { switch (n % 2) { case 0: do { g(); case 1: g(); } while (--n > 0); } }
      """)
    #expect(
      text == """
        f(n) -> void
        b0:
          switch (n % 2) {0: b1, 1: b2, else: b3}
        b1:
          g()
          jump b2
        b2:
          g()
          n = (n - 1)
          branch (n > 0) ? b1 : b3
        b3:
          return
        """)
  }

  @Test func nested() throws {
    let text = try dump(
      """
      void a(void), b(void);
      void f(int x, int y) { switch (x) { case 1: switch (y) { case 2: a(); break; } case 3: b(); } }
      """)
    #expect(
      text == """
        f(x, y) -> void
        b0:
          switch x {1: b1, 3: b3, else: b4}
        b1:
          switch y {2: b2, else: b3}
        b2:
          a()
          jump b3
        b3:
          b()
          jump b4
        b4:
          return
        """)
  }

  @Test func constantHead() throws {
    let text = try dump(
      """
      void a(void), b(void);
      void f(void) { switch (2) { case 1: a(); break; case 2: b(); } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          b()
          return
        """)
  }

  @Test func negativeAndUnsignedLabels() throws {
    let text = try dump(
      """
      void a(void);
      void f(unsigned u, int i) { switch (u) { case 0xffffffff: a(); } switch (i) { case -1: a(); } }
      """)
    #expect(
      text == """
        f(u, i) -> void
        b0:
          switch u {4294967295: b1, else: b2}
        b1:
          a()
          jump b2
        b2:
          switch i {-1: b3, else: b4}
        b3:
          a()
          jump b4
        b4:
          return
        """)
  }
}
