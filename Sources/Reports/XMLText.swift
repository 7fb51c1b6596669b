import Homework

/// Text inside XML 1.0 and HTML.
enum XMLText {
  /// Returns text for the inside of an element or of an attribute in double quotes.
  ///
  /// Characters that XML forbids and those that a report must not print become U+FFFD. Line ends and
  /// tabulators stay; inside an attribute a reader takes them for blanks.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.isHidden: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Returns text for an attribute on one line: runs of blanks become one blank.
  static func token(_ text: String) -> String {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    return words.isEmpty ? "unnamed" : escaped(words.joined(separator: " "))
  }

  /// Returns at most `count` characters (Unicode scalars) of a text, with a mark if it is longer.
  static func capped(_ text: String, to count: Int) -> String {
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex)
    guard let end, end < scalars.endIndex else { return text }
    return String(scalars[..<end]) + " [cut]"
  }
}
