import Homework

/// A position in UTF-8 text that knows its line and column.
///
/// Moves forward only, so that all places of a text cost one pass.
struct Cursor {
  private let bytes: [UInt8]
  private let file: String
  private(set) var offset = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  var place: Place { Place(file: file, line: line, column: column) }
  var isAtEnd: Bool { offset >= bytes.count }
  var isAtBlank: Bool { !isAtEnd && Self.isBlank(bytes[offset]) }
  var byte: UInt8? { isAtEnd ? nil : bytes[offset] }

  static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  /// Moves by one byte; the continuation bytes of a character have no column.
  mutating func advance() {
    guard !isAtEnd else { return }
    if bytes[offset] == 0x0A {
      line += 1
      column = 0
    }
    offset += 1
    if isAtEnd || bytes[offset] & 0xC0 != 0x80 { column += 1 }
  }

  mutating func advance(to end: Int) {
    while offset < end, !isAtEnd { advance() }
  }

  mutating func skipBlanks() {
    while isAtBlank { advance() }
  }

  func isAt(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  /// Moves over `text` if it stands here.
  @discardableResult
  mutating func skip(_ text: StaticString) -> Bool {
    guard isAt(text) else { return false }
    let isByteOrderMark = text.withUTF8Buffer { $0.starts(with: [0xEF, 0xBB, 0xBF]) }
    advance(to: offset + text.utf8CodeUnitCount)
    if isByteOrderMark { column = 1 }
    return true
  }

  /// Moves behind the next `text`, or to the end.
  mutating func skip(through text: StaticString) {
    while !isAtEnd, !isAt(text) { advance() }
    skip(text)
  }

  /// Returns the offset of the next `text` from here on.
  func offset(of text: StaticString) -> Int? {
    var copy = self
    while !copy.isAtEnd, !copy.isAt(text) { copy.advance() }
    return copy.isAtEnd ? nil : copy.offset
  }

  /// The text between the quotes that begin here.
  var quotedText: String? {
    guard let quote = byte, quote == 0x22 || quote == 0x27 else { return nil }
    let rest = bytes[(offset + 1)...]
    return rest.firstIndex(of: quote).map { String(decoding: rest[..<$0], as: UTF8.self) }
  }

  /// Where the text stops being UTF-8, if it does.
  var firstOffsetOfInvalidUTF8: Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var source = bytes[offset...].makeIterator()
    var count = offset
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid(let scalar): count += scalar.count
      case .error: return count
      case .emptyInput: return nil
      }
    }
  }
}
