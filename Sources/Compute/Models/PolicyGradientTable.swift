/// The catalogue of estimators of the policy gradient, decided on one process by listing its trajectories.
public struct PolicyGradientTable: Sendable {
  /// What is known of one estimator.
  public struct Row: Sendable {
    /// The estimator.
    public let estimator: PolicyGradientEstimator
    /// Its exact mean and covariance.
    public let moments: EstimatorMoments
    /// How the mean lies to the gradient.
    public let bias: EstimatorBias
    /// The wrong estimators that have the same mean and are told apart on trajectories.
    ///
    /// With the largest difference of a component on a trajectory.
    public fileprivate(set) var twins: [(estimator: PolicyGradientEstimator, difference: Double)]
  }

  /// The gradient of J.
  public let gradient: [Double]
  /// J, the expected return.
  public let objective: Double
  /// E[T], the expected number of steps.
  public let averageLength: Double
  /// The number of trajectories.
  public let trajectories: Int
  /// The estimators in the order of the catalogue.
  public private(set) var rows: [Row] = []

  /// Decides all estimators on a process; nil if its trajectories are too many to be listed.
  ///
  /// - Parameters:
  ///   - process: The process and the policy.
  ///   - discount: The discount gamma, positive and at most 1.
  public init?(process: MDPTables, discount: Double) {
    guard var listed = ListedProcess(process, discount: discount) else { return nil }
    let (nodes, along) = (listed.nodes, listed.along)
    var outputs = [
      nodes.gradient(of: nodes.objective, in: &listed.builder), nodes.objective,
      nodes.averageLength,
    ]
    for estimator in PolicyGradientEstimator.allCases {
      let node = estimator.node(on: along, in: &listed.builder)
      let (mean, covariance) = along.moments(of: node, in: &listed.builder)
      outputs += [node, mean, covariance]
    }
    let values = listed.values(of: outputs)
    gradient = values[0]
    objective = values[1][0]
    averageLength = values[2][0]
    trajectories = listed.list.count
    for (k, estimator) in PolicyGradientEstimator.allCases.enumerated() {
      let moments = EstimatorMoments(
        mean: values[3 * k + 4], covariances: values[3 * k + 5])
      rows.append(
        Row(
          estimator: estimator, moments: moments,
          bias: EstimatorBias(of: moments, from: gradient), twins: []))
    }
    findTwins(among: PolicyGradientEstimator.allCases.indices.map { values[3 * $0 + 3] })
  }

  private mutating func findTwins(among values: [[Double]]) {
    let scale = gradient.reduce(0) { max($0, $1.magnitude) }
    func difference(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }
    for i in rows.indices where rows[i].bias.verdict == .biased {
      for j in rows.indices where j != i {
        let isTwin =
          difference(rows[i].moments.mean, rows[j].moments.mean)
          <= EstimatorBias.negligible * scale
        if isTwin { rows[i].twins.append((rows[j].estimator, difference(values[i], values[j]))) }
      }
    }
  }
}

extension TrajectoryNodes {
  /// Makes the nodes of the mean and the covariance of a vector over the trajectories.
  ///
  /// The covariance is that of the deviations from the mean, so that it loses no digits.
  ///
  /// - Parameters:
  ///   - node: A node over the parameters' axis.
  ///   - builder: The program under construction.
  /// - Returns: The mean over the parameters' axis, and the covariance over that and one more.
  public func moments(of node: NodeID, in builder: inout ProgramBuilder) -> (
    mean: NodeID, covariance: NodeID
  ) {
    let mean = expectation(of: node, in: &builder)
    let deviation = builder.binary(.subtract, node, mean)
    let other = builder.rename(deviation, from: process.parameter, to: otherParameter)
    let product = builder.binary(.multiply, deviation, other)
    return (mean, expectation(of: product, in: &builder))
  }
}
