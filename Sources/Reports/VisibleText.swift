import Homework

extension String {
  /// The text with every hidden character written out, such as `\u{1B}`, `\n` or `\t`.
  ///
  /// Safe on a terminal: no sequence of the text moves the cursor, sets a colour or turns the
  /// direction of writing.
  public var visible: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.isHidden:
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The number of columns that the text takes on a terminal.
  public var width: Int { isASCII ? utf8.count : reduce(0) { $0 + $1.width } }

  /// Whether all characters are ASCII, so that each is a column.
  private var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

  /// The text filled with blanks to a number of columns.
  func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - width))
  }

  /// The text in lines of at most `columns`, broken at blanks, or inside a word that is longer.
  ///
  /// Line ends of the text are kept; hidden characters are written out.
  func wrapped(to columns: Int) -> [String] {
    var lines: [String] = []
    for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var lineWidth = 0
      for word in String(paragraph).visible.split(separator: " ").map({ String($0) }) {
        let wordWidth = word.width
        if lineWidth > 0, lineWidth + 1 + wordWidth > columns {
          lines.append(line)
          line = ""
          lineWidth = 0
        }
        if lineWidth > 0 {
          line += " "
          lineWidth += 1
        }
        if lineWidth + wordWidth <= columns {
          line += word
          lineWidth += wordWidth
          continue
        }
        for character in word {
          if lineWidth + character.width > columns, lineWidth > 0 {
            lines.append(line)
            line = ""
            lineWidth = 0
          }
          line.append(character)
          lineWidth += character.width
        }
      }
      lines.append(line)
    }
    return lines
  }
}

extension Character {
  /// The number of columns that the character takes on a terminal: 0, 1 or 2.
  fileprivate var width: Int {
    if isASCII { return 1 }
    return unicodeScalars.reduce(0) { max($0, $1.width) }
  }
}

extension Unicode.Scalar {
  fileprivate var width: Int {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: 1
    }
  }
}
