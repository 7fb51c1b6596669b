extension Parser {
  /// Reads what stands in the bracket here by a rule, and goes on behind it.
  mutating func inside(
    _ newScope: Scope = Scope(), _ rule: (inout Parser) -> Expression
  ) -> Expression {
    let open = position
    let close = tokens[open].partner
    position = open + 1
    guard close > open, close <= limit else {
      let message = "'\(spelling(open))' is never closed"
      let place = range(open)
      report(message, place)
      var result = within(limit(ofUnclosed: open), newScope, rule)
      let unread = Expression(.unread(message), place)
      result = Expression(.binary(.multiply, result, unread), place.union(result.range))
      return result
    }
    let result = within(close, newScope, rule)
    position = close + 1
    return result
  }

  /// Where a bracket that is never closed ends: at the end of its row.
  private func limit(ofUnclosed open: Int) -> Int {
    var index = open + 1
    while index < limit {
      if case .row = tokens[index].kind { return index }
      if tokens[index].partner > index { index = tokens[index].partner }
      index += 1
    }
    return limit
  }

  /// bracket := open entries close
  mutating func bracket() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = position
    guard case .open(let bracket) = kind else { return missingOperand() }
    switch bracket {
    case .parenthesis: return grouped(.parentheses, from: start)
    case .square: return grouped(.brackets, from: start)
    case .brace: return grouped(.braces, from: start)
    case .group: return braces()
    case .floor, .ceiling:
      let function: Function = bracket == .floor ? .floor : .ceil
      let inner = inside { $0.expression() }
      return Expression(.call(function, [inner]), range(from: start))
    case .bars:
      let inner = inside { $0.expression() }
      return Expression(.bars(inner), range(from: start))
    case .doubleBars:
      let inner = inside { $0.expression() }
      return norm(inner, from: start)
    case .matrix: return matrix()
    case .angle: return angle()
    case .cases:
      position = closing()
      return fail("definitions by cases are not read", range(from: start))
    case .invisible:
      position = closing()
      return fail("brackets with an invisible side are not read", range(from: start))
    }
  }

  private mutating func grouped(_ delimiter: Delimiter, from start: Int) -> Expression {
    let inner = inside { $0.entries() }
    if case .tuple = inner.node { return Expression(inner.node, range(from: start)) }
    if case .matrix = inner.node { return Expression(inner.node, range(from: start)) }
    return Expression(.group(delimiter, inner), range(from: start))
  }

  /// entries := entry ("," entry)*
  mutating func entries() -> Expression {
    let start = position
    var entries = [entry()]
    while true {
      switch kind {
      case .comma, .semicolon:
        position += 1
        entries.append(entry())
        continue
      default: break
      }
      break
    }
    return entries.count == 1
      ? entries[0] : Expression(.tuple(entries), range(from: start))
  }

  /// entry := expression [relation entry]
  mutating func entry() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    if case .text(let text) = kind {
      switch kind(1) {
      case nil, .comma, .name, .number:
        // Words beside an expression: `(for fixed x)`.
        if kind(1) == nil || !isIdentifier(text) || WordTable.isEnglish(text) {
          position += 1
          return Expression(.words(text), range(position - 1))
        }
      default: break
      }
    }
    let left = expression()
    guard let (relation, _) = atRelation else { return left }
    position += 1
    let right = entry()
    return Expression(.relation(relation, left, right), left.range.union(right.range))
  }

  /// Braces of LaTeX: an expression, or a fraction by `\over`.
  private mutating func braces() -> Expression {
    let start = position
    let inner = inside { parser in
      guard parser.position < parser.limit else { return parser.missingOperand() }
      let before = parser.entries()
      guard case .over = parser.kind else { return before }
      parser.position += 1
      let below = parser.entries()
      return Expression(.binary(.divide, before, below), before.range.union(below.range))
    }
    switch inner.node {
    case .binary, .negate: return Expression(.group(.braces, inner), range(from: start))
    default: return Expression(inner.node, range(from: start))
    }
  }

  /// angle := "<" expression "," expression ">"
  private mutating func angle() -> Expression {
    let start = position
    var scope = Scope()
    scope.divides = true
    let close = tokens[start].partner
    guard close > start else {
      position += 1
      return fail("'\\langle' is never closed", range(start))
    }
    let content = content(of: start)
    guard content.commas + content.bars + content.mids == 1 else {
      position = close + 1
      return fail(
        "angle brackets are read as the product of two vectors, divided by a comma",
        range(from: start))
    }
    let inner = inside(scope) { parser in
      let left = parser.expression()
      if parser.position < parser.limit { parser.position += 1 }
      let right = parser.expression()
      return Expression(.call(.dot, [left, right]), left.range.union(right.range))
    }
    return Expression(inner.node, range(from: start))
  }

  /// bars := "|" expression "|" | "||" expression "||"
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
    let token = tokens[position]
    guard case .doubleBar = token.kind, token.upper - token.lower == 2 else { return false }
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
  private mutating func norm(_ inner: Expression, from start: Int) -> Expression {
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

  /// matrix := rows of cells
  private mutating func matrix() -> Expression {
    let start = position
    let close = tokens[start].partner
    guard close > start, close < limit else {
      position = limit
      return fail("'\(spelling(start))' is never closed", range(from: start))
    }
    var rows: [[Expression]] = [[]]
    position = start + 1
    while position < close {
      var end = position
      while end < close {
        if case .alignment = tokens[end].kind { break }
        if case .row = tokens[end].kind { break }
        end = tokens[end].partner > end ? tokens[end].partner + 1 : end + 1
      }
      if end > position || end < close {
        let cell = within(min(end, close)) { $0.entry() }
        rows[rows.count - 1].append(cell)
      }
      position = min(end, close)
      if position < close, case .row = tokens[position].kind, position + 1 < close {
        rows.append([])
      }
      if position < close { position += 1 }
    }
    position = close + 1
    return Expression(.matrix(rows), range(from: start))
  }

  /// What stands directly in a bracket.
  struct Content {
    var bars = 0
    var mids = 0
    var doubleBars = 0
    var commas = 0
    var semicolons = 0
    var relations = 0
    var terms = 0
    var count = 0

    /// Whether something in it divides arguments.
    var divides: Bool { mids > 0 || bars % 2 == 1 }
    /// Whether a double bar divides it.
    var dividesDouble: Bool { doubleBars % 2 == 1 }
  }

  /// Returns what stands directly in the bracket at a token.
  func content(of open: Int) -> Content {
    var content = Content()
    let partner = tokens[open].partner
    let end = partner > open ? partner : limit
    var index = open + 1
    while index < end {
      content.count += 1
      switch tokens[index].kind {
      case .bar: content.bars += 1
      case .mid: content.mids += 1
      case .doubleBar: content.doubleBars += 1
      case .doubleMid: content.doubleBars += 1
      case .comma: content.commas += 1
      case .semicolon: content.semicolons += 1
      case .relation: content.relations += 1
      case .plus, .minus: content.terms += 1
      case .row where partner < 0: return content
      default: break
      }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    return content
  }
}
