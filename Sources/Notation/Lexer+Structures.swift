extension Lexer {
  /// Environments that only arrange rows.
  private static let arranging: Set<String> = [
    "aligned", "align", "align*", "alignat", "alignat*", "alignedat", "split", "gather", "gather*",
    "gathered", "equation", "equation*", "eqnarray", "eqnarray*", "multline", "multline*",
    "flalign", "flalign*", "dmath", "dmath*", "math", "displaymath", "subequations", "center",
    "multlined", "document", "dgroup*",
  ]

  /// Environments that are operands.
  private static let enclosing: Set<String> = [
    "pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "array", "vmatrix", "Vmatrix",
    "cases", "dcases", "rcases",
  ]

  /// `\begin{...}` with its arguments.
  mutating func begin(to upper: Int, end: Int) {
    let start = position
    position = upper
    let range = rawArgument(end: end)
    let name = text(range.lowerBound, range.upperBound)
    environments.append((name, start))
    if peek(0) == UInt8(ascii: "["), !["bmatrix", "matrix", "pmatrix"].contains(name) {
      while position < end, bytes[position] != UInt8(ascii: "]") { position += 1 }
      position = min(position + 1, end)
    }
    if ["alignat", "alignat*", "alignedat", "array"].contains(name),
      peek(0) == UInt8(ascii: "{")
    {
      _ = rawArgument(end: end)
    }
    if Lexer.arranging.contains(name) {
      space = max(space, .some)
      return
    }
    guard Lexer.enclosing.contains(name) else {
      fault("unknown environment '\(name)'", start, position)
      return
    }
    let upper = position
    position = start
    switch name {
    case "pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "array":
      add(.open(.matrix), to: upper)
    case "vmatrix":
      add(.open(.bars), to: upper)
      tokens.append(Token(.open(.matrix), upper, upper))
    case "Vmatrix":
      add(.open(.doubleBars), to: upper)
      tokens.append(Token(.open(.matrix), upper, upper))
    default: add(.open(.cases), to: upper)
    }
  }

  /// `\end{...}`.
  mutating func end(to upper: Int, end: Int) {
    let start = position
    position = upper
    let range = rawArgument(end: end)
    let name = text(range.lowerBound, range.upperBound)
    guard let open = environments.last, open.name == name else {
      fault("'\\end{\(name)}' has no '\\begin{\(name)}'", start, position)
      if let index = environments.lastIndex(where: { $0.name == name }) {
        environments.removeSubrange(index...)
      }
      return
    }
    environments.removeLast()
    if !Lexer.enclosing.contains(name) {
      space = max(space, .some)
      return
    }
    let upper = position
    position = start
    switch name {
    case "pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "array":
      add(.close(.matrix), to: upper)
    case "vmatrix":
      add(.close(.matrix), to: start)
      tokens.append(Token(.close(.bars), start, upper))
      position = upper
    case "Vmatrix":
      add(.close(.matrix), to: start)
      tokens.append(Token(.close(.doubleBars), start, upper))
      position = upper
    default: add(.close(.cases), to: upper)
    }
  }

  /// `\stackrel{a}{=}`, `\overset{a}{b}`, `\underset{a}{b}`.
  mutating func stack(isBelow: Bool, to upper: Int, end: Int) {
    let start = position
    position = upper
    let script = rawArgument(end: end)
    let base = rawArgument(end: end)
    let count = tokens.count
    let outerSpace = space
    space = .none
    cut(base)
    if tokens.count == count + 1, case .relation(let relation, _) = tokens[count].kind {
      let words = reason(script)
      let isEquality = relation == .approximate || relation == .equal
      let defines = isEquality && ["def", "\\Delta", "\\triangle", "Delta"].contains(words)
      tokens[count] = Token(
        .relation(defines ? .define : relation, reason: words), start, position,
        space: outerSpace)
      return
    }
    if tokens.count > count { tokens[count].space = outerSpace }
    guard tokens.count == count + 1 else { return }
    switch tokens[count].kind {
    case .name, .reduction:
      let isSum: Bool
      if case .reduction = tokens[count].kind { isSum = true } else { isSum = false }
      guard isBelow || isSum else { return }
      tokens.append(Token(isBelow ? .underscore : .caret, script.lowerBound, script.lowerBound))
      tokens.append(Token(.open(.group), script.lowerBound, script.lowerBound))
      cut(script)
      tokens.append(Token(.close(.group), script.upperBound, script.upperBound))
    default: break
    }
  }

  /// `\underbrace{a}_{words}`: the words say something about `a` and are no index.
  mutating func brace(to upper: Int, end: Int) {
    let start = position
    position = upper
    let base = rawArgument(end: end)
    let baseEnd = position
    var words = ""
    while position < end, bytes[position] == UInt8(ascii: " ") { position += 1 }
    if peek(0) == UInt8(ascii: "_") || peek(0) == UInt8(ascii: "^") {
      position += 1
      words = reason(rawArgument(end: end))
    } else {
      position = baseEnd
    }
    let count = tokens.count
    tokens.append(Token(.box, start, start, space: space))
    tokens.append(Token(.open(.group), start, base.lowerBound))
    space = .none
    cut(base)
    if tokens.count == count + 3, case .relation(let relation, _) = tokens[count + 2].kind {
      tokens.removeLast(3)
      tokens.append(Token(.relation(relation, reason: words), start, position))
      return
    }
    tokens.append(Token(.close(.group), base.upperBound, position))
  }

  /// `\xrightarrow{words}`.
  mutating func longArrow(_ relation: Relation, to upper: Int, end: Int) {
    let start = position
    position = upper
    if peek(0) == UInt8(ascii: "[") {
      while position < end, bytes[position] != UInt8(ascii: "]") { position += 1 }
      position = min(position + 1, end)
    }
    let words = reason(rawArgument(end: end))
    tokens.append(Token(.relation(relation, reason: words), start, position, space: space))
    space = .none
  }

  /// `\not=`.
  mutating func not(to upper: Int, end: Int) {
    let start = position
    position = upper
    let range = rawArgument(end: end)
    let count = tokens.count
    cut(range)
    guard tokens.count == count + 1, case .relation(.equal, _) = tokens[count].kind else {
      tokens.removeLast(tokens.count - count)
      tokens.append(Token(.unknown("'\\not' is read before '=' only"), start, position))
      return
    }
    tokens[count] = Token(.relation(.notEqual, reason: ""), start, position)
  }

  /// `\substack{a \\ b}`: rows with commas between.
  mutating func substack(to upper: Int, end: Int) {
    position = upper
    let range = rawArgument(end: end)
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "\\"), peekByte(index + 1) == UInt8(ascii: "\\") {
        cut(start..<index)
        tokens.append(Token(.comma, index, index + 2))
        start = index + 2
        index += 1
      }
      index += 1
    }
    cut(start..<range.upperBound)
  }
}
