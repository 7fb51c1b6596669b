extension Parser {
  // applied := name | name "(" arguments ")"
  //
  // A name applies to a bracket if it is declared as a function, or if the bracket holds what no
  // factor has: a comma, a bar, a semicolon, a relation. Otherwise they are a product.
  mutating func applied(_ name: Name, from start: Int) -> Expression {
    let asName = Expression(.name(name), range(from: start))
    guard position < limit, case .open(let bracket) = tokens[position].kind,
      tokens[position].space != .wide, !holdsOnlyWords(at: position),
      isGammaFunction(name, bracket) || applies(name, to: bracket, from: start)
    else { return asName }
    if isGammaFunction(name, bracket) {
      let (arguments, unread) = self.arguments(keepsDouble: false)
      if unread == nil, let entry = arguments.groups.first?.first {
        return Expression(.call(.gamma, [entry]), range(from: start))
      }
      return Expression(.apply(name, arguments), range(from: start))
    }
    if bracket == .square, isPlain, content(of: position).count == 1,
      !names.functions.contains(name.base)
    {
      let index = inside { $0.entries() }
      return Expression(.element(asName, [index]), range(from: start))
    }
    let keepsDouble = ["D", "JS", "JSD", "TV", "W", "d", "KL", "kl"].contains(name.base)
    let (arguments, unread) = self.arguments(keepsDouble: keepsDouble)
    let apply = Expression(.apply(name, arguments), range(from: start))
    guard let unread else { return apply }
    return Expression(.binary(.multiply, apply, unread), apply.range)
  }

  /// Whether `\Gamma(n)` is the gamma function: the letter bare, with one argument and no other meaning.
  private func isGammaFunction(_ name: Name, _ bracket: Token.Bracket) -> Bool {
    guard name.description == "Gamma", bracket == .parenthesis, !names.words.contains("Gamma"),
      !names.functions.contains("Gamma")
    else { return false }
    let content = content(of: position)
    return !content.divides && !content.dividesDouble && content.semicolons == 0
      && content.commas == 0 && content.relations == 0 && content.count > 0
  }

  private func applies(_ name: Name, to bracket: Token.Bracket, from start: Int) -> Bool {
    let content = content(of: position)
    let isDivided =
      content.divides || content.dividesDouble || content.semicolons > 0
      || (content.commas > 0 && content.count > content.commas)
    switch bracket {
    case .square:
      if isPlain, tokens[position].space == .none, content.count == 1, isOneName(content) {
        return true
      }
      return content.divides || content.dividesDouble || name.base == "1"
        || name.base == "Pr" || (names.functions.contains(name.base) && isDivided)
    case .parenthesis: break
    case .brace: return name.base == "Pr" || (name.base == "P" && name.font == "bb")
    default: return false
    }
    if isDivided || content.relations > 0 { return true }
    if names.functions.contains(name.base) || !name.superscripts.isEmpty { return true }
    if name.primes > 0, ["f", "g", "h", "F", "G"].contains(name.base) { return true }
    if name.base == "Pr" || (name.base == "N" && name.font == "cal") { return true }
    if name.font == "bb", name.base == "P" || name.base == "1" { return true }
    let isWord = name.base.utf8.count > 2 && !WordTable.greek.contains(name.base)
    if isWord, name.base != "ell", tokens[position].space == .none || !isPlain {
      return true
    }
    guard isOneName(content) else { return false }
    if name.font == "cal" || (name.isCapital && holdsParameter) { return true }
    if !name.subscripts.isEmpty, tokens[position].space == .none { return true }
    return isDefined(from: start)
  }

  /// Whether a bracket holds a parameter: `J(\theta)`.
  private var holdsParameter: Bool {
    guard case .name(let base, _) = kind(1) else { return false }
    return ["theta", "phi", "psi"].contains(base)
  }

  /// Whether a bracket holds one name, perhaps with scripts.
  private func isOneName(_ content: Content) -> Bool {
    guard content.commas == 0, content.terms == 0, position + 1 < limit else { return false }
    var index = position + 1
    let end = tokens[position].partner
    guard end > index else { return false }
    switch tokens[index].kind {
    case .name: break
    case .number: return isPlain
    default: return false
    }
    index += 1
    while index < end {
      switch tokens[index].kind {
      case .underscore, .prime: index += 1
      case .open(.group): index = tokens[index].partner + 1
      case .name, .number:
        guard case .underscore = tokens[index - 1].kind else { return false }
        index += 1
      default: return false
      }
    }
    return true
  }

  /// Whether a name with its bracket is the whole left side: `J(\theta) = ...`.
  private func isDefined(from start: Int) -> Bool {
    let close = tokens[position].partner
    guard close > position, close + 1 < tokens.count, limit == tokens.count else { return false }
    guard case .relation = tokens[close + 1].kind else { return false }
    guard start > 0 else { return true }
    switch tokens[start - 1].kind {
    case .row, .comma, .semicolon, .text, .nabla: return true
    default: return false
    }
  }

  // arguments := "(" entry (("," | "|" | ";" | "||") entry)* ")"
  //
  // Also what is left unread if the bracket is never closed.
  mutating func arguments(keepsDouble: Bool) -> (Arguments, Expression?) {
    guard depth < Parser.depthLimit else {
      return (Arguments(groups: [[]]), tooDeep())
    }
    depth += 1
    defer { depth -= 1 }
    var groups: [[Expression]] = [[]]
    var dividers: [Arguments.Divider] = []
    let content = content(of: position)
    var scope = Scope()
    scope.divides = content.divides
    scope.dividesDouble = content.dividesDouble
    let result = inside(scope) { parser in
      guard parser.position < parser.limit else { return parser.nothing }
      while true {
        let entry = parser.entry()
        groups[groups.count - 1].append(entry)
        switch parser.kind {
        case .comma:
          parser.position += 1
          continue
        case .bar, .mid: dividers.append(.bar)
        case .semicolon: dividers.append(.semicolon)
        case .doubleBar, .doubleMid: dividers.append(keepsDouble ? .doubleBar : .bar)
        default: return parser.nothing
        }
        parser.position += 1
        groups.append([])
      }
    }
    // What `inside` adds to nothing is what was left over.
    var unread: Expression?
    if result.hasUnread {
      unread = Expression(.unread(result.firstUnread ?? ""), result.range)
    }
    return (Arguments(groups: groups, dividers: dividers), unread)
  }

  /// An expression for the absence of one.
  var nothing: Expression { Expression(.placeholder, here) }
}
