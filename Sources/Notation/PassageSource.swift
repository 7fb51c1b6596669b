/// The scalars of an answer with comments and macro definitions blanked out, and its lines.
///
/// What is taken out is replaced scalar by scalar by `filler`, so that lines and columns stay.
struct PassageSource {
  /// Stands where something was taken out; dropped from the text of pieces.
  static let filler: Unicode.Scalar = "\u{1}"

  var scalars: [Unicode.Scalar]
  /// The lines without their newline.
  private(set) var lines: [Range<Int>] = []
  private(set) var macros: [String: NameTable.Macro] = [:]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    normalizeNewlines()
    blankComments()
    var finder = PassageMacroFinder(scalars: scalars)
    finder.run()
    scalars = finder.scalars
    macros = finder.macros
    cutLines()
    blankQuoteMarks()
    blankLaTeXComments()
  }

  private mutating func normalizeNewlines() {
    for index in scalars.indices {
      switch scalars[index].value {
      case 0x0D:
        let next = index + 1
        let pair = next < scalars.count && scalars[next] == "\n"
        scalars[index] = pair ? Self.filler : "\n"
      case 0x09: scalars[index] = " "
      case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F, 0xFEFF, 0x200B, 0x2060:
        scalars[index] = Self.filler
      default: break
      }
    }
  }

  private mutating func blankComments() {
    var index = 0
    var close = 0
    while let open = scalars.firstRange(of: "<!--", from: index) {
      guard let end = scalars.firstRange(of: "-->", from: max(open + 4, close)) else { return }
      close = end
      for place in open..<(end + 3) where scalars[place] != "\n" {
        scalars[place] = Self.filler
      }
      index = end + 3
    }
  }

  private mutating func cutLines() {
    var start = 0
    for index in scalars.indices where scalars[index] == "\n" {
      lines.append(start..<index)
      start = index + 1
    }
    lines.append(start..<scalars.count)
  }

  /// Blanks the marks of block quotes and interactive prompts.
  private mutating func blankQuoteMarks() {
    var mayBegin = true
    for (number, line) in lines.enumerated() {
      guard beginsWithQuoteMark(line), let first = line.first(where: { scalars[$0] == ">" }) else {
        mayBegin = isBlank(line)
        continue
      }
      let next = number + 1
      guard mayBegin || (next < lines.count && beginsWithQuoteMark(lines[next])) else { continue }
      mayBegin = true
      var index = first
      while index < line.upperBound, scalars[index] == ">" || scalars[index] == " " {
        scalars[index] = " "
        index += 1
      }
    }
  }

  /// Blanks lines that begin with `%` in a LaTeX document.
  private mutating func blankLaTeXComments() {
    guard scalars.firstRange(of: "\\begin{document}", from: 0) != nil else { return }
    for line in lines {
      guard let first = line.first(where: { scalars[$0] != " " }), scalars[first] == "%" else {
        continue
      }
      for index in first..<line.upperBound { scalars[index] = Self.filler }
    }
  }

  /// Whether the first mark of a line is `>`; `>=` is a relation.
  private func beginsWithQuoteMark(_ line: Range<Int>) -> Bool {
    guard let first = line.first(where: { scalars[$0] != " " }), scalars[first] == ">" else {
      return false
    }
    return first + 1 == line.upperBound || scalars[first + 1] != "="
  }

  /// Whether a line has nothing but spaces; a line with something taken out is not blank.
  func isBlank(_ line: Range<Int>) -> Bool {
    line.allSatisfy { scalars[$0] == " " }
  }
}

extension Array where Element == Unicode.Scalar {
  /// Returns where a short ASCII pattern occurs first from a place on.
  func firstRange(of pattern: StaticString, from start: Int) -> Int? {
    let length = pattern.utf8CodeUnitCount
    guard start >= 0, count - length >= start else { return nil }
    return pattern.withUTF8Buffer { bytes in
      for index in start...(count - length) where self[index].value == UInt32(bytes[0]) {
        var matched = 1
        while matched < length, self[index + matched].value == UInt32(bytes[matched]) {
          matched += 1
        }
        if matched == length { return index }
      }
      return nil
    }
  }

  /// Whether a short ASCII pattern stands at a place.
  func matches(_ pattern: StaticString, at start: Int) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    return pattern.withUTF8Buffer { bytes in
      for offset in 0..<length where self[start + offset].value != UInt32(bytes[offset]) {
        return false
      }
      return true
    }
  }

  /// Returns a stretch as a string.
  func string(_ range: Range<Int>) -> String {
    let stretch = self[range]
    let length = stretch.reduce(0) { $0 + UTF8.width($1) }
    return String(unsafeUninitializedCapacity: length) { bytes in
      var count = 0
      for scalar in stretch {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[count] = byte
          count += 1
        }
      }
      return count
    }
  }
}

/// Classes of characters.
enum PassageGlyph {
  static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
    (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (48...57).contains(scalar.value)
  }

  /// Whether a letter of any alphabet, mathematical ones too, but not a sign such as a big sum.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? isASCIILetter(scalar) : scalar.properties.isAlphabetic
  }

  /// Whether a character continues a name behind its first letter: accents, raised and lowered signs.
  static func isNameTail(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x5F, 0x2032...0x2034, 0x2070...0x209C, 0xB2, 0xB3, 0xB9: true
    case 0x300...0x36F, 0x20D0...0x20FF, 0x1D2C...0x1D6A, 0x02B0...0x02FF: true
    default: isLetter(scalar)
    }
  }
}
