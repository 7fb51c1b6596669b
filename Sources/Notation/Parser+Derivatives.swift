extension Parser {
  // derivative := "\frac" "{" d ["^" n] [body] "}" "{" (d variable)+ "}" [body]
  mutating func derivativeFraction() -> Expression? {
    let start = position
    guard let above = stretch(position + 1), isDifferentialSign(above.lowerBound, above),
      let below = stretch(after: above), isDifferentialSign(below.lowerBound, below),
      below.count > 1
    else { return nil }
    guard isPartial(above.lowerBound) == isPartial(below.lowerBound) else { return nil }
    if !isPartial(below.lowerBound) {
      switch tokens[below.lowerBound + 1].kind {
      case .name, .capital, .accent, .font, .function, .open: break
      default: return nil
      }
    }
    let end = tokenBehind(below)
    // The order: `\frac{d^2}{dx^2}`.
    var bodyStart = above.lowerBound + 1
    let order = writtenOrder(bodyStart)
    if bodyStart < above.upperBound, case .caret = tokens[bodyStart].kind {
      bodyStart = scriptEnd(bodyStart + 1) ?? bodyStart
    } else if bodyStart < above.upperBound, case .underscore = tokens[bodyStart].kind {
      return nil
    }
    var body: Expression?
    if bodyStart < above.upperBound {
      position = bodyStart
      body = within(above.upperBound) { $0.product() }
    }
    position = below.lowerBound
    let variables = within(below.upperBound) { parser in
      parser.differentials()
    }
    position = end
    guard case .tuple(let entries) = variables.node else { return nil }
    return derived(entries, order, body, from: start)
  }

  /// Returns the number above the sign at the numerator: `\partial^2`; 1 if there is none, `nil` for a letter.
  private func writtenOrder(_ index: Int) -> Int? {
    guard index + 1 < limit, case .caret = tokens[index].kind else { return 1 }
    var place = index + 1
    if case .open(.group) = tokens[place].kind, tokens[place].partner == place + 2 { place += 1 }
    guard place < limit, case .number(let value, _) = tokens[place].kind, value >= 1, value < 20,
      value == value.rounded()
    else { return nil }
    return Int(value)
  }

  /// Wraps a body into derivatives; reads the body if it stands behind.
  ///
  /// `\partial^2 / \partial\sigma^2` is the second derivative, `\partial / \partial\sigma^2` the first by `\sigma^2`.
  private mutating func derived(
    _ variables: [Expression], _ written: Int?, _ body: Expression?, from start: Int
  ) -> Expression {
    guard let written else {
      return fail("the order of a derivative is a number", range(from: start))
    }
    var result = body ?? derived { $0.derivativeBody(from: start) }
    let powers = variables.map { $0.asPower ?? ($0, 1) }
    let takesPowers = written > 1 && powers.reduce(0, { $0 + $1.1 }) == written
    guard takesPowers || written == 1 || written == variables.count else {
      return fail("the orders above and below the line of a derivative differ", range(from: start))
    }
    for (variable, power) in zip(variables, powers).reversed() {
      let derivative = Derivative(
        .partial, variable: takesPowers ? power.0 : variable,
        order: takesPowers ? power.1 : 1, body: result)
      result = Expression(.derivative(derivative), range(from: start))
    }
    return result
  }

  /// The body behind a derivative sign: the product that follows.
  private mutating func derivativeBody(from start: Int) -> Expression {
    if atRelation != nil || fillsBracket(from: start) { return Expression(.placeholder, here) }
    guard startsFactor else { return missingOperand() }
    return signBody()
  }

  /// Whether a derivative sign is all that stands in a bracket with an operand behind: `(d/dx) f`.
  func fillsBracket(from start: Int) -> Bool {
    guard position == limit, start > 0, limit + 1 < tokens.count,
      tokens[start - 1].partner == limit
    else { return false }
    switch tokens[start - 1].kind {
    case .open(.parenthesis), .open(.square): return true
    default: return false
    }
  }

  /// Gives a derivative sign in brackets the operand behind it.
  mutating func applied(_ sign: Expression, from start: Int) -> Expression {
    guard case .derivative(var derivative) = sign.node else {
      return startsFactor ? derived { $0.signBody() } : missingOperand()
    }
    derivative.body = applied(derivative.body, from: start)
    return Expression(.derivative(derivative), range(from: start))
  }

  // differentials := (d operand)+
  private mutating func differentials() -> Expression {
    let start = position
    var variables: [Expression] = []
    while position < limit {
      guard isDifferentialSign(position, position..<limit) else { break }
      position += 1
      if case .function = kind {
        variables.append(function())
      } else {
        variables.append(operand())
      }
    }
    return Expression(.tuple(variables), range(from: start))
  }

  private func isPartial(_ index: Int) -> Bool {
    if case .partial = tokens[index].kind { return true }
    return false
  }

  private func isDifferentialSign(_ index: Int, _ range: Range<Int>) -> Bool {
    guard index < range.upperBound else { return false }
    switch tokens[index].kind {
    case .partial: return true
    case .name("d", let font): return font == nil || font == "rm"
    default: return false
    }
  }

  /// The tokens of an argument without its braces.
  private func stretch(_ index: Int) -> Range<Int>? {
    guard index < limit else { return nil }
    guard case .open(.group) = tokens[index].kind else { return index..<index + 1 }
    let close = tokens[index].partner
    guard close > index + 1 else { return nil }
    return index + 1..<close
  }

  private func stretch(after range: Range<Int>) -> Range<Int>? { stretch(tokenBehind(range)) }

  private func tokenBehind(_ range: Range<Int>) -> Int {
    guard range.upperBound < limit, range.lowerBound > 0,
      case .open(.group) = tokens[range.lowerBound - 1].kind
    else { return range.upperBound }
    return range.upperBound + 1
  }

  /// `\partial_\sigma f`, `∂L/∂μ`, `∂/∂μ f`.
  mutating func partial() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 2
    defer { depth -= 2 }
    let start = position
    if let quotient = derivativeQuotient() { return quotient }
    position += 1
    var variable: Expression?
    var order = 1
    while position < limit {
      if case .underscore = tokens[position].kind {
        position += 1
        variable = stripped(argument())
      } else if case .caret = tokens[position].kind {
        position += 1
        if case .power(let power) = exponent(), case .number(let value, _) = power.node,
          value >= 1, value < 20
        {
          order = Int(value)
        }
      } else {
        break
      }
    }
    guard variable != nil else {
      return fail("'∂' needs a variable, as in '∂f/∂x'", range(from: start))
    }
    let body = derived { $0.derivativeBody(from: start) }
    return Expression(
      .derivative(Derivative(.partial, variable: variable, order: order, body: body)),
      range(from: start))
  }

  // quotient := d [body] "/" d variable [body]
  mutating func derivativeQuotient() -> Expression? {
    let start = position
    let isD = !isPartial(position)
    var slash = position + 1
    let order = writtenOrder(slash)
    if slash + 1 < limit, case .caret = tokens[slash].kind { slash = scriptEnd(slash + 1) ?? slash }
    let bodyStart = slash
    var scanned = 0
    while slash < limit, scanned < 12 {
      if case .slash = tokens[slash].kind { break }
      if isD, tokens[slash].space != .none, slash > start + 1 { return nil }
      switch tokens[slash].kind {
      case .plus, .minus, .relation, .comma, .row, .times, .dot: return nil
      default: break
      }
      slash = tokens[slash].partner > slash ? tokens[slash].partner + 1 : slash + 1
      scanned += 1
    }
    guard slash + 2 < limit, case .slash = tokens[slash].kind,
      isDifferentialSign(slash + 1, slash + 1..<limit), isPartial(slash + 1) == !isD
    else { return nil }
    if isD, tokens[slash + 2].space != .none, !isFunction(slash + 2) { return nil }
    switch tokens[slash + 2].kind {
    case .name, .capital, .accent, .function: break
    case .open(.parenthesis): break
    default: return nil
    }
    var body: Expression?
    if bodyStart < slash {
      position = bodyStart
      body = within(slash) { $0.product() }
    }
    position = slash + 2
    let variable: Expression
    if isFunction(position) {
      variable = differentialFunction()
    } else if case .open = tokens[position].kind {
      variable = bracket().withoutGroups
    } else {
      variable = differentialVariable()
    }
    return derived([variable], order, body, from: start)
  }

  /// The name behind `∂` with its scripts, not applied to a bracket that follows.
  private mutating func differentialVariable() -> Expression {
    within(nameEnd(position)) { $0.operand() }
  }

  /// The `log σ` of `∂/∂log σ f`: a function of the one name or bracket behind it.
  private mutating func differentialFunction() -> Expression {
    var end = scriptsEnd(position + 1)
    if end < limit {
      if case .open = tokens[end].kind, tokens[end].partner > end {
        end = tokens[end].partner + 1
      } else {
        end = nameEnd(end)
      }
    }
    return within(min(end, limit)) { $0.function() }
  }

  private func isFunction(_ index: Int) -> Bool {
    if case .function = tokens[index].kind { return true }
    return false
  }

  /// The place behind a name with its scripts.
  private func nameEnd(_ index: Int) -> Int {
    var end = index + 1
    if case .accent = tokens[index].kind { end = scriptEnd(end) ?? end }
    return scriptsEnd(end)
  }

  /// The place behind the scripts and primes that stand at a place.
  private func scriptsEnd(_ index: Int) -> Int {
    var end = index
    while end < limit {
      switch tokens[end].kind {
      case .underscore, .caret: end = scriptEnd(end + 1) ?? limit
      case .prime: end += 1
      default: return end
      }
    }
    return limit
  }
}

extension Expression {
  /// The base and the exponent of a power, if that is a small whole number.
  fileprivate var asPower: (Expression, Int)? {
    guard case .binary(.power, let base, let exponent) = node,
      case .number(let value, _) = exponent.node, value >= 1, value < 20,
      value == value.rounded()
    else { return nil }
    return (base.withoutGroups, Int(value))
  }
}

extension Expression {
  /// Whether derivative signs stand without what they are taken of.
  var isBareDerivative: Bool {
    guard case .derivative(let derivative) = node else { return false }
    if case .placeholder = derivative.body.node { return true }
    return derivative.body.isBareDerivative
  }
}
