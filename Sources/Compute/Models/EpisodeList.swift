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
    let model = TabularMDP(tables: [process], discount: discount)
    guard let list = TrajectoryList(of: model) else { return nil }
    var builder = ProgramBuilder()
    let sample = builder.axis(count: 1)
    let nodes = model.declare(in: &builder, sample: sample)
    let along = TrajectoryNodes(list, of: nodes, in: &builder)
    let score = along.visited(nodes.gradient(of: nodes.logPolicy, in: &builder), in: &builder)
    let outputs = [
      along.probability, along.at(0, along.returns, in: &builder),
      along.sumOverSteps(score, in: &builder),
    ]
    let blocks = Workspace().run(builder.program(outputs: outputs), inputs: model.inputs)
    let (count, size) = (list.count, process.theta.count)
    probabilities = blocks[0].values
    returns = blocks[1].values
    // Over parameters and trajectories.
    scores = (0..<count).map { i in (0..<size).map { blocks[2].values[$0 * count + i] } }
  }
}
