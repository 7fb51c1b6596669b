extension Lexer {
  /// Reads what begins with a character outside ASCII.
  mutating func unicode(end: Int) {
    let (scalar, width) = decoded(position)
    if UnicodeTable.isSpace(scalar) {
      skip(width)
      return
    }
    if (0xFF01...0xFF5E).contains(scalar), UnicodeTable.kind(of: scalar) == nil {
      fullWidth(scalar, width)
      return
    }
    if UnicodeTable.raised(scalar) != nil {
      script(.caret, end: end, UnicodeTable.raised)
      return
    }
    if UnicodeTable.lowered(scalar) != nil {
      script(.underscore, end: end, UnicodeTable.lowered)
      return
    }
    if let accent = UnicodeTable.accent(scalar) {
      combine(accent, width)
      return
    }
    if let (letter, accent) = UnicodeTable.accented(scalar) {
      tokens.append(Token(.accent(accent), position, position, space: space))
      space = .none
      add(.name(letter, font: nil), to: position + width)
      return
    }
    if scalar == 0x215F {
      // `⅟` is the numerator one with its stroke.
      add(.number(1, digits: 0), to: position + width)
      tokens.append(Token(.slash, position, position))
      return
    }
    if let kind = UnicodeTable.kind(of: scalar) {
      if case .star = kind, space == .none, case .name = last {
        // `π⋆`.
        tokens.append(Token(.caret, position, position))
      }
      add(kind, to: position + width)
      if isPlain { indexBehindLetter(kind) }
      return
    }
    foreignWord(scalar, width, end: end)
  }

  /// A digit, `p` or `q` right behind a Greek letter is its index: `σ1`, `μq`.
  private mutating func indexBehindLetter(_ kind: Token.Kind) {
    switch kind {
    case .name, .capital: break
    default: return
    }
    let byte = peek(0)
    let next = peek(1)
    if Lexer.isDigit(byte), !Lexer.isDigit(next), next != UInt8(ascii: ".") {
      tokens.append(Token(.underscore, position, position))
      add(.number(Double(byte - UInt8(ascii: "0")), digits: 0), to: position + 1)
    } else if byte == UInt8(ascii: "p") || byte == UInt8(ascii: "q"), !Lexer.isLetter(next),
      next != UInt8(ascii: "("), next != UInt8(ascii: "_"), next != UInt8(ascii: "[")
    {
      tokens.append(Token(.underscore, position, position))
      add(.name(byte == UInt8(ascii: "p") ? "p" : "q", font: nil), to: position + 1)
    }
  }

  /// The character at an offset with its width in bytes.
  private func decoded(_ index: Int) -> (scalar: UInt32, width: Int) {
    let byte = UInt32(bytes[index])
    func next(_ distance: Int) -> UInt32 {
      index + distance < bytes.count ? UInt32(bytes[index + distance]) & 0x3F : 0
    }
    if byte >= 0xF0 { return ((byte & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4) }
    if byte >= 0xE0 { return ((byte & 15) << 12 | next(1) << 6 | next(2), 3) }
    if byte >= 0xC0 { return ((byte & 31) << 6 | next(1), 2) }
    return (byte, 1)
  }

  /// A wide form of an ASCII character.
  private mutating func fullWidth(_ scalar: UInt32, _ width: Int) {
    let byte = UInt8(truncatingIfNeeded: scalar - 0xFEE0)
    if Lexer.isLetter(byte) {
      add(.name(String(Character(Unicode.Scalar(byte))), font: nil), to: position + width)
    } else if Lexer.isDigit(byte) {
      add(.number(Double(byte - UInt8(ascii: "0")), digits: 0), to: position + width)
    } else {
      add(.unknown("a wide character is not read; use its usual form"), to: position + width)
    }
  }

  /// A run of raised or lowered characters: `²ᵗ`, `ₜ₊₁`, `⁽ˢ⁾`.
  private mutating func script(
    _ sign: Token.Kind, end: Int, _ meaning: (UInt32) -> Unicode.Scalar?
  ) {
    tokens.append(Token(sign, position, position, space: space))
    let open = tokens.count
    tokens.append(Token(.open(.group), position, position))
    space = .none
    var digits = ""
    var digitStart = position
    while position < end {
      let (scalar, width) = decoded(position)
      if scalar == 0x1D40, tokens.count == open + 2 {
        // `⁻ᵀ`.
        add(.transpose, to: position + width)
        continue
      }
      guard let character = meaning(scalar) else { break }
      let isDigit = ("0"..."9").contains(character)
      if !isDigit, !digits.isEmpty {
        tokens.append(Token(.number(Double(digits) ?? 0, digits: 0), digitStart, position))
        digits = ""
      }
      switch character {
      case "+": add(.plus, to: position + width)
      case "-": add(.minus, to: position + width)
      case "=": add(.relation(.equal, reason: ""), to: position + width)
      case "(": add(.open(.parenthesis), to: position + width)
      case ")": add(.close(.parenthesis), to: position + width)
      case "0"..."9":
        if digits.isEmpty { digitStart = position }
        digits.unicodeScalars.append(character)
        position += width
      default:
        add(
          UnicodeTable.kind(of: character.value) ?? .name(String(character), font: nil),
          to: position + width)
      }
    }
    if !digits.isEmpty {
      tokens.append(Token(.number(Double(digits) ?? 0, digits: 0), digitStart, position))
    }
    if tokens.count == open + 2, isSimple(last) {
      tokens.remove(at: open)
    } else {
      tokens.append(Token(.close(.group), position, position))
    }
  }

  /// Whether a token needs no braces as an index.
  private func isSimple(_ kind: Token.Kind?) -> Bool {
    switch kind {
    case .name, .number: true
    default: false
    }
  }

  /// An accent on the letter before it.
  private mutating func combine(_ accent: String, _ width: Int) {
    guard case .name = last, var name = tokens.popLast() else {
      add(.unknown("an accent without a letter"), to: position + width)
      return
    }
    position += width
    guard accent != "vec" else {
      tokens.append(name)
      return
    }
    tokens.append(Token(.accent(accent), name.lower, name.lower, space: name.space))
    name.space = .none
    name.upper = position
    tokens.append(name)
  }

  /// A word in another script than Latin and Greek; it belongs to a sentence.
  private mutating func foreignWord(_ scalar: UInt32, _ width: Int, end: Int) {
    var upper = position
    while upper < end, bytes[upper] >= 0x80 {
      let (next, length) = decoded(upper)
      guard let character = Unicode.Scalar(next), character.properties.isAlphabetic,
        UnicodeTable.kind(of: next) == nil
      else { break }
      upper += length
    }
    if upper > position {
      add(.text(text(position, min(upper, end))), to: min(upper, end))
      return
    }
    let name = text(position, min(position + width, bytes.count))
    add(.unknown("'\(name)' has no meaning in a formula"), to: min(position + width, bytes.count))
  }
}
