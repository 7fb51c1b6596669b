extension Expression {
  /// Returns the expression with every direct part replaced, those in indices included.
  public func mapped(_ transform: (Expression) -> Expression) -> Expression {
    var result = self
    switch node {
    case .number, .infinity, .ellipsis, .placeholder, .words, .unread: break
    case .name(let name): result.node = .name(name.mapped(transform))
    case .negate(let inner): result.node = .negate(transform(inner))
    case .binary(let operation, let left, let right):
      result.node = .binary(operation, transform(left), transform(right))
    case .group(let delimiter, let inner): result.node = .group(delimiter, transform(inner))
    case .call(let function, let arguments):
      result.node = .call(function, arguments.map(transform))
    case .apply(let name, let arguments):
      var groups = arguments
      groups.groups = arguments.groups.map { $0.map(transform) }
      result.node = .apply(name.mapped(transform), groups)
    case .reduction(var reduction):
      reduction.lower = reduction.lower.map(transform)
      reduction.upper = reduction.upper.map(transform)
      reduction.condition = reduction.condition.map(transform)
      reduction.body = transform(reduction.body)
      result.node = .reduction(reduction)
    case .expectation(var expectation):
      expectation.measures = expectation.measures.map(transform)
      expectation.body = transform(expectation.body)
      expectation.given = expectation.given.map(transform)
      result.node = .expectation(expectation)
    case .divergence(let first, let second):
      result.node = .divergence(transform(first), transform(second))
    case .derivative(var derivative):
      derivative.variable = derivative.variable.map(transform)
      derivative.body = transform(derivative.body)
      result.node = .derivative(derivative)
    case .bars(let inner): result.node = .bars(transform(inner))
    case .norm(let inner, let index):
      result.node = .norm(transform(inner), index: index.map(transform))
    case .transpose(let inner): result.node = .transpose(transform(inner))
    case .factorial(let inner): result.node = .factorial(transform(inner))
    case .tuple(let entries): result.node = .tuple(entries.map(transform))
    case .matrix(let rows): result.node = .matrix(rows.map { $0.map(transform) })
    case .element(let array, let indices):
      result.node = .element(transform(array), indices.map(transform))
    case .relation(let relation, let left, let right):
      result.node = .relation(relation, transform(left), transform(right))
    }
    return result
  }
}

extension Name {
  fileprivate func mapped(_ transform: (Expression) -> Expression) -> Name {
    var result = self
    result.subscripts = subscripts.map(transform)
    result.superscripts = superscripts.map(transform)
    return result
  }
}
