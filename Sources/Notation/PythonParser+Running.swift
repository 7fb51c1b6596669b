/// What a loop knows of the statements in its body.
struct PythonFrame {
  /// How the loop runs.
  var array: PythonArray
  /// Whether it runs from the last entry to the first.
  var isReversed: Bool
  /// Names that get their value anew in each turn.
  var locals: Set<String> = []
  /// Names that the loop adds to, as they are written.
  var added: [Expression] = []
  /// What names stood for before the loop gave them a running value.
  var held: [String: PythonValue?] = [:]
  /// What the body computes.
  var bodies: [Expression] = []
}

extension PythonParser {
  /// Adds to a name that got its value in the same turn of the loop; returns whether it is one.
  mutating func addsLocally(_ sum: PythonAccumulation) -> Bool {
    guard frame.locals.contains(sum.name), case .expression(let old)? = scope[sum.name] else {
      return false
    }
    var value = sum.term
    if case .number(0, _) = old.withoutGroups.node {} else { value = added(old, value) }
    scope[sum.name] = .expression(Expression(.group(.parentheses, value), value.range))
    return true
  }

  /// Gives a name that the loop adds to the value that it has reached, for the lines below.
  mutating func run(_ sum: PythonAccumulation, dependsOnIndex: Bool) throws(Diagnostic) {
    let name = sum.name
    let isSecond = frame.held[name] != nil
    if isSecond, runningRead.contains(name) { throw unreadLoop(sum.sign) }
    frame.added.append(sum.target)
    let held = isSecond ? frame.held[name] ?? nil : scope[name]
    frame.held[name] = .some(held)
    scope[name] = nil
    guard !isSecond, let total = running(sum.term, decay: nil, dependsOnIndex: dependsOnIndex)
    else { return }
    let start: Expression
    if case .expression(let old)? = held {
      start = old
    } else if let old = values[name]?.expression {
      start = old
    } else {
      return
    }
    var value = total
    if case .number(0, _) = start.withoutGroups.node {} else { value = added(start, total) }
    scope[name] = .expression(Expression(.group(.parentheses, value), value.range))
  }

  /// Gives a name that a loop computes from its last value, `G = r[t] + gamma * G`, the sum that it is.
  mutating func recur(
    _ name: String, _ written: Expression, decay: Expression, _ terms: [Expression],
    _ place: SourceRange
  ) throws(Diagnostic) {
    guard var total = terms.first, frame.held[name] == nil,
      let variable = frame.array.variables.first, !decay.mentions(variable.description)
    else { throw unreadLoop(place) }
    for term in terms.dropFirst() { total = added(total, term) }
    guard let value = running(total, decay: decay, dependsOnIndex: true) else {
      throw unreadLoop(place)
    }
    frame.bodies += [decay, total]
    frame.added.append(written)
    frame.held[name] = .some(scope[name])
    scope[name] = .expression(Expression(.group(.parentheses, value), value.range))
  }

  /// The sum of a term over the turns so far, each weighed by a power of the decay.
  private mutating func running(
    _ term: Expression, decay: Expression?, dependsOnIndex: Bool
  ) -> Expression? {
    let array = frame.array
    let range = term.range
    guard let variable = array.variables.first else {
      guard decay == nil, dependsOnIndex else { return nil }
      let sums: Function = frame.isReversed ? .reverseCumulativeSum : .cumulativeSum
      return Expression(.call(sums, [term.withoutGroups]), range)
    }
    let step = Expression(.name(variable), range)
    let other = freshIndex()
    let index = Expression(.name(other), range)
    var body = term.withoutGroups
    if body.mentions(variable.description) {
      var evaluation = Evaluation(
        of: variable.description, at: index, functions: [], isDerived: true)
      body = evaluation.result(of: body)
      guard evaluation.fault == nil else { return nil }
    }
    if let decay {
      let distance =
        frame.isReversed ? join(.subtract, index, step) : join(.subtract, step, index)
      let power = join(.power, decay, Expression(.group(.parentheses, distance), range))
      body = join(.elementwise, power, body)
    }
    var sum = Reduction(.sum, variables: [other], body: body)
    if !frame.isReversed {
      sum.lower = array.lower ?? array.firstIndex ?? Expression(.number(0, digits: 0), range)
      sum.upper = step
    } else if let upper = array.upper {
      sum.lower = step
      sum.upper = upper
    } else {
      sum.condition = Expression(.relation(.greaterOrEqual, index, step), range)
    }
    return Expression(.reduction(sum), range)
  }

  /// Writes what the entries of a list are that a loop filled by an index.
  mutating func define(_ list: String, range: SourceRange) {
    guard case .array(var array)? = scope[list], let variable = array.variables.first,
      array.firstIndex == nil
    else { return }
    let name = PythonNames.name(list, at: range)
    array.name = name
    scope[list] = .array(array)
    let entry = Node.element(
      Expression(.name(name), range), [Expression(.name(variable), range)])
    let link = Statement.Link(.equal, at: range, handedOn(array.body))
    append(
      Statement(
        first: Expression(entry, range), links: [link], conditions: array.bounds, range: range))
  }

  /// Takes back running values; what was computed from a value before it was reached cannot be read.
  mutating func endFrame(_ place: SourceRange) throws(Diagnostic) {
    for name in frame.held.keys.sorted() {
      scope[name] = frame.held[name] ?? nil
      runningRead.remove(name)
    }
    for name in frame.added {
      guard !frame.bodies.contains(where: { mentions($0, name) }) else { throw unreadLoop(place) }
    }
  }

  /// Reads `G[t] = value` where `t` counts the turns of the loop; returns whether the statement is one.
  mutating func assignedEntry(
    _ target: PythonValue, from start: Int
  ) throws(Diagnostic) -> Bool {
    guard isSign("="), depth == 1, case .expression(let entry) = target,
      case .element(let whole, let indices) = entry.node, indices.count == 1,
      let variable = frame.array.variables.first,
      isName(indices[0], Expression(.name(variable), entry.range))
    else { return false }
    let sign = token.range
    advance()
    let value = try expression()
    try endOfStatement()
    guard !mentions(value, whole) else { throw unreadLoop(sign) }
    frame.bodies.append(value)
    let words = removeLast(assigning: whole)
    let link = Statement.Link(.equal, at: sign, handedOn(value))
    append(
      Statement(
        first: entry, links: [link], conditions: frame.array.bounds, words: words,
        range: tokens[start].range))
    return true
  }
}
