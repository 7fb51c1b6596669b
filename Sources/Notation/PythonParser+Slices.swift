extension PythonParser {
  /// Reads a slice `x[a:b]` from its colon on, or behind it if there is no first bound.
  // slice = [value] ":" [value] "]"
  mutating func slice(
    of value: PythonValue, from lower: Expression?, _ start: SourceRange
  ) throws(Diagnostic) -> PythonValue {
    let place = token.range
    if lower != nil { advance() }
    let upper = isSign("]") ? nil : try expression()
    guard skip("]") else { throw unreadSlice(place) }
    let range = start.union(tokens[index - 1].range)
    for bound in [lower, upper] {
      if case .negate? = bound?.node { throw unreadSlice(place) }
    }
    return .array(try slice(of: try expression(of: value), lower, upper, range))
  }

  /// The entries of an array between two bounds by an index that the code does not use.
  private mutating func slice(
    of whole: Expression, _ lower: Expression?, _ upper: Expression?, _ range: SourceRange
  ) throws(Diagnostic) -> PythonArray {
    let variable = freshIndex()
    let index = Expression(.name(variable), range)
    var array = PythonArray(
      body: Expression(.element(whole, [index]), range), variables: [variable])
    if let upper {
      array.lower = lower ?? Expression(.number(0, digits: 0), range)
      array.upper = predecessor(of: upper)
      array.count = lower.map { join(.subtract, upper, $0) } ?? upper
    } else if let lower {
      array.condition = Expression(.relation(.greaterOrEqual, index, lower), range)
    }
    return array
  }

  /// Returns a name for an index that stands nowhere in the code and was not drawn for this statement.
  mutating func freshIndex() -> Name {
    for primes in 0..<8 {
      for text in ["k", "j", "i", "l", "m", "n"]
      where primes > 0 || !tokens.contains(where: { $0.kind == .name(text) }) {
        let name = Name(text, primes: primes)
        if drawnIndices.insert(name.description).inserted { return name }
      }
    }
    return Name("k", primes: 8)
  }

  /// `n - 1`, and `t` of `t + 1`.
  func predecessor(of bound: Expression) -> Expression {
    switch bound.withoutGroups.node {
    case .number(let value, _): return Expression(.number(value - 1, digits: 0), bound.range)
    case .binary(.add, let left, let right):
      if case .number(1, _) = right.node { return left }
      if case .number(1, _) = left.node { return right }
    default: break
    }
    return join(.subtract, bound, Expression(.number(1, digits: 0), bound.range))
  }
}
