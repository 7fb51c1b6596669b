extension CorrelatedGaussianEstimator {
  /// The estimator as plain text.
  public var formula: String {
    switch self {
    case .pathwise: "z = mu + L e in two dimensions"
    case .transposedFactor: "z = mu + L^T e in two dimensions"
    }
  }

  /// The exact moments for f(z) = z_1^2 z_2 + z_2^2, and how their mean lies to the gradient.
  ///
  /// At the means 0.3 and -0.2 and the factor with the entries 0.7, 0.4 and 0.5.
  public var example: (moments: EstimatorMoments, bias: EstimatorBias) {
    let (m1, m2, a, b, c) = (0.3, -0.2, 0.7, 0.4, 0.5)
    var builder = ProgramBuilder()
    let parameters = (0..<5).map { _ in builder.input(axes: []) }
    let noise = GaussianNoise(count: 2, in: &builder)
    let components = components(
      location: Array(parameters[..<2]), factor: Array(parameters[2...]), over: noise,
      in: &builder
    ) { z, builder in
      let product = builder.binary(.multiply, builder.unary(.square, z[0]), z[1])
      return builder.binary(.add, product, builder.unary(.square, z[1]))
    }
    let nodes = noise.moments(of: components, in: &builder)
    let blocks = Workspace().run(
      builder.program(outputs: nodes), inputs: [m1, m2, a, b, c].map { [$0] })
    let moments = EstimatorMoments(blocks: blocks)
    // E f = (m1^2 + a^2) m2 + 2 m1 a b + m2^2 + b^2 + c^2.
    let gradient = [
      2 * m1 * m2 + 2 * a * b, m1 * m1 + a * a + 2 * m2, 2 * a * m2 + 2 * m1 * b,
      2 * m1 * a + 2 * b, 2 * c,
    ]
    return (moments, EstimatorBias(of: moments, from: gradient))
  }
}
