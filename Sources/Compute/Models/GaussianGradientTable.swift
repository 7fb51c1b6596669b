/// The catalogue of estimators of the gradient of an expectation under a normal distribution, decided on one.
public struct GaussianGradientTable: Sendable {
  /// What is known of one estimator.
  public struct Row: Sendable {
    /// The estimator.
    public let estimator: GaussianGradientEstimator
    /// Its exact mean and covariance.
    public let moments: EstimatorMoments
    /// How the mean lies to the gradient.
    public let bias: EstimatorBias
  }

  /// The gradient by the mean and the logarithm of the deviation.
  public let gradient: [Double]
  /// The value of the objective.
  public let value: Double
  /// The estimators in the order of the catalogue, those that need a prior only if there is one.
  public private(set) var rows: [Row] = []

  /// Decides all estimators of an objective by quadrature.
  ///
  /// - Parameters:
  ///   - objective: The objective.
  ///   - builder: The program that it belongs to.
  ///   - inputs: The values for the slots of the program.
  ///   - sample: Which sample point, if the objective is over several.
  ///   - rule: The rule for each number of the noise.
  public init(
    of objective: GaussianObjective, in builder: inout ProgramBuilder, inputs: [[Double]],
    sample: Int = 0, rule: TrapezoidRule = TrapezoidRule(step: 0.25, extent: 12)
  ) {
    let noise = GaussianNoise(count: 2, rule: rule, in: &builder)
    let workspace = Workspace()
    func moments(_ components: [NodeID]) -> EstimatorMoments {
      let nodes = noise.moments(of: components, in: &builder)
      let blocks = workspace.run(builder.program(outputs: nodes), inputs: inputs)
      return EstimatorMoments(blocks: blocks, sample: sample)
    }
    gradient = moments(objective.gradient(over: noise, in: &builder)).mean
    value = moments([objective.value(over: noise, in: &builder)]).mean[0]
    for estimator in GaussianGradientEstimator.allCases {
      guard let nodes = estimator.components(of: objective, over: noise, in: &builder) else {
        continue
      }
      let found = moments(nodes)
      rows.append(
        Row(
          estimator: estimator, moments: found,
          bias: EstimatorBias(of: found, from: gradient)))
    }
  }
}

extension GaussianGradientTable {
  /// The catalogue on the lower bound of a small linear model.
  ///
  /// p(z) = N(0, 1), x in two dimensions, p(x|z) = N(1.3 z, 0.8^2) N(0.6 z, 0.8^2), x = (1.1, 0.5), and
  /// q = N(0.3, 0.7^2).
  public static var example: GaussianGradientTable {
    var builder = ProgramBuilder()
    let law = GaussianNodes(location: builder.input(axes: []), scale: builder.input(axes: []))
    let prior = GaussianNodes(location: builder.constant(0), scale: builder.constant(1))
    let objective = GaussianObjective(law: law, prior: prior) { z, builder in
      let densities = [(1.3, 1.1), (0.6, 0.5)].map { slope, x in
        GaussianNodes(
          location: builder.binary(.multiply, builder.constant(slope), z),
          scale: builder.constant(0.8)
        ).logDensity(at: builder.constant(x), in: &builder)
      }
      return builder.binary(.add, densities[0], densities[1])
    }
    return GaussianGradientTable(of: objective, in: &builder, inputs: [[0.3], [0.7]])
  }
}
