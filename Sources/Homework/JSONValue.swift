/// A value of JSON, to be read from a line or written to one.
///
/// Objects keep the order of their members, so that the same value is always the same text.
public enum JSONValue: Hashable, Sendable {
  /// One member of an object.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// Nothing.
  case null
  /// A truth value.
  case bool(Bool)
  /// A number; infinities and not-a-number are written as `null`.
  case number(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Members in order.
  case object([Member])

  /// Returns the value of the member `key` of an object, `nil` if there is none.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text of a string, `nil` for anything else.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number, `nil` for anything else.
  public var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The truth value, `nil` for anything else.
  public var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The values of an array, `nil` for anything else.
  public var array: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The members of an object, `nil` for anything else.
  public var object: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension JSONValue: CustomStringConvertible {
  /// The text on one line; numbers have the fewest digits that give them back exactly.
  ///
  /// Control characters, line separators and characters that turn the direction of writing are
  /// escaped, so that the text is safe on a terminal and inside a script.
  public var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text as UTF-8, which is faster than appending to a `String`.
  private func write(to text: inout [UInt8]) {
    switch self {
    case .null: text += "null".utf8
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .number(let number): text += Self.numeral(number).utf8
    case .string(let string): Self.write(string, to: &text)
    case .array(let values):
      text.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", ".utf8 }
        value.write(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", ".utf8 }
        Self.write(member.key, to: &text)
        text += ": ".utf8
        member.value.write(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private static func numeral(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    let digits = number.description
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  private static func write(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    defer { text.append(UInt8(ascii: "\"")) }
    // Most texts are plain but for backslashes.
    if string.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      for byte in string.utf8 {
        if byte == 0x22 || byte == 0x5C { text.append(0x5C) }
        text.append(byte)
      }
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x22: text += "\\\"".utf8
      case 0x5C: text += "\\\\".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0D: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x20..<0x7F: text.append(UInt8(truncatingIfNeeded: scalar.value))
      case _ where scalar.isHidden:
        let digits = String(scalar.value, radix: 16)
        text += ("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits).utf8
      default: text += UTF8.encode(scalar) ?? .init()
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether a report must not print the scalar as it is.
  ///
  /// True for control characters, separators of lines and paragraphs, marks that turn the direction
  /// of writing, the byte order mark, and U+FFFE and U+FFFF.
  public var isHidden: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
      0xFFFE, 0xFFFF:
      true
    default: false
    }
  }
}
