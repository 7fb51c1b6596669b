extension TrajectoryNodes {
  /// Takes a quantity of the process at S_t, A_t, S_(t+1) and R_(t+1), over `trajectory`, `time`.
  ///
  /// The axes `state`, `action`, `successor` and `reward` of the process are replaced, as many as the node
  /// depends on. After the end the policy is uniform, probabilities of the dynamics are one, all else is zero.
  ///
  /// - Parameters:
  ///   - node: A node over axes of the process.
  ///   - builder: The program under construction.
  /// - Returns: The node along the trajectories.
  public func visited(_ node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let n = process
    let along = [trajectory, time]
    if node == n.policy || node == n.logPolicy {
      return builder.gather(
        node == n.policy ? n.policyOfAll : n.logPolicyOfAll, axes: [n.successor, n.action],
        indices: [list.states, list.actions], along: along)
    }
    let terminal = builder.count(of: n.state)
    let picked = builder.gather(
      node, axes: [n.state, n.action, n.successor, n.reward],
      indices: [
        list.states.map { min($0, terminal - 1) }, list.actions, list.successors, list.rewards,
      ], along: along)
    if picked == node { return node }
    if [n.dynamics, n.transition, n.rewardProbability].contains(node) {
      return builder.masked(picked, isActive)
    }
    return builder.binary(.multiply, picked, isActive)
  }

  /// Moves along the time: what is at t + `steps` comes to t.
  ///
  /// - Parameters:
  ///   - node: A node that may depend on `time`.
  ///   - steps: The number of steps; what is before time 0 is read at 0, after the last time at the last.
  ///   - builder: The program under construction.
  /// - Returns: The moved node.
  public func shifted(_ node: NodeID, by steps: Int, in builder: inout ProgramBuilder) -> NodeID {
    let positions = (0..<list.times).map { max(0, min($0 + steps, list.times - 1)) }
    return builder.gather(node, axes: [time], indices: [positions], along: [time])
  }

  /// Takes a node at one time.
  ///
  /// - Parameters:
  ///   - moment: The time, not negative; after the last one it is read there.
  ///   - node: A node that may depend on `time`.
  ///   - builder: The program under construction.
  /// - Returns: The node without `time`.
  public func at(_ moment: Int, _ node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.gather(node, axes: [time], indices: [[min(moment, list.times - 1)]], along: [])
  }

  /// Sums a node over the steps of each trajectory: over 0..<T.
  public func sumOverSteps(_ node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.sum(node, isActive, over: time)
  }

  /// Returns the expectation over the trajectories.
  public func expectation(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.sum(probability, node, over: trajectory)
  }

  /// Returns the expectation over visited steps: the on-policy average over `trajectory` and `time`.
  public func stepAverage(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.binary(
      .divide, expectation(of: sumOverSteps(node, in: &builder), in: &builder),
      expectation(of: length, in: &builder))
  }

  /// Returns the sum of the variances of the components of a gradient over the trajectories.
  public func totalVariance(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.reduce(.sum, variance(of: node, in: &builder), over: process.parameter)
  }

  /// Returns the variance over the trajectories, of each entry by itself.
  public func variance(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let deviation = builder.binary(
      .subtract, node, expectation(of: node, in: &builder))
    return expectation(of: builder.unary(.square, deviation), in: &builder)
  }
}
