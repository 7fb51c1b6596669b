/// An expectation under a normal distribution q whose gradient by q is to be estimated.
///
/// E_q f(z), less KL(q || p) if there is a prior p: then, with f(z) = log p(x|z), the evidence lower
/// bound. The parameters are the mean and the logarithm of the deviation of q.
public struct GaussianObjective: Sendable {
  /// f, which depends on the parameters through z alone.
  public typealias Integrand = @Sendable (_ z: NodeID, _ builder: inout ProgramBuilder) -> NodeID

  /// q.
  public let law: GaussianNodes
  /// The prior p; nil if there is no divergence.
  public let prior: GaussianNodes?
  private let integrand: Integrand

  /// Creates an objective.
  ///
  /// - Parameters:
  ///   - law: q.
  ///   - prior: p; nil if there is no divergence.
  ///   - integrand: f.
  public init(
    law: GaussianNodes, prior: GaussianNodes? = nil, integrand: @escaping Integrand
  ) {
    self.law = law
    self.prior = prior
    self.integrand = integrand
  }

  /// Returns f(z).
  public func value(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    integrand(z, &builder)
  }

  /// Returns the derivative of f at z.
  ///
  /// It is taken at an axis of z, or at a number; z is no parameter of q.
  public func slope(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let value = integrand(z, &builder)
    return builder.tangent(of: value, seeds: [z: builder.constant(1)]) ?? builder.constant(0)
  }

  /// Returns f(z) + log p(z) - log q(z), or f(z) without a prior.
  public func total(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let value = integrand(z, &builder)
    guard let prior else { return value }
    let joint = builder.binary(.add, value, prior.logDensity(at: z, in: &builder))
    return builder.binary(.subtract, joint, law.logDensity(at: z, in: &builder))
  }

  /// Returns the derivative of f(z) + log p(z) by z.
  public func jointSlope(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let slope = slope(at: z, in: &builder)
    guard let prior else { return slope }
    // -(z - m) / t^2
    let force = builder.binary(
      .divide, builder.binary(.subtract, prior.location, z), builder.unary(.square, prior.scale))
    return builder.binary(.add, slope, force)
  }

  /// Returns the gradient of KL(q || p) by the mean and the logarithm of the deviation; zeros without a prior.
  ///
  /// - Parameters:
  ///   - scale: The deviation of q, if another than its own is meant.
  ///   - builder: The program under construction.
  /// - Returns: (mu - m) / t^2 and s^2 / t^2 - 1.
  public func divergenceGradient(scale: NodeID? = nil, in builder: inout ProgramBuilder)
    -> [NodeID]
  {
    guard let prior else { return [builder.constant(0), builder.constant(0)] }
    let variance = builder.unary(.square, prior.scale)
    let distance = builder.binary(.subtract, law.location, prior.location)
    let square = builder.unary(.square, scale ?? law.scale)
    return [
      builder.binary(.divide, distance, variance),
      builder.binary(
        .subtract, builder.binary(.divide, square, variance), builder.constant(1)),
    ]
  }

  /// Returns the value of the objective, by quadrature over a number of the noise.
  public func value(over noise: GaussianNoise, in builder: inout ProgramBuilder) -> NodeID {
    let z = law.number(at: noise.values[0], in: &builder)
    return noise.expectation(of: total(at: z, in: &builder), in: &builder)
  }

  /// Returns the exact gradient by the mean and the logarithm of the deviation.
  ///
  /// By the expectation of f'(z) and f'(z) s eps, less the gradient of the divergence.
  public func gradient(over noise: GaussianNoise, in builder: inout ProgramBuilder) -> [NodeID] {
    GaussianGradientEstimator.analyticDivergence.components(of: self, over: noise, in: &builder)?
      .map { noise.expectation(of: $0, in: &builder) } ?? []
  }
}
