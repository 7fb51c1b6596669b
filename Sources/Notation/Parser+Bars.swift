extension Parser {
  // bars := "|" expression "|" | "||" expression "||"
  mutating func bars() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    if case .doubleBar = kind {
      if doubleBarsAhead() % 2 == 1, splitDoubleBar() { return absolute(from: start) }
      position += 1
      guard hasClosing(double: true) else {
        return fail("'||' is never closed", range(start))
      }
      scope.norms += 1
      let outerBars = scope.bars
      scope.bars = 0
      let inner = expression()
      scope.bars = outerBars
      scope.norms -= 1
      guard case .doubleBar = kind else { return unclosedBars("||", inner, start) }
      position += 1
      return norm(inner, from: start)
    }
    position += 1
    return absolute(from: start)
  }

  /// The rest of an absolute value; its first bar has been read.
  private mutating func absolute(from start: Int) -> Expression {
    guard hasClosing(double: false) else {
      return fail("'|' is never closed", range(start))
    }
    scope.bars += 1
    let inner = expression()
    scope.bars -= 1
    switch kind {
    case .bar: position += 1
    case .doubleBar where splitDoubleBar(): break
    default: return unclosedBars("|", inner, start)
    }
    return Expression(.bars(inner), range(from: start))
  }

  private mutating func unclosedBars(
    _ sign: String, _ inner: Expression, _ start: Int
  ) -> Expression {
    let unread = fail("'\(sign)' is never closed", range(start))
    return Expression(.binary(.multiply, inner, unread), range(from: start))
  }

  /// Whether another bar follows in this bracket.
  private func hasClosing(double: Bool) -> Bool {
    var index = position
    while index < limit {
      switch tokens[index].kind {
      case .bar where !double, .doubleBar: return true
      case .row: return false
      default: break
      }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    return false
  }

  /// How many double bars stand between here and the end of the bracket or row.
  private func doubleBarsAhead() -> Int {
    var count = 0
    var index = position
    while index < limit {
      if case .doubleBar = tokens[index].kind { count += 1 }
      if case .row = tokens[index].kind { break }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    return count
  }

  /// Takes the first half of the `||` of plain text here; `\|` stays whole.
  ///
  /// The second half stays as a single bar.
  private mutating func splitDoubleBar() -> Bool {
    guard tokens[position].isTwoBars, case .doubleBar = tokens[position].kind else { return false }
    tokens[position].kind = .bar
    halfBar = position
    return true
  }

  /// Whether the second half of a split `||` opens another absolute value: `||x||y||`.
  var halfBarOpens: Bool {
    guard halfBar == position, position + 1 < limit else { return false }
    var count = 0
    var index = position
    while index < limit {
      switch tokens[index].kind {
      case .bar: count += 1
      case .doubleBar: count += 2
      default: break
      }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    guard count >= scope.bars + 2 else { return false }
    switch tokens[position + 1].kind {
    case .name, .number, .open, .function, .fraction: return true
    default: return false
    }
  }

  /// A norm with the index behind it.
  mutating func norm(_ inner: Expression, from start: Int) -> Expression {
    var below: Expression?
    if case .underscore = kind {
      position += 1
      below = argument()
    } else if case .caret = kind, let after = scriptEnd(position + 1), after < limit,
      case .underscore = tokens[after].kind
    {
      // `\|a\|^2_2`: the index is read first.
      position += 1
      let power = exponent()
      position += 1
      below = argument()
      let norm = Expression(.norm(inner, index: below), range(from: start))
      if case .power(let exponent) = power {
        return Expression(.binary(.power, norm, exponent), range(from: start))
      }
      return norm
    }
    return Expression(.norm(inner, index: below), range(from: start))
  }

  /// Returns the token behind the script at a token.
  func scriptEnd(_ index: Int) -> Int? {
    guard index < limit else { return nil }
    return tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
  }
}
