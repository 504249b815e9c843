import Foundation
import Lowering
import SpawnIR

/// The other side of `WorkerPool`: a process that reads the units it is asked for.
public enum WorkerService {
  /// The one argument of a worker.
  public static let argument = "worker-process"
  /// Where a worker finds its socket.
  static let descriptor: Int32 = 3

  /// Answers until the other side is gone.
  public static func run() -> Never {
    answer()
    // Nothing is left that would have to be written or given back.
    _exit(0)
  }

  private static func answer() {
    let channel = Channel(descriptor: descriptor)
    guard case .message(let hello) = channel.receive() else { return }
    var reader = ByteReader(hello[...])
    guard let limit = try? reader.count(), let keepsDigests = try? reader.flag(),
      let markers = try? reader.list({ reader throws(FactsError) in try reader.text() })
    else { return }
    FrontEnd.prepareForOneThread()
    Thread.detachNewThread {
      // Nobody waits for an answer any more.
      channel.waitForClosing()
      _exit(0)
    }
    let source = StoringSource(markers: Set(markers), keepsDigests: keepsDigests)
    while case .message(let request) = channel.receive() {
      var reader = ByteReader(request[...])
      guard let unit = try? SourceUnit(&reader) else { return }
      // Whoever asks stops this process after the limit, unless it was killed itself.
      alarm(UInt32(clamping: limit + 5))
      let reply = reply(source, unit)
      alarm(0)
      guard channel.send(reply) else { return }
    }
  }

  private static func reply(_ source: StoringSource, _ unit: SourceUnit) -> [UInt8] {
    var out = ByteWriter()
    do {
      let record = try source.record(of: unit)
      out.flag(true)
      record.write(to: &out)
    } catch {
      out = ByteWriter()
      out.flag(false)
      out.text("\(error)")
    }
    return out.bytes
  }
}
