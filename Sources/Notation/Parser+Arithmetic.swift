extension Parser {
  // expression := product (("+" | "-") product)*
  mutating func expression() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let first = product()
    guard atSign else { return first }
    var terms: [(sign: Operator, term: Expression)] = [(.add, first)]
    while atSign {
      guard terms.count < Parser.chainLimit else {
        terms.append((.add, tooLong()))
        break
      }
      let sign = self.sign(&terms)
      terms.append((sign, product()))
    }
    return total(&terms)
  }

  private var atSign: Bool {
    switch kind {
    case .plus, .minus, .plusMinus: true
    default: false
    }
  }

  /// Reads a sign between two terms; one with two meanings becomes an unread term.
  private mutating func sign(_ terms: inout [(sign: Operator, term: Expression)]) -> Operator {
    let kind = tokens[position].kind
    position += 1
    if case .minus = kind { return .subtract }
    if case .plusMinus = kind {
      terms.append((.add, fail("a sign with two meanings is not read", range(position - 1))))
    }
    return .add
  }

  private mutating func total(
    _ terms: inout [(sign: Operator, term: Expression)]
  ) -> Expression {
    extendSums(&terms)
    var result = terms[0].term
    for (sign, term) in terms.dropFirst() {
      result = Expression(.binary(sign, result, term), result.range.union(term.range))
    }
    return result
  }

  /// Leaves the rest of a stretch unread.
  mutating func tooDeep() -> Expression {
    let start = position
    position = limit
    return fail("nested too deeply", range(from: start))
  }

  /// Notes sums whose index occurs behind the `+`, and extends them if that is the choice.
  private mutating func extendSums(_ terms: inout [(sign: Operator, term: Expression)]) {
    guard terms.count > 1 else { return }
    for index in terms.indices.dropLast() {
      let later = terms[(index + 1)...].map(\.term)
      guard
        let variable = terms[index].term.openIndex(where: { name in
          later.contains { $0.mentions(name) }
        })
      else { continue }
      ambiguities.insert(.sumTakesTerms)
      guard choices.contains(.sumTakesTerms) else { return }
      let rest = Array(terms[(index + 1)...])
      terms[index].term = terms[index].term.extendingSum(over: variable) { body in
        rest.reduce(body) { sum, next in
          Expression(.binary(next.sign, sum, next.term), sum.range.union(next.term.range))
        }
      }
      terms.removeSubrange((index + 1)...)
      return
    }
  }

  // product := factor ((sign | "/" | nothing) factor)*
  mutating func product() -> Expression {
    var left = factor()
    for _ in 0..<Parser.chainLimit {
      let (before, start) = (left, position)
      defer { noteEvaluation(behind: before, from: start) }
      switch kind {
      case .evaluation where takesEvaluation(ofProduct: true):
        left = evaluation(of: left)
      case .times, .dot, .star: left = multiplied(left, .multiply)
      case .elementwise: left = multiplied(left, .elementwise)
      case .at: left = multiplied(left, .matrixProduct)
      case .slash: left = quotient(left)
      default:
        if isInnerDifferential {
          takeInnerDifferential()
          continue
        }
        guard startsFactor else { return left }
        left = joined(left, implicitFactor(after: left))
      }
    }
    return joined(left, tooLong())
  }

  /// Leaves the rest of a chain unread: those who walk trees need them flat.
  private mutating func tooLong() -> Expression {
    let start = position
    position = limit
    return fail("more than \(Parser.chainLimit) operands in a row", range(from: start))
  }

  /// The product of two factors.
  func joined(_ left: Expression, _ right: Expression) -> Expression {
    Expression(.binary(.multiply, left, right), left.range.union(right.range))
  }

  private mutating func multiplied(_ left: Expression, _ sign: Operator) -> Expression {
    position += 1
    let right = factor()
    return Expression(.binary(sign, left, right), left.range.union(right.range))
  }

  /// A factor without a sign before it.
  private mutating func implicitFactor(after left: Expression) -> Expression {
    guard case .number = kind, case .number = kind(-1), case .number = left.rightmost.node else {
      return factor()
    }
    return secondNumber()
  }

  /// A number directly behind a number.
  mutating func secondNumber() -> Expression {
    let place = range(position)
    position += 1
    return fail("two numbers in a row", place)
  }

  // quotient := product "/" factor
  //
  // `a/2b` is `(a/2) b`; the other reading is noted unless the denominator stands in brackets or the
  // fraction is a coefficient, such as `1/2 (a + b)`.
  private mutating func quotient(_ left: Expression) -> Expression {
    position += 1
    let start = position
    var right = factor()
    if startsFactor, isAmbiguousDenominator(right, at: start, under: left) {
      ambiguities.insert(.slashTakesProduct)
      if choices.contains(.slashTakesProduct) {
        while startsFactor {
          let next = implicitFactor(after: right)
          right = Expression(.binary(.multiply, right, next), right.range.union(next.range))
        }
      }
    }
    return Expression(.binary(.divide, left, right), left.range.union(right.range))
  }

  private func isAmbiguousDenominator(
    _ right: Expression, at start: Int, under left: Expression
  ) -> Bool {
    if case .open = tokens[start].kind { return false }
    let hasSpace = tokens[position].space != .none
    let isNumber = right.isNumber
    switch kind {
    case .reduction, .capital, .nabla: return false
    case .function where isNumber && hasSpace: return false
    case .open where isNumber && left.isNumber: return false
    default: return !(left.isNumber && hasSpace)
    }
  }

  /// Whether a factor begins here without a sign before it.
  var startsFactor: Bool {
    guard position < limit else { return false }
    if isDifferential { return false }
    switch tokens[position].kind {
    case .number, .name, .function, .reduction, .capital, .nabla, .partial, .fraction, .binomial,
      .root, .accent, .font, .box, .ellipsis, .infinity, .unknown, .caret, .underscore, .prime,
      .transpose, .factorial, .degree, .percent, .close:
      return !isParted
    case .open:
      return !holdsOnlyWords(at: position) && !isEquationNumber && !isRemark && !isParted
    case .bar: return halfBarOpens || (scope.bars == 0 && !scope.divides)
    case .doubleBar: return scope.norms == 0 && scope.bars == 0 && !scope.dividesDouble
    case .text(let text):
      guard isIdentifier(text), tokens[position].space != .wide else { return false }
      switch kind(1) {
      case .open(.parenthesis), .open(.square), .underscore, .caret: return true
      default: return false
      }
    default: return false
    }
  }

  // factor := ("-" | "+") factor | operand
  mutating func factor() -> Expression {
    switch kind {
    case .minus: return negated()
    case .plus where kind(-1).map(Parser.isBeginning) ?? true:
      position += 1
      return factorAfterPlus()
    default:
      let factor = operand()
      return takesEvaluation(ofProduct: false) ? evaluation(of: factor) : factor
    }
  }

  private mutating func negated() -> Expression {
    let start = position
    position += 1
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let inner = factor()
    return Expression(.negate(inner), range(from: start).union(inner.range))
  }

  private mutating func factorAfterPlus() -> Expression {
    if case .plus = kind { return missingOperand() }
    return operand()
  }

  /// Whether an expression may begin behind a token.
  private static func isBeginning(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .open, .relation, .comma, .semicolon, .row, .bar, .mid, .text, .period, .colon: true
    default: false
    }
  }

  /// Reports that an operand is missing; nothing is read.
  mutating func missingOperand() -> Expression {
    let place = here
    guard position > 0 else {
      let sign = position < limit ? " before '\(spelling(position))'" : ""
      let message = "an operand is missing\(sign)"
      if position < limit { position += 1 }
      return fail(message, place)
    }
    let before = spelling(position - 1)
    if let kind, Parser.isOperator(kind), let last = self.kind(-1), Parser.isOperator(last) {
      let message = "two operators in a row: '\(before)' and '\(spelling(position))'"
      return fail(message, range(position - 1).union(place))
    }
    if case .open = tokens[position - 1].kind, tokens[position - 1].partner == position {
      return fail("nothing stands between '\(before)' and '\(spelling(position))'", place)
    }
    return fail("an operand is missing after '\(before)'", place)
  }

  private static func isOperator(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .plus, .minus, .times, .dot, .elementwise, .at, .slash, .plusMinus: true
    default: false
    }
  }
}

extension Expression {
  /// Whether the expression is a number, with a sign or in brackets.
  var isNumber: Bool {
    switch node {
    case .number: true
    case .negate(let inner), .group(_, let inner): inner.isNumber
    default: false
    }
  }

  /// The last factor of a product.
  var rightmost: Expression {
    var last = self
    while case .binary(.multiply, _, let right) = last.node { last = right }
    return last
  }

  /// Returns the index of a sum that is still open at the end of a term and fulfils a condition; the innermost.
  func openIndex(where condition: (String) -> Bool) -> String? {
    switch node {
    case .binary(let sign, _, let right) where sign != .power && sign != .divide:
      return right.openIndex(where: condition)
    case .negate(let inner): return inner.openIndex(where: condition)
    case .derivative(let derivative): return derivative.body.openIndex(where: condition)
    case .reduction(let reduction) where reduction.kind == .sum || reduction.kind == .product:
      if let inner = reduction.body.openIndex(where: condition) { return inner }
      return reduction.variables.map(\.description).first(where: condition)
    default: return nil
    }
  }

  /// Returns the term with the body of its open sum replaced.
  func extendingSum(over index: String, _ change: (Expression) -> Expression) -> Expression {
    switch node {
    case .binary(let sign, let left, let right):
      let inner = right.extendingSum(over: index, change)
      return Expression(.binary(sign, left, inner), left.range.union(inner.range))
    case .negate(let inner):
      let changed = inner.extendingSum(over: index, change)
      return Expression(.negate(changed), range.union(changed.range))
    case .derivative(var derivative):
      derivative.body = derivative.body.extendingSum(over: index, change)
      return Expression(.derivative(derivative), range.union(derivative.body.range))
    case .reduction(var reduction):
      let isThis =
        reduction.variables.contains { $0.description == index }
        && reduction.body.openIndex(where: { $0 == index }) == nil
      reduction.body =
        isThis ? change(reduction.body) : reduction.body.extendingSum(over: index, change)
      return Expression(.reduction(reduction), range.union(reduction.body.range))
    default: return self
    }
  }
}
