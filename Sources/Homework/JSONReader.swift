/// Why a text is not JSON.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The column of the fault in characters (Unicode scalars), from 1.
  public var column: Int
  /// What is wrong.
  public var message: String

  /// The column and what is wrong there.
  public var description: String { "column \(column): \(message)" }
}

extension JSONValue {
  /// The deepest nesting that is read.
  public static let deepestNesting = 128

  /// Reads a text that is one JSON value (RFC 8259).
  ///
  /// A key that stands twice, half of a surrogate pair and a number beyond the range of `Double` are
  /// faults. Takes time in proportion to the text.
  ///
  /// - Parameter json: The text.
  /// - Throws: The first fault with its column.
  public init(json: String) throws(JSONError) {
    var reader = JSONReader(json)
    self = try reader.document()
  }
}

/// A reader of JSON by recursive descent over UTF-8.
private struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String, at offset: Int? = nil) -> JSONError {
    let before = bytes[..<(offset ?? position)]
    return JSONError(
      column: 1 + before.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }, message: message)
  }

  /// Returns the fault that `wanted` is not what stands here.
  private func expected(_ wanted: String) -> JSONError {
    guard next != nil else { return fault("expected \(wanted), found the end") }
    let rest = String(decoding: bytes[position...].prefix(8), as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first, !scalar.isHidden else {
      return fault("expected \(wanted), found a control character")
    }
    return fault("expected \(wanted), found '\(scalar)'")
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  // document = blanks value blanks end
  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard next == nil else { throw expected("the end") }
    return value
  }

  // value = blanks (object | array | string | number | "true" | "false" | "null")
  private mutating func value() throws(JSONError) -> JSONValue {
    skipBlanks()
    guard let next else { throw expected("a value") }
    switch Unicode.Scalar(next) {
    case "{": return try object()
    case "[": return try array()
    case "\"": return .string(try string())
    case "-", "0"..."9": return try number()
    case "t": return try word("true", .bool(true))
    case "f": return try word("false", .bool(false))
    case "n": return try word("null", .null)
    default: throw expected("a value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw expected("a value") }
    position += word.utf8.count
    return value
  }

  private mutating func descend() throws(JSONError) {
    depth += 1
    guard depth <= JSONValue.deepestNesting else {
      throw fault("nested deeper than \(JSONValue.deepestNesting)")
    }
    position += 1
  }

  // array = "[" [value *("," value)] blanks "]"
  private mutating func array() throws(JSONError) -> JSONValue {
    try descend()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array(values) }
    while true {
      values.append(try value())
      skipBlanks()
      if take("]") { return .array(values) }
      guard take(",") else { throw expected("',' or ']'") }
    }
  }

  // object = "{" [member *("," member)] blanks "}"
  private mutating func object() throws(JSONError) -> JSONValue {
    try descend()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    let fewKeys = 8
    skipBlanks()
    if take("}") { return .object(members) }
    while true {
      let member = try member()
      if members.count == fewKeys { keys = Set(members.map(\.key)) }
      let isNew =
        members.count < fewKeys
        ? !members.contains { $0.key == member.key } : keys.insert(member.key).inserted
      guard isNew else { throw fault("a key stands twice in one object") }
      members.append(member)
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw expected("',' or '}'") }
    }
  }

  // member = blanks string blanks ":" value
  private mutating func member() throws(JSONError) -> JSONValue.Member {
    skipBlanks()
    guard next == UInt8(ascii: "\"") else { throw expected("a key in double quotes") }
    let key = try string()
    skipBlanks()
    guard take(":") else { throw expected("':'") }
    return JSONValue.Member(key, try value())
  }

  // number = ["-"] ("0" | digits) ["." digits] [("e" | "E") ["+" | "-"] digits]
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      throw fault("the number is too large", at: start)
    }
    return .number(number)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = next, byte >= 0x30, byte <= 0x39 { position += 1 }
    guard position > start else { throw expected("a digit") }
  }

  // string = '"' *(character | escape) '"'
  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    var plain = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        text += bytes[plain..<position]
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[plain..<position]
        let scalar = try escape()
        text += UTF8.encode(scalar) ?? .init()
        plain = position
      case 0x00...0x1F:
        throw fault("a control character in a string; write it as an escape")
      default:
        position += 1
      }
    }
    throw fault("the string is never closed", at: start)
  }

  // escape = "\" (one of "\/bfnrt and the double quote | "u" 4 hexadecimal digits, twice for a pair)
  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    let start = position
    position += 1
    let letter = next
    position += 1
    switch letter.map({ Unicode.Scalar($0) }) {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": break
    default: throw fault("an unknown escape in a string", at: start)
    }
    let first = try hexadecimal(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else {
      throw fault("half of a surrogate pair", at: start)
    }
    let second = try hexadecimal(from: start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw fault("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    var value: UInt32 = 0
    for digit in digits {
      guard let nibble = Character(Unicode.Scalar(digit)).hexDigitValue else {
        throw fault("expected four hexadecimal digits after '\\u'", at: start)
      }
      value = value << 4 | UInt32(nibble)
    }
    guard digits.count == 4 else {
      throw fault("expected four hexadecimal digits after '\\u'", at: start)
    }
    position += 4
    return value
  }
}
