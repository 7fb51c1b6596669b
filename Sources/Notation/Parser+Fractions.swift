extension Parser {
  // fraction := "\frac" argument argument | derivative
  mutating func fraction() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    if let derivative = derivativeFraction() { return derivative }
    let start = position
    position += 1
    let above = fractionPart("above")
    let below = fractionPart("below")
    return Expression(.binary(.divide, above, below), range(from: start))
  }

  private mutating func fractionPart(_ side: String) -> Expression {
    guard isMissingPart else { return stripped(argument()) }
    return missingPart(side)
  }

  private var isMissingPart: Bool {
    switch kind {
    case .open(.group): return tokens[position].partner == position + 1
    case nil, .relation, .close, .plus, .times, .comma, .row: return true
    default: return false
    }
  }

  private mutating func missingPart(_ side: String) -> Expression {
    var place = here
    if case .open(.group) = kind {
      place = place.union(range(position + 1))
      position += 2
    }
    return fail("nothing stands \(side) the line of a fraction", place)
  }

  /// An argument in braces without the braces: they show nothing.
  func stripped(_ expression: Expression) -> Expression {
    if case .group(.braces, let inner) = expression.node, inner.range != expression.range {
      return inner
    }
    return expression
  }

  // binomial := "\binom" argument argument
  mutating func binomial() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    position += 1
    let above = stripped(argument())
    let below = stripped(argument())
    return Expression(.call(.binomial, [above, below]), range(from: start))
  }

  // root := "\sqrt" ["[" expression "]"] argument
  mutating func root() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    position += 1
    guard case .open(.square) = kind, tokens[start].upper - tokens[start].lower == 5 else {
      return call(.sqrt, [rootArgument()], from: start)
    }
    let degree = inside { $0.expression() }
    return call(.root, [rootArgument(), degree], from: start)
  }

  private func call(
    _ function: Function, _ arguments: [Expression], from start: Int
  ) -> Expression {
    Expression(.call(function, arguments), range(from: start))
  }

  /// The argument of `\sqrt` or `√`; a character takes the name with its scripts.
  private mutating func rootArgument() -> Expression {
    if case .open(.group) = kind {
      guard tokens[position].partner == position + 1 else { return stripped(argument()) }
      position += 2
      return fail("nothing stands below the root", range(position - 2).union(range(position - 1)))
    }
    let isCommand = position > 0 && tokens[position - 1].upper - tokens[position - 1].lower > 3
    if isCommand { return argument() }
    if case .open(.parenthesis) = kind { return bracket() }
    return operand()
  }
}
