extension Parser {
  /// What stands below and above a sign.
  struct Bounds {
    var variables: [Name] = []
    var lower: Expression?
    var upper: Expression?
    var condition: Expression?
    var isEmpty = true
  }

  // reduction := sign ["_" binder] ["^" bound] body
  mutating func reduction(_ kind: Reduction.Kind, count: Int) -> Expression {
    let start = position
    position += 1
    return reduction(kind, count: count, from: start)
  }

  /// The rest of a reduction; the sign has been read.
  mutating func reduction(_ kind: Reduction.Kind, count: Int, from start: Int) -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    let bounds = self.bounds()
    if bounds.isEmpty, let call = call(of: kind, count: count, from: start) { return call }
    if kind == .integral { return integral(bounds, count: max(count, 1), from: start) }
    guard startsFactor || opensBody else {
      let body = missingBody(start)
      return reduced(kind, bounds, body, from: start)
    }
    let body = product()
    if bounds.isEmpty, kind == .sum || kind == .product {
      let function: Function = kind == .sum ? .sum : .product
      return Expression(.call(function, [body]), range(from: start))
    }
    return reduced(kind, bounds, body, from: start)
  }

  private var opensBody: Bool {
    switch kind {
    case .minus: true
    case .bar: scope.bars == 0 && !scope.divides
    case .doubleBar: scope.norms == 0 && !scope.dividesDouble
    default: false
    }
  }

  private mutating func missingBody(_ start: Int) -> Expression {
    fail("an operand is missing after '\(spelling(start))'", range(start))
  }

  private func reduced(
    _ kind: Reduction.Kind, _ bounds: Bounds, _ body: Expression, from start: Int
  ) -> Expression {
    let reduction = Reduction(
      kind, variables: bounds.variables, lower: bounds.lower, upper: bounds.upper,
      condition: bounds.condition, body: body)
    return Expression(.reduction(reduction), range(from: start).union(body.range))
  }

  /// `sum(a)`, `\max(a, b)`: a function of what stands in brackets.
  private mutating func call(
    of kind: Reduction.Kind, count: Int, from start: Int
  ) -> Expression? {
    guard case .open(let bracket) = self.kind,
      bracket == .parenthesis || bracket == .square || bracket == .brace
    else {
      if count == 0, !startsFactor, !opensBody {
        return named(Name(Spelling.word(kind)), from: start)
      }
      return nil
    }
    let function: Function
    switch kind {
    case .maximum: function = .maximum
    case .minimum: function = .minimum
    case .sum where count == 0: function = .sum
    case .product where count == 0: function = .product
    default: return nil
    }
    let inner = inside { $0.entries() }
    if case .tuple(let entries) = inner.node {
      if function == .sum || function == .product, entries.count == 2 {
        // `sum(x, 1)`: the axis of an array.
        return Expression(.call(function, entries), range(from: start))
      }
      return Expression(.call(function, entries), range(from: start))
    }
    return Expression(.call(function, [inner]), range(from: start))
  }

  // bounds := ("_" binder | "^" bound)*
  private mutating func bounds() -> Bounds {
    var bounds = Bounds()
    while position < limit {
      switch tokens[position].kind {
      case .underscore:
        position += 1
        bounds.isEmpty = false
        bind(binder(), &bounds)
      case .caret:
        position += 1
        bounds.isEmpty = false
        switch exponent() {
        case .power(let upper), .letterT(let upper), .star(let upper), .index(let upper):
          bounds.upper = stripped(upper)
        default: bounds.upper = fail("a bound cannot be read", here)
        }
      default:
        if bounds.lower == nil, bounds.upper == nil, !bounds.variables.isEmpty { return bounds }
        return bounds
      }
    }
    return bounds
  }

  // binder := "{" entry ("," entry)* "}" | one sign
  private mutating func binder() -> [Expression] {
    guard position < limit else { return [missingOperand()] }
    guard case .open(.group) = tokens[position].kind else { return [argument()] }
    if tokens[position].partner == position + 1 {
      position += 2
      return []
    }
    let inner = inside { $0.entries() }
    if case .tuple(let entries) = inner.node { return entries }
    return [inner]
  }

  /// Finds variables, bounds and conditions in what stands below a sign.
  private mutating func bind(_ entries: [Expression], _ bounds: inout Bounds) {
    for (place, entry) in entries.enumerated() {
      switch entry.withoutGroups.node {
      case .name(let name): bounds.variables.append(name)
      case .relation(.equal, let left, let right), .relation(.arrow, let left, let right),
        .relation(.implies, let left, let right):
        bounds.variables += left.boundNames
        let (lower, upper) = right.ends
        bounds.lower = lower
        if let upper { bounds.upper = upper }
      case .relation(_, let left, let right):
        let condition = entry
        if let known = bounds.condition {
          bounds.condition = Expression(.tuple([known, condition]), condition.range)
        } else {
          bounds.condition = condition
        }
        let new = left.boundNames.isEmpty ? right.firstNames : left.boundNames
        for name in new
        where !bounds.variables.contains(where: { $0.description == name.description }) {
          bounds.variables.append(name)
        }
      case .ellipsis:
        // `j = 1, \dots, k`.
        if place + 1 < entries.count {
          bounds.upper = entries[place + 1]
          return
        }
      default:
        let letters = entry.boundNames
        if letters.isEmpty {
          bounds.condition = entry
        } else {
          bounds.variables += letters
        }
      }
    }
  }

  // MARK: - Integrals

  // integral := "∫" bounds (product | expression before "dx") ["d" variable]
  private mutating func integral(
    _ bounds: Bounds, count: Int, from start: Int
  ) -> Expression {
    var bounds = integralBounds(bounds, from: start)
    let below = bounds.variables
    integrals.append(Integral(limit: limit))
    bounds.variables = differentials(limitedTo: count)
    let body = startsFactor || opensBody ? integrand(bounds) : nil
    bounds.variables += differentials(limitedTo: count - bounds.variables.count)
    bounds.variables += integrals.removeLast().variables
    let isBare = bounds.variables.isEmpty
    if isBare { bounds.variables = below }
    return reduced(.integral, bounds, body ?? unit(isBare, start), from: start)
  }

  /// The integrand of `\int dx`, or what is missing.
  private mutating func unit(_ isBare: Bool, _ start: Int) -> Expression {
    isBare ? missingBody(start) : Expression(.number(1, digits: 0), range(position - 1))
  }

  private mutating func integrand(_ bounds: Bounds) -> Expression {
    let first = product()
    guard !isDifferential, bounds.variables.isEmpty,
      integrals[integrals.count - 1].variables.isEmpty, differentialFollows
    else { return first }
    return sum(first)
  }

  /// Tells the bounds of an integral from its variable and from a set.
  private func integralBounds(_ found: Bounds, from start: Int) -> Bounds {
    var bounds = found
    if bounds.lower == nil, bounds.upper != nil, let first = bounds.variables.first {
      // `\int_a^b`: the sign below is a bound and no variable.
      bounds.lower = Expression(.name(first), range(from: start))
      bounds.variables = []
    }
    if bounds.lower == nil, let condition = bounds.condition, bounds.upper != nil {
      bounds.lower = condition
      bounds.condition = nil
    }
    if let first = bounds.variables.first, first.font != nil || first.isCapital {
      // `\int_{\mathcal Z}`: a set.
      bounds.condition = bounds.condition ?? Expression(.name(first), range(from: start))
      bounds.variables.removeFirst()
    }
    return bounds
  }

  /// More terms of an integrand, up to its `dx`.
  private mutating func sum(_ first: Expression) -> Expression {
    var result = first
    while true {
      let sign: Operator
      switch kind {
      case .plus: sign = .add
      case .minus: sign = .subtract
      default: return result
      }
      position += 1
      let next = product()
      result = Expression(.binary(sign, result, next), result.range.union(next.range))
      if isDifferential { return result }
    }
  }

  /// Whether `dx` stands here and belongs to an open integral.
  var isDifferential: Bool {
    guard !integrals.isEmpty, position + 1 < limit,
      case .name("d", let font) = tokens[position].kind, font == nil || font == "rm"
    else { return false }
    switch tokens[position + 1].kind {
    case .name(_, let nextFont):
      return tokens[position + 1].space == .none || font == "rm" || nextFont != nil || !isPlain
    case .capital, .accent, .font: return true
    default: return false
    }
  }

  /// Whether `dx` stands here inside a bracket or fraction: `\int \frac{dx}{x}`.
  var isInnerDifferential: Bool {
    isDifferential && integrals.last.map { $0.limit != limit } ?? false
  }

  /// Gives the `dx` here to the integral around.
  mutating func takeInnerDifferential() {
    let variable = differential()
    guard !integrals.isEmpty else { return }
    integrals[integrals.count - 1].variables.append(variable)
  }

  /// What stands behind a `dx` at the beginning of a bracket or fraction; 1 if nothing does.
  mutating func innerDifferential() -> Expression {
    let start = position
    takeInnerDifferential()
    guard startsFactor else { return Expression(.number(1, digits: 0), range(from: start)) }
    return operand()
  }

  /// Reads so many `dx`.
  private mutating func differentials(limitedTo count: Int) -> [Name] {
    var variables: [Name] = []
    while variables.count < count, isDifferential { variables.append(differential()) }
    return variables
  }

  // differential := "d" name
  mutating func differential() -> Name {
    position += 1
    var end = position + 1
    if case .accent = tokens[position].kind { end = scriptEnd(end) ?? end }
    if case .font = tokens[position].kind { end = scriptEnd(end) ?? end }
    while end < limit {
      if case .underscore = tokens[end].kind {
        end = scriptEnd(end + 1) ?? limit
      } else if case .prime = tokens[end].kind {
        end += 1
      } else if case .caret = tokens[end].kind, let after = scriptEnd(end + 1),
        tokens[end + 1..<after].contains(where: { if case .prime = $0.kind { true } else { false } }
        )
      {
        end = after
      } else {
        break
      }
    }
    let variable = within(min(end, limit)) { $0.operand() }
    if case .name(let name) = variable.withoutGroups.node { return name }
    report("a variable is missing behind 'd'", variable.range)
    return Name("d")
  }

  /// Whether a `dx` for the innermost integral follows in this bracket.
  private var differentialFollows: Bool {
    var needed = 1
    var index = position
    while index + 1 < limit {
      switch tokens[index].kind {
      case .relation, .row, .comma, .semicolon: return false
      case .reduction(.integral, let count): needed += max(count, 1)
      case .name("d", _):
        if case .name = tokens[index + 1].kind, tokens[index + 1].space == .none {
          needed -= 1
          if needed == 0 { return true }
        }
      default: break
      }
      index = tokens[index].partner > index ? tokens[index].partner + 1 : index + 1
    }
    return false
  }
}

extension Expression {
  /// The names in a name, a tuple of names or letters side by side.
  var boundNames: [Name] {
    switch node {
    case .name(let name): return [name]
    case .group(_, let inner): return inner.boundNames
    case .tuple(let entries): return entries.flatMap(\.boundNames)
    case .binary(.multiply, let left, let right):
      let (first, last) = (left.boundNames, right.boundNames)
      return first.isEmpty || last.isEmpty ? [] : first + last
    default: return []
    }
  }

  /// The names of a condition in which a number stands first: `0 \le k < n`.
  var firstNames: [Name] {
    if case .relation(_, let left, let right) = node {
      return left.boundNames.isEmpty ? right.firstNames : left.boundNames
    }
    return boundNames
  }

  /// The bounds in `1, \dots, n` and `1..n`, or one bound alone.
  var ends: (lower: Expression, upper: Expression?) {
    if case .binary(.multiply, let left, let right) = node,
      case .binary(.multiply, let first, let middle) = left.node, case .ellipsis = middle.node
    {
      return (first, right)
    }
    return (self, nil)
  }
}

extension Name {
  /// Whether the base is one capital letter.
  var isCapital: Bool {
    guard base.utf8.count == 1, let byte = base.utf8.first else { return false }
    return byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }
}
