extension Parser {
  /// Reads `KL(q || p)`, `E_q[f]`, `H[q]` and other names with a meaning of their own.
  mutating func special(_ name: Name, from start: Int) -> Expression? {
    switch name.base {
    case "KL", "kl", "KLD", "kld": return divergence(name, from: start)
    case "D": return divergence(name, from: start)
    case "d":
      guard name.accents.isEmpty, start == position - 1 else { return nil }
      position = start
      if let derivative = derivativeQuotient() { return derivative }
      position = start + 1
      return nil
    case "E": return expectation(name, from: start)
    case "H": return entropy(from: start)
    case "norm":
      guard case .open(.parenthesis) = kind else { return nil }
      let inner = inside { $0.expression() }
      return Expression(.norm(inner, index: nil), range(from: start))
    case "argmin":
      let negated = reduction(.argmax, count: 1, from: start)
      guard case .reduction(var reduction) = negated.node else { return negated }
      reduction.body = Expression(.negate(reduction.body), reduction.body.range)
      return Expression(.reduction(reduction), negated.range)
    default: return nil
    }
  }

  // divergence := ("KL" | "D_KL" | "D") "(" distribution "||" distribution ")"
  private mutating func divergence(_ name: Name, from start: Int) -> Expression? {
    var index = position
    let isWord = name.base != "D"
    var isNamed = isWord
    if case .underscore = kind, let end = scriptEnd(position + 1) {
      let below = tokens[position + 1..<end].map { Spelling.of($0.kind) }.joined()
      guard ["{KL}", "KL", "{kl}", "kl", "{K L}"].contains(below) || isWord else { return nil }
      isNamed = true
      index = end
    }
    while index < limit, case .box = tokens[index].kind { index += 1 }
    guard index < limit, case .open(let bracket) = tokens[index].kind,
      [.parenthesis, .square, .brace, .group].contains(bracket)
    else { return nil }
    let content = content(of: index)
    let isDouble = content.doubleBars % 2 == 1 || hasTwinBars(index)
    let isParted = content.divides || content.commas == 1 || content.semicolons == 1
    guard isDouble || (isNamed && isParted) else { return nil }
    position = index
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    var scope = Scope()
    scope.dividesDouble = isDouble
    scope.divides = !isDouble && content.divides
    var sides: [Expression] = []
    let rest = inside(scope) { parser in
      sides.append(parser.entry())
      switch parser.kind {
      case .bar, .mid, .doubleBar, .doubleMid, .comma, .semicolon: parser.position += 1
      default: return parser.nothing
      }
      // `\|\|` is `||` with escapes of Markdown.
      if case .doubleBar = parser.kind { parser.position += 1 }
      sides.append(parser.entry())
      return parser.nothing
    }
    guard sides.count == 2 else {
      return fail("a divergence has two distributions", range(from: start))
    }
    if rest.hasUnread { sides[1] = Expression(.binary(.multiply, sides[1], rest), sides[1].range) }
    return Expression(.divergence(sides[0], sides[1]), range(from: start))
  }

  /// Whether two double bars stand side by side in the bracket at a token.
  private func hasTwinBars(_ open: Int) -> Bool {
    var index = open + 1
    while index + 1 < tokens[open].partner {
      if case .doubleBar = tokens[index].kind, case .doubleBar = tokens[index + 1].kind {
        return true
      }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    return false
  }

  // entropy := "H" "[" distribution "]"
  private mutating func entropy(from start: Int) -> Expression? {
    guard case .open(let bracket) = kind else { return nil }
    let content = content(of: position)
    switch bracket {
    case .square: guard content.commas == 0 else { return nil }
    case .parenthesis:
      guard content.commas == 0, !content.divides, !content.dividesDouble,
        position + 1 < limit, case .name(let base, _) = tokens[position + 1].kind,
        names.functions.contains(base) || base == "q" || base == "p"
      else { return nil }
    default: return nil
    }
    let inner = inside { $0.entry() }
    return Expression(.call(.entropy, [inner]), range(from: start))
  }
}
