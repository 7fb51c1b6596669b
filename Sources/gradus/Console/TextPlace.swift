import Reports

/// A place in a text by line and column, found from an offset in bytes.
struct TextPlace {
  /// The line, from 1.
  let line: Int
  /// The column in characters (Unicode scalars) in its line, from 1.
  let column: Int
  /// The number of characters before the place in the whole text, and one.
  let position: Int
  private let before: Substring.UnicodeScalarView
  private let after: Substring.UnicodeScalarView

  /// Finds the place at an offset; one inside a character or behind the end counts as the next
  /// place that is not.
  init(utf8Offset: Int, in text: String) {
    let scalars = text.unicodeScalars
    let bytes = text.utf8
    let limit = bytes.index(
      bytes.startIndex, offsetBy: max(0, utf8Offset), limitedBy: bytes.endIndex)
    var index = scalars.startIndex
    var start = index
    var (line, column, position) = (1, 1, 1)
    while index < limit ?? scalars.endIndex {
      let isLineEnd = scalars[index] == "\n"
      index = scalars.index(after: index)
      position += 1
      column += 1
      if isLineEnd {
        (line, column, start) = (line + 1, 1, index)
      }
    }
    self.line = line
    self.column = column
    self.position = position
    before = scalars[start..<index]
    after = scalars[index...].prefix { $0 != "\n" }[...]
  }

  /// The line as on a terminal with a caret under the place; long lines are cut around it.
  ///
  ///     8 | x = 2 (a + b
  ///       |       ^
  var excerpt: String {
    let left = String(before.suffix(60)).visible
    let right = String(after.prefix(40)).visible
    let number = "\(line) | "
    let margin = String(repeating: " ", count: number.count - 2) + "| "
    return number + left + right + "\n" + margin + String(repeating: " ", count: left.width) + "^"
  }
}
