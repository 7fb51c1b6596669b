extension PythonParser {
  /// Gives the variables of a loop their meaning and returns how the loop runs; its body is still empty.
  mutating func bind(
    _ target: PythonTarget, to iterable: PythonIterable
  ) throws(Diagnostic) -> PythonArray {
    if let array = try bindSlice(target, iterable) { return array }
    let empty = Expression(.ellipsis, token.range)
    let isReversed = direction(of: iterable)
    guard let index = index(of: target, iterable) ?? madeIndex(isReversed) else {
      var array = PythonArray(body: empty)
      try assign(target, iterable, element: nil, keepsDirection: isReversed == nil, &array)
      return array
    }
    guard isReversed != nil else {
      throw Diagnostic("a loop forwards and backwards cannot be read", at: token.range)
    }
    var array = PythonArray(body: empty, variables: [PythonNames.name(index.text, at: index.range)])
    scope[index.text] = nil
    values[index.text] = nil
    let variable = Expression(.name(PythonNames.name(index.text, at: index.range)), index.range)
    try assign(target, iterable, element: variable, keepsDirection: false, &array)
    return array
  }

  /// Gives the variables of a loop over a slice their meaning: the counter runs from its first entry.
  private mutating func bindSlice(
    _ target: PythonTarget, _ iterable: PythonIterable
  ) throws(Diagnostic) -> PythonArray? {
    let entry: PythonTarget
    var counter: String?
    let array: PythonArray
    switch (iterable, target) {
    case (.slice(let slice), .name): (array, entry) = (slice, target)
    case (.enumerate(.slice(let slice)), .tuple(let items, _)):
      guard items.count == 2, case .name(let name, _) = items[0] else { return nil }
      (array, entry, counter) = (slice, items[1], name)
    default: return nil
    }
    guard case .name(let name, let range) = entry, let variable = array.variables.first else {
      return nil
    }
    values[name] = nil
    scope[name] = .expression(array.body)
    if let counter {
      values[counter] = nil
      var count = Expression(.name(variable), range)
      if let first = array.firstIndex {
        count = Expression(.group(.parentheses, join(.subtract, count, first)), range)
      }
      scope[counter] = .expression(count)
    }
    return array
  }

  /// An index for a loop over whole arrays, if it is read with one.
  private mutating func madeIndex(_ isReversed: Bool?) -> (text: String, range: SourceRange)? {
    guard countsEntries, isReversed != nil else { return nil }
    let isFree = scope["t"] == nil && !tokens.contains { $0.kind == .name("t") }
    if isFree, drawnIndices.insert("t").inserted { return ("t", token.range) }
    let name = freshIndex()
    return name.primes == 0 ? (name.base, token.range) : nil
  }

  /// Whether all arrays run backwards, or all forwards; `nil` if they differ.
  func direction(of iterable: PythonIterable) -> Bool? {
    switch iterable {
    case .range, .array, .slice: return false
    case .enumerate(let inner):
      // The counter runs forwards.
      return direction(of: inner) == false ? false : nil
    case .reversed(let inner): return direction(of: inner).map { !$0 }
    case .zip(let parts):
      let directions = parts.map(direction)
      guard let first = directions.first, directions.allSatisfy({ $0 == first }) else { return nil }
      return first
    }
  }

  /// The variable that counts, if the loop has one.
  private func index(
    of target: PythonTarget, _ iterable: PythonIterable
  ) -> (text: String, range: SourceRange)? {
    switch (iterable, target) {
    case (.range, .name(let name, let range)): return (name, range)
    case (.enumerate, .tuple(let items, _)):
      if case .name(let name, let range)? = items.first { return (name, range) }
      return nil
    case (.reversed(let inner), _): return index(of: target, inner)
    case (.zip(let parts), .tuple(let items, _)):
      for (item, part) in zip(items, parts) {
        if let found = index(of: item, part) { return found }
      }
      return nil
    default: return nil
    }
  }

  private mutating func assign(
    _ target: PythonTarget, _ iterable: PythonIterable, element: Expression?, keepsDirection: Bool,
    _ array: inout PythonArray
  ) throws(Diagnostic) {
    switch (iterable, target) {
    case (.range(let lower, let upper), .name(_, let range)):
      let one = Expression(.number(1, digits: 0), range)
      array.lower = lower ?? Expression(.number(0, digits: 0), range)
      array.upper = Expression(.binary(.subtract, upper, one), upper.range)
      array.count = lower.map { join(.subtract, upper, $0) } ?? upper
    case (.enumerate(let inner), .tuple(let items, _)) where items.count == 2:
      try assign(items[1], inner, element: element, keepsDirection: keepsDirection, &array)
    case (.reversed(let inner), _):
      guard keepsDirection, case .array(let expression) = inner else {
        return try assign(target, inner, element: element, keepsDirection: false, &array)
      }
      let flipped = Expression(.call(.flip, [expression]), expression.range)
      try assign(target, .array(flipped), element: element, keepsDirection: true, &array)
    case (.zip(let parts), .tuple(let items, let range)):
      guard parts.count == items.count else {
        throw Diagnostic("\(items.count) variables for \(parts.count) lists", at: range)
      }
      for (item, part) in zip(items, parts) {
        try assign(item, part, element: element, keepsDirection: keepsDirection, &array)
      }
    case (.array(let expression), .name(let name, _)):
      values[name] = nil
      if name != "_" {
        let entry = element.map { Expression(.element(expression, [$0]), expression.range) }
        scope[name] = .expression(entry ?? expression)
      }
      if array.count == nil {
        array.count = Expression(.call(.count, [expression]), expression.range)
      }
    case (_, .name(_, let range)), (_, .tuple(_, let range)):
      throw Diagnostic("the variables of this loop cannot be read", at: range)
    }
  }
}
