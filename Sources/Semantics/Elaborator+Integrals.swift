internal import Compute
internal import Notation

extension Elaborator {
  /// Integrates over one variable: in the coordinate of a density if the integrand has one.
  mutating func integral(
    _ reduction: Reduction, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let variable = reduction.variables.first else {
      throw Misunderstanding(
        .nonsense, "the integral does not say over which variable", at: range)
    }
    var body = reduction.body
    if reduction.variables.count > 1 {
      var inner = reduction
      inner.variables.removeFirst()
      body = Expression(.reduction(inner), range)
    }
    guard world.states == nil || !isLatent(variable) else {
      throw Misunderstanding(
        .outOfReach, "an integral over a discrete '\(variable)' is not evaluated", at: range)
    }
    switch try limits(of: reduction) {
    case .line: return try overLine(body, variable, at: range)
    case .interval(let lower, let upper):
      let rule = openQuadrature(Quadrature.interval)
      defer { closeAxis() }
      let half = builder.binary(
        .multiply, builder.constant(0.5), builder.binary(.subtract, upper, lower))
      let middle = builder.binary(
        .multiply, builder.constant(0.5), builder.binary(.add, upper, lower))
      return try integrated(body, variable, rule, location: middle, scale: half, at: range)
    case .above(let lower):
      let rule = openQuadrature(Quadrature.above)
      defer { closeAxis() }
      return try integrated(
        body, variable, rule, location: lower, scale: builder.constant(1), at: range)
    case .below(let upper):
      let rule = openQuadrature(Quadrature.above)
      defer { closeAxis() }
      let value = try integrated(
        body, variable, rule, location: upper, scale: builder.constant(-1), at: range)
      return negated(value)
    }
  }

  private enum Limits {
    case line
    case interval(NodeID, NodeID)
    case above(NodeID)
    case below(NodeID)
  }

  private mutating func limits(of reduction: Reduction) throws(Misunderstanding) -> Limits {
    let lower = reduction.lower.flatMap { isInfinite($0) ? nil : $0 }
    let upper = reduction.upper.flatMap { isInfinite($0) ? nil : $0 }
    switch (lower, upper) {
    case (nil, nil): return .line
    case (let lower?, let upper?): return .interval(try number(lower), try number(upper))
    case (let lower?, nil): return .above(try number(lower))
    case (nil, let upper?): return .below(try number(upper))
    }
  }

  private func isInfinite(_ expression: Expression) -> Bool {
    switch expression.node {
    case .infinity: true
    case .negate(let inner), .group(_, let inner): isInfinite(inner)
    default: false
    }
  }

  /// Integrates over the whole line, in the standard coordinate of the first density of the variable.
  private mutating func overLine(
    _ body: Expression, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let coordinate = try coordinate(for: variable, in: body) else {
      let rule = openQuadrature(Quadrature.everywhere)
      defer { closeAxis() }
      return try integrated(
        body, variable, rule, location: builder.constant(0), scale: builder.constant(1),
        at: range)
    }
    let (mean, deviation) = try parameters(coordinate, member: variable.indexTokens, at: range)
    let rule = openQuadrature(world.quadrature.standardised)
    defer { closeAxis() }
    return try integrated(
      body, variable, rule, location: mean, scale: deviation, at: range,
      distribution: coordinate)
  }

  /// Places the variable on the nodes of a rule and adds the weighted values.
  private mutating func integrated(
    _ body: Expression, _ variable: Name,
    _ rule: (axis: Axis, nodes: NodeID, weights: NodeID), location: NodeID, scale: NodeID,
    at range: SourceRange, distribution: DistributionValue? = nil
  ) throws(Misunderstanding) -> Quantity {
    let point = builder.binary(.add, location, builder.binary(.multiply, scale, rule.nodes))
    let binding = Binding(
      name: variable.description, meaning: .value(Quantity(point)), distribution: distribution)
    let value = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(body)
    }
    guard value.isNumber else {
      throw Misunderstanding(.outOfReach, "the integrand is not a number", at: range)
    }
    let weighted = builder.binary(
      .multiply, value.node, builder.binary(.multiply, rule.weights, scale))
    return Quantity(builder.integral(weighted, over: rule.axis))
  }

  /// Returns the distribution whose density of the variable stands in the integrand, factors before logarithms.
  private mutating func coordinate(
    for variable: Name, in body: Expression
  ) throws(Misunderstanding) -> DistributionValue? {
    var queue = [body]
    var next = 0
    while next < queue.count, next < 4000 {
      let expression = queue[next]
      next += 1
      switch expression.node {
      case .name(let name) where name.description == variable.description && isLatent(name):
        // Its own values are meant, whatever else the answer calls by the name.
        if let found = try? prior(at: expression.range), hasCoordinate(found) { return found }
      case .name(let name):
        if let found = try? distribution(named: name, at: expression.range),
          hasCoordinate(found)
        {
          return found
        }
      case .apply(let name, let arguments):
        if let found = try? density(name, arguments, coordinateFor: variable, at: expression.range),
          hasCoordinate(found)
        {
          return found
        }
      default: break
      }
      queue += expression.children
    }
    return nil
  }

  private func hasCoordinate(_ distribution: DistributionValue) -> Bool {
    if case .normal = distribution { return true }
    return false
  }

  /// Returns the value that a body tends to.
  mutating func limit(
    _ reduction: Reduction, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let variable = reduction.variables.first, let target = reduction.lower else {
      throw Misunderstanding(.nonsense, "the limit does not say where it is taken", at: range)
    }
    let isFar = isInfinite(target)
    var point = isFar ? builder.constant(1e12) : try number(target)
    if isFar, case .negate = target.node { point = builder.constant(-1e12) }
    let binding = Binding(name: variable.description, meaning: .value(Quantity(point)))
    let body = reduction.body
    return try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(body)
    }
  }
}
