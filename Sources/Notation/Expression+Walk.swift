extension Expression {
  /// The expressions directly inside: operands, arguments, bounds, measures, bodies; not the indices of names.
  public var children: [Expression] {
    var children: [Expression] = []
    forEachChild { children.append($0) }
    return children
  }

  /// Calls a function with every child, without a list of them.
  public func forEachChild(_ visit: (Expression) -> Void) {
    _ = hasChild {
      visit($0)
      return false
    }
  }

  /// Returns whether a condition holds for some child, without a list of them; stops at the first.
  private func hasChild(where condition: (Expression) -> Bool) -> Bool {
    switch node {
    case .number, .name, .infinity, .ellipsis, .placeholder, .words, .unread: false
    case .negate(let inner), .group(_, let inner), .bars(let inner), .transpose(let inner),
      .factorial(let inner):
      condition(inner)
    case .binary(_, let left, let right), .divergence(let left, let right),
      .relation(_, let left, let right):
      condition(left) || condition(right)
    case .call(_, let arguments), .tuple(let arguments): arguments.contains(where: condition)
    case .apply(_, let arguments):
      arguments.groups.contains { $0.contains(where: condition) }
    case .reduction(let reduction):
      reduction.lower.map(condition) ?? false || reduction.upper.map(condition) ?? false
        || reduction.condition.map(condition) ?? false || condition(reduction.body)
    case .expectation(let expectation):
      expectation.measures.contains(where: condition) || condition(expectation.body)
        || expectation.given.contains(where: condition)
    case .derivative(let derivative):
      derivative.variable.map(condition) ?? false || condition(derivative.body)
    case .norm(let inner, let index): condition(inner) || index.map(condition) ?? false
    case .matrix(let rows): rows.contains { $0.contains(where: condition) }
    case .element(let array, let indices):
      condition(array) || indices.contains(where: condition)
    }
  }

  /// Calls a function with this expression and everything inside, outermost first.
  public func walk(_ visit: (Expression) -> Void) {
    visit(self)
    forEachChild { $0.walk(visit) }
  }

  /// Returns whether a condition holds for this expression or something inside.
  public func contains(where condition: (Expression) -> Bool) -> Bool {
    condition(self) || hasChild { $0.contains(where: condition) }
  }

  /// Whether a stretch inside could not be read.
  public var hasUnread: Bool {
    contains { if case .unread = $0.node { true } else { false } }
  }

  /// The expression without the brackets directly around it.
  public var withoutGroups: Expression {
    var inner = self
    while case .group(_, let next) = inner.node { inner = next }
    return inner
  }

  /// Returns whether two expressions are written alike, but for places and brackets of grouping.
  public func hasSameForm(as other: Expression) -> Bool {
    description == other.description
  }

  /// Returns whether a variable occurs that is not bound inside.
  ///
  /// Occurs: as a name, as an index, or in an argument. Names are compared by their canonical form.
  public func mentions(_ variable: String) -> Bool {
    switch node {
    case .name(let name): return name.description == variable || name.mentionsInside(variable)
    case .apply(let name, _) where name.mentionsInside(variable): return true
    case .reduction(let reduction):
      let bounds = [reduction.lower, reduction.upper].compactMap { $0 }
      if bounds.contains(where: { $0.mentions(variable) }) { return true }
      if reduction.variables.contains(where: { $0.description == variable }) { return false }
      return reduction.condition?.mentions(variable) ?? false
        || reduction.body.mentions(variable)
    default: return children.contains { $0.mentions(variable) }
    }
  }
}

extension Name {
  /// Returns whether a variable occurs in an index.
  func mentionsInside(_ variable: String) -> Bool {
    subscripts.contains { $0.mentions(variable) } || superscripts.contains { $0.mentions(variable) }
  }
}
