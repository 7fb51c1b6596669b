import Foundation

/// Standard error, for faults and progress, and standard input.
enum Console {
  /// Whether a person watches standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes one or more lines.
  static func report(_ text: String) {
    guard !text.isEmpty else { return }
    write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Writes a text as it is; if nobody can read it there is nobody to tell.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Returns all of standard input; bytes that are not UTF-8 are replaced.
  static func input() throws -> String {
    let data = try FileHandle.standardInput.readToEnd() ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
