import Testing

/// Braced lists.
@Suite struct InitializerTests {
  @Test func nestedDesignators() throws {
    let text = try dump(
      """
      struct in { int x, y; }; struct s { int a; struct in in; int arr[3]; union { int u; char c; }; void (*fn)(void); }; void h(void);
      void f(int v) { struct s s = { 1, .in = { .y = v }, .arr = { [1] = 5, 6 }, .u = 7, .fn = h }; (void)s; }
      """)
    #expect(
      text == """
        f(v) -> void
        b0:
          declare s
          zero s
          s.a = 1
          s.in.y = v
          s.arr[1] = 5
          s.arr[2] = 6
          s.u = 7
          s.fn = @h
          return
        """)
  }

  @Test func braceElision() throws {
    let text = try dump(
      """
      struct p { int x, y; };
      void f(int v) { struct p t[2] = { 1, 2, v, 4 }; (void)t; }
      """)
    #expect(
      text == """
        f(v) -> void
        b0:
          declare t
          zero t
          t[0].x = 1
          t[0].y = 2
          t[1].x = v
          t[1].y = 4
          return
        """)
  }

  @Test func ranges() throws {
    let text = try dump(
      """
      void f(int v) { int t[4] = { [1 ... 2] = v }; (void)t; }
      """)
    #expect(
      text == """
        f(v) -> void
        b0:
          declare t
          zero t
          t[1] = v
          t[2] = v
          return
        """)
  }

  @Test func text() throws {
    let text = try dump(
      #"""
      void f(void) { char a[] = "hi"; char b[4] = { "x" }; const char *c = "p"; (void)a; (void)b; (void)c; }
      """#)
    #expect(
      text == #"""
        f() -> void
        b0:
          declare a
          zero a
          a[0] = 104
          a[1] = 105
          declare b
          zero b
          zero b
          b[0] = 120
          declare c
          c = "p"
          return
        """#)
  }

  @Test func compoundLiteralAddress() throws {
    let text = try dump(
      """
      struct s { int a; }; void g(struct s *), h(int *);
      void f(int v) { g(&(struct s){ v }); h((int[]){ v, 2 }); }
      """)
    #expect(
      text == """
        f(v) -> void
        b0:
          declare %1
          zero %1
          %1.a = v
          g(&%1)
          declare %2
          zero %2
          %2[0] = v
          %2[1] = 2
          h(&%2)
          return
        """)
  }

  @Test func scalarInBraces() throws {
    let text = try dump(
      """
      int f(void) { int x = { 3 }; return x; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare x
          x = 3
          return x
        """)
  }
}
