import Foundation
import Testing

@testable import Project

/// What the picture of a child path holds.
@Suite struct PictureTests {
  /// What the parent does wrong is no call of the child.
  @Test func parentsCallsAreNamedAsSuch() throws {
    let text = """
      #include <unistd.h>
      extern char **environ;
      int start(char *const argv[])
      {
        int ends[2];
        if (pipe(ends) < 0) return -1;
        if (fork() == 0) { dup2(ends[1], 1); execve(argv[0], argv, environ); _exit(127); }
        close(ends[1]);
        return ends[0];
      }

      """
    var options = RunOptions()
    options.drawsGraphs = true
    let result = try Run.perform(
      units: [SourceUnit(file: "a.c", flags: [], contents: text)], options: options)
    let events = try #require(result.sites.first?.graph?.functions.first?.events)
    #expect(events.filter(\.isCall).map(\.label) == ["dup2", "execve", "_exit"])
    #expect(events.filter { !$0.isCall }.map(\.label) == ["the parent's pipe"])
  }
}
