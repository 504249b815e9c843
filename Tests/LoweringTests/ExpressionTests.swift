import Testing

/// Values, places and their effects.
@Suite struct ExpressionTests {
  @Test func increments() throws {
    let text = try dump(
      """
      struct s { int n; }; void g(int);
      void f(struct s *p, char *q) { g(p->n++); g(--p->n); p->n++; *q++ = 0; }
      """)
    #expect(
      text == """
        f(p, q) -> void
        b0:
          %2 = p->n
          p->n = (p->n + 1)
          g(%2)
          p->n = (p->n - 1)
          g(p->n)
          p->n = (p->n + 1)
          %3 = q
          q = (q + 1)
          *%3 = 0
          return
        """)
  }

  @Test func compoundAssignment() throws {
    let text = try dump(
      """
      int g(void);
      void f(int *p, unsigned char c) { p[g()] += 2; c |= 1; }
      """)
    #expect(
      text == """
        f(p, c) -> void
        b0:
          %2 = g()
          (*p)[%2] = ((*p)[%2] + 2)
          c = u8((c | 1))
          return
        """)
  }

  @Test func conversions() throws {
    let text = try dump(
      """
      void g(long), h(unsigned), k(_Bool); enum e { A = 3 }; typedef int pid_t;
      void f(int i, unsigned u, long l, enum e e, pid_t p) { g(i); h(i); k(i); k(i == 0); i = u; i = l; i = e; e = i; p = i; l = p; g((unsigned long)7); u = -1; }
      """)
    #expect(
      text == """
        f(i, u, l, e, p) -> void
        b0:
          g(i)
          h(u32(i))
          k(bool(i))
          k((i == 0))
          i = i32(u)
          i = i32(l)
          i = e
          e = i
          p = i
          l = p
          g(7)
          u = 4294967295
          return
        """)
  }

  @Test func constants() throws {
    let text = try dump(
      """
      enum { K = 7 };
      void g(long long, ...);
      void f(void) { g(K); g('a'); g(18446744073709551615ull); g(sizeof(long)); g(1 << 4 | 3); g(0, (void *)0, (void *)-1, !0, ~0, 'x' == 'y'); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          g(7)
          g(97)
          g(-1)
          g(8)
          g(19)
          g(0, 0, -1, 1, -1, 0)
          return
        """)
  }

  @Test func directCalls() throws {
    let text = try dump(
      """
      void g(int);
      void f(void) { (*g)(1); (&g)(2); ((void (*)(long))g)(3); (g)(4); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          g(1)
          g(2)
          g(3)
          g(4)
          return
        """)
  }

  @Test func indirectCalls() throws {
    let text = try dump(
      """
      struct ops { int (*run)(int); };
      int f(struct ops *o, int (*p)(int), int (*t[])(int)) { return o->run(1) + (*p)(2) + t[3](4); }
      """)
    #expect(
      text == """
        f(o, p, t) -> i32
        b0:
          %3 = (o->run)(1)
          %4 = (p)(2)
          %5 = ((*t)[3])(4)
          return ((%3 + %4) + %5)
        """)
  }

  @Test func arraysDecay() throws {
    let text = try dump(
      """
      int t[4]; void g(int *);
      void f(int *p, int i) { int l[3]; g(t); g(l + 1); g(&t[i]); *l = 1; l[i] = p[i] + *(p + 2) + i[t]; }
      """)
    #expect(
      text == """
        f(p, i) -> void
        b0:
          declare l
          g(&$t)
          g(&l[1])
          g(&$t[i])
          l[0] = 1
          l[i] = (((*p)[i] + (*p)[2]) + $t[i])
          return
        """)
  }

  @Test func structureAssignment() throws {
    let text = try dump(
      """
      struct s { int a, b; }; struct s mk(void); void g(struct s);
      void f(struct s *p) { struct s l = *p; *p = mk(); g(l); l = (struct s){ .b = 2 }; }
      """)
    #expect(
      text == """
        f(p) -> void
        b0:
          declare l
          l = *p
          %2 = mk()
          *p = %2
          g(l)
          declare %3
          zero %3
          %3.b = 2
          l = %3
          return
        """)
  }

  @Test func notEvaluated() throws {
    let text = try dump(
      """
      int g(void);
      int f(int x) { typeof(g()) y = 1; return sizeof(g()) + __builtin_constant_p(g()) + _Alignof(int) + y; }
      """)
    #expect(
      text == """
        f(x) -> i32
        b0:
          declare y
          y = 1
          return i32((8 + u64(y)))
        """)
  }

  @Test func genericSelection() throws {
    let text = try dump(
      """
      int a(void), b(void), c(void);
      int f(unsigned x, const char *s) { return _Generic(x, int: a(), unsigned: b(), default: c()) + _Generic(s, char *: a(), const char *: b(), default: c()) + _Generic(1.0, int: a(), default: c()); }
      """)
    #expect(
      text == """
        f(x, s) -> i32
        b0:
          %2 = b()
          %3 = b()
          %4 = c()
          return ((%2 + %3) + %4)
        """)
  }

  @Test func chooseExpression() throws {
    let text = try dump(
      """
      int a(void), b(void);
      int f(void) { return __builtin_choose_expr(sizeof(int) == 4, a(), b()); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %0 = a()
          return %0
        """)
  }

  @Test func variableArguments() throws {
    let text = try dump(
      """
      int f(int n, ...) { __builtin_va_list ap; __builtin_va_start(ap, n); int x = __builtin_va_arg(ap, int); __builtin_va_end(ap); return x; }
      """)
    #expect(
      text == """
        f(n, ...) -> i32
        b0:
          declare ap
          asm(ap)
          declare x
          x = opaque<i32>
          asm(ap)
          return x
        """)
  }

  @Test func atomics() throws {
    let text = try dump(
      """
      int g;
      int f(int *p) { __atomic_store_n(&g, 1, 5); int old = __atomic_fetch_add(p, 2, 5); int e = 0; if (__atomic_compare_exchange_n(p, &e, 3, 0, 5, 5)) return old; return __atomic_load_n(p, 5) + __sync_fetch_and_add(&g, 1); }
      """)
    #expect(
      text == """
        f(p) -> i32
        b0:
          $g = 1
          declare old
          %2 = *p
          *p = (*p + 2)
          old = %2
          declare e
          e = 0
          asm(*p, e)
          branch opaque<bool> ? b1 : b2
        b1:
          return old
        b2:
          %4 = __sync_fetch_and_add_4(&$g, 1)
          return (*p + %4)
        """)
  }

  @Test func assembly() throws {
    let text = try dump(
      #"""
      int f(int x) { int out; __asm__ volatile ("nop" : "=r"(out) : "r"(x) : "memory"); return out; }
      """#)
    #expect(
      text == #"""
        f(x) -> i32
        b0:
          declare out
          asm(out <- x) memory
          return out
        """#)
  }

  @Test(arguments: [
    (#"__asm__ volatile ("" : : "r"(x) : "memory");"#, "asm( <- x)"),
    (#"__asm__ volatile ("pause");"#, "asm()"),
    (#"__asm__ ("rorl $1, %0" : "+r"(x));"#, "asm(x)"),
    (#"__asm__ ("rorl $1, %0" : "+r"(x) : : "memory");"#, "asm(x) unknown"),
    (#"__asm__ ("syscall");"#, "asm() unknown"),
    (#"__asm__ volatile ("lock; xaddl %0, %1\n\tnop" : "+r"(x), "+m"(*p));"#, "asm(x, *p)"),
    (#"__asm__ volatile ("lock; syscall" : "+r"(x));"#, "asm(x) unknown"),
  ])
  func assemblyEffect(statement: String, expected: String) throws {
    let text = try dump("int f(int x, int *p) { \(statement) return x; }")
    #expect(text.split(separator: "\n").map { $0.drop { $0 == " " } }.contains(expected[...]))
  }

  @Test func variableLengthArray() throws {
    let text = try dump(
      """
      int n(void);
      void f(void) { char b[n()]; b[0] = 1; }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          n()
          declare b
          b[0] = 1
          return
        """)
  }

  @Test func implicitDeclaration() throws {
    let text = try dump(
      """
      int f(void) { return undeclared(1); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %0 = undeclared(1)
          return %0
        """)
  }

  @Test func oldStyleDefinition() throws {
    let text = try dump(
      """
      int f(a, b) int a; char *b; { return a + *b; }
      """)
    #expect(
      text == """
        f(a, b) -> i32
        b0:
          return (a + *b)
        """)
  }

  @Test func volatileAndStaticLocals() throws {
    let text = try dump(
      """
      int f(void) { static int n = 3; volatile int v = n; { static int n; n++; } return v; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare v
          v = $f.n
          $f.n.2 = ($f.n.2 + 1)
          return v
        """)
  }

  @Test func overflowBuiltin() throws {
    let text = try dump(
      """
      int f(int a, int b) { int r; if (__builtin_add_overflow(a, b, &r)) return -1; return r; }
      """)
    #expect(
      text == """
        f(a, b) -> i32
        b0:
          declare r
          asm(r)
          branch opaque<bool> ? b1 : b2
        b1:
          return -1
        b2:
          return r
        """)
  }
}
