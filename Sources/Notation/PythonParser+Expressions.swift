extension PythonParser {
  // expressions = expression {"," expression} [","]
  mutating func expressionList() throws(Diagnostic) -> PythonValue {
    let start = token.range
    let first = try value()
    guard isSign(",") else { return first }
    var entries = [first]
    while skip(",") {
      if kind == .newline || kind == .end || isSign("=") || isSign(")") { break }
      entries.append(try value())
    }
    return .list(entries, start.union(tokens[index - 1].range))
  }

  /// Reads an expression that must be a tree.
  mutating func expression() throws(Diagnostic) -> Expression {
    try expression(of: try value())
  }

  // value = "lambda" parameters ":" value | disjunction ["if" ... "else" ...]
  mutating func value() throws(Diagnostic) -> PythonValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw Diagnostic("brackets are nested deeper than \(Self.deepest) levels", at: token.range)
    }
    if isName("lambda") {
      advance()
      let parameters = try self.parameters(until: ":")
      let body = try expression()
      return .lambda(parameters.map { PythonNames.name($0.text, at: $0.range) }, body)
    }
    if isSign("*") || isSign("**") { advance() }
    let result = try comparison()
    if isName("if") {
      throw Diagnostic("a conditional expression cannot be read as a formula", at: token.range)
    }
    if isName("and") || isName("or") || isSign("&") || isSign("|") {
      throw Diagnostic("a logical expression cannot be read as a formula", at: token.range)
    }
    return result
  }

  private static let relations: [String: Relation] = [
    "==": .equal, "!=": .notEqual, "<": .less, ">": .greater, "<=": .lessOrEqual,
    ">=": .greaterOrEqual,
  ]

  // comparison = ["not"] sum [relation sum]
  private mutating func comparison() throws(Diagnostic) -> PythonValue {
    if isName("not") {
      throw Diagnostic("a logical expression cannot be read as a formula", at: token.range)
    }
    let left = try sum()
    guard case .sign(let sign) = kind, let relation = Self.relations[sign] else { return left }
    advance()
    let right = try expression(of: try sum())
    let first = try expression(of: left)
    let range = first.range.union(right.range)
    return .expression(Expression(.relation(relation, first, right), range))
  }

  // sum = product {("+" | "-") product}
  private mutating func sum() throws(Diagnostic) -> PythonValue {
    var left = try product()
    while isSign("+") || isSign("-") {
      let sign: Operator = isSign("+") ? .add : .subtract
      advance()
      let first = try expression(of: left)
      left = .expression(join(sign, first, try expression(of: try product())))
    }
    return left
  }

  // product = factor {("*" | "@" | "/") factor}
  private mutating func product() throws(Diagnostic) -> PythonValue {
    var left = try factor()
    while case .sign(let sign) = kind {
      let operators: [String: Operator] = ["*": .elementwise, "@": .matrixProduct, "/": .divide]
      if sign == "//" || sign == "%" {
        throw Diagnostic("'\(sign)' cannot be read as a formula", at: token.range)
      }
      guard let binary = operators[sign] else { break }
      advance()
      let first = try expression(of: left)
      left = .expression(join(binary, first, try expression(of: try factor())))
    }
    return left
  }

  // factor = ("-" | "+") factor | power
  private mutating func factor() throws(Diagnostic) -> PythonValue {
    let start = token.range
    guard isSign("-") || isSign("+") else { return try power() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw Diagnostic("brackets are nested deeper than \(Self.deepest) levels", at: token.range)
    }
    let isNegative = isSign("-")
    advance()
    let inner = try expression(of: try factor())
    guard isNegative else { return .expression(inner) }
    return .expression(Expression(.negate(inner), start.union(inner.range)))
  }

  // power = postfix ["**" factor]
  private mutating func power() throws(Diagnostic) -> PythonValue {
    let base = try postfix()
    guard isSign("**") else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw Diagnostic("powers are nested deeper than \(Self.deepest) levels", at: token.range)
    }
    advance()
    let exponent = try expression(of: try factor())
    return .expression(join(.power, try expression(of: base), exponent))
  }

  func join(_ sign: Operator, _ left: Expression, _ right: Expression) -> Expression {
    Expression(.binary(sign, left, right), left.range.union(right.range))
  }

  // atom = number | name | string | "(" ... ")" | "[" ... "]"
  mutating func atom() throws(Diagnostic) -> PythonValue {
    let range = token.range
    switch kind {
    case .number(let value, let digits):
      advance()
      return .expression(Expression(.number(value, digits: digits), range))
    case .name(let name):
      guard !PassageWords.pythonKeywords.contains(name) else {
        throw Diagnostic("'\(name)' is not expected here", at: range)
      }
      advance()
      return .path([name], range)
    case .string(let text):
      advance()
      return .expression(Expression(.words(text), range))
    case .sign("("):
      advance()
      return try group(range)
    case .sign("["):
      advance()
      return try bracketedList(range)
    case .sign("..."):
      advance()
      return .expression(Expression(.ellipsis, range))
    case .unknown(let text): throw Diagnostic("'\(text)' is not Python", at: range)
    case .sign(let sign): throw Diagnostic("an operand is missing before '\(sign)'", at: range)
    default: throw Diagnostic("an operand is missing", at: range)
    }
  }

  // group = ")" | comprehension ")" | expressions ")"
  private mutating func group(_ start: SourceRange) throws(Diagnostic) -> PythonValue {
    if isSign(")") {
      let end = token.range
      advance()
      return .list([], start.union(end))
    }
    let value = try listOrComprehension(until: ")")
    let end = token.range
    try expect(")")
    switch value {
    case .list(let entries, _): return .list(entries, start.union(end))
    case .array, .lambda, .loss, .shape, .signedLogDeterminant: return value
    case .expression, .path:
      let inner = try expression(of: value)
      return .expression(Expression(.group(.parentheses, inner), start.union(end)))
    }
  }

  private mutating func bracketedList(_ start: SourceRange) throws(Diagnostic) -> PythonValue {
    if isSign("]") {
      let end = token.range
      advance()
      return .list([], start.union(end))
    }
    let value = try listOrComprehension(until: "]")
    let end = token.range
    try expect("]")
    switch value {
    case .list(let entries, _): return .list(entries, start.union(end))
    case .array: return value
    default: return .list([value], start.union(end))
    }
  }

  /// Turns a value into a tree.
  mutating func expression(of value: PythonValue) throws(Diagnostic) -> Expression {
    switch value {
    case .expression(let expression): return expression
    case .path(let parts, let range): return try resolved(parts, range)
    case .array(let array):
      if let name = array.name { return Expression(.name(name), array.body.range) }
      guard array.variables.isEmpty else {
        throw Diagnostic("a list by an index is read only inside a sum", at: array.body.range)
      }
      return array.body
    case .list(let entries, let range):
      var expressions: [Expression] = []
      for entry in entries { expressions.append(try expression(of: entry)) }
      return expressions.count == 1 ? expressions[0] : Expression(.tuple(expressions), range)
    case .shape(let array):
      return Expression(.apply(Name("shape"), Arguments(groups: [[array]])), array.range)
    case .signedLogDeterminant(let matrix):
      return Expression(.apply(Name("slogdet"), Arguments(groups: [[matrix]])), matrix.range)
    case .loss(_, _, let range): throw Diagnostic("the loss function is not applied", at: range)
    case .lambda(_, let body): throw Diagnostic("a function is not a value here", at: body.range)
    }
  }

  /// What a dotted name stands for: a constant of a library, a variable of a loop, or itself.
  private mutating func resolved(
    _ parts: [String], _ range: SourceRange
  ) throws(Diagnostic) -> Expression {
    let parts = withoutSelf(parts)
    if parts.count > 1, let last = parts.last, PythonFunctions.modules.contains(parts[0]) {
      switch last {
      case "pi": return Expression(.name(Name("pi")), range)
      case "inf", "Inf", "infty": return Expression(.infinity, range)
      case "e":
        return Expression(.call(.exp, [Expression(.number(1, digits: 0), range)]), range)
      default: break
      }
    }
    guard parts.count == 1, let text = parts.first else {
      return Expression(.name(Name(parts.joined(separator: "."))), range)
    }
    switch text {
    case "None": throw Diagnostic("'None' cannot be read as a formula", at: range)
    case "True": return Expression(.number(1, digits: 0), range)
    case "False": return Expression(.number(0, digits: 0), range)
    default: break
    }
    if text == substituted, let old = values[text] {
      guard old.size + substitutedSize < Self.largestSubstitution else {
        throw Diagnostic("the value of '\(text)' is too large to be put in", at: range)
      }
      substitutedSize += old.size
      return Expression(old.expression.node, range)
    }
    if let value = scope[text] {
      switch value {
      case .expression(let expression):
        uses += 1
        if frame.held[text] != nil { runningRead.insert(text) }
        return Expression(expression.node, range)
      case .array(let array) where array.variables.isEmpty:
        return Expression(array.body.node, range)
      default: break
      }
    }
    return Expression(.name(PythonNames.name(text, at: range)), range)
  }
}
