/// Cuts Python into tokens, with indentation as tokens of its own.
struct PythonLexer {
  static let mostTokens = 20_000

  private let scalars: [Unicode.Scalar]
  /// The UTF-8 offset of each scalar and of the end.
  private let offsets: [Int]
  private var index = 0
  private var brackets = 0
  private var indents = [0]
  private(set) var tokens: [PythonToken] = []

  /// Returns the tokens of a text; the last is `end`.
  ///
  /// Text behind the largest number of tokens is left out.
  static func tokens(of text: String) -> (tokens: [PythonToken], isWhole: Bool) {
    var lexer = PythonLexer(text)
    lexer.run()
    return (lexer.tokens, lexer.index >= lexer.scalars.count)
  }

  private init(_ text: String) {
    var scalars: [Unicode.Scalar] = []
    var offsets = [0]
    for scalar in text.unicodeScalars.prefix(40 * Self.mostTokens) {
      scalars.append(scalar)
      offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar))
    }
    self.scalars = scalars
    self.offsets = offsets
  }

  private mutating func run() {
    var isLineStart = true
    while index < scalars.count, tokens.count < Self.mostTokens {
      if isLineStart, brackets == 0 {
        isLineStart = false
        indentation()
        continue
      }
      let scalar = scalars[index]
      switch scalar {
      case "\n":
        index += 1
        isLineStart = true
        if brackets > 0, beginsStatement() { brackets = 0 }
        if brackets == 0 { append(.newline, from: index - 1) }
      case " ", "\t", "\r", "\u{C}", "\u{A0}": index += 1
      case "\\" where index + 1 < scalars.count && scalars[index + 1] == "\n": index += 2
      case "#": comment()
      default: token(scalar)
      }
    }
    append(.newline, from: index)
    for _ in indents.dropFirst() { append(.dedent, from: index) }
    append(.end, from: index)
  }

  /// Whether the next line begins a statement though a bracket is still open: the bracket was forgotten.
  ///
  /// True for an assignment or a keyword that is not indented deeper than the line of the bracket.
  private func beginsStatement() -> Bool {
    var place = index
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\t" { place += 1 }
    guard place - index <= indents[indents.count - 1] else { return false }
    let start = place
    while place < scalars.count, place - start < 80, PassageGlyph.isNameTail(scalars[place]) {
      place += 1
    }
    let word = scalars.string(start..<place)
    if ["def", "return", "for", "import", "class"].contains(word) { return true }
    while place < scalars.count, scalars[place] == " " { place += 1 }
    guard !word.isEmpty, place + 1 < scalars.count, scalars[place] == "=" else { return false }
    return scalars[place + 1] != "="
  }

  private mutating func append(_ kind: PythonToken.Kind, from start: Int) {
    let range = SourceRange(offsets[start], offsets[max(start, index)])
    tokens.append(PythonToken(kind: kind, range: range))
  }

  /// Compares the indentation of a line that is not empty with the levels that are open.
  private mutating func indentation() {
    var width = 0
    var place = index
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\t" {
      width += scalars[place] == "\t" ? 8 - width % 8 : 1
      place += 1
    }
    if place + 3 < scalars.count, scalars[place] == ">", scalars[place + 1] == ">",
      scalars[place + 2] == ">", scalars[place + 3] == " "
    {
      place += 4
    }
    index = place
    guard place < scalars.count, scalars[place] != "\n", scalars[place] != "\r" else { return }
    guard scalars[place] != "#" else { return }
    if tokens.isEmpty { indents = [width] }
    if width > indents[indents.count - 1] {
      indents.append(width)
      append(.indent, from: index)
    }
    while indents.count > 1, width < indents[indents.count - 1] {
      indents.removeLast()
      append(.dedent, from: index)
    }
  }

  private mutating func comment() {
    let start = index
    while index < scalars.count, scalars[index] != "\n" { index += 1 }
    var text = scalars[start..<index]
    while let first = text.first, first == "#" || first == " " { text.removeFirst() }
    while let last = text.last, last == " " || last == "\r" { text.removeLast() }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    append(.comment(String(view)), from: start)
  }

  private mutating func token(_ scalar: Unicode.Scalar) {
    let start = index
    if PassageGlyph.isLetter(scalar) || scalar == "_" {
      name()
    } else if PassageGlyph.isDigit(scalar) || startsFraction() {
      number()
    } else if scalar == "\"" || scalar == "'" {
      append(.string(string()), from: start)
    } else {
      sign()
    }
  }

  private func startsFraction() -> Bool {
    scalars[index] == "." && index + 1 < scalars.count && PassageGlyph.isDigit(scalars[index + 1])
  }

  private mutating func name() {
    let start = index
    while index < scalars.count, scalars[index] == "_" || PassageGlyph.isNameTail(scalars[index]) {
      if scalars[index].value == 0x2032 { break }
      index += 1
    }
    let text = scalars.string(start..<index)
    let isPrefix = ["f", "r", "b", "rb", "fr", "F"].contains(text)
    if isPrefix, index < scalars.count, scalars[index] == "\"" || scalars[index] == "'" {
      append(.string(string()), from: start)
    } else {
      append(.name(text), from: start)
    }
  }

  private mutating func number() {
    let start = index
    var digits = 0
    var isDecimal = false
    while index < scalars.count {
      let scalar = scalars[index]
      if PassageGlyph.isDigit(scalar) {
        if digits > 0 || scalar != "0" { digits += 1 }
      } else if scalar == ".", !isDecimal {
        isDecimal = true
      } else if scalar != "_" {
        break
      }
      index += 1
    }
    if index + 1 < scalars.count, scalars[index] == "e" || scalars[index] == "E" {
      let signed = scalars[index + 1] == "-" || scalars[index + 1] == "+"
      let first = index + (signed ? 2 : 1)
      if first < scalars.count, PassageGlyph.isDigit(scalars[first]) {
        isDecimal = true
        index = first
        while index < scalars.count, PassageGlyph.isDigit(scalars[index]) { index += 1 }
      }
    }
    var text = scalars.string(start..<index).filter { $0 != "_" }
    if text.hasSuffix(".") { text += "0" }
    if text.hasPrefix(".") { text = "0" + text }
    let value = Double(text.replacing(".e", with: ".0e").replacing(".E", with: ".0E"))
    if let value {
      append(.number(value, digits: isDecimal ? min(digits, 17) : 0), from: start)
    } else {
      append(.unknown(text), from: start)
    }
  }

  private mutating func string() -> String {
    let quote = scalars[index]
    let isTriple =
      index + 2 < scalars.count && scalars[index + 1] == quote && scalars[index + 2] == quote
    index += isTriple ? 3 : 1
    let start = index
    while index < scalars.count {
      let isLast = index + 2 >= scalars.count
      if scalars[index] == "\\" {
        index = min(index + 2, scalars.count)
      } else if scalars[index] == "\n", !isTriple {
        return scalars.string(start..<index)
      } else if scalars[index] != quote {
        index += 1
      } else if !isTriple {
        index += 1
        return scalars.string(start..<(index - 1))
      } else if !isLast, scalars[index + 1] == quote, scalars[index + 2] == quote {
        index += 3
        return scalars.string(start..<(index - 3))
      } else {
        index += 1
      }
    }
    return scalars.string(start..<index)
  }

  private static let signs = [
    "**=", "//=", "...", "**", "//", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=",
    "@=", "%=",
  ]

  private mutating func sign() {
    let start = index
    for sign in Self.signs {
      let pattern = Array(sign.unicodeScalars)
      guard start + pattern.count <= scalars.count,
        scalars[start..<(start + pattern.count)].elementsEqual(pattern)
      else { continue }
      index += pattern.count
      append(.sign(sign), from: start)
      return
    }
    let scalar = scalars[index]
    index += 1
    switch scalar {
    case "(", "[", "{":
      brackets += 1
      append(.sign(String(scalar)), from: start)
    case ")", "]", "}":
      brackets = max(0, brackets - 1)
      append(.sign(String(scalar)), from: start)
    case "+", "-", "*", "/", "%", "@", "<", ">", "=", ",", ":", ";", ".", "&", "|", "^", "~", "!":
      append(.sign(String(scalar)), from: start)
    case "\u{2212}": append(.sign("-"), from: start)
    case "\u{B7}", "\u{D7}": append(.sign("*"), from: start)
    default: append(.unknown(String(scalar)), from: start)
    }
  }
}
