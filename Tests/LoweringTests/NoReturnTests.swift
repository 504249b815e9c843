import Testing

/// Every way to say that a function does not return.
@Suite struct NoReturnTests {
  @Test func allSpellings() throws {
    let text = try dump(
      """
      _Noreturn void a(void); void b(void) __attribute__((__noreturn__)); __attribute__((noreturn)) void c(void);
      typedef void nr(int) __attribute__((noreturn)); nr d; void e(void); void (*p)(void) __attribute__((noreturn));
      void f(int x) { switch (x) { case 1: a(); case 2: b(); case 3: c(); case 4: d(1); case 5: p(); case 6: __builtin_trap(); case 7: __builtin_unreachable(); default: e(); } }
      """)
    #expect(
      text == """
        f(x) -> void
        b0:
          switch x {1: b1, 2: b2, 3: b3, 4: b4, 5: b5, 6: b6, 7: b7, else: b8}
        b1:
          a() noreturn
          unreachable
        b2:
          b() noreturn
          unreachable
        b3:
          c() noreturn
          unreachable
        b4:
          d(1) noreturn
          unreachable
        b5:
          ($p)() noreturn
          unreachable
        b6:
          __builtin_trap() noreturn
          unreachable
        b7:
          unreachable
        b8:
          e()
          return
        """)
  }

  @Test func laterRedeclaration() throws {
    let text = try dump(
      """
      void a(void); _Noreturn void a(void); void a(void);
      void f(void) { a(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          a() noreturn
          unreachable
        """)
  }

  @Test func parametersDoNotCount() throws {
    let text = try dump(
      """
      void a(void (*)(void) __attribute__((noreturn)));
      void f(void) { a(0); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          a(0)
          return
        """)
  }
}
