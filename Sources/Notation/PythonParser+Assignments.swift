extension PythonParser {
  // simple = targets {"=" targets} "=" expressions | target augmented expressions | "return" expressions | expressions
  mutating func simple() {
    let start = index
    substitutedSize = 0
    depth = 0
    var target: (expression: Expression, sign: SourceRange)?
    do throws(Diagnostic) {
      try checkLength()
      if isName("return") { advance() }
      if isIgnored(start) { return skipStatement() }
      let first = try expressionList()
      if skip(":") { while !isSign("="), kind != .newline, kind != .end { advance() } }
      let sign = token.range
      if isSign("=") {
        if case .path = first { target = (try written(first), sign) }
        var targets = [first]
        while skip("=") {
          substituted = targets.count == 1 ? name(of: first) : nil
          targets.append(try expressionList())
          substituted = nil
        }
        let value = targets.removeLast()
        try endOfStatement()
        for target in targets.reversed() { try assign(value, to: target, sign, from: start) }
      } else if let binary = augmented() {
        target = (try written(first), sign)
        advance()
        let value = try expression(of: try expressionList())
        try endOfStatement()
        let old = name(of: first).flatMap { values[$0] }
        var left = try written(first)
        if let old {
          guard old.size < Self.largestSubstitution else {
            throw Diagnostic("the value of '\(left)' is too large to be put in", at: left.range)
          }
          left = old.expression
          substitutedSize = old.size
        }
        let sum = Expression(.binary(binary, left, value), value.range)
        try assign(.expression(sum), to: first, sign, from: start)
      } else {
        try endOfStatement()
        try bare(first, from: start)
      }
    } catch {
      substituted = nil
      fail(error, target: target, from: start)
    }
  }

  /// The largest number of tokens keeps trees shallow enough for every pass.
  private func checkLength() throws(Diagnostic) {
    var end = index
    while end < tokens.count, tokens[end].kind != .newline, tokens[end].kind != .end { end += 1 }
    guard end - index <= Self.longestStatement else {
      let message = "a statement has more than \(Self.longestStatement) tokens"
      throw Diagnostic(message, at: tokens[index].range)
    }
  }

  private func augmented() -> Operator? {
    switch kind {
    case .sign("+="): .add
    case .sign("-="): .subtract
    case .sign("*="): .elementwise
    case .sign("/="): .divide
    default: nil
    }
  }

  /// Calls that are no mathematics.
  private static let ignored: Set<String> = [
    "step", "zero_grad", "train", "eval", "manual_seed", "seed", "show", "plot", "clear", "reset",
    "print",
    "legend", "set_seed", "retain_grad",
  ]

  /// Whether a statement is a call such as `optimizer.step()`.
  private func isIgnored(_ start: Int) -> Bool {
    var place = start
    var last = ""
    var dots = 0
    while place < tokens.count {
      if case .name(let name) = tokens[place].kind { last = name }
      if tokens[place].kind == .sign(".") { dots += 1 }
      switch tokens[place].kind {
      case .name, .sign("."): place += 1
      default: return tokens[place].kind == .sign("(") && dots > 0 && Self.ignored.contains(last)
      }
    }
    return false
  }

  private mutating func skipStatement() {
    while kind != .newline, kind != .end, kind != .sign(";") {
      if case .comment = kind { return }
      advance()
    }
  }

  func name(of target: PythonValue) -> String? {
    guard case .path(let parts, _) = target else { return nil }
    return withoutSelf(parts).joined(separator: ".")
  }

  func withoutSelf(_ parts: [String]) -> [String] {
    parts.count > 1 && parts[0] == "self" ? Array(parts.dropFirst()) : parts
  }

  /// A target as it is written, whatever its name stands for.
  func written(_ target: PythonValue) throws(Diagnostic) -> Expression {
    switch target {
    case .path(let parts, let range):
      let parts = withoutSelf(parts)
      let name =
        parts.count == 1
        ? PythonNames.name(parts[0], at: range) : Name(parts.joined(separator: "."))
      return Expression(.name(name), range)
    case .expression(let expression):
      if case .element = expression.node { return expression }
      throw Diagnostic("only a name or an entry of an array can be assigned", at: expression.range)
    default:
      throw Diagnostic("only a name or an entry of an array can be assigned", at: token.range)
    }
  }

  mutating func assign(
    _ value: PythonValue, to target: PythonValue, _ sign: SourceRange, from start: Int
  ) throws(Diagnostic) {
    if case .list(let targets, let range) = target {
      let parts = try entries(of: value, count: targets.count, at: range)
      for (target, part) in zip(targets, parts) {
        guard let part else { continue }
        try assign(part, to: target, sign, from: start)
      }
      return
    }
    let left = try written(target)
    let range = tokens[start].range.union(tokens[max(start, index - 1)].range)
    let name = name(of: target)
    if let name { scope[name] = nil }
    if let name, let held = backward[name], isReversal(value, of: name) {
      backward[name] = nil
      return append(held)
    }
    switch value {
    case _ where value.isEmptyList, .loss:
      if let name { scope[name] = value }
      return
    case .array(let array)
    where array.name.map({ isName(left, Expression(.name($0), range)) }) == true:
      if let name { scope[name] = value }
      return
    case .array(let array) where array.firstIndex != nil: throw unreadSlice(array.body.range)
    case .array(let array) where !array.variables.isEmpty:
      if let name, case .name(let own) = left.node {
        var named = array
        named.name = own
        scope[name] = .array(named)
      }
      let indices = array.variables.map { Expression(.name($0), range) }
      let link = Statement.Link(.equal, at: sign, handedOn(array.body))
      return append(
        Statement(
          first: Expression(.element(left, indices), left.range), links: [link],
          conditions: array.bounds, range: range))
    case .lambda(let parameters, let body):
      if let name { functions.insert(name) }
      let link = Statement.Link(.equal, at: sign, body)
      return append(Statement(first: left, links: [link], parameters: parameters, range: range))
    default: break
    }
    var right = try expression(of: value)
    // An update such as `theta += lr * g` changes a leaf and detaches nothing.
    if !right.contains(where: { $0.hasSameForm(as: left) }) { right = handedOn(right) }
    if case .words = right.node { throw Diagnostic("a text is not a formula", at: right.range) }
    var words = ""
    if let name {
      values[name] = (right, index - start + substitutedSize)
      if substitutedSize > 0 { words = removeLast(assigning: left) }
    }
    let link = Statement.Link(.equal, at: sign, right)
    append(Statement(first: left, links: [link], words: words, range: range))
  }

  /// Takes out the last statement that gives a name its value and returns its words.
  ///
  /// Its value stands inside the next one, so that only that counts.
  mutating func removeLast(assigning name: Expression) -> String {
    let text = name.description
    let last = statements.lastIndex { statement in
      if case .name(let name)? = statement.first?.node { name.description == text } else { false }
    }
    guard let last, statements[last].parameters.isEmpty else { return "" }
    return statements.remove(at: last).words
  }

  private func isReversal(_ value: PythonValue, of name: String) -> Bool {
    guard case .expression(let expression) = value,
      case .call(.flip, let arguments) = expression.node,
      case .name(let inner)? = arguments.first?.node
    else { return false }
    return inner.description == PythonNames.name(name, at: expression.range).description
  }

  /// The parts of a value that is assigned to several names; `nil` for one that has no formula.
  private mutating func entries(
    of value: PythonValue, count: Int, at range: SourceRange
  ) throws(Diagnostic) -> [PythonValue?] {
    switch value {
    case .list(let entries, _) where entries.count == count: return entries
    case .list(let entries, let place):
      throw Diagnostic("\(count) names for \(entries.count) values", at: place)
    case .signedLogDeterminant(let matrix) where count == 2:
      return [nil, .expression(Expression(.call(.logDeterminant, [matrix]), matrix.range))]
    default:
      let whole = try expression(of: value)
      return (0..<count).map { place in
        let number = Expression(.number(Double(place), digits: 0), range)
        return .expression(Expression(.element(whole, [number]), whole.range))
      }
    }
  }

  /// A statement that is an expression: only its value or its effect.
  private mutating func bare(_ value: PythonValue, from start: Int) throws(Diagnostic) {
    let range = tokens[start].range.union(tokens[max(start, index - 1)].range)
    for name in backward.keys.sorted() where isReversal(value, of: name) {
      if let held = backward.removeValue(forKey: name) { append(held) }
      scope[name] = nil
      return
    }
    if case .list(let entries, _) = value {
      for entry in entries { append(Statement(first: try expression(of: entry), range: range)) }
      return
    }
    append(Statement(first: try expression(of: value), range: range))
  }
}
