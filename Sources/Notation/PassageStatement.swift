/// Reads one statement for its shape alone: operands and operators must alternate as Python demands.
struct PassageStatement {
  let scalars: [Unicode.Scalar]
  var index: Int
  private var brackets = 0
  private var afterOperand = false
  private var operands = 0
  private var calls = 0
  private var assignments = 0
  private var isStrong = false
  private var lastIsColon = false
  private var firstWord = ""

  init(scalars: [Unicode.Scalar], index: Int) {
    self.scalars = scalars
    self.index = index
  }

  /// Reads up to the end of the statement and returns its shape; `index` is left at its end.
  mutating func shape(limit: Int) -> PassageCode.Shape {
    firstWord = peekWord(limit)
    var isHeader = false
    let isListItem =
      index + 1 < limit && scalars[index + 1] == " "
      && "*+-".unicodeScalars.contains(scalars[index])
    if isListItem { return .none }
    let isDocumentation =
      scalars.matches("\"\"\"", at: index) || scalars.matches("\'\'\'", at: index)
    switch firstWord {
    case "import", "from": return importShape(limit)
    case "return":
      index += 6
      if index < limit, PassageGlyph.isNameTail(scalars[index]) { index -= 6 }
    case _ where PassageWords.pythonHeaders.contains(firstWord):
      isHeader = true
      index += firstWord.unicodeScalars.count
    default: break
    }
    while index < limit, brackets > 0 || scalars[index] != "\n" {
      guard step(limit) else { return .none }
    }
    guard brackets == 0 else { return .none }
    if isHeader { return headerShape() }
    guard operands > 0 else { return firstWord == "return" ? .weak : .none }
    if firstWord == "return" { return isStrong || operands > 1 || calls > 0 ? .strong : .weak }
    if isStrong { return assignments > 0 || calls > 0 || operands > 1 ? .strong : .none }
    if isDocumentation, operands == 1 { return .comment }
    return assignments > 0 ? .weak : .none
  }

  private func headerShape() -> PassageCode.Shape {
    guard assignments == 0 || firstWord == "def" else { return .none }
    return switch firstWord {
    case "else", "try", "finally", "except": lastIsColon && operands == 0 ? .header : .none
    case "def": calls > 0 && (lastIsColon || isStrong || operands > 1) ? .header : .none
    case "for": sawIn && (lastIsColon || operands > 2 && isStrong) ? .header : .none
    default: lastIsColon && operands > 0 ? .header : .none
    }
  }

  private var sawIn = false
  /// Whether `for` stood behind an operand in brackets.
  private var isComprehension = false

  // import = "import" names | "from" name "import" names
  private mutating func importShape(_ limit: Int) -> PassageCode.Shape {
    var words: [String] = []
    while index < limit, scalars[index] != "\n" {
      if PassageGlyph.isLetter(scalars[index]) {
        words.append(word(limit))
      } else if ".,*# ()_".unicodeScalars.contains(scalars[index]) {
        index += 1
      } else {
        return .none
      }
    }
    if firstWord == "from" { return words.count > 3 || !words.contains("import") ? .none : .strong }
    return words.count == 2 || words.contains("as") ? .strong : .none
  }

  private func peekWord(_ limit: Int) -> String {
    var copy = self
    return copy.word(limit)
  }

  private mutating func word(_ limit: Int) -> String {
    let start = index
    while index < limit, index - start < 200,
      PassageGlyph.isNameTail(scalars[index]) || scalars[index] == "."
    {
      index += 1
    }
    return scalars.string(start..<index)
  }

  /// Reads one token.
  private mutating func step(_ limit: Int) -> Bool {
    let scalar = scalars[index]
    if scalar != " ", scalar != "\n", scalar != "#" { lastIsColon = scalar == ":" }
    switch scalar {
    case " ", "\n", PassageSource.filler:
      index += 1
      return true
    case "#":
      if assignments > 0 || calls > 0 { isStrong = true }
      while index < limit, scalars[index] != "\n" { index += 1 }
      return true
    case "\"", "'": return string(limit)
    case "(", "[", "{":
      if afterOperand { calls += 1 }
      brackets += 1
      afterOperand = false
      index += 1
      return true
    case ")", "]", "}":
      brackets -= 1
      afterOperand = true
      index += 1
      return brackets >= 0
    case ".": return dot(limit)
    case _ where PassageGlyph.isDigit(scalar): return number(limit)
    case _ where PassageGlyph.isLetter(scalar) || scalar == "_": return name(limit)
    default: return sign(limit)
    }
  }

  private mutating func sign(_ limit: Int) -> Bool {
    let scalar = scalars[index]
    let next: Unicode.Scalar = index + 1 < limit ? scalars[index + 1] : "\n"
    let previous: Unicode.Scalar = index > 0 ? scalars[index - 1] : "\n"
    switch scalar {
    case "*" where next == "*":
      guard afterOperand else { return brackets > 0 && unary(2) }
      isStrong = true
      return binary(2)
    case "+", "-", "*", "/", "%":
      guard afterOperand else { return scalar != "/" && scalar != "%" && unary(1) }
      if next == "=" {
        isStrong = true
        assignments += 1
        return binary(2)
      }
      if scalar == "-", next == ">" { return firstWord == "def" && binary(2) }
      return binary(1)
    case "@":
      if afterOperand { isStrong = true }
      return afterOperand ? binary(1) : operands == 0 && unary(1)
    case "=":
      guard afterOperand, previous != ":" else { return false }
      if next == "=" { return binary(2) }
      if brackets == 0 {
        guard calls == 0 || isStrong || assignments > 0 || firstWord == "def" || isPlainTarget
        else { return false }
        assignments += 1
      }
      return binary(1)
    case "<", ">": return afterOperand && binary(next == "=" ? 2 : 1)
    case "!": return next == "=" && afterOperand && binary(2)
    case ":" where brackets == 0 && !PassageWords.pythonHeaders.contains(firstWord):
      guard isStrong || isAnnotation(limit) else { return false }
      return binary(1)
    case ",", ";", ":":
      afterOperand = false
      index += 1
      return true
    case "\\": return next == "\n" && unary(2)
    default: return false
    }
  }

  /// Whether a colon stands before a type and not behind a label.
  private func isAnnotation(_ limit: Int) -> Bool {
    var copy = self
    copy.index += 1
    while copy.index < limit, scalars[copy.index] == " " { copy.index += 1 }
    return ["float", "int", "Tensor", "torch.Tensor", "np.ndarray", "list"].contains(
      copy.word(limit))
  }

  /// Whether what was read could be assigned to: `x[i]` may, `KL(q)` may not.
  private var isPlainTarget: Bool {
    var place = index - 1
    while place >= 0, scalars[place] == " " { place -= 1 }
    return place >= 0 && scalars[place] == "]"
  }

  private mutating func binary(_ length: Int) -> Bool {
    afterOperand = false
    index += length
    return true
  }

  private mutating func unary(_ length: Int) -> Bool {
    index += length
    return true
  }

  private mutating func dot(_ limit: Int) -> Bool {
    let next: Unicode.Scalar = index + 1 < limit ? scalars[index + 1] : "\n"
    if afterOperand, PassageGlyph.isLetter(next) || next == "_" {
      index += 1
      isStrong = true
      afterOperand = false
      return name(limit)
    }
    return PassageGlyph.isDigit(next) && !afterOperand && number(limit)
  }

  private mutating func number(_ limit: Int) -> Bool {
    guard !afterOperand else { return false }
    while index < limit, PassageGlyph.isDigit(scalars[index]) || scalars[index] == "." {
      index += 1
    }
    if index + 1 < limit, scalars[index] == "e" || scalars[index] == "E" {
      let sign = scalars[index + 1]
      if PassageGlyph.isDigit(sign) || sign == "-" || sign == "+" { index += 2 }
      while index < limit, PassageGlyph.isDigit(scalars[index]) { index += 1 }
    }
    afterOperand = true
    operands += 1
    return index >= limit || !PassageGlyph.isLetter(scalars[index])
  }

  private mutating func name(_ limit: Int) -> Bool {
    let start = index
    while index < limit {
      let scalar = scalars[index]
      guard PassageGlyph.isLetter(scalar) || PassageGlyph.isDigit(scalar) || scalar == "_" else {
        break
      }
      index += 1
    }
    guard index > start else { return false }
    let word = index - start < 9 ? scalars.string(start..<index) : ""
    if PassageWords.pythonKeywords.contains(word) {
      if word == "lambda" { isStrong = true }
      if word == "in" { sawIn = true }
      if word == "for", brackets > 0, afterOperand { isComprehension = true }
      if word == "in", brackets > 0, isComprehension { isStrong = true }
      afterOperand = false
      return true
    }
    guard !afterOperand else { return false }
    afterOperand = true
    operands += 1
    return true
  }

  /// Whether the operand before a quote is the `f` of `f"..."`.
  private var hasStringPrefix: Bool {
    index > 1 && "fbr".unicodeScalars.contains(scalars[index - 1])
      && !PassageGlyph.isNameTail(scalars[index - 2]) && scalars[index] == "\""
  }

  private mutating func string(_ limit: Int) -> Bool {
    guard !afterOperand || hasStringPrefix else { return false }
    let quote = scalars[index]
    let isTriple = index + 2 < limit && scalars[index + 1] == quote && scalars[index + 2] == quote
    index += isTriple ? 3 : 1
    while index < limit, isTriple || scalars[index] != "\n" {
      if scalars[index] == "\\" {
        index += 2
        continue
      }
      let closes =
        scalars[index] == quote
        && (!isTriple
          || (index + 2 < limit && scalars[index + 1] == quote && scalars[index + 2] == quote))
      if closes {
        index += isTriple ? 3 : 1
        afterOperand = true
        operands += 1
        return true
      }
      index += 1
    }
    return false
  }
}
