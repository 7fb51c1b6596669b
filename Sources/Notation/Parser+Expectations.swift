extension Parser {
  // expectation := "E" ["_" measures] ["^" policy] ("[" body ["|" given] "]" | product)
  mutating func expectation(_ name: Name, from start: Int) -> Expression? {
    let isSign = name.font == "bb" || name.font == "rm"
    guard isSign || expectationFollows else { return nil }
    var measures: [Expression] = []
    loop: while position < limit {
      switch tokens[position].kind {
      case .underscore:
        position += 1
        measures += self.measures()
      case .caret:
        position += 1
        if case .power(let policy) = exponent() { measures.append(policy) }
      default: break loop
      }
    }
    if measures.isEmpty, holdsMeasure { measures.append(argument()) }
    let plain = measuresInPlainText()
    if !plain.isEmpty { measures = plain }
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 2
    defer { depth -= 2 }
    if case .open(let bracket) = kind,
      [.square, .parenthesis, .brace, .group, .angle].contains(bracket)
    {
      return expectation(measures, from: start)
    }
    guard startsFactor || isOpeningBar else {
      if isSign, measures.isEmpty, !startsFactor { return nil }
      let body = missingOperand()
      return Expression(
        .expectation(Expectation(measures: measures, body: body)), range(from: start))
    }
    let body = product()
    return Expression(
      .expectation(Expectation(measures: measures, body: body)), range(from: start))
  }

  /// The body in brackets; the measures have been read.
  private mutating func expectation(_ measures: [Expression], from start: Int) -> Expression {
    var scope = Scope()
    let content = content(of: position)
    scope.divides = content.divides
    var given: [Expression] = []
    let body = inside(scope) { parser in
      let body = parser.entry()
      switch parser.kind {
      case .bar, .mid:
        parser.position += 1
        given.append(parser.entry())
        while case .comma = parser.kind {
          parser.position += 1
          given.append(parser.entry())
        }
      default: break
      }
      return body
    }
    return Expression(
      .expectation(Expectation(measures: measures, body: body, given: given)),
      range(from: start))
  }

  /// Whether a plain `E` here is an expectation: brackets or a measure with a body follow.
  private var expectationFollows: Bool {
    switch kind {
    case .open(.square), .open(.brace): return true
    case .open(.parenthesis): return !names.words.contains("E")
    case .name: return holdsMeasure
    case .function: return !names.words.contains("E")
    case .underscore:
      guard let end = scriptEnd(position + 1), end < limit else { return false }
      switch tokens[end].kind {
      case .open(.square), .open(.parenthesis), .open(.brace), .function, .nabla, .reduction,
        .bar, .doubleBar:
        return true
      case .relation(.distributed, _): return isPlain
      default: return false
      }
    default: return false
    }
  }

  /// Whether the measure stands right behind the sign in plain text: `Eπ[f]`.
  private var holdsMeasure: Bool {
    guard isPlain, position + 1 < limit, tokens[position].space == .none,
      case .name = tokens[position].kind, case .open(.square) = tokens[position + 1].kind
    else { return false }
    return tokens[position + 1].space == .none
  }

  private var isOpeningBar: Bool {
    switch kind {
    case .bar: scope.bars == 0 && !scope.divides
    case .doubleBar: scope.norms == 0
    case .minus: position + 1 < limit
    default: false
    }
  }

  // measures := "{" entry ("," entry)* "}" | one sign; `_` has been read.
  private mutating func measures() -> [Expression] {
    guard position < limit else { return [missingOperand()] }
    guard case .open(.group) = tokens[position].kind else { return [argument()] }
    let close = tokens[position].partner
    if close == position + 1 {
      let place = range(position)
      position = close + 1
      return [fail("a measure is missing between '{' and '}'", place)]
    }
    var entries: [Expression] = []
    let rest = inside { parser in
      entries.append(parser.entry())
      while true {
        switch parser.kind {
        case .comma, .semicolon, .row:
          parser.position += 1
          entries.append(parser.entry())
          continue
        default: break
        }
        break
      }
      return parser.nothing
    }
    if rest.hasUnread { entries.append(rest) }
    return entries
  }

  /// `E_q(z|x)[f]`, `E_z~q(z|x)[f]`: a measure without braces.
  private mutating func measuresInPlainText() -> [Expression] {
    if case .relation(.distributed, _) = kind, isPlain, position > 0 {
      let start = position - 1
      guard case .name(let base, let font) = tokens[start].kind else { return [] }
      position += 1
      let left = Expression(.name(Name(base, font: font)), range(start))
      let right = boundedOperand()
      return [Expression(.relation(.distributed, left, right), range(from: start))]
    }
    guard case .open(.parenthesis) = kind, position > 0,
      case .name(let base, let font) = tokens[position - 1].kind,
      case .underscore? = kind(-2), tokens[position].partner + 1 < limit,
      tokens[position].partner > 0,
      case .open(.square) = tokens[tokens[position].partner + 1].kind
    else { return [] }
    let start = position - 1
    let (arguments, unread) = self.arguments(keepsDouble: false)
    return [
      unread ?? Expression(.apply(Name(base, font: font), arguments), range(from: start))
    ]
  }

  /// An operand that ends before `[`.
  private mutating func boundedOperand() -> Expression {
    var end = position
    while end < limit {
      if case .open(.square) = tokens[end].kind { break }
      end = tokens[end].partner > end ? tokens[end].partner + 1 : end + 1
    }
    return within(end) { $0.operand() }
  }
}
