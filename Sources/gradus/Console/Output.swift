import Foundation

/// Standard output that takes no more.
enum OutputError: CommandError {
  /// The reader has left; nothing more needs to be said.
  case closed
  /// The output cannot be written.
  case failed(reason: String)

  var status: Int32 {
    switch self {
    case .closed: ExitStatus.done
    case .failed: ExitStatus.failed
    }
  }

  var description: String {
    switch self {
    case .closed: ""
    case .failed(let reason): "error: standard output cannot be written: \(reason)"
    }
  }
}

/// Standard output: what the user asked for.
struct Output {
  /// Whether the reader is a person who wants colours.
  var hasColour: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// Writes a text at once.
  func write(_ text: String) throws(OutputError) {
    var text = text
    if let error = text.withUTF8({ write(UnsafeRawBufferPointer($0)) }) { throw error }
  }

  /// Writes bytes and returns the error that kept some from being written.
  private func write(_ bytes: UnsafeRawBufferPointer) -> OutputError? {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(STDOUT_FILENO, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EPIPE {
        return .closed
      } else if errno != EINTR {
        return .failed(reason: String(cString: strerror(errno)).lowercased())
      }
    }
    return nil
  }
}
