extension Parser {
  /// A function with what stands between it and its argument.
  private struct Head {
    var start: Int
    var function: Function
    var certain: Bool
    var base: [Expression] = []
    var powers: [Expression] = []
    var open = 0
    var isBracketed = false

    /// Whether `Σ` in the argument is a matrix.
    var isOfMatrix: Bool {
      switch function {
      case .trace, .determinant, .inverse, .logDeterminant: true
      default: false
      }
    }
  }

  // function := word ["_" base] ["^" power] (bracket | factor+)
  mutating func function() -> Expression {
    guard depth < Parser.depthLimit else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    guard case .function(let function, let certain) = kind else { return missingOperand() }
    var head = Head(start: position, function: function, certain: certain)
    position += 1
    if isVariable(head) { return named(Name(word(head.start, function)), from: head.start) }
    readScripts(&head)
    guard startsArgument, !isName(head) else { return withoutArgument(head) }
    if head.isOfMatrix { matrixDepth += 1 }
    head.isBracketed = opensBracket
    head.open = position
    var arguments = head.isBracketed ? bracketed(function) : [bareArgument()]
    if function == .log, !head.isBracketed {
      arguments[0] = withLikeFactors(arguments[0], from: head.open)
    } else if function == .log, arguments.count == 1, dividesByFunction {
      // `\log (p(x|z) p(z)) / q(z|x)`.
      ambiguities.insert(.logarithmTakesFactors)
      if choices.contains(.logarithmTakesFactors) {
        position += 1
        let below = operand()
        let place = arguments[0].range.union(below.range)
        arguments[0] = Expression(.binary(.divide, arguments[0], below), place)
      }
    }
    if head.isOfMatrix { matrixDepth -= 1 }
    return called(head, arguments)
  }

  /// What a logarithm without brackets takes beside its argument.
  private mutating func withLikeFactors(_ argument: Expression, from start: Int) -> Expression {
    var result = argument
    var last = start
    while isLike(tokensFrom: last) {
      ambiguities.insert(.logarithmTakesFactors)
      guard choices.contains(.logarithmTakesFactors) else { return result }
      last = position
      result = joined(result, operand())
    }
    let isProduct = last != start
    guard isProduct ? dividesByFunction : dividesAlike(argument) else { return result }
    position += 1
    let below = operand()
    return Expression(.binary(.divide, result, below), result.range.union(below.range))
  }

  /// Whether the next factor is like the last one: `\log\frac ab\frac cd`, `\log p(x|z) p(z)`.
  private func isLike(tokensFrom last: Int) -> Bool {
    switch (tokens[last].kind, kind) {
    case (.fraction, .fraction), (.fraction, .function(.exp, _)): return true
    case (.fraction, .name("e", _)):
      if case .caret = kind(1) { return true }
      return false
    case (.name(let first, _), .name(let next, _)):
      guard first == next, names.functions.contains(next) else { return false }
      // `\log\pi(a|s) \pi(a|s)` weighs the logarithm.
      return zip(last..<position, position..<limit).contains {
        tokens[$0].kind != tokens[$1].kind
      }
    default: return false
    }
  }

  /// Whether a value of a function stands below a slash.
  private var dividesByFunction: Bool {
    guard case .slash = kind else { return false }
    let below: Token.Kind?
    if case .open(.parenthesis) = kind(1) { below = kind(2) } else { below = kind(1) }
    guard case .name(let base, _) = below else { return false }
    return names.functions.contains(base)
  }

  /// Whether what follows the argument of a logarithm makes a ratio of like things with it.
  ///
  /// `\ln \sigma_2 / \sigma_1`, `\log p(x) / q(x)`, `\ln|A| / |B|` and `\log\det A / \det B` are logarithms of
  /// ratios; in `\log x / y` the logarithm is divided.
  private func dividesAlike(_ argument: Expression) -> Bool {
    guard case .slash = kind else { return false }
    switch (argument.node, kind(1)) {
    case (.bars, .bar), (.bars, .open(.bars)), (.call(.determinant, _), .function(.determinant, _)):
      return true
    default: break
    }
    guard case .slash = kind, case .name(let base, _) = kind(1) else { return false }
    var above = argument
    if case .binary(.power, let inner, _) = above.node { above = inner }
    switch above.node {
    case .name(let name):
      guard case .underscore = kind(2) else { return false }
      return name.base == base && !name.subscripts.isEmpty
    case .apply(let name, let arguments):
      guard arguments.groups.count > 1 || names.functions.contains(name.base) else {
        return false
      }
      return names.functions.contains(base) || base == name.base
    default: return false
    }
  }

  /// Whether a word that may be a variable is one: no bracket follows.
  private func isVariable(_ head: Head) -> Bool {
    if head.certain, head.function != .identity { return false }
    guard case .open(let bracket) = kind else { return true }
    return bracket != .parenthesis && bracket != .square
  }

  /// Whether a function with an index is a name: `log_var`, `log_s - 1`.
  private func isName(_ head: Head) -> Bool {
    guard let base = head.base.first else { return false }
    if case .minus = kind { return true }
    guard isPlain, case .name(let name) = base.node, name.base.utf8.count > 1 else { return false }
    return !WordTable.greek.contains(name.base) || !opensBracket
  }

  private mutating func readScripts(_ head: inout Head) {
    while position < limit {
      switch tokens[position].kind {
      case .underscore:
        position += 1
        head.base += index()
      case .caret:
        position += 1
        if case .power(let power) = exponent() { head.powers.append(power) }
      default: return
      }
    }
  }

  /// `log_var` is a name; a function alone needs an argument.
  private mutating func withoutArgument(_ head: Head) -> Expression {
    let place = range(from: head.start)
    let word = word(head.start, head.function)
    guard !head.base.isEmpty || !head.certain else {
      return fail("'\(word)' needs an argument", place)
    }
    let named = Expression(.name(Name(word, subscripts: head.base)), place)
    return head.powers.reduce(named) { Expression(.binary(.power, $0, $1), place) }
  }

  private mutating func called(_ head: Head, _ arguments: [Expression]) -> Expression {
    var result = call(head.function, head.base, arguments, from: head.start)
    result = powered(result, head.powers, head.function, from: head.start)
    guard head.isBracketed else { return result }
    return powerBehind(
      result, head.function, isDirect: head.powers.isEmpty, open: head.open, from: head.start)
  }

  /// The word of a function as the author writes it.
  private func word(_ index: Int, _ function: Function) -> String {
    switch function {
    case .variance: return "var"
    case .logBase: return "lg"
    case .inverse: return "inv"
    case .covariance: return "cov"
    case .trace: return "tr"
    case .determinant: return "det"
    case .diagonal: return "diag"
    default: return function.rawValue
    }
  }

  private var opensBracket: Bool {
    guard case .open(let bracket) = kind else { return false }
    return [.parenthesis, .square, .brace, .group].contains(bracket)
  }

  /// Whether an argument follows a function.
  private var startsArgument: Bool {
    if startsFactor {
      switch kind {
      case .caret, .underscore, .prime, .close, .factorial: return false
      default: return true
      }
    }
    if case .minus = kind, !isPlain || kind(1) != nil { return true }
    if case .bar = kind { return scope.bars == 0 && !scope.divides }
    return false
  }

  private func call(
    _ function: Function, _ base: [Expression], _ arguments: [Expression], from start: Int
  ) -> Expression {
    let place = range(from: start)
    if function == .logBase, arguments.count == 1 {
      let ten = Expression(.number(10, digits: 0), range(start))
      return Expression(.call(.logBase, [arguments[0], base.first ?? ten]), place)
    }
    if function == .log, let first = base.first {
      return Expression(.call(.logBase, [arguments[0], first]), place)
    }
    return Expression(.call(function, arguments + base), place)
  }

  private func powered(
    _ call: Expression, _ powers: [Expression], _ function: Function, from start: Int
  ) -> Expression {
    var result = call
    for power in powers {
      if case .negate(let one) = power.node, case .number(1, _) = one.node,
        let inverse = Parser.inverses[function], case .call(_, let arguments) = call.node
      {
        result = Expression(.call(inverse, arguments), range(from: start))
      } else {
        result = Expression(.binary(.power, result, power), range(from: start))
      }
    }
    return result
  }

  private static let inverses: [Function: Function] = [
    .sin: .arcsin, .cos: .arccos, .tan: .arctan, .sinh: .arsinh, .cosh: .arcosh,
    .tanh: .artanh, .exp: .log,
  ]

  /// The arguments in brackets of a function.
  private mutating func bracketed(_ function: Function) -> [Expression] {
    let start = position
    if case .open(.group) = kind { return [argument()] }
    if tokens[position].partner == position + 1, function == .standardNormal {
      position += 2
      return []
    }
    let inner = inside { $0.entries() }
    let entries: [Expression]
    if case .tuple(let tuple) = inner.node { entries = tuple } else { entries = [inner] }
    let counts = Parser.counts[function] ?? 1...1
    guard counts.contains(entries.count) else {
      let wanted = counts.lowerBound == 1 ? "one argument" : "\(counts.lowerBound) arguments"
      let message = "'\(word(start - 1, function))' takes \(wanted), not \(entries.count)"
      return [fail(message, range(from: start))]
    }
    return entries
  }

  private static let counts: [Function: ClosedRange<Int>] = [
    .dot: 2...2, .covariance: 2...2, .binomial: 2...2, .logBase: 1...2, .log: 1...2,
    .maximum: 1...99, .minimum: 1...99, .diagonal: 1...99, .standardNormal: 1...9,
    .identity: 1...2, .mean: 1...2, .root: 2...2, .flip: 1...2, .variance: 1...2,
    .cumulativeSum: 1...2,
  ]

  /// A power behind the brackets of a function: `\log(a)^2`.
  private mutating func powerBehind(
    _ result: Expression, _ function: Function, isDirect: Bool, open: Int, from start: Int
  ) -> Expression {
    guard case .caret = kind, isDirect, function == .log,
      case .call(_, let arguments) = result.node, arguments.count == 1
    else { return result }
    guard case .open(let bracket) = tokens[open].kind else { return result }
    if bracket == .group, arguments[0].isSimple {
      // Braces of LaTeX are not seen: `\log{\sigma}^2` is printed as `\log\sigma^2`.
      position += 1
      return Expression(.call(function, [raised(arguments[0], from: open)]), range(from: start))
    }
    ambiguities.insert(.powerInsideFunction)
    guard choices.contains(.powerInsideFunction) else { return result }
    position += 1
    let inner = raised(arguments[0], from: open)
    return Expression(.call(function, [inner]), range(from: start))
  }

  /// The argument of a function without brackets: factors side by side.
  ///
  /// It ends before a sign, a bracket, another function or sum, and behind an applied name or a
  /// fraction: `\log p(x|z) f` is `(\log p(x|z)) f`, `\log 2\pi\sigma^2` is `\log (2\pi\sigma^2)`.
  mutating func bareArgument() -> Expression {
    let start = position
    var result = factor()
    if case .fraction = tokens[start].kind { return fractions(after: result) }
    if endsArgument(result, from: start) { return result }
    while position < limit, startsFactor {
      switch tokens[position].kind {
      case .name, .number, .accent, .root, .infinity, .capital, .font: break
      default: return result
      }
      if case .capital = tokens[position].kind, isSum(at: position) { return result }
      if isExpectationSign { return result }
      let next = position
      let factor = implicitOperand()
      result = joined(result, factor)
      if case .name = factor.node { continue }
      if endsArgument(factor, from: next) { return result }
    }
    return result
  }

  /// `\log\frac ab \cdot \frac cd` is the logarithm of the product.
  private mutating func fractions(after first: Expression) -> Expression {
    var result = first
    while true {
      switch (kind, kind(1)) {
      case (.dot, .fraction), (.times, .fraction): break
      default: return result
      }
      position += 1
      result = joined(result, operand())
    }
  }

  private mutating func implicitOperand() -> Expression {
    guard case .number = kind, case .number = kind(-1) else { return operand() }
    return secondNumber()
  }

  private var isExpectationSign: Bool {
    guard case .name(let base, let font) = kind else { return false }
    return base == "E" && font != nil
  }

  /// Whether nothing joins the argument behind a factor.
  private mutating func endsArgument(_ factor: Expression, from start: Int) -> Bool {
    switch factor.node {
    case .number: return false
    case .name(let name): return names.functions.contains(name.base)
    case .binary(.power, let base, _):
      if case .open = tokens[start].kind { return true }
      return endsArgument(base, from: start)
    case .transpose(let base): return endsArgument(base, from: start)
    case .factorial: return false
    case .call(.sqrt, _): return false
    case .call(.exp, _): return false
    default: return true
    }
  }
}

extension Expression {
  /// Whether this is a name, with arguments or without.
  fileprivate var isSimple: Bool {
    switch node {
    case .name, .apply: true
    default: false
    }
  }
}
