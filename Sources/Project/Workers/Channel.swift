import Foundation

/// Messages over a socket, each with its length in front.
struct Channel: Sendable {
  enum Received {
    case message([UInt8])
    /// The other side is gone.
    case closed
    case timedOut
  }

  let descriptor: Int32

  /// A pair of connected sockets, closed by exec; nil: the system has none left.
  static func pair() -> (Channel, Channel)? {
    var descriptors: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &descriptors) == 0 else { return nil }
    return (Channel(descriptor: descriptors[0]), Channel(descriptor: descriptors[1]))
  }

  func close() { _ = Foundation.close(descriptor) }

  /// False: the other side is gone.
  func send(_ message: [UInt8]) -> Bool {
    var length = UInt64(message.count).littleEndian
    return withUnsafeBytes(of: &length) { sendAll($0) } && message.withUnsafeBytes { sendAll($0) }
  }

  private func sendAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while done < bytes.count {
      // No SIGPIPE, which would end a whole run for a worker that died.
      let sent = Foundation.send(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
      if sent < 0, errno == EINTR { continue }
      if sent <= 0 { return false }
      done += sent
    }
    return true
  }

  /// Returns when the other side is gone.
  func waitForClosing() {
    // POLLRDHUP of Linux, which Swift does not show without _GNU_SOURCE.
    let closed: Int16 = 0x2000
    var item = pollfd(fd: descriptor, events: closed, revents: 0)
    while poll(&item, 1, -1) <= 0 || item.revents == 0 {}
  }

  /// - Parameter seconds: how long it may take; nil: for ever.
  func receive(within seconds: Int? = nil) -> Received {
    let deadline = seconds.map { Self.now + Int64($0) * 1000 }
    var head: [UInt8] = []
    if let other = read(8, into: &head, deadline) { return other }
    let length = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= 1 << 32 else { return .closed }
    var message: [UInt8] = []
    return read(Int(length), into: &message, deadline) ?? .message(message)
  }

  /// Nil: all bytes are there.
  private func read(_ count: Int, into bytes: inout [UInt8], _ deadline: Int64?) -> Received? {
    var failure: Received?
    bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        guard isReadable(before: deadline) else {
          failure = .timedOut
          return
        }
        let got = recv(descriptor, buffer.baseAddress.map { $0 + done }, count - done, 0)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          failure = .closed
          return
        }
        done += got
      }
    }
    return failure
  }

  private func isReadable(before deadline: Int64?) -> Bool {
    guard let deadline else { return true }
    while true {
      let rest = deadline - Self.now
      guard rest > 0 else { return false }
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&item, 1, Int32(clamping: rest))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return true }
    }
  }

  /// Milliseconds of a clock that nobody sets.
  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
