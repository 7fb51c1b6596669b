extension Parser {
  /// The parameters of which an index says only at which step they stand: `\theta_k`, `\phi_{old}`.
  private static let parameters: Set<String> = ["theta", "phi", "psi", "w", "omega", "eta"]

  /// Reads the body of a derivative; a bar with a point behind it takes the whole derivative.
  mutating func derived(_ rule: (inout Parser) -> Expression) -> Expression {
    let outer = scope.isDerived
    scope.isDerived = true
    let body = rule(&self)
    scope.isDerived = outer
    return body
  }

  /// Whether a bar with a point stands here that belongs to what has been read.
  func takesEvaluation(ofProduct: Bool) -> Bool {
    guard case .evaluation = kind, !scope.isDerived else { return false }
    return choices.contains(.evaluationTakesProduct) == ofProduct
  }

  /// Notes that the variable of an evaluation occurs in the factors before it.
  mutating func noteEvaluation(behind factors: Expression, from start: Int) {
    guard let last = lastEvaluation, last.end == position, position > start else { return }
    lastEvaluation = nil
    if factors.mentions(last.variable) { ambiguities.insert(.evaluationTakesProduct) }
  }

  // invisible := "\left." expression "\right|" "_" point
  mutating func invisible() -> Expression {
    let start = position
    let close = tokens[start].partner
    guard close > start, close + 1 < limit, case .close(.bars) = tokens[close].kind,
      case .underscore = tokens[close + 1].kind
    else { return skipped("brackets with an invisible side are not read") }
    let inner = inside { $0.expression() }
    position = close
    return evaluation(of: inner)
  }

  // evaluation := operand "|" "_" point; point := "{" variable "=" value ("," ...)* "}" | "{" value "}"
  mutating func evaluation(of operand: Expression) -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let bar = position
    position += 2
    let script = pointScript()
    let whole = operand.range.union(range(from: bar))
    if case .caret = kind {
      position += 1
      _ = exponent()
      return fail("a bar with two limits or a power is not read", operand.range.union(here))
    }
    if let message = script.firstUnread {
      return Expression(.binary(.multiply, operand, Expression(.unread(message), whole)), whole)
    }
    var points = [script]
    if case .tuple(let entries) = script.node { points = entries }
    var result = operand
    do throws(Diagnostic) {
      for (index, point) in points.enumerated() {
        let (variable, value) = try self.point(point, of: result)
        let later = points[(index + 1)...]
        if later.contains(where: { value.mentions($0.leadingName ?? "") }) {
          throw Diagnostic("the values at a point depend on each other", at: whole)
        }
        result = try taken(result, variable, value)
        lastEvaluation = (variable, position)
      }
    } catch {
      return fail(error.message, whole)
    }
    if case .binary = result.node { return Expression(.group(.parentheses, result), whole) }
    return Expression(result.node, whole)
  }

  /// Whether a relation stands in the script here: `|a|_{z=b}` is an absolute value at a point.
  var holdsPoint: Bool {
    guard position + 1 < limit, case .open = tokens[position + 1].kind else { return false }
    return content(of: position + 1).relations > 0
  }

  private mutating func pointScript() -> Expression {
    switch kind {
    case .open(.group), .open(.parenthesis): inside { $0.entries() }
    default: argument()
    }
  }

  /// What is replaced, and by what.
  private func point(
    _ point: Expression, of operand: Expression
  ) throws(Diagnostic) -> (String, Expression) {
    if case .relation(let relation, let left, let right) = point.node,
      relation == .equal || relation == .define, case .name(let variable) = left.node
    {
      if case .relation = right.node {
        throw Diagnostic("a point is written as 'z = a'", at: right.range)
      }
      return (variable.description, right)
    }
    guard point.isValue else { throw Diagnostic("a point is written as 'z = a'", at: point.range) }
    if case .derivative(let derivative) = operand.withoutGroups.node {
      if case .name(let variable)? = derivative.variable?.node {
        return (variable.description, point)
      }
      if derivative.variable == nil, case .name(let name) = point.node {
        return (Name(name.base).description, point)
      }
    }
    let message = "the variable that is replaced is not named; write 'z = \(point)'"
    throw Diagnostic(message, at: point.range)
  }

  private mutating func taken(
    _ operand: Expression, _ variable: String, _ value: Expression
  ) throws(Diagnostic) -> Expression {
    if isPlace(value, of: variable), operand.isDerivative(by: variable),
      !operand.mentions(value.description)
    {
      return operand
    }
    var evaluation = Evaluation(
      of: variable, at: value, functions: names.functions,
      isDerived: choices.contains(.gradientTakesPoint))
    let result = evaluation.result(of: operand)
    if evaluation.isConstantSomewhere { ambiguities.insert(.gradientTakesPoint) }
    if let fault = evaluation.fault { throw Diagnostic(fault, at: value.range) }
    return result
  }

  /// Whether a value is a parameter at some step: `\theta = \theta_k`.
  private func isPlace(_ value: Expression, of variable: String) -> Bool {
    guard case .name(let name) = value.node, Parser.parameters.contains(name.base) else {
      return false
    }
    return Name(name.base).description == variable
      || Name(name.base, font: name.font).description == variable
  }
}

extension Expression {
  /// The name on the left of a relation.
  fileprivate var leadingName: String? {
    guard case .relation(_, let left, _) = node, case .name(let name) = left.node else {
      return nil
    }
    return name.description
  }

  /// Whether an expression is an absolute value.
  var isAbsolute: Bool { if case .bars = node { true } else { false } }

  /// Whether an expression can be the value of a variable.
  fileprivate var isValue: Bool {
    switch node {
    case .relation, .words, .ellipsis, .placeholder, .tuple, .unread: false
    default: true
    }
  }

  /// Whether a derivative by a variable, or a bare one, stands in an expression.
  fileprivate func isDerivative(by variable: String) -> Bool {
    contains { part in
      guard case .derivative(let derivative) = part.node else { return false }
      return derivative.variable?.mentions(variable) ?? true
    }
  }
}
