import Foundation

/// Standard output: what the user asked for.
struct Output {
  /// The reader of the output has left; nothing more needs to be said.
  struct Closed: CommandError {
    var status: Int32 { ExitStatus.done }
    var description: String { "" }
  }

  /// Whether the reader is a person who wants colours.
  var hasColour: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// Writes a text at once.
  ///
  /// - Throws: `Closed` if nobody reads it, `CommandFault` if it cannot be written.
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Foundation.write(STDOUT_FILENO, rest.baseAddress, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno == EPIPE {
          throw Closed()
        } else if errno != EINTR {
          throw CommandFault.output(reason: String(cString: strerror(errno)).lowercased())
        }
      }
    }
  }
}

/// Standard error: faults and progress.
enum Console {
  /// Whether a person watches standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes one or more lines.
  static func report(_ text: String) {
    guard !text.isEmpty else { return }
    write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Writes a text as it is.
  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
