/// Independent standard normal numbers, each laid out along an axis by the trapezoid rule.
///
/// Expectations are exact but for rounding where integrands are analytic: see `TrapezoidRule`. Every
/// number costs a factor of the rule's nodes, so that two is usual and three the most.
public struct GaussianNoise: Sendable {
  /// The numbers, each over its axis.
  public let values: [NodeID]
  /// The axis of each number.
  public let axes: [Axis]
  private let weights: [NodeID]

  /// Lays numbers out.
  ///
  /// - Parameters:
  ///   - count: How many numbers.
  ///   - rule: A rule for the standard normal density.
  ///   - builder: The program under construction.
  public init(
    count: Int, rule: TrapezoidRule = TrapezoidRule(step: 0.25, extent: 12),
    in builder: inout ProgramBuilder
  ) {
    let laid = (0..<count).map { _ in builder.quadrature(rule) }
    values = laid.map(\.nodes)
    axes = laid.map(\.axis)
    weights = laid.map(\.weights)
  }

  /// Returns the expectation of a node over all the numbers that it depends on.
  public func expectation(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    var result = node
    for (axis, weight) in zip(axes, weights) where builder.axes(of: result).contains(axis) {
      result = builder.integral(builder.binary(.multiply, result, weight), over: axis)
    }
    return result
  }

  /// Returns the nodes of the moments of a vector: its means, then its covariances row by row.
  ///
  /// - Parameters:
  ///   - components: A node for each component.
  ///   - builder: The program under construction.
  /// - Returns: As many means as components, and their square of covariances.
  public func moments(of components: [NodeID], in builder: inout ProgramBuilder) -> [NodeID] {
    let means = components.map { expectation(of: $0, in: &builder) }
    let deviations = zip(components, means).map { builder.binary(.subtract, $0, $1) }
    var result = means
    for a in deviations {
      for b in deviations {
        result.append(expectation(of: builder.binary(.multiply, a, b), in: &builder))
      }
    }
    return result
  }
}

extension EstimatorMoments {
  /// The moments at a sample point, from the blocks of the nodes that `GaussianNoise` makes.
  ///
  /// - Parameters:
  ///   - blocks: The means, then the covariances row by row.
  ///   - sample: The position that is read of blocks over the sample points.
  public init(blocks: some Collection<Block>, sample: Int = 0) {
    let values = blocks.map { $0.values.count == 1 ? $0.values[0] : $0.values[sample] }
    var size = 0
    while size * (size + 1) < values.count { size += 1 }
    precondition(size * (size + 1) == values.count, "a square of covariances comes with the means")
    self.init(mean: Array(values.prefix(size)), covariances: Array(values.dropFirst(size)))
  }
}
