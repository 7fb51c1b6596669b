extension Lexer {
  /// `\text{...}`: a name, a function or words.
  mutating func words(to upper: Int, end: Int) {
    let start = position
    position = upper
    let range = rawArgument(end: end)
    let content = trimmed(range)
    let kind: Token.Kind
    if let known = WordTable.kind(of: content), !names.words.contains(content) {
      kind = upright(known, "rm")
    } else if content.utf8.count == 1, let byte = content.utf8.first, Lexer.isLetter(byte) {
      kind = .name(content, font: "rm")
    } else if names.words.contains(content) {
      kind = .name(content, font: "rm")
    } else {
      kind = .text(content)
    }
    if content.isEmpty {
      space = max(space, .some)
      return
    }
    tokens.append(Token(kind, start, position, space: space))
    space = .none
  }

  /// Words of LaTeX as plain text: dollar signs, braces and commands drop.
  private func trimmed(_ range: Range<Int>) -> String {
    var slice = bytes[range]
    while let first = slice.first, first == 32 || first == 126 || first == 10 {
      slice = slice.dropFirst()
    }
    while let last = slice.last, last == 32 || last == 126 || last == 10 || last == 46 {
      slice = slice.dropLast()
    }
    slice.removeAll { $0 == UInt8(ascii: "$") }
    return String(decoding: slice, as: UTF8.self)
  }

  /// The words on a sign: `\text{Jensen}` is `Jensen`.
  func reason(_ range: Range<Int>) -> String {
    var words = trimmed(range)
    for command in ["\\text", "\\mathrm", "\\textrm", "\\rm", "\\mbox"]
    where words.hasPrefix(command) {
      words = String(words.dropFirst(command.utf8.count))
      while words.hasPrefix("{") || words.hasPrefix(" ") { words.removeFirst() }
      while words.hasSuffix("}") || words.hasSuffix(" ") { words.removeLast() }
    }
    return words
  }

  /// `\mathrm{...}`, `\operatorname{...}`: letters side by side make one word.
  mutating func upright(_ font: String, to upper: Int, end: Int) {
    let start = position
    position = upper
    if peek(0) == UInt8(ascii: "*") { position += 1 }
    let range = rawArgument(end: end)
    let blank = UInt8(ascii: " ")
    var slice = bytes[range]
    while slice.first == blank { slice = slice.dropFirst() }
    while slice.last == blank { slice = slice.dropLast() }
    let stretch = slice.startIndex..<slice.endIndex
    if ["arg\\,min", "arg\\,max", "arg min", "arg max"].contains(
      text(stretch.lowerBound, stretch.upperBound))
    {
      let isMaximum = slice.last == UInt8(ascii: "x")
      let kind: Token.Kind =
        isMaximum ? .reduction(.argmax, count: 1) : .name("argmin", font: nil)
      tokens.append(Token(kind, start, position, space: space))
      space = .none
      return
    }
    word(stretch, font, start, isUpright: true)
  }

  /// Adds one word, or cuts an argument that is more than a word.
  private mutating func word(
    _ range: Range<Int>, _ font: String, _ start: Int, isUpright: Bool
  ) {
    var letters = range.lowerBound
    while letters < range.upperBound, Lexer.isLetter(bytes[letters]) { letters += 1 }
    var rest = letters
    while rest < range.upperBound, bytes[rest] == UInt8(ascii: "'") { rest += 1 }
    let content = text(range.lowerBound, letters)
    guard !content.isEmpty, rest == range.upperBound else {
      if range.isEmpty { return }
      if isUpright, let phrase = phrase(range) {
        tokens.append(Token(.text(phrase), start, position, space: space))
        space = .none
        return
      }
      tokens.append(Token(.font(font), start, start, space: space))
      tokens.append(Token(.open(.group), start, range.lowerBound))
      space = .none
      cut(range)
      tokens.append(Token(.close(.group), range.upperBound, position))
      return
    }
    var kind = Token.Kind.name(content, font: font)
    if isUpright, let known = WordTable.kind(of: content), !names.words.contains(content) {
      kind = upright(known, font)
    } else if isUpright, content == "T", case .caret? = last {
      kind = .transpose
    } else if isUpright, content.utf8.count == 2, content.hasPrefix("d") {
      tokens.append(Token(.name("d", font: "rm"), start, position, space: space))
      space = .none
      kind = .name(String(content.dropFirst()), font: nil)
    } else if isUpright, WordTable.isEnglish(content), content.utf8.count > 1,
      !names.words.contains(content)
    {
      kind = .text(content)
    } else if content.utf8.count > 1 {
      kind = .name(merged(content), font: font)
    }
    tokens.append(Token(kind, start, position, space: space))
    if rest > letters { tokens.append(Token(.prime(rest - letters), letters, rest)) }
    space = .none
  }

  /// Several words, such as `\mathrm{expected visits}`.
  private func phrase(_ range: Range<Int>) -> String? {
    let slice = bytes[range]
    guard slice.contains(UInt8(ascii: " ")),
      slice.allSatisfy({ Lexer.isLetter($0) || $0 == UInt8(ascii: " ") })
    else { return nil }
    return trimmed(range)
  }

  /// A known word in upright letters; a name keeps the alphabet.
  private func upright(_ kind: Token.Kind, _ font: String) -> Token.Kind {
    if case .name(let name, _) = kind { return .name(name, font: font) }
    if case .function(let function, _) = kind { return .function(function, certain: true) }
    return kind
  }

  /// `\mathbb{E}`, `\boldsymbol\theta`.
  mutating func alphabet(_ font: String, to upper: Int, end: Int) {
    let start = position
    position = upper
    let range = rawArgument(end: end)
    let isLetters = range.allSatisfy { Lexer.isLetter(bytes[$0]) }
    if range.count == 1, !isLetters {
      if Lexer.isDigit(bytes[range.lowerBound]) {
        // `\mathbb 1`, `\mathbf 0`.
        let name = text(range.lowerBound, range.upperBound)
        let value = Double(name) ?? 0
        let kind: Token.Kind =
          font == "bb" ? .name("1", font: font) : .number(value, digits: 0)
        tokens.append(Token(kind, start, position, space: space))
        space = .none
        return
      }
    }
    word(range, font, start, isUpright: false)
  }

  /// `{\rm KL}`: up to the end of the group.
  mutating func switchedFont(_ font: String, to upper: Int, end: Int) {
    let start = position
    position = upper
    var index = upper
    var level = 0
    while index < end {
      if bytes[index] == UInt8(ascii: "{") { level += 1 }
      if bytes[index] == UInt8(ascii: "}") {
        if level == 0 { break }
        level -= 1
      }
      index += 1
    }
    var first = upper
    while first < index, bytes[first] == UInt8(ascii: " ") { first += 1 }
    var letters = first
    while letters < index, Lexer.isLetter(bytes[letters]) { letters += 1 }
    guard letters > first else {
      space = max(space, .some)
      return
    }
    var after = letters
    while after < index, bytes[after] == UInt8(ascii: " ") { after += 1 }
    // `{\rm d}` is one token without its braces.
    if after == index, index < end, case .open(.group) = last, let open = tokens.popLast() {
      space = max(space, open.space)
      letters = index + 1
    }
    let word = first..<min(letters, after)
    position = letters
    self.word(word, font, start, isUpright: font == "rm")
    position = letters
  }

  /// `\mathop{...}`: the argument, without braces if it is one token.
  mutating func transparent(to upper: Int, end: Int) {
    let start = position
    position = upper
    skipBlanksBeforeArgument(end: end)
    guard peek(0) == UInt8(ascii: "{") else {
      space = max(space, .some)
      return
    }
    let range = rawArgument(end: end)
    let count = tokens.count
    tokens.append(Token(.open(.group), start, range.lowerBound, space: space))
    space = .none
    cut(range)
    if tokens.count == count + 2 {
      tokens.remove(at: count)
    } else {
      tokens.append(Token(.close(.group), range.upperBound, position))
    }
  }

  private mutating func skipBlanksBeforeArgument(end: Int) {
    while position < end, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }
}
