import Foundation
import Restart

/// Runs work on a thread with room for deep recursion: the syntax tree of generated C may be tens of
/// thousands of levels deep, and threads of Dispatch or Swift's pool have 512 KB.
public enum LargeStack {
  /// Address space only; pages are used as they are touched.
  private static let sizes = [512 << 20, 64 << 20]

  public static func run<Result>(_ work: () -> Result) -> Result {
    withoutActuallyEscaping(work) { work in
      let job = Job(work)
      for size in sizes {
        guard let thread = start(job, stackSize: size) else { continue }
        pthread_join(thread, nil)
        if let result = job.result { return result }
      }
      return work()
    }
  }

  private class AnyJob {
    func run() {}
  }

  private final class Job<Result>: AnyJob {
    private let work: () -> Result
    private(set) var result: Result?

    init(_ work: @escaping () -> Result) { self.work = work }

    override func run() { result = work() }
  }

  private static func start(_ job: AnyJob, stackSize: Int) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
    let context = Unmanaged.passRetained(job)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { context in
        restart_prepare_thread()
        if let context { Unmanaged<AnyJob>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      return nil
    }
    return thread
  }
}
