/// What a loop runs over.
indirect enum PythonIterable {
  case range(lower: Expression?, upper: Expression)
  case zip([PythonIterable])
  case enumerate(PythonIterable)
  case reversed(PythonIterable)
  case array(Expression)
  /// The entries of an array between two bounds.
  case slice(PythonArray)
}

/// What a loop assigns to.
indirect enum PythonTarget {
  case name(String, SourceRange)
  case tuple([PythonTarget], SourceRange)
}

extension PythonParser {
  /// Returns where the `for` of a comprehension stands, if one comes before the closing bracket.
  func comprehensionStart(until end: String) -> Int? {
    var place = index
    var brackets = 0
    while place < tokens.count {
      switch tokens[place].kind {
      case .sign("("), .sign("["), .sign("{"): brackets += 1
      case .sign(")"), .sign("]"), .sign("}"):
        if brackets == 0 { return nil }
        brackets -= 1
      case .sign(",") where brackets == 0: return nil
      case .name("for") where brackets == 0: return place
      case .newline, .end: return nil
      default: break
      }
      place += 1
    }
    return nil
  }

  mutating func listOrComprehension(until end: String) throws(Diagnostic) -> PythonValue {
    if let place = comprehensionStart(until: end) { return try comprehension(at: place) }
    var entries = [try value()]
    let start = token.range
    guard isSign(",") else {
      guard isSign(end) else { throw unclosed(end) }
      return entries[0]
    }
    while skip(",") {
      if isSign(end) { break }
      entries.append(try value())
    }
    guard isSign(end) else { throw unclosed(end) }
    return .list(entries, start)
  }

  // comprehension = value "for" targets "in" iterable
  mutating func comprehension(at place: Int) throws(Diagnostic) -> PythonValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 8 else {
      throw Diagnostic("comprehensions are nested too deep", at: token.range)
    }
    let start = index
    index = place + 1
    let target = try self.target()
    try expect("in")
    let iterable = try self.iterable()
    if isName("if") || isName("for") {
      throw Diagnostic("a comprehension with 'if' or two 'for' cannot be read", at: token.range)
    }
    let end = index
    let outer = scope
    defer { scope = outer }
    var array = try bind(target, to: iterable)
    index = start
    let before = uses
    array.body = try expression().withoutGroups
    guard index == place else { throw unclosed("for") }
    array.dependsOnIndex = !array.variables.isEmpty || uses > before
    index = end
    return .array(array)
  }

  // target = item {"," item}; item = name | "(" target ")"
  mutating func target() throws(Diagnostic) -> PythonTarget {
    let start = token.range
    var items: [PythonTarget] = []
    var isTuple = false
    repeat {
      if isName("in") { break }
      if skip("(") {
        items.append(try target())
        try expect(")")
      } else if case .name(let name) = kind {
        items.append(.name(name, token.range))
        advance()
      } else {
        throw Diagnostic("a variable is missing behind 'for'", at: token.range)
      }
      if isSign(",") { isTuple = true }
    } while skip(",")
    guard let first = items.first else {
      throw Diagnostic("a variable is missing behind 'for'", at: start)
    }
    return isTuple ? .tuple(items, start) : first
  }

  // iterable = ("range" | "zip" | "enumerate" | "reversed" | "list") "(" ... ")" | value
  mutating func iterable() throws(Diagnostic) -> PythonIterable {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw Diagnostic("loops are nested too deep", at: token.range)
    }
    let start = token.range
    if case .name(let name) = kind, tokens[min(index + 1, tokens.count - 1)].kind == .sign("(") {
      switch name {
      case "range":
        advance()
        advance()
        return try range(start)
      case "zip", "enumerate", "reversed", "list", "tqdm", "tuple":
        advance()
        advance()
        var parts: [PythonIterable] = []
        while !skip(")") {
          if isName("start") || isName("strict") {
            throw Diagnostic("'\(name)' with options cannot be read", at: token.range)
          }
          parts.append(try iterable())
          guard skip(",") || isSign(")") else { throw unclosed(")") }
        }
        guard let first = parts.first, name == "zip" || parts.count == 1 else {
          throw Diagnostic("'\(name)' cannot be read with these arguments", at: start)
        }
        switch name {
        case "zip": return .zip(parts)
        case "enumerate": return .enumerate(first)
        case "reversed": return .reversed(first)
        default: return first
        }
      default: break
      }
    }
    let value = try self.value()
    if case .path(let parts, _) = value, parts.count == 1, case .array(let list)? = scope[parts[0]]
    {
      return .array(try expression(of: .array(list)))
    }
    if case .array(let array) = value, case .element = array.body.node { return .slice(array) }
    let expression = try self.expression(of: value)
    if case .call(.flip, let inner) = expression.node, let array = inner.first {
      return .reversed(.array(array))
    }
    return .array(expression)
  }

  // range = [lower ","] upper ")"
  private mutating func range(_ start: SourceRange) throws(Diagnostic) -> PythonIterable {
    let first = try expression()
    var result = PythonIterable.range(lower: nil, upper: first)
    if skip(",") {
      let second = try expression()
      result = .range(lower: first, upper: second)
      if skip(",") {
        let step = try expression()
        guard case .negate(let one) = step.node, case .number(1, _) = one.node else {
          throw Diagnostic("a range with a step cannot be read", at: step.range)
        }
        let next = Expression(.number(1, digits: 0), start)
        let last = simplified(join(.add, first, next))
        result = .reversed(.range(lower: simplified(join(.add, second, next)), upper: last))
      }
    }
    try expect(")")
    return result
  }

  /// `n - 1 + 1` is `n`, and so for numbers.
  private func simplified(_ sum: Expression) -> Expression {
    guard case .binary(.add, let left, _) = sum.node else { return sum }
    switch left.withoutGroups.node {
    case .binary(.subtract, let start, let one):
      if case .number(1, _) = one.node { return start }
    case .negate(let one):
      if case .number(1, _) = one.node { return Expression(.number(0, digits: 0), sum.range) }
    case .number(let value, _): return Expression(.number(value + 1, digits: 0), sum.range)
    default: break
    }
    return sum
  }
}
