extension GaussianGradientEstimator {
  /// Returns the two components of the estimator, by mu and by log s.
  ///
  /// - Parameters:
  ///   - objective: What is estimated.
  ///   - noise: At least two numbers; most estimators depend on the first alone.
  ///   - builder: The program under construction.
  /// - Returns: Nodes over the axes of the noise; nil where a prior is needed and there is none.
  public func components(
    of objective: GaussianObjective, over noise: GaussianNoise, in builder: inout ProgramBuilder
  ) -> [NodeID]? {
    if needsPrior, objective.prior == nil { return nil }
    // Handed over, so that it is not copied.
    var draft = Draft(objective: objective, builder: builder)
    builder = ProgramBuilder()
    let result = draft.components(of: self, noise.values[0], noise.values[1])
    builder = draft.builder
    return result
  }
}

/// Writes the components down.
private struct Draft {
  let objective: GaussianObjective
  var builder: ProgramBuilder

  mutating func components(
    of estimator: GaussianGradientEstimator, _ eps: NodeID, _ other: NodeID
  ) -> [NodeID] {
    let s = objective.law.scale
    let z = number(at: eps)
    switch estimator {
    case .analyticDivergence: return minusDivergence(pathwise(slope(z), times(s, eps)))
    case .monteCarlo: return wholePathwise(eps)
    case .stickingTheLanding:
      let slope = plus(
        objective.jointSlope(at: z, in: &builder), builder.binary(.divide, eps, s))
      return pathwise(slope, times(s, eps))
    case .antithetic:
      let opposite = builder.unary(.negate, eps)
      let first = pathwise(slope(z), times(s, eps))
      let second = pathwise(slope(number(at: opposite)), times(s, opposite))
      return minusDivergence(halfSum(first, second))
    case .score: return scored(total(z), eps)
    case .scoreBaseline:
      let noise = GaussianNoise(count: 1, in: &builder)
      let average = objective.value(over: noise, in: &builder)
      return scored(minus(total(z), average), eps)
    case .scoreAnalyticDivergence:
      return minusDivergence(scored(objective.value(at: z, in: &builder), eps))
    case .scoreLeaveOneOut:
      let difference = minus(total(z), total(number(at: other)))
      return halfSum(
        scored(difference, eps), scored(builder.unary(.negate, difference), other))
    case .scoreControlVariate:
      // A view of mu of its own: its derivative is taken at z = mu, where log q has none.
      let slope = slopeOfTotalAtMean()
      let variate = times(slope, times(s, eps))
      let rest = scored(minus(total(z), variate), eps)
      return [plus(rest[0], slope), rest[1]]

    case .scaleLost: return minusDivergence(pathwise(slope(z), eps))
    case .deviationForLogDeviation:
      let right = minusDivergence(pathwise(slope(z), times(s, eps)))
      return [right[0], builder.binary(.divide, right[1], s)]
    case .varianceAsDeviation: return minusDivergence(withVariance(eps))
    case .entropyForgotten:
      return pathwise(objective.jointSlope(at: z, in: &builder), times(s, eps))
    case .divergenceSign:
      let divergence = objective.divergenceGradient(in: &builder)
      return zip(pathwise(slope(z), times(s, eps)), divergence).map { plus($0, $1) }
    case .noNoise:
      return minusDivergence([slope(objective.law.location), builder.constant(0)])
    case .noiseResampled:
      return minusDivergence(pathwise(slope(number(at: other)), times(s, eps)))
    case .slopeAtNoise: return minusDivergence(pathwise(slope(eps), times(s, eps)))
    case .detachedSample:
      if objective.prior == nil { return [builder.constant(0), builder.constant(0)] }
      return scored(builder.constant(-1), eps)
    case .inverseScaleInMean:
      let right = pathwise(slope(z), times(s, eps))
      return minusDivergence([builder.binary(.divide, right[0], s), right[1]])
    case .logVarianceAsLogDeviation:
      let square = builder.unary(.square, s)
      let divergence = objective.divergenceGradient(scale: square, in: &builder)
      let twice = times(builder.constant(2), divergence[1])
      return zip(withVariance(eps), [divergence[0], twice]).map { minus($0, $1) }
    case .scoreDividedByDeviation:
      let right = scored(total(z), eps)
      return [times(s, right[0]), right[1]]
    case .scoreWithoutNormaliser:
      let value = total(z)
      return [
        times(value, builder.binary(.divide, eps, s)),
        times(value, builder.unary(.square, eps)),
      ]
    case .sumForMean: return zip(wholePathwise(eps), wholePathwise(other)).map { plus($0, $1) }
    case .sign:
      return minusDivergence(pathwise(slope(z), times(s, eps))).map { builder.unary(.negate, $0) }
    case .noiseMissing: return minusDivergence(pathwise(slope(z), s))
    case .gradientOfDensity:
      let density = builder.unary(.exp, objective.law.logDensity(at: z, in: &builder))
      return scored(times(total(z), density), eps)
    case .ownSampleBaseline:
      let half = times(
        builder.constant(0.5), minus(total(z), total(number(at: other))))
      return halfSum(scored(half, eps), scored(builder.unary(.negate, half), other))
    }
  }

  // MARK: - Parts

  /// A slope at z times the derivatives of z by mu and by log s.
  private mutating func pathwise(_ slope: NodeID, _ byLogScale: NodeID) -> [NodeID] {
    [slope, times(slope, byLogScale)]
  }

  /// The derivatives of f(mu + s^2 eps).
  private mutating func withVariance(_ eps: NodeID) -> [NodeID] {
    let part = times(builder.unary(.square, objective.law.scale), eps)
    let z = plus(objective.law.location, part)
    return pathwise(slope(z), times(builder.constant(2), part))
  }

  /// The derivatives of f(z) + log p(z) - log q(z) with z = mu + s eps: log q(z) is -eps^2 / 2 - log s + c.
  private mutating func wholePathwise(_ eps: NodeID) -> [NodeID] {
    let z = number(at: eps)
    let whole = pathwise(
      objective.jointSlope(at: z, in: &builder), times(objective.law.scale, eps))
    return [whole[0], plus(whole[1], builder.constant(1))]
  }

  private mutating func scored(_ value: NodeID, _ eps: NodeID) -> [NodeID] {
    [
      times(value, builder.binary(.divide, eps, objective.law.scale)),
      times(value, minus(builder.unary(.square, eps), builder.constant(1))),
    ]
  }

  private mutating func minusDivergence(_ components: [NodeID]) -> [NodeID] {
    zip(components, objective.divergenceGradient(in: &builder)).map { minus($0, $1) }
  }

  private mutating func slopeOfTotalAtMean() -> NodeID {
    objective.jointSlope(at: objective.law.location, in: &builder)
  }

  private mutating func halfSum(_ a: [NodeID], _ b: [NodeID]) -> [NodeID] {
    zip(a, b).map { times(builder.constant(0.5), plus($0, $1)) }
  }

  private mutating func number(at eps: NodeID) -> NodeID {
    objective.law.number(at: eps, in: &builder)
  }
  private mutating func slope(_ z: NodeID) -> NodeID { objective.slope(at: z, in: &builder) }
  private mutating func total(_ z: NodeID) -> NodeID { objective.total(at: z, in: &builder) }
  private mutating func plus(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.add, a, b) }
  private mutating func minus(_ a: NodeID, _ b: NodeID) -> NodeID {
    builder.binary(.subtract, a, b)
  }
  private mutating func times(_ a: NodeID, _ b: NodeID) -> NodeID {
    builder.binary(.multiply, a, b)
  }
}
