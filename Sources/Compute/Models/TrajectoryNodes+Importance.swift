extension TrajectoryNodes {
  /// Returns the weights of trajectories that another policy has made.
  ///
  /// The product of pi(A_k|S_k) / b(A_k|S_k) over the steps k from 0 to t, that one included.
  ///
  /// - Parameters:
  ///   - behaviour: The logarithm of the other policy b over the process's `state`, `action`.
  ///   - builder: The program under construction.
  /// - Returns: The weights over `trajectory`, `time`; after the end the last one stays.
  public func importanceWeights(for behaviour: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let logRatio = builder.binary(.subtract, process.logPolicy, behaviour)
    let steps = visited(logRatio, in: &builder)
    let count = list.times
    let isEarlier = builder.table(
      (0..<count * count).map { $0 % count <= $0 / count ? 1 : 0 }, axes: [time, otherTime])
    let sum = builder.sum(
      isEarlier, builder.rename(steps, from: time, to: otherTime), over: otherTime)
    return builder.unary(.exp, sum)
  }

  /// Returns the expectation over the trajectories that another policy makes.
  ///
  /// - Parameters:
  ///   - node: A node over `trajectory`.
  ///   - behaviour: The logarithm of the other policy over the process's `state`, `action`.
  ///   - builder: The program under construction.
  /// - Returns: The node without `trajectory`.
  public func expectation(
    of node: NodeID, under behaviour: NodeID, in builder: inout ProgramBuilder
  ) -> NodeID {
    let weights = importanceWeights(for: behaviour, in: &builder)
    let last = at(list.times - 1, weights, in: &builder)
    return expectation(of: builder.binary(.divide, node, last), in: &builder)
  }
}
