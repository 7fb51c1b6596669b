extension Parser {
  // gradient := "∇" ["_" variable] [body]
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
    if variable == nil, holdsVariable { variable = argument() }
    let body = derived { $0.gradientBody(from: start) }
    return Expression(
      .derivative(Derivative(.gradient, variable: variable, order: order, body: body)),
      range(from: start))
  }

  /// Whether the variable stands right behind the sign in plain text: `∇θ log π`.
  private var holdsVariable: Bool {
    guard isPlain, position + 1 < limit, tokens[position].space == .none,
      tokens[position + 1].space != .none, case .name(let base, _) = tokens[position].kind,
      ["theta", "phi", "psi", "mu", "sigma", "lambda", "w"].contains(base)
    else { return false }
    switch tokens[position + 1].kind {
    case .name, .function, .open, .reduction, .capital: return true
    default: return false
    }
  }

  private mutating func gradientVariable() -> Expression {
    let entries = index()
    guard entries.count > 1 else { return stripped(entries[0]) }
    let range = entries[0].range.union(entries[entries.count - 1].range)
    return Expression(.tuple(entries), range)
  }

  private mutating func gradientBody(from start: Int) -> Expression {
    if atRelation != nil || fillsBracket(from: start) || fillsAccent(from: start) {
      return Expression(.placeholder, here)
    }
    guard startsFactor || isBarHere else { return missingOperand() }
    return signBody()
  }

  /// Whether a gradient sign is all that stands below an accent: `\widehat{\nabla_\mu}`.
  private func fillsAccent(from start: Int) -> Bool {
    guard position == limit, start > 1, case .open(.group) = tokens[start - 1].kind,
      tokens[start - 1].partner == limit, case .accent = tokens[start - 2].kind
    else { return false }
    return true
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
  mutating func signBody() -> Expression {
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
