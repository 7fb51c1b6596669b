internal import Compute
internal import Notation

extension Elaborator {
  /// Returns an expectation: the body on a quadrature axis or on the states, weighted.
  mutating func expect(
    _ expectation: Expectation, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if world.decisions != nil { return try expectDecisions(expectation, at: range) }
    guard expectation.given.isEmpty else {
      throw Misunderstanding(
        .outOfReach, "a conditional expectation is not evaluated here", at: range)
    }
    var draws: [(names: [String], distribution: DistributionValue, tokens: [IndexToken])] = []
    for measure in expectation.measures { draws.append(try draw(measure)) }
    if draws.isEmpty { draws.append(try defaultDraw(for: expectation.body, at: range)) }
    if noiseReading != nil {
      let named = draws.flatMap(\.names).first(where: NoiseNames.all.contains)
      if let noise = freeNoise(in: expectation.body) ?? named {
        // `E_q[f'(z) \epsilon]`: the noise is that of z.
        return try expect(
          ofNoise: noise, expectation.body, over: noise == named ? draws : [], at: range)
      }
    }
    return try expect(expectation.body, over: draws[...], at: range)
  }

  private mutating func expect(
    _ body: Expression,
    over draws: ArraySlice<
      (names: [String], distribution: DistributionValue, tokens: [IndexToken])
    >, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let first = draws.first else { return try quantity(body) }
    let rest = draws.dropFirst()
    switch first.distribution {
    case .normal:
      let (mean, deviation) = try parameters(
        first.distribution, member: first.tokens, at: range)
      let (axis, nodes, weights) = openQuadrature(world.quadrature.normal)
      defer { closeAxis() }
      let point = builder.binary(.add, mean, builder.binary(.multiply, deviation, nodes))
      let value = try withBindings(
        first.names.map {
          Binding(
            name: $0, meaning: .value(Quantity(point)), distribution: first.distribution)
        }
      ) { elaborator throws(Misunderstanding) in
        try elaborator.expect(body, over: rest, at: range)
      }
      guard builder.axes(of: value.node).contains(axis) else { return value }
      let weighted = builder.binary(.multiply, value.node, weights)
      return Quantity(builder.integral(weighted, over: axis), axes: value.axes, isRow: value.isRow)
    case .model(let kind):
      guard let states = world.states, let model = world.model else {
        throw Misunderstanding(
          .outOfReach, "an expectation over this distribution is not evaluated", at: range)
      }
      let state = openAxis(count: builder.count(of: states))
      defer { closeAxis() }
      let logWeight = model.logDensity(kind, at: .state(state), in: &builder)
      let point = Quantity(stateNumber(along: state))
      let value = try withBindings(
        first.names.map {
          Binding(
            name: $0, meaning: .value(point), distribution: first.distribution, state: state)
        }
      ) { elaborator throws(Misunderstanding) in
        try elaborator.expect(body, over: rest, at: range)
      }
      guard builder.axes(of: value.node).contains(state) else { return value }
      let weighted = builder.binary(
        .multiply, value.node, builder.unary(.exp, logWeight))
      return Quantity(builder.reduce(.sum, weighted, over: state), axes: value.axes)
    case .normalMatrix:
      throw Misunderstanding(
        .outOfReach, "an expectation over several dimensions is not evaluated", at: range)
    }
  }

  /// Returns an expectation over noise of which a latent variable without a definition is made.
  private mutating func expect(
    ofNoise noise: String, _ body: Expression,
    over draws: [(names: [String], distribution: DistributionValue, tokens: [IndexToken])],
    at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let saved = noiseReading?.noiseOfLatent
    noiseReading?.noiseOfLatent = noise
    defer { noiseReading?.noiseOfLatent = saved }
    let draw = ([noise], standardNormal(), [IndexToken]())
    return try expect(body, over: draws.isEmpty ? [draw][...] : draws[...], at: range)
  }

  /// Returns what a measure below the sign draws: from which distribution, and under which names.
  mutating func draw(
    _ measure: Expression
  ) throws(Misunderstanding) -> (
    names: [String], distribution: DistributionValue, tokens: [IndexToken]
  ) {
    switch measure.node {
    case .relation(.distributed, let variable, let source):
      guard case .name(let name) = variable.node else { break }
      return ([name.description], try distribution(source), name.indexTokens)
    case .apply(_, let arguments):
      let found = try distribution(measure)
      if let first = arguments.groups.first?.first, case .name(let name) = first.node {
        return ([name.description], found, name.indexTokens)
      }
      return (defaultNames, found, [])
    case .name(let name):
      if NoiseNames.all.contains(name.stem) {
        return ([name.description], standardNormal(), [])
      }
      if isLatent(name) { return ([name.description], try encoder(at: measure.range), []) }
      return (defaultNames, try distribution(measure), [])
    default: break
    }
    throw Misunderstanding(
      .outOfReach, "what the expectation is taken over is not known", at: measure.range)
  }

  /// The names under which a draw is known when none is written: `E_q[(x - \mu)^2]`.
  private var defaultNames: [String] {
    vocabulary.field == .latentVariable ? ["z"] : ["x", "z"]
  }

  /// Returns the draw of an expectation without a measure: the noise if it occurs, else the encoder.
  private mutating func defaultDraw(
    for body: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> (
    names: [String], distribution: DistributionValue, tokens: [IndexToken]
  ) {
    if let noise = NoiseNames.all.sorted().first(where: { body.contains(name: $0) }) {
      return ([noise], standardNormal(), [])
    }
    if noiseReading != nil {
      if let noise = freeNoise(in: body) { return ([noise], standardNormal(), []) }
      if let law = world.law {
        let own = DistributionValue.normal(
          mean: Quantity(law.location), deviation: Quantity(law.scale))
        return (Self.latentNames.sorted(), own, [])
      }
    }
    guard vocabulary.field == .latentVariable else {
      throw Misunderstanding(
        .outOfReach, "the expectation does not say what it is taken over", at: range)
    }
    return (["z"], try encoder(at: range), [])
  }

  // MARK: - Divergence and entropy

  /// Returns `KL(first || second)`: in closed form between normal distributions, else as an expectation.
  mutating func divergence(
    of first: Expression, from second: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    try divergence(of: try distribution(first), from: try distribution(second), at: range)
  }

  private mutating func divergence(
    of q: DistributionValue, from p: DistributionValue, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    switch (q, p) {
    case (.normal(let meanQ, let deviationQ), .normal(let meanP, let deviationP)):
      let distance = try scaled(
        .divide, try scaled(.subtract, meanQ, meanP, at: range), deviationP, at: range)
      let ratio = try scaled(.divide, deviationQ, deviationP, at: range)
      // 1/2 (r^2 - 1) - log r + d^2/2 without cancellation: r^2 - 1 = (r - 1)(r + 1).
      let excess = try scaled(
        .divide, try scaled(.subtract, deviationQ, deviationP, at: range), deviationP, at: range)
      let square = builder.binary(
        .multiply, excess.node,
        builder.binary(.add, ratio.node, builder.constant(1)))
      let halves = builder.binary(
        .multiply, builder.constant(0.5),
        builder.binary(.add, square, builder.unary(.square, distance.node)))
      let axes = distance.axes.isEmpty ? ratio.axes : distance.axes
      let term = builder.binary(.subtract, halves, builder.unary(.log1p, excess.node))
      return total(Quantity(term, axes: axes))
    case (.normalMatrix(let meanQ, let covarianceQ), .normalMatrix(let meanP, let covarianceP)):
      let distance = try scaled(.subtract, meanP, meanQ, at: range)
      let precision = try inverse(of: covarianceP, at: range)
      let quadratic = try product(
        transposed(distance), try product(precision, distance, at: range), at: range
      ).node
      let product = try product(precision, covarianceQ, at: range)
      let ones = identityMatrix(like: product, Quantity(builder.constant(1)))
      let trace = total(
        Quantity(builder.binary(.multiply, product.node, ones.node), axes: product.axes)
      ).node
      let count = builder.constant(Double(builder.count(of: covarianceP.axes[0])))
      let logs = builder.binary(
        .subtract, builder.unary(.log, determinant(of: covarianceP).node),
        builder.unary(.log, determinant(of: covarianceQ).node))
      var sum = builder.binary(.subtract, builder.binary(.add, trace, quadratic), count)
      sum = builder.binary(.add, sum, logs)
      return Quantity(builder.binary(.multiply, builder.constant(0.5), sum))
    case (.normalMatrix(_, let covariance), .normal), (.normal, .normalMatrix(_, let covariance)):
      return try divergence(
        of: matrixForm(of: q, like: covariance), from: matrixForm(of: p, like: covariance),
        at: range)
    default: return try divergenceByExpectation(q, p, at: range)
    }
  }

  /// Returns a normal distribution of independent entries with its covariance matrix.
  private mutating func matrixForm(
    of distribution: DistributionValue, like covariance: Quantity
  ) -> DistributionValue {
    guard case .normal(var mean, let deviation) = distribution else { return distribution }
    let variance = builder.unary(.square, deviation.node)
    let entries =
      deviation.isVector ? renamed(deviation, to: [covariance.axes[0]]) : deviation
    let squared = builder.unary(.square, entries.node)
    let matrix = identityMatrix(
      like: covariance, Quantity(deviation.isVector ? squared : variance))
    if mean.isNumber {
      let zeros = [Double](repeating: 0, count: builder.count(of: covariance.axes[0]))
      let table = builder.table(zeros, axes: [covariance.axes[0]])
      mean = Quantity(builder.binary(.add, mean.node, table), axes: [covariance.axes[0]])
    }
    return .normalMatrix(mean: mean, covariance: matrix)
  }

  private mutating func divergenceByExpectation(
    _ q: DistributionValue, _ p: DistributionValue, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if let states = world.states, let model = world.model, case .model(let first) = q,
      case .model(let second) = p
    {
      let state = openAxis(count: builder.count(of: states))
      defer { closeAxis() }
      let logQ = model.logDensity(first, at: .state(state), in: &builder)
      let logP = model.logDensity(second, at: .state(state), in: &builder)
      let term = builder.binary(
        .multiply, builder.unary(.exp, logQ), builder.binary(.subtract, logQ, logP))
      return Quantity(builder.reduce(.sum, term, over: state))
    }
    guard case .normal = q, case .model(let second) = p, let model = world.model,
      world.states == nil
    else {
      throw Misunderstanding(.outOfReach, "this divergence is not evaluated here", at: range)
    }
    let (mean, deviation) = try parameters(q, member: [], at: range)
    let (axis, nodes, weights) = openQuadrature(world.quadrature.normal)
    defer { closeAxis() }
    let point = builder.binary(.add, mean, builder.binary(.multiply, deviation, nodes))
    let logQ = try logDensity(q, at: Quantity(point), member: [], range: range)
    let logP = model.logDensity(second, at: .number(point), in: &builder)
    let term = builder.binary(.multiply, weights, builder.binary(.subtract, logQ, logP))
    return Quantity(builder.integral(term, over: axis))
  }

  /// Returns `H[q]`.
  mutating func entropy(
    _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let argument = arguments.first, arguments.count == 1 else {
      throw Misunderstanding(.nonsense, "an entropy takes one distribution", at: range)
    }
    switch try distribution(argument) {
    case .normal(_, let deviation):
      let constant = builder.constant(1.4189385332046727, error: 0x1p-52)
      return total(
        Quantity(
          builder.binary(.add, builder.unary(.log, deviation.node), constant),
          axes: deviation.axes))
    case .model(let kind):
      guard let states = world.states, let model = world.model else { break }
      let state = openAxis(count: builder.count(of: states))
      defer { closeAxis() }
      let logarithm = model.logDensity(kind, at: .state(state), in: &builder)
      let term = builder.binary(.multiply, builder.unary(.exp, logarithm), logarithm)
      return Quantity(builder.unary(.negate, builder.reduce(.sum, term, over: state)))
    case .normalMatrix(_, let covariance):
      let count = Double(builder.count(of: covariance.axes[0]))
      let constant = builder.constant(count * 1.4189385332046727, error: 0x1p-50)
      let half = builder.binary(
        .multiply, builder.constant(0.5), builder.unary(.log, determinant(of: covariance).node))
      return Quantity(builder.binary(.add, half, constant))
    }
    throw Misunderstanding(.outOfReach, "this entropy is not evaluated here", at: range)
  }
}
