import Homework

/// Text inside XML 1.0 and HTML.
enum XMLText {
  /// Returns text for the inside of an element or of an attribute in double quotes.
  ///
  /// Characters that XML forbids and those that a report must not print become U+FFFD. Line ends and
  /// tabulators stay; inside an attribute a reader takes them for blanks.
  static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;".utf8
      case 0x3C: result += "&lt;".utf8
      case 0x3E: result += "&gt;".utf8
      case 0x22: result += "&quot;".utf8
      case 0x0A, 0x09, 0x20..<0x7F: result.append(UInt8(truncatingIfNeeded: scalar.value))
      case _ where scalar.isHidden: result += "\u{FFFD}".utf8
      default: result += UTF8.encode(scalar) ?? .init()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Returns text for an attribute on one line: runs of blanks become one blank.
  static func token(_ text: String) -> String {
    let words = text.unicodeScalars.split {
      $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r"
    }
    if words.isEmpty { return "unnamed" }
    return escaped(
      words.count == 1 ? String(words[0]) : words.map { String($0) }.joined(separator: " "))
  }

  /// Returns at most `count` characters (Unicode scalars) of a text, with a mark if it is longer.
  static func capped(_ text: String, to count: Int) -> String {
    guard text.utf8.count > count else { return text }
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex)
    guard let end, end < scalars.endIndex else { return text }
    return String(scalars[..<end]) + " [cut]"
  }
}
