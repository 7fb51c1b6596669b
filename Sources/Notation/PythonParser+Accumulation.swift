/// What a loop adds to a name.
struct PythonAccumulation {
  var name: String
  var target: Expression
  var sign: SourceRange
  var term: Expression
}

extension PythonParser {
  // loop = "for" target "in" iterable ":" statements
  //
  // A loop over whole arrays that cannot be read is read again with an index.
  mutating func loop() {
    let start = index
    let end = loopEnd
    let saved = self
    do throws(Diagnostic) {
      try loop(from: start, end: end)
    } catch {
      self = saved
      countsEntries = true
      do throws(Diagnostic) {
        try loop(from: start, end: end)
        countsEntries = false
      } catch _ {
        self = saved
        fail(error, target: nil, from: start)
        index = end
      }
    }
    words(since: saved.statements.count)
  }

  private mutating func loop(from start: Int, end: Int) throws(Diagnostic) {
    let outer = (scope, values)
    let sums = try accumulations(end: end)
    index = end
    let lists = scope.filter { name, value in
      if case .array = value { outer.0[name]?.isEmptyList == true } else { false }
    }
    (scope, values) = outer
    scope.merge(lists) { $1 }
    for name in lists.keys.sorted() { define(name, range: tokens[start].range) }
    for sum in sums { emit(sum, range: tokens[start].range.union(tokens[end - 1].range)) }
  }

  /// The place behind the block of a loop.
  private var loopEnd: Int {
    var place = index
    while place < tokens.count - 1, tokens[place].kind != .newline { place += 1 }
    place += 1
    while place < tokens.count - 1 {
      if case .comment = tokens[place].kind {} else if tokens[place].kind != .newline { break }
      place += 1
    }
    guard place < tokens.count - 1, tokens[place].kind == .indent else {
      return min(place, tokens.count - 1)
    }
    var level = 0
    while place < tokens.count - 1 {
      if tokens[place].kind == .indent { level += 1 }
      if tokens[place].kind == .dedent { level -= 1 }
      place += 1
      if level == 0 { break }
    }
    return place
  }

  /// Writes `name = start + sum` in place of the statement that set the start.
  private mutating func emit(_ sum: PythonAccumulation, range: SourceRange) {
    var value = sum.term
    var whole = range
    var words = ""
    let canonical = PythonNames.name(sum.name, at: range).description
    let last = statements.lastIndex { statement in
      if case .name(let name)? = statement.first?.node {
        name.description == canonical
      } else {
        false
      }
    }
    if let old = values[sum.name], let last {
      whole = statements[last].range.union(range)
      words = statements[last].words
      statements.remove(at: last)
      if case .number(0, _) = old.expression.withoutGroups.node {
      } else {
        value = added(old.expression, value)
      }
    } else {
      value = added(sum.target, value)
    }
    values[sum.name] = (value, whole.upper - whole.lower)
    let link = Statement.Link(.equal, at: sum.sign, value)
    append(Statement(first: sum.target, links: [link], words: words, range: whole))
  }

  func added(_ left: Expression, _ right: Expression) -> Expression {
    if case .negate(let inner) = right.node { return join(.subtract, left, inner) }
    return join(.add, left, right)
  }

  /// Reads a loop and returns what it adds up, already summed.
  private mutating func accumulations(end: Int) throws(Diagnostic) -> [PythonAccumulation] {
    depth += 1
    defer { depth -= 1 }
    guard depth < 10 else { throw Diagnostic("loops are nested too deep", at: token.range) }
    let place = token.range
    try expect("for")
    let target = try self.target()
    try expect("in")
    let iterable = try self.iterable()
    try expect(":")
    let array = try bind(target, to: iterable)
    let outerFrame = frame
    frame = PythonFrame(array: array, isReversed: direction(of: iterable) ?? false)
    defer { frame = outerFrame }
    var sums: [PythonAccumulation] = []
    while index < end, kind != .end {
      switch kind {
      case .newline, .indent, .dedent, .comment, .string, .sign(";"): advance()
      case .name("print"), .name("pass"): skipLine()
      case .name("for"):
        let before = uses
        for inner in try accumulations(end: loopEnd) where !addsLocally(inner) {
          frame.bodies.append(inner.term)
          sums.append(try summed(inner, over: array, uses > before, place))
          try run(inner, dependsOnIndex: uses > before)
        }
      default:
        let before = uses
        let start = index
        if let sum = try step(iterable, array, from: start), !addsLocally(sum) {
          frame.bodies.append(sum.term)
          sums.append(try summed(sum, over: array, uses > before, place))
          try run(sum, dependsOnIndex: uses > before)
        }
      }
    }
    try endFrame(place)
    return sums
  }

  private func summed(
    _ sum: PythonAccumulation, over array: PythonArray, _ dependsOnIndex: Bool, _ place: SourceRange
  ) throws(Diagnostic) -> PythonAccumulation {
    var array = array
    var result = sum
    var isNegative = false
    array.body = sum.term.withoutGroups
    if case .negate(let inner) = array.body.node {
      array.body = inner.withoutGroups
      isNegative = true
    }
    array.dependsOnIndex = dependsOnIndex
    guard let total = array.reduced(by: .sum, sum.term.range) else {
      throw Diagnostic("the loop cannot be read as a sum", at: place)
    }
    result.term = isNegative ? Expression(.negate(total), total.range) : total
    return result
  }

  /// Reads one statement of a loop: an addition, a name for later lines, or an entry of a list.
  // step = name ("+=" | "-=" | "=") expressions | name "." ("append" | "insert") "(" ... ")"
  private mutating func step(
    _ iterable: PythonIterable, _ array: PythonArray, from start: Int
  ) throws(Diagnostic) -> PythonAccumulation? {
    if try appended(array, iterable) { return nil }
    let place = token.range
    let left = try expressionList()
    if try assignedEntry(left, from: start) { return nil }
    guard let name = name(of: left) else { throw unreadLoop(place) }
    let written = try self.written(left)
    let sign = token.range
    if isSign("+=") || isSign("-=") {
      let isNegative = isSign("-=")
      advance()
      let term = try expression(of: try expressionList())
      try endOfStatement()
      let signed = isNegative ? Expression(.negate(term), term.range) : term
      if !isNegative, isSource([term], iterable) { recurrences[name] = .some(nil) }
      return PythonAccumulation(name: name, target: written, sign: sign, term: signed)
    }
    guard skip("=") else { throw unreadLoop(place) }
    let held = scope[name]
    scope[name] = nil
    let right = try expression(of: try expressionList())
    try endOfStatement()
    var rest: [Expression] = []
    var own = 0
    var other: Expression?
    for term in terms(of: right, isNegative: false) {
      if isName(term, written) {
        own += 1
      } else if mentions(term, written) {
        other = term
      } else {
        rest.append(term)
      }
    }
    if let other, own == 0, !array.variables.isEmpty,
      let decay = factor(of: other, beside: written)
    {
      try dropStart(of: name, place)
      try recur(name, written, decay: decay, rest, place)
      return nil
    }
    if let other, own == 0, let decay = factor(of: other, beside: written), isSource(rest, iterable)
    {
      recurrences[name] = decay
      frame.added.append(written)
      try dropStart(of: name, place)
      return nil
    }
    guard other == nil, own < 2 else { throw unreadLoop(place) }
    if own == 0 {
      scope[name] = .expression(Expression(.group(.parentheses, right), right.range))
      frame.locals.insert(name)
      return nil
    }
    scope[name] = held
    if isSource(rest, iterable) { recurrences[name] = .some(nil) }
    guard var total = rest.first else { throw unreadLoop(place) }
    for term in rest.dropFirst() { total = added(total, term) }
    return PythonAccumulation(name: name, target: written, sign: sign, term: total)
  }

  /// Whether what is added is the entry of an array that a loop takes from its end.
  private func isSource(_ terms: [Expression], _ iterable: PythonIterable) -> Bool {
    guard terms.count == 1, case .reversed(.array(let array)) = iterable else { return false }
    return terms[0].hasSameForm(as: array)
  }

  /// Takes out the statement `R = 0` before a loop backwards; another start cannot be read.
  private mutating func dropStart(of name: String, _ place: SourceRange) throws(Diagnostic) {
    guard let start = values[name], case .number(0, _) = start.expression.node else {
      throw unreadLoop(place)
    }
    let canonical = PythonNames.name(name, at: place).description
    statements.removeAll { statement in
      if case .name(let name)? = statement.first?.node {
        name.description == canonical
      } else {
        false
      }
    }
  }

  func unreadLoop(_ range: SourceRange) -> Diagnostic {
    Diagnostic("the loop cannot be read as a sum", at: range)
  }

  /// The terms of a sum with their signs.
  private func terms(of sum: Expression, isNegative: Bool) -> [Expression] {
    switch sum.node {
    case .binary(.add, let left, let right):
      return terms(of: left, isNegative: isNegative) + terms(of: right, isNegative: isNegative)
    case .binary(.subtract, let left, let right):
      return terms(of: left, isNegative: isNegative) + terms(of: right, isNegative: !isNegative)
    case .group(_, let inner):
      switch inner.node {
      case .binary(.add, _, _), .binary(.subtract, _, _):
        return terms(of: inner, isNegative: isNegative)
      default: break
      }
    case .negate(let inner): return terms(of: inner, isNegative: !isNegative)
    default: break
    }
    return [isNegative ? Expression(.negate(sum), sum.range) : sum]
  }

  func isName(_ expression: Expression, _ name: Expression) -> Bool {
    guard case .name = expression.withoutGroups.node else { return false }
    return expression.hasSameForm(as: name)
  }

  func mentions(_ expression: Expression, _ name: Expression) -> Bool {
    expression.contains { isName($0, name) }
  }

  /// The factor beside a name in a product of two.
  private func factor(of product: Expression, beside name: Expression) -> Expression? {
    guard case .binary(let sign, let left, let right) = product.withoutGroups.node,
      sign == .elementwise || sign == .multiply
    else { return nil }
    if isName(left, name), !mentions(right, name) { return right }
    if isName(right, name), !mentions(left, name) { return left }
    return nil
  }

  /// Reads `returns.insert(0, R)` and `returns.append(e)`; returns whether the statement was one of them.
  private mutating func appended(
    _ array: PythonArray, _ iterable: PythonIterable
  ) throws(Diagnostic) -> Bool {
    guard index + 3 < tokens.count, case .name(let list) = kind, scope[list]?.isEmptyList == true,
      tokens[index + 1].kind == .sign("."), case .name(let method) = tokens[index + 2].kind,
      method == "append" || method == "insert", tokens[index + 3].kind == .sign("(")
    else { return false }
    let start = index
    let sign = tokens[index + 2].range
    let written = Expression(.name(PythonNames.name(list, at: token.range)), token.range)
    index += 4
    if method == "insert" {
      guard case .number(0, _) = kind else { throw unreadLoop(token.range) }
      advance()
      try expect(",")
    }
    let before = uses
    let value = try self.value()
    try expect(")")
    try endOfStatement()
    if frame.isReversed, let variable = array.variables.first {
      let entry = try expression(of: value)
      if let first = array.lower {
        guard case .number(0, _) = first.withoutGroups.node else { throw unreadLoop(sign) }
      }
      guard depth == 1 else { throw unreadLoop(sign) }
      frame.bodies.append(entry)
      let index = Expression(.name(variable), sign)
      let statement = Statement(
        first: Expression(.element(written, [index]), written.range),
        links: [Statement.Link(.equal, at: sign, handedOn(entry))], conditions: array.bounds,
        range: tokens[start].range)
      fill(list, written, by: statement, isWhole: method == "insert")
      return true
    }
    if let name = name(of: value), let decay = recurrences[name] {
      guard direction(of: iterable) == true else { throw unreadLoop(sign) }
      let statement = try returns(written, decay, iterable, sign, from: start)
      fill(list, written, by: statement, isWhole: method == "insert")
      return true
    }
    guard method == "append", direction(of: iterable) == false else { throw unreadLoop(sign) }
    var array = array
    array.body = try expression(of: value)
    frame.bodies.append(array.body)
    array.dependsOnIndex = !array.variables.isEmpty || uses > before
    scope[list] = .array(array)
    return true
  }

  /// Notes what a loop backwards fills a list with; by `append` it is whole only when it is reversed.
  private mutating func fill(
    _ list: String, _ written: Expression, by statement: Statement, isWhole: Bool
  ) {
    guard isWhole, case .name(let name) = written.node else {
      backward[list] = statement
      return
    }
    append(statement)
    scope[list] = .array(PythonArray(body: written, name: name))
  }

  /// The statement that a loop backwards makes: `returns[t] = sum over k >= t of decay^(k - t) source[k]`.
  private mutating func returns(
    _ list: Expression, _ decay: Expression?, _ iterable: PythonIterable,
    _ sign: SourceRange, from start: Int
  ) throws(Diagnostic) -> Statement {
    guard case .reversed(.array(let array)) = iterable else { throw unreadLoop(sign) }
    let range = tokens[start].range
    guard let decay else {
      let sums = Expression(.call(.reverseCumulativeSum, [array]), array.range)
      return Statement(first: list, links: [Statement.Link(.equal, at: sign, sums)], range: range)
    }
    func name(_ text: String) -> Expression { Expression(.name(Name(text)), range) }
    let distance = Expression(.group(.parentheses, join(.subtract, name("k"), name("t"))), range)
    let power = join(.power, decay, distance)
    let entry = Expression(.element(array, [name("k")]), array.range)
    let condition = Expression(.relation(.greaterOrEqual, name("k"), name("t")), range)
    let sum = Reduction(
      .sum, variables: [Name("k")], condition: condition, body: join(.elementwise, power, entry))
    let first = Expression(.element(list, [name("t")]), list.range)
    let link = Statement.Link(.equal, at: sign, Expression(.reduction(sum), range))
    return Statement(first: first, links: [link], range: range)
  }
}
