internal import Compute
public import Notation

/// An estimator of the policy gradient as an answer writes it.
public struct EpisodeEstimator: Sendable {
  /// The formula: the estimate itself, or a loss or objective whose gradient it is.
  public var expression: Expression
  /// Whether the gradient of the formula is meant; values, returns and advantages inside are held.
  public var isObjective: Bool
  /// How steps and rewards are numbered.
  public var numbering: EpisodeNumbering
  /// Names with a value of their own: numbers of samples, step sizes, constants.
  public var constants: [(name: String, value: Double)]
  /// Whether `A_t` stands for the advantage.
  public var readsAdvantages: Bool

  /// Creates an estimator.
  public init(
    expression: Expression, isObjective: Bool, numbering: EpisodeNumbering,
    constants: [(name: String, value: Double)], readsAdvantages: Bool
  ) {
    self.expression = expression
    self.isObjective = isObjective
    self.numbering = numbering
    self.constants = constants
    self.readsAdvantages = readsAdvantages
  }
}

extension Workbench {
  /// What is known of an estimator: exact, by all draws.
  public struct Estimate: Sendable {
    /// Its value on every draw.
    public var draws: Value
    /// Its expectation.
    public var mean: Value
    /// The sum of the variances of its components.
    public var totalVariance: Value
  }

  /// Returns the value of an estimator on all episodes, its mean and its variance.
  ///
  /// Expectations that stand around are left out; the mean puts them back.
  ///
  /// - Parameter estimator: The estimator.
  /// - Returns: The exact moments.
  /// - Throws: Why it has no value in this world.
  public mutating func estimate(
    _ estimator: EpisodeEstimator
  ) throws(Misunderstanding) -> Estimate {
    let expression = estimator.expression.withoutEpisodeExpectations
    guard let trajectories = elaborator.world.trajectories else {
      throw Misunderstanding(
        .outOfReach, "episodes are listed for a bounded horizon alone", at: expression.range)
    }
    elaborator.definitions = studentDefinitions
    elaborator.episode = estimator.numbering
    elaborator.readsAdvantages = estimator.readsAdvantages
    elaborator.isInTrajectory = true
    defer {
      elaborator.episode = nil
      elaborator.isInTrajectory = false
    }
    var bindings: [Binding] = []
    for (name, value) in estimator.constants {
      let constant = elaborator.builder.constant(value)
      bindings.append(Binding(name: name, meaning: .value(Quantity(constant))))
    }
    var node = try elaborator.withBindings(bindings) { elaborator throws(Misunderstanding) in
      try elaborator.number(expression)
    }
    let process = trajectories.process
    if estimator.isObjective {
      node = process.gradient(
        of: node, holding: [process.value, process.actionValue, process.advantage],
        in: &elaborator.builder)
    }
    guard elaborator.builder.axes(of: node).contains(process.parameter) else {
      throw Misunderstanding(
        .nonsense, "there is no gradient by the parameters of the policy in it",
        at: expression.range)
    }
    return moments(of: node, on: trajectories)
  }

  private mutating func moments(of node: NodeID, on trajectories: TrajectoryNodes) -> Estimate {
    let mean = trajectories.expectation(of: node, in: &elaborator.builder)
    let total = trajectories.totalVariance(of: node, in: &elaborator.builder)
    return Estimate(
      draws: Value(quantity: Quantity(node)), mean: Value(quantity: Quantity(mean)),
      totalVariance: Value(quantity: Quantity(total)))
  }

  /// Returns the gradient that an on-policy expectation gives, `E_{s \sim \mu, a \sim \pi}[...]`.
  public mutating func onPolicyMean(
    _ estimator: EpisodeEstimator
  ) throws(Misunderstanding) -> Value {
    elaborator.definitions = studentDefinitions
    let bindings = estimator.constants.map { name, value in
      Binding(
        name: name, meaning: .value(Quantity(elaborator.builder.constant(value))))
    }
    let expression = estimator.expression
    let node = try elaborator.withBindings(bindings) { elaborator throws(Misunderstanding) in
      try elaborator.number(expression)
    }
    return Value(quantity: Quantity(node))
  }

  /// The estimators of the catalogue on all episodes, in its order.
  public var catalogue: [Value] {
    elaborator.world.catalogue.map { Value(quantity: Quantity($0)) }
  }

  /// The sum of the variances of the components of the reward-to-go estimator, at the first point.
  public var usualVariance: Double? { elaborator.world.usualVariance }

  /// Returns the values of a number at all points.
  public mutating func values(of value: Value) -> [Double] {
    row(of: value)?.row.values ?? []
  }
}

extension World {
  /// Returns the world with the estimators of the catalogue worked out on all episodes.
  public var withCatalogue: World {
    guard let trajectories else { return self }
    var world = self
    world.catalogue = PolicyGradientEstimator.allCases.map {
      $0.node(on: trajectories, in: &world.builder)
    }
    var outputs = world.catalogue
    if let usual = PolicyGradientEstimator.allCases.firstIndex(of: .rewardToGo) {
      outputs.append(
        trajectories.totalVariance(of: world.catalogue[usual], in: &world.builder))
    }
    let program = world.builder.program(outputs: outputs)
    guard !program.isTooLarge else { return self }
    let blocks = Workspace().run(program, inputs: inputs)
    for (node, block) in zip(world.catalogue, blocks) {
      world.referenceRows[node] = (Row(block), block.axes)
    }
    world.usualVariance = blocks.last?.values.first
    return world
  }

  /// Whether all episodes are listed.
  public var listsEpisodes: Bool { trajectories != nil }
}

extension Expression {
  /// The expression without expectations over episodes, where the rest is linear in them.
  fileprivate var withoutEpisodeExpectations: Expression {
    switch node {
    case .expectation(let expectation)
    where expectation.given.isEmpty && !expectation.measures.contains(where: \.isLawOfStates):
      return expectation.body.withoutEpisodeExpectations
    case .group(let delimiter, let inner):
      return Expression(.group(delimiter, inner.withoutEpisodeExpectations), range)
    case .negate(let inner):
      return Expression(.negate(inner.withoutEpisodeExpectations), range)
    case .binary(let operation, let left, let right):
      switch operation {
      case .add, .subtract:
        return Expression(
          .binary(operation, left.withoutEpisodeExpectations, right.withoutEpisodeExpectations),
          range)
      case .multiply, .elementwise:
        if !left.isDrawn {
          return Expression(.binary(operation, left, right.withoutEpisodeExpectations), range)
        }
        if !right.isDrawn {
          return Expression(.binary(operation, left.withoutEpisodeExpectations, right), range)
        }
        return self
      case .divide where !right.isDrawn:
        return Expression(.binary(operation, left.withoutEpisodeExpectations, right), range)
      default: return self
      }
    case .reduction(var reduction) where reduction.kind == .sum:
      reduction.body = reduction.body.withoutEpisodeExpectations
      return Expression(.reduction(reduction), range)
    default: return self
    }
  }

  /// Whether something of an episode occurs inside.
  private var isDrawn: Bool {
    contains { expression in
      switch expression.node {
      case .name(let name):
        DecisionNames.ofEpisode.contains(name.base)
          || name.base == "T" && name.subscripts.isEmpty
      case .expectation: true
      default: false
      }
    }
  }

  /// Whether a measure draws states from a law of their own: `s \sim \mu`.
  private var isLawOfStates: Bool {
    contains { expression in
      switch expression.node {
      case .name(let name), .apply(let name, _):
        DecisionNames.weights.contains(name.base)
      default: false
      }
    }
  }
}
