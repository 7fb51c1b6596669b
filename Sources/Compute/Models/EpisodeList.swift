/// All episodes of a process, with what estimators from total returns need.
public struct EpisodeList: Sendable {
  /// The probability of each.
  public let probabilities: [Double]
  /// G_0 of each.
  public let returns: [Double]
  /// The sum of psi_t of each.
  public let scores: [[Double]]

  /// Lists the episodes; nil if there are too many.
  ///
  /// - Parameters:
  ///   - process: The process and the policy.
  ///   - discount: The discount gamma, positive and at most 1.
  public init?(of process: MDPTables, discount: Double) {
    guard var listed = ListedProcess(process, discount: discount) else { return nil }
    let (nodes, along) = (listed.nodes, listed.along)
    let score = along.visited(
      nodes.gradient(of: nodes.logPolicy, in: &listed.builder), in: &listed.builder)
    let outputs = [
      along.probability, along.at(0, along.returns, in: &listed.builder),
      along.sumOverSteps(score, in: &listed.builder),
    ]
    let values = listed.values(of: outputs)
    let (count, size) = (listed.list.count, process.theta.count)
    probabilities = values[0]
    returns = values[1]
    // Over parameters and trajectories.
    scores = (0..<count).map { i in (0..<size).map { values[2][$0 * count + i] } }
  }
}
