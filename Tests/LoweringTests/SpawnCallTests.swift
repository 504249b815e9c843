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
}
