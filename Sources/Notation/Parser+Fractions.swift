extension Parser {
  /// fraction := "\frac" argument argument | derivative
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
    if case .open(.group) = kind, tokens[position].partner == position + 1 {
      let place = range(position).union(range(position + 1))
      position += 2
      return fail("nothing stands \(side) the line of a fraction", place)
    }
    switch kind {
    case nil, .relation, .close, .plus, .times, .comma, .row:
      return fail("nothing stands \(side) the line of a fraction", here)
    default: return stripped(argument())
    }
  }

  /// An argument in braces without the braces: they show nothing.
  func stripped(_ expression: Expression) -> Expression {
    if case .group(.braces, let inner) = expression.node, inner.range != expression.range {
      return inner
    }
    return expression
  }

  /// command := "\binom" argument argument | "\sqrt" ["[" expression "]"] argument
  mutating func commandWithArguments() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    let command = tokens[position].kind
    position += 1
    if case .binomial = command {
      let above = stripped(argument())
      let below = stripped(argument())
      return Expression(.call(.binomial, [above, below]), range(from: start))
    }
    var degree: Expression?
    if case .open(.square) = kind, tokens[start].upper - tokens[start].lower == 5 {
      degree = inside { $0.expression() }
    }
    if case .open(.group) = kind, tokens[position].partner == position + 1 {
      let place = range(position).union(range(position + 1))
      position += 2
      let inner = fail("nothing stands below the root", place)
      return Expression(.call(.sqrt, [inner]), range(from: start))
    }
    let inner = rootArgument()
    if let degree { return Expression(.call(.root, [inner, degree]), range(from: start)) }
    return Expression(.call(.sqrt, [inner]), range(from: start))
  }

  /// The argument of `\sqrt` or `√`; a character takes the name with its scripts.
  private mutating func rootArgument() -> Expression {
    if case .open(.group) = kind { return stripped(argument()) }
    let isCommand = position > 0 && tokens[position - 1].upper - tokens[position - 1].lower > 3
    if isCommand { return argument() }
    if case .open(.parenthesis) = kind { return bracket() }
    return operand()
  }

  // MARK: - Derivatives

  /// derivative := "\frac" "{" d ["^" n] [body] "}" "{" (d variable)+ "}" [body]
  private mutating func derivativeFraction() -> Expression? {
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
    return derived(entries, body, from: start)
  }

  /// Wraps a body into derivatives; reads the body if it stands behind.
  private mutating func derived(
    _ variables: [Expression], _ body: Expression?, from start: Int
  ) -> Expression {
    var result = body ?? derivativeBody(from: start)
    for variable in variables.reversed() {
      var order = 1
      var name = variable
      if case .binary(.power, let base, let exponent) = variable.node,
        case .number(let value, _) = exponent.node, value >= 1, value < 20
      {
        order = Int(value)
        name = base
      }
      let derivative = Derivative(.partial, variable: name, order: order, body: result)
      result = Expression(.derivative(derivative), range(from: start))
    }
    return result
  }

  /// The body behind a derivative sign: the product that follows.
  private mutating func derivativeBody(from start: Int) -> Expression {
    if atRelation != nil { return Expression(.placeholder, here) }
    guard startsFactor else { return missingOperand() }
    return signBody()
  }

  /// differentials := (d operand)+
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
    let body = derivativeBody(from: start)
    return Expression(
      .derivative(Derivative(.partial, variable: variable, order: order, body: body)),
      range(from: start))
  }

  /// quotient := d [body] "/" d variable [body]
  mutating func derivativeQuotient() -> Expression? {
    let start = position
    let isD = !isPartial(position)
    var slash = position + 1
    var order: Int?
    if slash + 1 < limit, case .caret = tokens[slash].kind { order = slash }
    if order != nil { slash = scriptEnd(slash + 1) ?? slash }
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
    if isD, tokens[slash + 2].space != .none { return nil }
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
    if case .function = tokens[position].kind {
      variable = function()
    } else if case .open = tokens[position].kind {
      variable = bracket().withoutGroups
    } else {
      variable = differentialVariable()
    }
    return derived([variable], body, from: start)
  }

  /// The name behind `∂` with its scripts, not applied to a bracket that follows.
  private mutating func differentialVariable() -> Expression {
    var end = position + 1
    if case .accent = tokens[position].kind { end = scriptEnd(end) ?? end }
    while end < limit {
      switch tokens[end].kind {
      case .underscore, .caret: end = scriptEnd(end + 1) ?? limit
      case .prime: end += 1
      default: return within(min(end, limit)) { $0.operand() }
      }
    }
    return within(limit) { $0.operand() }
  }

  /// gradient := "∇" ["_" variable] [body]
  mutating func gradient() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    position += 1
    var variable: Expression?
    var order = 1
    while position < limit {
      if case .underscore = tokens[position].kind {
        position += 1
        variable = gradientVariable()
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
    let body = gradientBody()
    return Expression(
      .derivative(Derivative(.gradient, variable: variable, order: order, body: body)),
      range(from: start))
  }

  private mutating func gradientVariable() -> Expression {
    let entries = index()
    guard entries.count > 1 else { return stripped(entries[0]) }
    let range = entries[0].range.union(entries[entries.count - 1].range)
    return Expression(.tuple(entries), range)
  }

  private mutating func gradientBody() -> Expression {
    if atRelation != nil { return Expression(.placeholder, here) }
    guard startsFactor || isBarHere else { return missingOperand() }
    return signBody()
  }

  private var isBarHere: Bool {
    switch kind {
    case .bar: scope.bars == 0 && !scope.divides
    case .doubleBar: scope.norms == 0 && !scope.dividesDouble
    default: false
    }
  }

  /// The factor that a derivative acts on: an applied name, a function with its argument, a bracket, a sum.
  ///
  /// `\nabla f (a - b)` is `(\nabla f)(a - b)`; the other reading is noted.
  private mutating func signBody() -> Expression {
    let start = position
    guard case .name(let base, _) = kind, appliesInDerivative(base) else {
      let body = operand()
      guard case .name = body.node, case .open(let bracket) = kind,
        bracket == .parenthesis || bracket == .square
      else { return body }
      ambiguities.insert(.gradientTakesProduct)
      guard choices.contains(.gradientTakesProduct) else { return body }
      let factor = operand()
      return Expression(.binary(.multiply, body, factor), range(from: start))
    }
    let outer = names
    names.functions.insert(base)
    defer { names = outer }
    return operand()
  }

  /// Whether an undeclared name behind a derivative sign is applied: its bracket holds one name.
  private func appliesInDerivative(_ base: String) -> Bool {
    guard !names.functions.contains(base) else { return false }
    var index = position + 1
    while index < limit {
      switch tokens[index].kind {
      case .underscore, .caret: index = scriptEnd(index + 1) ?? limit
      case .prime: index += 1
      case .open(.parenthesis):
        let content = content(of: index)
        guard content.count > 0, content.terms == 0, tokens[index].partner > index else {
          return false
        }
        if case .name = tokens[index + 1].kind { return content.count <= 3 }
        return false
      default: return false
      }
    }
    return false
  }
}
