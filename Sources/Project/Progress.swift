import Foundation
import Synchronization

/// Tells how far a run is, in one line on a terminal that is written over.
public final class Progress: Sendable {
  public static let shared = Progress()

  private struct State {
    var isOn = false
    var done = 0
    var total = 0
    var start = Date()
    var last = Date.distantPast
    var width = 0
  }

  private let state = Mutex(State())
  /// Seconds between two changes of the line.
  private static let interval = 0.1

  /// From now on, standard error shows it.
  public func enable() { state.withLock { $0.isOn = true } }

  func expect(_ count: Int) {
    state.withLock { state in
      if state.total == 0 { state.start = Date() }
      state.total += count
    }
  }

  /// A unit was read.
  func note(_ path: String) {
    state.withLock { state in
      state.done += 1
      guard state.isOn else { return }
      let now = Date()
      guard now.timeIntervalSince(state.last) > Self.interval else { return }
      state.last = now
      let rate = Double(state.done) / max(0.001, now.timeIntervalSince(state.start))
      let name = PlainPath.name(of: path)
      show("read \(state.done) of \(state.total) files, \(Int(rate)) a second: \(name)", &state)
    }
  }

  func tell(_ step: String) {
    state.withLock { state in
      if state.isOn { show(step, &state) }
    }
  }

  /// Leaves an empty line behind.
  public func finish() {
    state.withLock { state in
      if state.isOn, state.width > 0 { show("", &state) }
      state.isOn = false
    }
  }

  private func show(_ text: String, _ state: inout State) {
    let shown = String(text.prefix(78))
    let blanks = String(repeating: " ", count: max(0, state.width - shown.count))
    state.width = shown.count
    FileHandle.standardError.write(Data("\r\(shown)\(blanks)\r\(shown)".utf8))
  }
}
