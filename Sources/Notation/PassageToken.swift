/// A token of a line of prose or of mathematics without delimiters.
struct PassageToken {
  /// What a token is.
  enum Kind {
    /// Letters that may be a word of a sentence or a name.
    case word
    /// A name that cannot be a word: `s_q`, `σ²`, `m1`.
    case name
    case number
    /// `+`, `/`, `√`.
    case sign
    /// `=`, `~`, `->`.
    case relation
    case open
    case close
    case bar
    case comma
    case semicolon
    /// A colon or full stop with a space behind it.
    case stop
    /// A mark of Markdown, an address, an abbreviation with points.
    case other
  }

  var kind: Kind
  var range: Range<Int>
  /// Whether spaces stand before it.
  var isSpaced = false
  /// Whether it opens or closes the arguments of a name.
  var isApplication = false
}

/// Cuts a stretch into tokens.
struct PassageTokenizer {
  let scalars: [Unicode.Scalar]
  private var index: Int
  private let end: Int
  private var tokens: [PassageToken] = []
  private var applications: [Bool] = []

  private init(scalars: [Unicode.Scalar], range: Range<Int>) {
    self.scalars = scalars
    index = range.lowerBound
    end = range.upperBound
  }

  static func tokens(of scalars: [Unicode.Scalar], in range: Range<Int>) -> [PassageToken] {
    var tokenizer = PassageTokenizer(scalars: scalars, range: range)
    tokenizer.run()
    return tokenizer.tokens
  }

  private mutating func run() {
    var isSpaced = true
    while index < end {
      let scalar = scalars[index]
      if scalar == " " || scalar == "\n" || scalar.value == 0xA0 || scalar == PassageSource.filler {
        isSpaced = true
        index += 1
        continue
      }
      var token = next()
      token.isSpaced = isSpaced
      isSpaced = false
      mark(&token)
      tokens.append(token)
    }
  }

  /// Marks brackets that belong to the name before them.
  private mutating func mark(_ token: inout PassageToken) {
    switch token.kind {
    case .open:
      let before = tokens.last?.kind
      token.isApplication = !token.isSpaced && (before == .word || before == .name)
      applications.append(token.isApplication)
    case .close: token.isApplication = applications.popLast() ?? false
    case .comma, .bar: token.isApplication = applications.last ?? false
    default: break
    }
  }

  private mutating func next() -> PassageToken {
    let start = index
    let scalar = scalars[index]
    let following: Unicode.Scalar = index + 1 < end ? scalars[index + 1] : " "
    if PassageGlyph.isLetter(scalar) { return word() }
    if PassageGlyph.isDigit(scalar) { return number() }
    index += 1
    func token(_ kind: PassageToken.Kind, _ length: Int = 1) -> PassageToken {
      PassageToken(kind: kind, range: start..<min(end, start + length))
    }
    switch scalar {
    case "(", "[", "{", "\u{27E8}": return token(.open)
    case ")", "]", "}", "\u{27E9}": return token(.close)
    case "|":
      if following == "|" { index += 1 }
      return token(.bar, index - start)
    case "\u{2016}", "\u{2225}", "\u{2223}": return token(.bar)
    case ",": return token(.comma)
    case ";": return token(.semicolon)
    case ".":
      if following == "." {
        while index < end, scalars[index] == "." { index += 1 }
        return token(.number, index - start)
      }
      if PassageGlyph.isDigit(following) { return number() }
      if isPartOfSign(following) { return token(.sign) }
      return token(isAttribute(start, following) ? .sign : .stop)
    case ":":
      if following == "=" {
        index += 1
        return token(.relation, 2)
      }
      return token(following == " " || following == "\n" || following == "*" ? .stop : .sign)
    case "*":
      guard following == "*" else { return token(.sign) }
      index += 1
      let after: Unicode.Scalar = index < end ? scalars[index] : " "
      let before: Unicode.Scalar = start > 0 ? scalars[start - 1] : " "
      let opens = " \n(".unicodeScalars.contains(before) && after != " "
      let closes = before != " " && !PassageGlyph.isNameTail(after) && after != " " && after != "("
      let ends = before != " " && (index >= end || after == " " || after == "\n")
      return token(opens || closes || ends ? .other : .sign, 2)
    case "`", "\"", "#", "\u{201C}", "\u{201D}", "?", "$", "\u{2014}", "\u{2013}", "\u{2022}":
      return token(.other)
    case "!":
      if following == "=" {
        index += 1
        return token(.relation, 2)
      }
      return token(.sign)
    case "\\": return command()
    case "'", "\u{2032}", "\u{2019}": return token(.sign)
    default: return sign(start, scalar, following)
    }
  }

  private mutating func sign(
    _ start: Int, _ scalar: Unicode.Scalar, _ following: Unicode.Scalar
  ) -> PassageToken {
    let pairs: [Unicode.Scalar: String] = ["=": "=>:", "<": "=->", ">": "=", "-": ">", "~": "="]
    if let seconds = pairs[scalar] {
      let isTag = scalar == "<" && isMarkup()
      if isTag {
        while index < end, scalars[index - 1] != ">" { index += 1 }
        return PassageToken(kind: .other, range: start..<index)
      }
      let isPair = seconds.unicodeScalars.contains(following)
      if scalar == "-", following == "-" {
        while index < end, scalars[index] == "-" || scalars[index] == ">" { index += 1 }
        let isArrow = scalars[index - 1] == ">"
        return PassageToken(kind: isArrow ? .relation : .other, range: start..<index)
      }
      if isPair { index += 1 }
      let isRelation = scalar != "-" || isPair
      return PassageToken(kind: isRelation ? .relation : .sign, range: start..<index)
    }
    let isRelation: Bool =
      switch scalar.value {
      case 0x2190...0x21FF, 0x27F5...0x27FF: true
      case 0x221D, 0x223C, 0x2243, 0x2245, 0x2248, 0x2254, 0x225C, 0x2260...0x2265, 0x2208: true
      default: false
      }
    return PassageToken(kind: isRelation ? .relation : .sign, range: start..<index)
  }

  /// Whether a point stands inside `x.sum`.
  private func isAttribute(_ point: Int, _ following: Unicode.Scalar) -> Bool {
    guard point > 0, PassageGlyph.isASCIILetter(following) || following == "_" else { return false }
    let before = scalars[point - 1]
    return PassageGlyph.isNameTail(before) || before == ")" || before == "]"
  }

  /// Whether a point belongs to `.^`, `.*`, `./` of array languages or to `q(.|x)`.
  private func isPartOfSign(_ following: Unicode.Scalar) -> Bool {
    guard index < end, index >= 2 else { return false }
    let before = scalars[index - 2]
    let after: Unicode.Scalar = index + 1 < end ? scalars[index + 1] : " "
    switch following {
    case "|": return before == "("
    case "^": return PassageGlyph.isNameTail(before) || before == ")"
    case "*", "/":
      return (PassageGlyph.isNameTail(before) || before == ")")
        && (PassageGlyph.isNameTail(after) || after == "(")
    default: return false
    }
  }

  /// Whether `<` opens a tag of HTML; `index` stands behind it.
  private func isMarkup() -> Bool {
    var place = index
    if place < end, scalars[place] == "/" { place += 1 }
    let start = place
    while place < end, place - start < 8, PassageGlyph.isASCIILetter(scalars[place]) { place += 1 }
    let tags: Set<String> = [
      "b", "br", "center", "code", "details", "div", "em", "hr", "i", "li", "ol", "p", "pre",
      "span",
      "strong", "sub", "summary", "sup", "table", "td", "th", "tr", "ul",
    ]
    guard tags.contains(scalars.string(start..<place)) else { return false }
    return place < end && (scalars[place] == ">" || scalars[place] == " " || scalars[place] == "/")
  }

  private mutating func number() -> PassageToken {
    let start = index
    while index < end {
      let isPoint =
        scalars[index] == "." && index + 1 < end && PassageGlyph.isDigit(scalars[index + 1])
      guard PassageGlyph.isDigit(scalars[index]) || isPoint else { break }
      index += 1
    }
    return PassageToken(kind: .number, range: start..<max(index, start + 1))
  }

  /// A command of LaTeX without dollar signs around it, or an escape.
  private mutating func command() -> PassageToken {
    let start = index - 1
    guard index < end, PassageGlyph.isASCIILetter(scalars[index]) else {
      let isBar = index < end && scalars[index] == "|"
      index = min(end, index + 1)
      return PassageToken(kind: isBar ? .bar : .sign, range: start..<index)
    }
    while index < end, PassageGlyph.isASCIILetter(scalars[index]) { index += 1 }
    let command = scalars.string((start + 1)..<index)
    let relations: Set<String> = [
      "approx", "equiv", "ge", "geq", "in", "le", "leq", "ne", "propto", "sim", "simeq", "to",
      "triangleq",
      "rightarrow", "leftarrow", "longrightarrow", "gets",
    ]
    if PassageWords.textCommands.contains(command) {
      return PassageToken(kind: .other, range: start..<index)
    }
    return PassageToken(kind: relations.contains(command) ? .relation : .name, range: start..<index)
  }

  private mutating func word() -> PassageToken {
    let start = index
    var isPlain = true
    while index < end {
      let scalar = scalars[index]
      if PassageGlyph.isASCIILetter(scalar) {
        index += 1
      } else if isPlain, scalar == "-", isHyphen(start) {
        index += 1
      } else if isPlain, scalar == "'" || scalar == "\u{2019}", isApostrophe(start) {
        index += 1
      } else if scalar == "\\", index + 1 < end, scalars[index + 1] == "_" {
        isPlain = false
        index += 2
      } else if PassageGlyph.isNameTail(scalar) {
        isPlain = false
        index += 1
      } else {
        break
      }
    }
    if isPlain, isAddress() || isAbbreviation(start) {
      return PassageToken(kind: .other, range: start..<index)
    }
    return PassageToken(kind: isPlain ? .word : .name, range: start..<index)
  }

  /// Whether `-` joins two words, as in `closed-form`.
  private func isHyphen(_ start: Int) -> Bool {
    var place = index + 1
    while place < end, PassageGlyph.isASCIILetter(scalars[place]) { place += 1 }
    guard index - start >= 2, place - index > 3 else { return false }
    let isUnder = place < end && PassageGlyph.isNameTail(scalars[place])
    let tail = scalars.string((index + 1)..<place).lowercased()
    return !isUnder && !PassageWords.mathematical.contains(tail)
  }

  /// Whether an apostrophe belongs to a word: `doesn't`, `Bayes'`.
  private func isApostrophe(_ start: Int) -> Bool {
    guard index - start >= 2 else { return false }
    let next: Unicode.Scalar = index + 1 < end ? scalars[index + 1] : " "
    if PassageGlyph.isASCIILetter(next) { return true }
    return next == " " && index - start >= 4
  }

  private mutating func isAddress() -> Bool {
    guard scalars.matches("://", at: index) else { return false }
    while index < end, !" \n)>".unicodeScalars.contains(scalars[index]) { index += 1 }
    return true
  }

  /// Whether a letter begins `i.e.`, `e.g.`, `s.t.`.
  private mutating func isAbbreviation(_ start: Int) -> Bool {
    guard index == start + 1, index + 2 < end, scalars[index] == ".", scalars[index + 2] == ".",
      PassageGlyph.isASCIILetter(scalars[index + 1])
    else { return false }
    while index + 1 < end, scalars[index] == ".", PassageGlyph.isASCIILetter(scalars[index + 1]) {
      index += 2
    }
    if index < end, scalars[index] == "." { index += 1 }
    return true
  }
}
