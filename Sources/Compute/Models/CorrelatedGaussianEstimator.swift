/// Estimators of the gradient of E f(z) for a normal z in two dimensions with a full covariance.
///
/// z = mu + L eps with a lower triangular L; the gradient is by mu_1, mu_2, L_11, L_21 and L_22.
public enum CorrelatedGaussianEstimator: Hashable, Sendable, CaseIterable {
  /// grad f(z) times the derivatives of mu + L eps.
  case pathwise
  /// R14: L^T in place of L, whose z has another covariance.
  case transposedFactor

  /// The name under which reports and rubrics know it.
  public var identifier: String {
    switch self {
    case .pathwise: "pathwise.correlated"
    case .transposedFactor: "estimator.transposed-factor"
    }
  }

  /// Returns the five components of the estimator.
  ///
  /// - Parameters:
  ///   - location: mu_1 and mu_2.
  ///   - factor: L_11, L_21 and L_22.
  ///   - noise: At least two numbers.
  ///   - builder: The program under construction.
  ///   - integrand: f of z_1 and z_2, which depends on the parameters through z alone.
  /// - Returns: Nodes over the axes of the noise.
  public func components(
    location: [NodeID], factor: [NodeID], over noise: GaussianNoise,
    in builder: inout ProgramBuilder,
    of integrand: (_ z: [NodeID], _ builder: inout ProgramBuilder) -> NodeID
  ) -> [NodeID] {
    precondition(location.count == 2 && factor.count == 3, "a plane has two means, L three entries")
    let (e1, e2) = (noise.values[0], noise.values[1])
    func part(_ k: Int, _ e: NodeID) -> NodeID { builder.binary(.multiply, factor[k], e) }
    let terms: [[NodeID]] =
      switch self {
      case .pathwise: [[part(0, e1)], [part(1, e1), part(2, e2)]]
      case .transposedFactor: [[part(0, e1), part(1, e2)], [part(2, e2)]]
      }
    let z = zip(location, terms).map { mean, parts in
      parts.reduce(mean) { builder.binary(.add, $0, $1) }
    }
    let value = integrand(z, &builder)
    let slopes = z.map {
      builder.tangent(of: value, seeds: [$0: builder.constant(1)]) ?? builder.constant(0)
    }
    func slope(_ k: Int, _ e: NodeID) -> NodeID { builder.binary(.multiply, slopes[k], e) }
    switch self {
    case .pathwise: return slopes + [slope(0, e1), slope(1, e1), slope(1, e2)]
    case .transposedFactor: return slopes + [slope(0, e1), slope(0, e2), slope(1, e2)]
    }
  }
}
