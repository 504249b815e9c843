import Testing

/// The shapes in which real code tests a spawn call's result.
@Suite struct SpawnCallTests {
  @Test func assignedInACondition() throws {
    let text = try dump(
      """
      int fork(void); void child(void);
      void f(void) { int pid; if ((pid = fork()) == 0) child(); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare pid
          %1 = fork()
          pid = %1
          branch (pid == 0) ? b1 : b2
        b1:
          child()
          jump b2
        b2:
          return
        """)
  }

  @Test func withoutAVariable() throws {
    let text = try dump(
      """
      int vfork(void); void _exit(int);
      void f(void) { if (vfork()) return; _exit(1); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          %0 = vfork()
          branch %0 ? b1 : b2
        b1:
          return
        b2:
          _exit(1) noreturn
          unreachable
        """)
  }

  @Test func negated() throws {
    let text = try dump(
      """
      int fork(void); void child(void);
      void f(void) { int pid = fork(); if (!pid) child(); if (!!pid) return; }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare pid
          %1 = fork()
          pid = %1
          branch !pid ? b1 : b2
        b1:
          child()
          jump b2
        b2:
          branch !!pid ? b3 : b4
        b3:
          return
        b4:
          return
        """)
  }

  @Test func inASwitchHead() throws {
    let text = try dump(
      """
      int fork(void); void child(void); void bad(void);
      void f(void) { switch (fork()) { case -1: bad(); break; case 0: child(); default: break; } }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          %0 = fork()
          switch %0 {-1: b1, 0: b2, else: b3}
        b1:
          bad()
          jump b3
        b2:
          child()
          jump b3
        b3:
          return
        """)
  }

  @Test func inATernary() throws {
    let text = try dump(
      """
      int fork(void), vfork(void);
      int f(int v) { int pid = v ? vfork() : fork(); return pid; }
      """)
    #expect(
      text == """
        f(v) -> i32
        b0:
          declare pid
          branch v ? b1 : b2
        b1:
          %3 = vfork()
          %2 = %3
          jump b3
        b2:
          %4 = fork()
          %2 = %4
          jump b3
        b3:
          pid = %2
          return pid
        """)
  }

  @Test func inACommaExpression() throws {
    let text = try dump(
      """
      int fork(void); void block(void);
      int f(void) { int pid; return (block(), pid = fork()) < 0 ? -1 : pid; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare pid
          block()
          %2 = fork()
          pid = %2
          branch (pid < 0) ? b1 : b2
        b1:
          %1 = -1
          jump b3
        b2:
          %1 = pid
          jump b3
        b3:
          return %1
        """)
  }

  @Test func inALoopHead() throws {
    let text = try dump(
      """
      int fork(void); extern int *__errno_location(void);
      void f(void) { int pid; while ((pid = fork()) < 0 && (*__errno_location()) == 11) ; }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          declare pid
          jump b1
        b1:
          %1 = fork()
          pid = %1
          branch (pid < 0) ? b2 : b3
        b2:
          %2 = __errno_location()
          branch (*%2 == 11) ? b1 : b3
        b3:
          return
        """)
  }

  @Test func inAStructureField() throws {
    let text = try dump(
      """
      int fork(void); struct p { int pid; };
      void f(struct p *p) { p->pid = fork(); if (p->pid == 0) return; }
      """)
    #expect(
      text == """
        f(p) -> void
        b0:
          %1 = fork()
          p->pid = %1
          branch (p->pid == 0) ? b1 : b2
        b1:
          return
        b2:
          return
        """)
  }

  @Test func throughAnOutParameter() throws {
    let text = try dump(
      """
      int fork(void);
      int f(int *out) { *out = fork(); return *out < 0; }
      """)
    #expect(
      text == """
        f(out) -> i32
        b0:
          %1 = fork()
          *out = %1
          return (*out < 0)
        """)
  }

  @Test func returned() throws {
    let text = try dump(
      """
      int fork(void);
      int f(void) { return fork(); }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          %0 = fork()
          return %0
        """)
  }

  @Test func exitAfterAnd() throws {
    let text = try dump(
      """
      int fork(void); void exit(int) __attribute__((noreturn));
      void f(void) { fork() && (exit(0), 0); }
      """)
    #expect(
      text == """
        f() -> void
        b0:
          %0 = fork()
          branch %0 ? b1 : b2
        b1:
          exit(0) noreturn
          unreachable
        b2:
          return
        """)
  }

  @Test func inAStatementExpression() throws {
    let text = try dump(
      """
      int vfork(void); void die(void);
      #define xvfork() ({ int p_ = vfork(); if (p_ < 0) die(); p_; })
      int f(void) { int pid = xvfork(); return pid; }
      """)
    #expect(
      text == """
        f() -> i32
        b0:
          declare pid
          declare p_
          %2 = vfork()
          p_ = %2
          branch (p_ < 0) ? b1 : b2
        b1:
          die()
          jump b2
        b2:
          pid = p_
          return pid
        """)
  }
}
