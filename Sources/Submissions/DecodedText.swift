import Glibc
import Homework

/// Text made of the bytes of a file, with what was wrong in them.
struct DecodedText {
  /// The text with `\n` at line ends; `nil` if the file holds none.
  private(set) var text: String?
  private(set) var faults: [Fault] = []
  private let file: String

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      add("file is in UTF-16; save it as UTF-8")
      return
    }
    var lines = Self.withPlainLineEnds(bytes)
    if lines.allSatisfy({ $0 <= 0x20 && $0 != 0 }) {
      add("file is empty")
      return
    }
    let nulls = Self.holds(0, lines) ? lines.count { $0 == 0 } : 0
    let valid = String(validating: lines, as: UTF8.self)
    let firstBad = valid == nil ? Self.firstInvalid(lines) : nil
    if nulls * 20 > lines.count || (valid == nil && Self.isMostlyInvalid(lines)) {
      add("file is not text; save it as UTF-8 text")
      return
    }
    if let null = lines.firstIndex(of: 0) {
      add("a NUL character; save the file as plain text", at: null, in: lines)
    }
    if let firstBad {
      let digits = String(lines[firstBad], radix: 16, uppercase: true)
      add("byte 0x\(digits) is not UTF-8; save the file as UTF-8", at: firstBad, in: lines)
    }
    faults.sort { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
    guard nulls > 0 else {
      text = valid ?? String(decoding: lines, as: UTF8.self)
      return
    }
    lines = lines.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
    text = String(decoding: lines, as: UTF8.self)
  }

  private mutating func add(_ message: String) {
    faults.append(Fault(at: Place(file: file, line: 1, column: 1), message))
  }

  private mutating func add(_ message: String, at offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<offset]
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
    faults.append(Fault(at: Place(file: file, line: line, column: column), message))
  }

  /// Whether a byte occurs; as fast as the memory.
  private static func holds(_ byte: UInt8, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      return memchr(start, Int32(byte), buffer.count) != nil
    }
  }

  /// Drops a byte order mark and turns `\r\n` and `\r` into `\n`.
  private static func withPlainLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard holds(0x0D, bytes) else { return Array(rest) }
    var plain: [UInt8] = []
    plain.reserveCapacity(rest.count)
    var previous: UInt8 = 0
    for byte in rest {
      if byte == 0x0D {
        plain.append(0x0A)
      } else if byte != 0x0A || previous != 0x0D {
        plain.append(byte)
      }
      previous = byte
    }
    return plain
  }

  private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    var count = 0
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid(let scalar): count += scalar.count
      case .error: return count
      case .emptyInput: return nil
      }
    }
  }

  /// Whether more than one character in ten is not UTF-8.
  private static func isMostlyInvalid(_ bytes: [UInt8]) -> Bool {
    var parser = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    var (valid, invalid) = (0, 0)
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid: valid += 1
      case .error: invalid += 1
      case .emptyInput: return invalid * 10 > valid + invalid
      }
    }
  }
}
