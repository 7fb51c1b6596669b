extension Lexer {
  /// Reads a run of letters: one word, or a product of letters.
  mutating func word(end: Int) {
    let start = position
    var upper = position
    while upper < end, Lexer.isLetter(bytes[upper]) { upper += 1 }
    if upper - start == 1 {
      letter(start, end: end)
      return
    }
    var digits = upper
    while digits < end, Lexer.isDigit(bytes[digits]) { digits += 1 }
    let run = text(start, upper)
    if !isPlain, isScript(last), !names.words.contains(run), !isIndexWord(run) {
      add(.name(text(start, start + 1), font: nil), to: start + 1)
      return
    }
    if isPlain, run == "in" {
      add(.relation(.member, reason: ""), to: upper)
      return
    }
    if digits > upper {
      let whole = text(start, digits)
      if names.words.contains(whole) {
        add(.name(whole, font: nil), to: digits)
        return
      }
      if let kind = WordTable.kind(of: whole) {
        add(kind, to: digits)
        return
      }
    }
    if skipsModule(run, upper) { return }
    // `log1p` has a letter behind its digit.
    if peekByte(digits) == UInt8(ascii: "p"), !Lexer.isLetter(peekByte(digits + 1)), digits > upper,
      case .function? = WordTable.kind(of: text(start, digits + 1))
    {
      if let kind = WordTable.kind(of: text(start, digits + 1)) { add(kind, to: digits + 1) }
      return
    }
    if names.words.contains(run), !isNumeratorOfDerivative(run, upper) {
      add(.name(run, font: nil), to: upper)
      indexDigits(digits)
      return
    }
    if let kind = WordTable.kind(of: run) {
      add(kind, to: upper)
      if case .text = kind { return }
      indexDigits(digits)
      return
    }
    if proportional(run, upper) { return }
    if WordTable.isEnglish(run), isPlain || run.utf8.count > 3 {
      sentence(upper, end: end)
      return
    }
    unknownWord(run, start, upper, digits)
  }

  /// Whether a word is the `df` of `df/dz`, though it is a name elsewhere.
  private func isNumeratorOfDerivative(_ run: String, _ upper: Int) -> Bool {
    guard isPlain, run.hasPrefix("d"), isName(String(run.dropFirst())),
      peekByte(upper) == UInt8(ascii: "/"), peekByte(upper + 1) == UInt8(ascii: "d")
    else { return false }
    return Lexer.isLetter(peekByte(upper + 2))
  }

  /// Whether a token is `^` or `_`.
  private func isScript(_ kind: Token.Kind?) -> Bool {
    switch kind {
    case .caret, .underscore: true
    default: false
    }
  }

  /// A single letter; in plain text digits behind it are its index: `m1`.
  private mutating func letter(_ start: Int, end: Int) {
    var digits = start + 1
    while digits < end, Lexer.isDigit(bytes[digits]) { digits += 1 }
    let whole = text(start, digits)
    if digits > start + 1, names.words.contains(whole) {
      add(.name(whole, font: nil), to: digits)
      return
    }
    add(.name(text(start, start + 1), font: nil), to: start + 1)
    if isPlain { indexDigits(digits) }
  }

  /// A run that is in no table.
  private mutating func unknownWord(_ run: String, _ start: Int, _ upper: Int, _ digits: Int) {
    for (suffix, accent) in Lexer.accentWords
    where run.hasSuffix(suffix) && run.utf8.count > suffix.utf8.count {
      let stem = String(run.dropLast(suffix.utf8.count))
      guard isName(stem) else { continue }
      add(.accent(accent), to: start)
      add(.name(merged(stem), font: nil), to: upper)
      indexDigits(digits)
      return
    }
    for (prefix, accent) in Lexer.accentWords
    where run.hasPrefix(prefix) && run.utf8.count > prefix.utf8.count {
      let stem = String(run.dropFirst(prefix.utf8.count))
      guard isName(stem) else { continue }
      add(.accent(accent), to: start)
      add(.name(merged(stem), font: nil), to: upper)
      indexDigits(digits)
      return
    }
    let stem = String(run.dropLast())
    let last = String(run.suffix(1))
    if "pq".contains(last), peekByte(upper) != UInt8(ascii: "("),
      stem.utf8.count > 1
        ? isName(stem) : isPlain && "msvSVMC".contains(stem) && peekByte(upper) != UInt8(ascii: "_")
    {
      add(.name(merged(stem), font: nil), to: upper - 1)
      add(.underscore, to: upper - 1)
      add(.name(last, font: nil), to: upper)
      return
    }
    let rest = String(run.dropFirst())
    if run.hasPrefix("d"), rest.utf8.count > 1, isName(rest) {
      add(.name("d", font: nil), to: start + 1)
      add(.name(merged(rest), font: nil), to: upper)
      indexDigits(digits)
      return
    }
    if run.hasPrefix("d"), case .slash? = self.last,
      case .function(.log, _)? = WordTable.kind(of: rest),
      let function = WordTable.kind(of: rest)
    {
      // `d/dlog sigma`.
      add(.name("d", font: nil), to: start + 1)
      add(function, to: upper)
      return
    }
    if isPlain, run.utf8.count > 2 {
      add(.name(run, font: nil), to: upper)
      indexDigits(digits)
      return
    }
    for index in start..<upper { add(.name(text(index, index + 1), font: nil), to: index + 1) }
    if isPlain { indexDigits(digits) }
  }

  private static let accentWords = [
    ("hat", "hat"), ("tilde", "tilde"), ("bar", "bar"),
  ]

  /// Whether a word is a name that is known or of one letter.
  func isName(_ word: String) -> Bool {
    if word.utf8.count == 1 || names.words.contains(word) { return true }
    if case .name = WordTable.kind(of: word) { return true }
    return false
  }

  /// The one way to write a letter that has two.
  func merged(_ word: String) -> String {
    if case .name(let name, _) = WordTable.kind(of: word), !names.words.contains(word) {
      return name
    }
    return word
  }

  /// Digits directly behind a word: `mu1` is `mu_1`.
  private mutating func indexDigits(_ digits: Int) {
    guard digits > position else { return }
    let start = position
    add(.underscore, to: start)
    let value = Double(text(start, digits)) ?? .infinity
    add(.number(value, digits: 0), to: digits)
  }

  /// `np.`, `torch.`, `math.` in front of a function.
  private mutating func skipsModule(_ run: String, _ upper: Int) -> Bool {
    guard ["np", "numpy", "torch", "math", "tf", "jnp"].contains(run),
      peekByte(upper) == UInt8(ascii: "."), Lexer.isLetter(peekByte(upper + 1))
    else { return false }
    position = upper + 1
    return true
  }

  /// `prop. to`, `prop to`.
  private mutating func proportional(_ run: String, _ upper: Int) -> Bool {
    guard run == "prop" || run == "proportional" else { return false }
    var index = upper
    if peekByte(index) == UInt8(ascii: ".") { index += 1 }
    while peekByte(index) == UInt8(ascii: " ") { index += 1 }
    if peekByte(index) == UInt8(ascii: "t"), peekByte(index + 1) == UInt8(ascii: "o"),
      !Lexer.isLetter(peekByte(index + 2))
    {
      add(.relation(.proportional, reason: ""), to: index + 2)
      return true
    }
    return false
  }

  /// Words of a sentence, as many as stand side by side.
  private mutating func sentence(_ upper: Int, end: Int) {
    var last = upper
    while true {
      var next = last
      while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
      var stop = next
      while stop < end, Lexer.isLetter(bytes[stop]) { stop += 1 }
      guard stop > next, WordTable.isEnglish(text(next, stop)) else { break }
      last = stop
    }
    add(.text(text(position, last)), to: last)
  }

  /// `_`, with the whole word behind it in plain text: `mu_old`, `x_ij`, `x_hat`.
  mutating func underscore(end: Int) {
    let start = position
    var upper = position + 1
    while upper < end, Lexer.isLetter(bytes[upper]) { upper += 1 }
    let run = text(start + 1, upper)
    for (word, accent) in Lexer.accentWords where run == word {
      if case .name = last, let token = tokens.popLast() {
        tokens.append(Token(.accent(accent), token.lower, token.lower, space: token.space))
        var name = token
        name.space = .none
        name.upper = upper
        tokens.append(name)
        position = upper
        return
      }
    }
    add(.underscore, to: start + 1)
    guard run.utf8.count > 1 else {
      if run.utf8.count == 1, isPlain { plainIndex(upper, end: end) }
      return
    }
    if names.words.contains(run) || isIndexWord(run) {
      add(.name(merged(run), font: nil), to: upper)
    } else if isPlain {
      plainIndex(upper, end: end)
    }
  }

  /// The letters and digits of an index in plain text.
  private mutating func plainIndex(_ upper: Int, end: Int) {
    var digits = upper
    while digits < end, Lexer.isDigit(bytes[digits]) { digits += 1 }
    let isWord = upper - position > 2
    if isWord || (upper - position == 1 && digits == upper) {
      add(.name(merged(text(position, upper)), font: nil), to: upper)
      return
    }
    add(.open(.group), to: position)
    while position < upper {
      add(.name(text(position, position + 1), font: nil), to: position + 1)
    }
    if digits > upper {
      add(.number(Double(text(upper, digits)) ?? .infinity, digits: 0), to: digits)
    }
    add(.close(.group), to: position)
  }

  /// Whether a word below a name is one index even in LaTeX: `D_KL`, `\mu_old`, `x_max`.
  func isIndexWord(_ word: String) -> Bool {
    if case .name = WordTable.kind(of: word) { return true }
    return ["max", "min", "ref", "prior", "post", "true", "target"].contains(word)
  }

  /// The text between two offsets.
  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The byte at an offset, 0 behind the end.
  func peekByte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
}
