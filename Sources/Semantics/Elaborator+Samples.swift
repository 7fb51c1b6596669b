internal import Compute
public import Notation

/// What stands for the draws of an estimator: `\frac1S \sum_s \log p(x \mid z^{(s)})`.
public enum Sampling: Hashable, Sendable {
  /// The expectation over the draws.
  case expected
  /// One number for all draws, the same at each evaluation.
  case fixed
}

extension Elaborator {
  /// The draw in standard units where all are one number.
  private static let fixedDraw = 0.6180339887
  /// The number of draws, where a letter counts them.
  private static let drawCount = 3.0

  /// Returns the meaning of a formula with draws: its expectation, or its value at one draw.
  mutating func estimate(
    _ expression: Expression, as kind: Sampling
  ) throws(Misunderstanding) -> Quantity {
    let saved = sampling
    sampling = kind
    defer { sampling = saved }
    let counts = drawCounts(in: expression).map {
      Binding(name: $0, meaning: .value(Quantity(builder.constant(Self.drawCount))))
    }
    return try withBindings(counts) { elaborator throws(Misunderstanding) in
      switch kind {
      case .expected: try elaborator.expected(expression)
      case .fixed: try elaborator.drawn(expression, at: expression.range)
      }
    }
  }

  /// Sums over draws, each like the others.
  ///
  /// - Returns: `nil` if the sum is over something else.
  mutating func overDraws(
    _ reduction: Reduction, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let sampling, isOverDraws(reduction) else { return nil }
    guard sampling == .fixed else {
      throw Misunderstanding(
        .outOfReach, "the expectation is not that of a sum of draws", at: range)
    }
    return try times(count(of: reduction), try quantity(reduction.body), at: range)
  }

  // MARK: - Expectations

  /// Takes sums and factors without draws out of the expectation.
  private mutating func expected(
    _ expression: Expression
  ) throws(Misunderstanding) -> Quantity {
    guard holdsDraws(expression) else { return try quantity(expression) }
    let range = expression.range
    switch expression.node {
    case .group(_, let inner): return try expected(inner)
    case .negate(let inner): return negated(try expected(inner))
    case .binary(let operation, let left, let right):
      switch operation {
      case .add, .subtract:
        return try scaled(
          operation == .add ? .add : .subtract, try expected(left), try expected(right), at: range)
      case .multiply where left.isFunctionValue && right.isReduction:
        // `\log \frac1S \sum_s`: whether the sum belongs to the logarithm is not clear.
        throw Misunderstanding(.outOfReach, "where the function ends is not clear", at: range)
      case .multiply where !holdsDraws(left) || !holdsDraws(right):
        return try scaled(.multiply, try expected(left), try expected(right), at: range)
      case .divide where !holdsDraws(right):
        return try scaled(.divide, try expected(left), try quantity(right), at: range)
      default: return try drawn(expression, at: range)
      }
    case .reduction(let reduction) where isOverDraws(reduction):
      return try times(count(of: reduction), try drawn(reduction.body, at: range), at: range)
    default: return try drawn(expression, at: range)
    }
  }

  private mutating func times(
    _ count: NodeID, _ value: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    try scaled(.multiply, Quantity(count), value, at: range)
  }

  /// Evaluates a body with the latent variable drawn from the encoder, and the noise with it.
  private mutating func drawn(
    _ body: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let indices = Set(drawNames(in: body).map { $0.indexTokens.map(\.text) })
    let isSum = body.contains { expression in
      if case .reduction(let reduction) = expression.node { return isOverDraws(reduction) }
      return false
    }
    guard indices.count <= 1 && !isSum || sampling == .fixed else {
      throw Misunderstanding(.outOfReach, "the draws depend on each other", at: range)
    }
    let encoder = try encoder(at: range)
    guard case .normal = encoder else { return try drawnState(body, at: range) }
    let (mean, deviation) = try parameters(encoder, member: [], at: range)
    var noise = builder.constant(Self.fixedDraw)
    var rule: (axis: Axis, weights: NodeID)?
    if sampling == .expected {
      let (axis, nodes, weights) = openQuadrature(world.quadrature.normal)
      noise = nodes
      rule = (axis, weights)
    }
    defer { if rule != nil { closeAxis() } }
    let point = builder.binary(.add, mean, builder.binary(.multiply, deviation, noise))
    var draws = ["z", "h"].map {
      Binding(name: $0, meaning: .value(Quantity(point)), distribution: encoder)
    }
    draws += NoiseNames.all.sorted().map {
      Binding(name: $0, meaning: .value(Quantity(noise)), distribution: standardNormal())
    }
    // What the answer defines the latent variable to be comes first: `z = \mu + \sigma \epsilon`.
    draws.removeAll { definitions.match(stem: $0.name, tokens: []) != nil }
    let value = try withBindings(draws) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(body)
    }
    guard let rule else { return value }
    guard value.isNumber else {
      throw Misunderstanding(.outOfReach, "the estimate is not a number", at: range)
    }
    let weighted = builder.binary(.multiply, value.node, rule.weights)
    return Quantity(builder.integral(weighted, over: rule.axis))
  }

  private mutating func drawnState(
    _ body: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let states = world.states, let model = world.model, sampling == .expected else {
      throw Misunderstanding(.outOfReach, "a state is no number that could be drawn", at: range)
    }
    let state = openAxis(count: builder.count(of: states))
    defer { closeAxis() }
    let logWeight = model.logDensity(.encoder, at: .state(state), in: &builder)
    let draw = Binding(
      name: "z", meaning: .value(Quantity(stateNumber(along: state))),
      distribution: .model(.encoder), state: state)
    let value = try withBindings([draw]) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(body)
    }
    let weighted = builder.binary(.multiply, value.node, builder.unary(.exp, logWeight))
    return Quantity(builder.reduce(.sum, weighted, over: state), axes: value.axes)
  }

  // MARK: - Which names are draws

  private func holdsDraws(_ expression: Expression) -> Bool { !drawNames(in: expression).isEmpty }

  /// The latent variables and noises that nothing in the expression binds.
  private func drawNames(in expression: Expression) -> [Name] { expression.drawNames(isDraw) }

  private func isDraw(_ name: Name) -> Bool {
    isDrawn(name)
      && !bindings.contains { $0.name == name.stem || $0.name == name.description }
  }

  /// Whether a name is that of a draw, bound or not.
  private func isDrawn(_ name: Name) -> Bool {
    isLatent(name) || NoiseNames.all.contains(name.stem)
  }

  private func isOverDraws(_ reduction: Reduction) -> Bool {
    guard reduction.kind == .sum, reduction.variables.count == 1 else { return false }
    let index = reduction.variables[0].description
    return reduction.body.drawNames(isDrawn).contains { name in
      name.superscripts.flatMap(Name.tokens(of:)).contains { $0.text == index }
        || reduction.countsDraws
          && name.indexTokens.contains { $0.text == index }
    }
  }

  private mutating func count(of reduction: Reduction) throws(Misunderstanding) -> NodeID {
    if let upper = reduction.upper {
      let last = try number(upper)
      guard let lower = reduction.lower else { return last }
      let before = builder.binary(.subtract, try number(lower), builder.constant(1))
      return builder.binary(.subtract, last, before)
    }
    return builder.constant(Self.drawCount)
  }

  /// The letters that count draws and mean nothing else.
  private func drawCounts(in expression: Expression) -> [String] {
    var found: [String] = []
    var open = [expression]
    while let next = open.popLast() {
      if case .reduction(let reduction) = next.node, isOverDraws(reduction) {
        switch reduction.upper?.withoutGroups.node {
        case .name(let name): found.append(name.description)
        case nil: found.append(reduction.variables[0].description.uppercased())
        default: break
        }
      }
      open += next.children
    }
    return Set(found).filter { vocabulary.meanings[$0] == nil }.sorted()
  }
}

extension Expression {
  fileprivate var isFunctionValue: Bool {
    if case .call = node { return true }
    return false
  }

  fileprivate var isReduction: Bool {
    if case .reduction = node { return true }
    return false
  }
}

extension Reduction {
  /// Whether the range is that of draws by its letters: `\sum_{s=1}^S`, `\sum_l`.
  fileprivate var countsDraws: Bool {
    ["s", "l", "m"].contains(variables.first?.description ?? "")
  }
}

extension Expression {
  /// The names of a kind that no expectation or integral inside binds.
  fileprivate func drawNames(_ isDraw: (Name) -> Bool) -> [Name] {
    switch node {
    case .name(let name): return isDraw(name) ? [name] : []
    // These bring their own draws.
    case .expectation, .divergence: return []
    case .reduction(let reduction):
      let bound = reduction.variables.map(\.description)
      return children.flatMap { $0.drawNames(isDraw) }.filter { !bound.contains($0.description) }
    default: return children.flatMap { $0.drawNames(isDraw) }
    }
  }

  /// Whether a draw stands in the expression: a latent variable or noise that nothing binds.
  public var holdsDraws: Bool {
    !drawNames { ["z", "h"].contains($0.base) || NoiseNames.all.contains($0.base) }.isEmpty
  }
}
