extension Parser {
  // operand := primary postfix*
  mutating func operand() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    if isDifferential { return innerDifferential() }
    let start = position
    let base = primary()
    guard position < limit else { return base }
    return postfix(base, from: start)
  }

  // primary := number | name | function | sum | bracket | fraction | root | ...
  private mutating func primary() -> Expression {
    guard position < limit else { return missingOperand() }
    switch tokens[position].kind {
    case .name: return named()
    case .function: return function()
    case .reduction(let kind, let count): return reduction(kind, count: count)
    case .capital(let name, let kind): return capital(name, kind)
    case .nabla: return gradient()
    case .partial: return partial()
    case .open: return bracket()
    case .bar, .doubleBar: return bars()
    case .fraction: return fraction()
    case .binomial: return binomial()
    case .root: return root()
    case .accent, .font, .box: return decorated()
    case .text(let text) where isIdentifier(text) && WordTable.kind(of: text) == nil:
      return named()
    default: return leaf()
    }
  }

  /// An operand without parts.
  private mutating func leaf() -> Expression {
    switch tokens[position].kind {
    case .number(let value, let digits): return simple(.number(value, digits: digits))
    case .infinity: return simple(.infinity)
    case .ellipsis: return simple(.ellipsis)
    case .text(let text): return simple(.words(text))
    case .dot, .star:
      let isOpen = !isSign(kind(-1))
      return endsArgument(at: position + 1) && isOpen ? simple(.placeholder) : missingOperand()
    case .unknown(let message):
      position += 1
      return fail(message, range(position - 1))
    default: return misplaced()
    }
  }

  private mutating func simple(_ node: Node) -> Expression {
    position += 1
    return Expression(node, range(position - 1))
  }

  private func isSign(_ kind: Token.Kind?) -> Bool {
    switch kind {
    case .open, .comma, .semicolon, .bar, .mid: false
    default: true
    }
  }

  /// Whether an argument ends at a token, or a bracket that is never closed.
  private func endsArgument(at index: Int) -> Bool {
    guard index < limit else { return limit < tokens.count }
    switch tokens[index].kind {
    case .bar, .mid, .comma, .semicolon, .doubleBar, .doubleMid: return true
    default: return false
    }
  }

  /// A sign that begins no operand.
  private mutating func misplaced() -> Expression {
    let place = range(position)
    switch tokens[position].kind {
    case .close(let bracket):
      position += 1
      return fail("'\(Spelling.pair(bracket).close)' closes nothing", place)
    case .caret, .underscore, .prime, .factorial, .degree, .percent, .transpose:
      let sign = spelling(position)
      position += 1
      if case .open(.group) = kind, tokens[position - 1].partner < 0 { position = closing() }
      return fail("'\(sign)' has nothing before it", place)
    case .over:
      position += 1
      return fail("'\\over' stands between two operands in braces", place)
    default: return missingOperand()
    }
  }

  /// The place behind the bracket here.
  func closing() -> Int {
    guard position < limit else { return position }
    let partner = tokens[position].partner
    return partner > position ? min(partner + 1, limit) : min(position + 1, limit)
  }

  // postfix := "^" exponent | "_" index | "!" | "'" | "%" | degree
  mutating func postfix(_ base: Expression, from start: Int) -> Expression {
    var result = base
    for _ in 0..<16 {
      guard position < limit else { return result }
      switch tokens[position].kind {
      case .caret:
        position += 1
        result = raised(result, from: start)
      case .underscore where result.isAbsolute && holdsPoint:
        position -= 1
        result = evaluation(of: result)
      case .underscore:
        position += 1
        let indices = index()
        result = Expression(.element(result, indices), range(from: start))
      case .factorial:
        position += 1
        result = Expression(.factorial(result), range(from: start))
      case .prime:
        guard result.isBracket else {
          let place = range(position)
          position += 1
          let unread = fail("a prime stands behind a name or a bracket", place)
          result = Expression(.binary(.multiply, result, unread), range(from: start))
          continue
        }
        position += 1
        result = Expression(.transpose(result), range(from: start))
      case .transpose:
        position += 1
        result = Expression(.transpose(result), range(from: start))
      case .degree:
        position += 1
        result = degrees(result, from: start)
      case .percent:
        guard case .number = result.node else { return result }
        position += 1
        let hundred = Expression(.number(100, digits: 0), range(position - 1))
        result = Expression(.binary(.divide, result, hundred), range(from: start))
      default: return result
      }
    }
    return result
  }

  private func degrees(_ base: Expression, from start: Int) -> Expression {
    let unit = Expression(.number(Double.pi / 180, digits: 0), range(position - 1))
    return Expression(.binary(.multiply, base, unit), range(from: start))
  }

  /// A power, a transpose, degrees or a prime; `^` has been read.
  mutating func raised(_ base: Expression, from start: Int) -> Expression {
    switch exponent() {
    case .power(let exponent):
      return Expression(.binary(.power, base, exponent), range(from: start))
    case .letterT(let exponent):
      guard base.isBracket || startsFactor else {
        return Expression(.binary(.power, base, exponent), range(from: start))
      }
      return Expression(.transpose(base), range(from: start))
    case .transpose: return Expression(.transpose(base), range(from: start))
    case .inverseTranspose(let exponent):
      let inverse = Expression(.binary(.power, base, exponent), range(from: start))
      return Expression(.transpose(inverse), range(from: start))
    case .degrees: return degrees(base, from: start)
    case .primes: return Expression(.transpose(base), range(from: start))
    case .mark(let sign):
      if base.isNumber { return base }
      let unread = fail("'\(sign)' is read above names and numbers only", sign.range)
      return Expression(.binary(.power, base, unread), range(from: start))
    case .star(let star), .index(let star):
      return Expression(.binary(.power, base, star), range(from: start))
    }
  }

  /// The kinds of what stands behind `^`.
  enum Exponent {
    case power(Expression)
    /// `T`: a transpose or a power.
    case letterT(Expression)
    case transpose
    case inverseTranspose(Expression)
    case degrees
    case primes(Int)
    /// `+` or `-` alone: a limit from one side.
    case mark(Expression)
    case star(Expression)
    /// `{(i)}`: an index in brackets.
    case index(Expression)
  }

  // exponent := "{" ... "}" | operand; `^` has been read.
  mutating func exponent() -> Exponent {
    guard position < limit else { return .power(missingOperand()) }
    if let special = specialExponent() { return special }
    switch tokens[position].kind {
    case .open(.group): return .power(stripped(argument()))
    case .open(.parenthesis) where isPlainIndex: return .index(bracket())
    case .minus, .plus: return signedExponent()
    default: return repeatedExponent(argument())
    }
  }

  /// `^-x` without braces, or a sign alone.
  private mutating func signedExponent() -> Exponent {
    let start = position
    position += 1
    guard position < limit, depth < Parser.depthLimit else {
      return .mark(Expression(.name(Name(spelling(start))), range(start)))
    }
    depth += 1
    defer { depth -= 1 }
    let inner = argument()
    if case .plus = tokens[start].kind { return .power(inner) }
    return .power(Expression(.negate(inner), range(from: start)))
  }

  /// `a^b^c` is `a^(b^c)`.
  private mutating func repeatedExponent(_ first: Expression) -> Exponent {
    guard case .caret = kind, depth < Parser.depthLimit else { return .power(first) }
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard case .power(let upper) = exponent() else { return .power(first) }
    return .power(Expression(.binary(.power, first, upper), first.range.union(upper.range)))
  }

  /// `^T`, `^\top`, `^\circ`, `^*`, `^\prime`, `^{+}`, `^{(i)}` with or without braces.
  private mutating func specialExponent() -> Exponent? {
    var first = position
    var last = position
    var isGroup = false
    if case .open(.group) = tokens[position].kind {
      guard tokens[position].partner > position + 1 else { return nil }
      first = position + 1
      last = tokens[position].partner - 1
      isGroup = true
    }
    let place = range(first)
    let after = isGroup ? tokens[position].partner + 1 : first + 1
    if first == last {
      switch tokens[first].kind {
      case .transpose:
        position = after
        return .transpose
      case .name("T", let font):
        guard !names.words.contains("T") || font == "rm" else { return nil }
        position = after
        return .letterT(Expression(.name(Name("T", font: font)), place))
      case .elementwise where isGroup || isCircle(first):
        position = after
        return .degrees
      case .degree:
        position = after
        return .degrees
      case .prime(let count):
        position = after
        return .primes(count)
      case .star, .times:
        position = after
        return .star(Expression(.name(Name("*")), place))
      case .name("dagger", _):
        position = after
        return .transpose
      case .plus where isGroup, .minus where isGroup:
        position = after
        return .mark(Expression(.name(Name(spelling(first))), place))
      default: return nil
      }
    }
    if isGroup, last == first + 1, case .minus = tokens[first].kind {
      switch tokens[last].kind {
      case .transpose, .name("T", _):
        let one = Expression(.number(1, digits: 0), range(last))
        position = after
        return .inverseTranspose(Expression(.negate(one), range(first).union(one.range)))
      default: return nil
      }
    }
    guard isGroup, case .open(.parenthesis) = tokens[first].kind, tokens[first].partner == last,
      last - first <= 4
    else { return nil }
    let (outerLimit, outerPosition) = (limit, position)
    position = first
    limit = last + 1
    let index = bracket()
    limit = outerLimit
    position = after
    _ = outerPosition
    return .index(index)
  }

  private func isCircle(_ index: Int) -> Bool {
    guard index > 0, case .caret = tokens[index - 1].kind else { return false }
    return true
  }

  /// `z^(s)` in plain text: a letter that counts samples.
  private var isPlainIndex: Bool {
    guard isPlain, tokens[position].partner == position + 2,
      case .name(let name, _) = tokens[position + 1].kind,
      ["i", "s", "l", "m", "j", "n"].contains(name), position > 1
    else { return false }
    var before = position - 2
    if case .close = tokens[before].kind { before = tokens[before].partner - 2 }
    guard before >= 0, case .name(let base, _) = tokens[before].kind else { return false }
    let sampled = ["z", "x", "y", "epsilon", "tau", "r", "a", "s", "g", "u", "R", "A", "S", "G"]
    return sampled.contains(base)
  }

  // argument := "{" expression "}" | one operand without scripts.
  mutating func argument() -> Expression {
    guard position < limit else { return missingOperand() }
    switch tokens[position].kind {
    case .open(.group): return bracket()
    case .name(let name, let font): return simple(.name(Name(name, font: font)))
    case .capital(let name, _): return simple(.name(Name(name)))
    case .relation, .comma, .semicolon, .times, .slash, .row, .close: return missingOperand()
    default: return unbracedArgument()
    }
  }

  private mutating func unbracedArgument() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return primary()
  }
}

extension Expression {
  /// Whether the expression stands in brackets.
  var isBracket: Bool {
    switch node {
    case .group, .transpose, .matrix, .tuple: true
    default: false
    }
  }
}
