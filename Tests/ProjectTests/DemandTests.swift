import Catalogue
import EmbeddedRules
import Linking
import Lowering
import SpawnIR
import Testing

@testable import Project

/// Which bodies are lowered, seen from C.
@Suite struct DemandTests {
  private static func demands(_ sources: [String]) throws -> [UnitDemand] {
    let skims = try sources.map {
      try FrontEnd().parsedUnit(file: "/nowhere/t.c", flags: [], directory: nil, contents: $0).skim
    }
    return Demand.units(skims, names: ConcernedNames(.builtIn()))
  }

  private static func needed(_ source: String) throws -> (executed: Set<String>, consulted: Set<String>) {
    guard case .some(let symbols) = try demands([source])[0] else {
      Issue.record("not a choice of symbols")
      return ([], [])
    }
    return (Set(symbols.executed.map(\.name)), Set(symbols.consulted.map(\.name)))
  }

  @Test func namesThatStandForSpawnFunctionsCount() {
    let names = ConcernedNames(.builtIn())
    for name in ["fork", "__libc_fork", "__GI_fork", "__GI___vfork", "clone3", "pthread_atfork"] {
      #expect(names.startsChildPaths(name), "\(name)")
    }
    for name in ["fopen", "forkful", "__GI_read", "__", ""] {
      #expect(!names.startsChildPaths(name), "\(name)")
    }
  }

  @Test func nothingWithoutSpawn() throws {
    #expect(try Self.demands(["int g(void); int f(void) { return g(); }"]) == [.nothing])
  }

  @Test func spawnersCallersAndWhatTheyName() throws {
    let result = try Self.needed(
      """
      int fork(void);
      static int below(void) { return 1; }
      static int spawn(void) { return fork(); }
      int above(void) { below(); return spawn(); }
      int aside(void) { return 2; }
      """)
    #expect(result.executed == ["spawn", "above", "below"])
    #expect(result.consulted.isEmpty)
  }

  @Test func whoChangesAVariableIsConsulted() throws {
    let result = try Self.needed(
      """
      int fork(void);
      static int mode;
      static const int fixed = 1;
      void set(void) { mode = 1; }
      void hand(int **p) { *p = &mode; }
      int get(void) { return mode + fixed; }
      int spawn(void) { return mode ? fork() : fixed; }
      """)
    #expect(result.executed == ["spawn"])
    #expect(result.consulted == ["set", "hand"])
  }

  @Test func pointersReachWhatIsStoredAnywhere() throws {
    let result = try Self.needed(
      """
      int fork(void);
      struct ops { void (*start)(void); };
      struct other { void (*stop)(void); };
      static void one(void) {}
      static void two(void) {}
      static void three(void) {}
      static const struct ops table = { one };
      void put(struct ops *o, void (*f)(void)) { o->start = f; }
      void init(struct ops *o) { put(o, two); }
      void unrelated(struct other *o) { o->stop = three; }
      int spawn(struct ops *o) { int pid = fork(); if (pid == 0) o->start(); return pid; }
      """)
    #expect(result.executed == ["spawn", "one", "two"])
    #expect(result.consulted == ["put", "init"])
  }

  @Test func callersThroughPointersCount() throws {
    let result = try Self.needed(
      """
      int fork(void);
      struct ops { int (*run)(void); };
      static int spawn(void) { return fork(); }
      static const struct ops table = { spawn };
      int call(const struct ops *o) { return o->run(); }
      """)
    #expect(result.executed.isSuperset(of: ["spawn", "call"]))
  }

  @Test func hiddenPointersDemandEverything() throws {
    let source = """
      int fork(void);
      int spawn(void *p) { int pid = fork(); if (!pid) ((void (*)(void))p)(); return pid; }
      int aside(void) { return 2; }
      """
    #expect(try Self.demands([source]) == [.everything])
    #expect(try Self.demands(["int fork(void); int (*p)(void) = fork;"]) == [.everything])
  }

  @Test func cleanupIsACall() throws {
    let result = try Self.needed(
      """
      int fork(void);
      static void closep(int *p) {}
      int spawn(void) { __attribute__((cleanup(closep))) int fd = 0; return fork(); }
      """)
    #expect(result.executed == ["spawn", "closep"])
  }

  @Test func externalNamesCrossUnits() throws {
    let demands = try Self.demands([
      "int fork(void); extern int mode; void help(void); int spawn(void) { help(); return mode ? fork() : 0; }",
      "int mode = 1; static void own(void) {} void help(void) { own(); } void set(void) { mode = 2; } void no(void) {}",
      "static void help(void) {} void use(void) { help(); }",
    ])
    guard case .some(let second) = demands[1] else {
      Issue.record("the second unit is needed")
      return
    }
    #expect(Set(second.executed.map(\.name)) == ["help", "own"])
    #expect(Set(second.consulted.map(\.name)) == ["set"])
    #expect(second.variables.contains(Symbol("mode")))
    #expect(demands[2] == .nothing)
  }

  @Test func contractsAreExecuted() throws {
    let source = """
      static void below(void) {}
      __attribute__((annotate("safe"))) void marked(void) { below(); }
      void safe_name(void) {}
      void take(__attribute__((annotate("safe"))) void (*f)(void));
      static void handed(void) {}
      static void wrap(void (*f)(void)) { take(f); }
      void hand(void) { wrap(handed); }
      __attribute__((annotate("other"))) void aside(void) {}
      """
    let unit = try FrontEnd().parsedUnit(file: "/nowhere/t.c", flags: [], directory: nil, contents: source)
    let rules = ContractRules(marks: ["safe"]) { $0.hasPrefix("safe_") ? "safe_*" : nil }
    let names = ConcernedNames(.builtIn())
    guard
      case .some(let needed) = Demand.units([unit.skim], contracts: rules, names: names)[0]
    else {
      Issue.record("not a choice of symbols")
      return
    }
    #expect(
      Set(needed.executed.map(\.name)) == ["below", "marked", "safe_name", "wrap", "hand", "handed"])
    #expect(Demand.units([unit.skim], names: names) == [.nothing])
  }

  /// By construction: what executed code names is lowered with it.
  @Test func loweredCodeNamesNoSkimmedFunction() throws {
    let source = """
      int fork(void);
      static void b(void) {}
      static void a(void) { b(); }
      int spawn(void) { a(); return fork(); }
      void aside(void) { a(); }
      """
    let unit = try FrontEnd().parsedUnit(file: "/nowhere/t.c", flags: [], directory: nil, contents: source)
    let facts = unit.facts(.some(NeededSymbols(executed: [Symbol("spawn")])))
    let skimmed = facts.skimmed.functions.map { facts.skimmed.symbols[Int($0.symbol)].name }
    #expect(skimmed == ["aside"])
    #expect(Set(facts.functions.map(\.symbol.name)) == ["spawn", "a", "b"])
    #expect(facts.declarations.map(\.symbol.name) == ["fork"])
  }

  @Test func handlersAreExecutedWhereMemoryMayBeShared() throws {
    let installing = """
      int sigaction(int, const void *, void *);
      struct action { void (*sa_handler)(int); };
      static int seen;
      static void note(void) { seen = 1; }
      static void on_signal(int n) { (void)n; note(); }
      static void on(int n, void (*f)(int)) { struct action a = {f}; sigaction(n, &a, 0); }
      void prepare(void) { on(2, on_signal); }
      void aside(void) {}
      """
    let result = try Self.needed(installing + "int vfork(void); int spawn(void) { return vfork(); }")
    #expect(result.executed == ["spawn", "on_signal", "note"])
    #expect(result.consulted == ["on", "prepare"])
    #expect(
      try Self.needed(installing + "int fork(void); int spawn(void) { return fork(); }").executed == ["spawn"]
    )
  }
}
