extension Parser {
  /// Reads what stands in the bracket here by a rule, and goes on behind it.
  mutating func inside(
    _ newScope: Scope = Scope(), _ rule: (inout Parser) -> Expression
  ) -> Expression {
    let open = position
    let close = tokens[open].partner
    position = open + 1
    guard close > open, close <= limit else {
      reportUnclosed(open)
      return unclosed(open, within(limit(ofUnclosed: open), newScope, rule))
    }
    let result = within(close, newScope, rule)
    position = close + 1
    return result
  }

  private mutating func reportUnclosed(_ open: Int) {
    report("'\(spelling(open))' is never closed", range(open))
  }

  /// What was read in a bracket that is never closed, with the end left unread.
  private func unclosed(_ open: Int, _ inner: Expression) -> Expression {
    let place = range(open)
    let unread = Expression(.unread("'\(spelling(open))' is never closed"), place)
    return Expression(.binary(.multiply, inner, unread), place.union(inner.range))
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

  // bracket := open entries close
  mutating func bracket() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    guard case .open(let bracket) = kind else { return missingOperand() }
    switch bracket {
    case .parenthesis: return grouped(.parentheses)
    case .square: return grouped(.brackets)
    case .brace: return grouped(.braces)
    case .group: return braces()
    case .floor: return enclosed { .call(.floor, [$0]) }
    case .ceiling: return enclosed { .call(.ceil, [$0]) }
    case .bars: return enclosed { .bars($0) }
    case .doubleBars: return closedNorm()
    case .matrix: return matrix()
    case .angle: return angle()
    case .cases: return skipped("definitions by cases are not read")
    case .invisible: return invisible()
    }
  }

  private mutating func enclosed(_ node: (Expression) -> Node) -> Expression {
    let start = position
    let inner = inside { $0.expression() }
    return Expression(node(inner), range(from: start))
  }

  private mutating func closedNorm() -> Expression {
    let start = position
    let inner = inside { $0.expression() }
    return norm(inner, from: start)
  }

  mutating func skipped(_ message: String) -> Expression {
    let start = position
    position = closing()
    return fail(message, range(from: start))
  }

  private mutating func grouped(_ delimiter: Delimiter) -> Expression {
    let start = position
    checkPair()
    let inner = inside { $0.entries() }
    if inner.isBareDerivative { return applied(inner, from: start) }
    return group(inner, delimiter, from: start)
  }

  /// Reports brackets of two kinds, but for intervals such as `[0, 1)`.
  private mutating func checkPair() {
    let close = tokens[position].partner
    guard close > position, case .open(let left) = tokens[position].kind,
      case .close(let right) = tokens[close].kind, left != right,
      content(of: position).commas == 0
    else { return }
    report("'\(spelling(position))' is closed by '\(spelling(close))'", range(close))
  }

  private func group(
    _ inner: Expression, _ delimiter: Delimiter, from start: Int
  ) -> Expression {
    if case .tuple = inner.node { return Expression(inner.node, range(from: start)) }
    if case .matrix = inner.node { return Expression(inner.node, range(from: start)) }
    return Expression(.group(delimiter, inner), range(from: start))
  }

  // entries := entry ("," entry)*
  mutating func entries() -> Expression {
    let start = position
    let first = entry()
    guard endsEntry else { return first }
    var entries = [first]
    while endsEntry {
      position += 1
      entries.append(entry())
    }
    return Expression(.tuple(entries), range(from: start))
  }

  private var endsEntry: Bool {
    switch kind {
    case .comma, .semicolon: true
    default: false
    }
  }

  // entry := expression [relation entry]
  mutating func entry() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    if let words = wordsAlone() { return words }
    let left = expression()
    guard let (relation, _) = atRelation else { return left }
    position += 1
    return related(left, relation, entry())
  }

  private func related(
    _ left: Expression, _ relation: Relation, _ right: Expression
  ) -> Expression {
    Expression(.relation(relation, left, right), left.range.union(right.range))
  }

  /// Words beside an expression: `(for fixed x)`.
  private mutating func wordsAlone() -> Expression? {
    guard case .text(let text) = kind else { return nil }
    switch kind(1) {
    case nil: break
    case .comma, .name, .number:
      guard !isIdentifier(text) || WordTable.isEnglish(text) else { return nil }
    default: return nil
    }
    position += 1
    return Expression(.words(text), range(position - 1))
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

  // angle := "<" expression "," expression ">"
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
    if content.commas + content.bars + content.mids == 0, hasIndexBehind(close) {
      return average(from: start)
    }
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

  private func hasIndexBehind(_ close: Int) -> Bool {
    guard close + 1 < limit, case .underscore = tokens[close + 1].kind else { return false }
    return true
  }

  /// `⟨f⟩_q`: an expectation as physicists write it.
  private mutating func average(from start: Int) -> Expression {
    let body = inside { $0.expression() }
    position += 1
    let expectation = Expectation(measures: index(), body: body)
    return Expression(.expectation(expectation), range(from: start))
  }

  // matrix := rows of cells
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
