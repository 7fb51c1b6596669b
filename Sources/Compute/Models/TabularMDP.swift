/// Finite Markov decision processes with policies, one process a sample point.
///
/// The probabilities of the dynamics are multiples of 2^-12, so that they sum to one without rounding. Those of
/// a kind were found by a search (scripts/design-models): no catalogued mistake on policy gradients is near to
/// being right in any of the first four.
public struct TabularMDP: Sendable {
  /// How episodes go.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// Four states with three actions, any of which may follow any other; visits repeat.
    case looping
    /// At most four steps of two actions: the seven states know their time, every trajectory can be listed.
    case bounded
  }

  /// The tables of each sample point, all of the same dimensions.
  public let tables: [MDPTables]
  /// The discount gamma.
  public let discount: Double
  /// The number of sample points.
  public var samples: Int { tables.count }
  /// The values for the slots that `declare` makes, in order.
  public let inputs: [[Double]]
  /// The number of steps that sums over steps are taken to.
  public let steps: Int
  /// A bound of each entry of what a sum over the probabilities after `steps` or more steps lacks.
  public let tail: Double

  /// The designed processes of a kind; beyond the fourth sample point again, with other policies.
  ///
  /// - Parameters:
  ///   - kind: How episodes go.
  ///   - discount: The discount gamma, positive and at most 1; the search was for 0.9 and 1.
  ///   - samples: The number of sample points, at least one.
  public init(kind: Kind, discount: Double, samples: Int) {
    let tables = (0..<samples).map { MDPTables(design: kind, number: $0) }
    self.init(tables: tables, discount: discount)
  }

  /// Processes of given tables.
  ///
  /// - Parameters:
  ///   - tables: A process for each sample point, at least one, all of the same dimensions; their
  ///     episodes end with probability one.
  ///   - discount: The discount gamma, positive and at most 1.
  public init(tables: [MDPTables], discount: Double) {
    precondition(0 < discount && discount <= 1, "a discount is positive and at most 1")
    precondition(!tables.isEmpty, "there is a sample point")
    for table in tables {
      precondition(
        table.states == tables[0].states && table.actions == tables[0].actions
          && table.rewards.count == tables[0].rewards.count
          && table.theta.count == tables[0].theta.count,
        "all processes have the same dimensions")
    }
    self.tables = tables
    self.discount = discount
    var steps = 1
    func tail(after steps: Int) -> Double { tables.map { $0.tail(after: steps) }.max() ?? 0 }
    while steps < 1024, tail(after: steps) > 0x1p-60 {
      steps += steps < MDPNodes.fewSteps ? steps : MDPNodes.fewSteps
    }
    self.steps = steps
    self.tail = tail(after: steps)
    precondition(self.tail < .infinity, "episodes end")
    inputs = [
      tables.flatMap(\.theta),
      tables.flatMap(\.featuresByAction),
      tables.flatMap(\.dynamics),
      tables.flatMap(\.rewards),
      tables.flatMap(\.start),
    ]
  }

  /// Makes the nodes of the processes: their input slots and what is computed from them.
  ///
  /// - Parameters:
  ///   - builder: The program under construction.
  ///   - sample: An axis with a position for each sample point.
  /// - Returns: The nodes; those that no output depends on cost nothing.
  public func declare(in builder: inout ProgramBuilder, sample: Axis) -> MDPNodes {
    precondition(builder.count(of: sample) == samples, "the axis has the sample points")
    return MDPNodes(self, in: &builder, sample: sample)
  }
}
