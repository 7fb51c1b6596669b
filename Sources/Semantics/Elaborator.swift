internal import Compute
internal import Notation

/// Gives a syntax tree its meaning in a world: names to nodes, binders to axes, tree to program.
///
/// One elaborator serves all formulas that are compared with each other, so that what they have in
/// common is one node and is evaluated once.
struct Elaborator {
  let vocabulary: Vocabulary
  let world: World
  var builder: ProgramBuilder
  var definitions: Definitions
  /// The bound variables, the innermost last.
  var bindings: [Binding] = []
  /// The indices that names without an index take over from the abbreviation in which they stand.
  var inheritedIndices: [Expression] = []
  /// How many definitions stand one upon another here.
  var definitionDepth = 0
  /// The axis that stands for the data: that of the world, or of the sum over data around.
  var dataAxis: Axis?
  /// Whether names of deviations stand for variances: the other reading of `N(\mu, \sigma)`.
  var readsDeviationsAsVariances = false
  /// Whether `d^\pi(s)` counts expected visits: the other reading of a distribution of states.
  var readsDistributionsAsVisits = false
  /// The laws that words give to weights of states, by their letters.
  var statedLaws: [String: StateLaw] = [:]
  /// Whose parameters the letters below a gradient are.
  var parameterNames = ParameterNames()
  /// What the draws of an estimator mean; `nil` where there are none.
  var sampling: Sampling?
  /// Whether a free latent variable means the array of its states, as in code.
  var readsLatentAsArray = false
  private var steps = 0

  /// The axes of bound variables.
  var boundAxes: BoundAxes
  /// The distributions that the rubric declares, as far as they were worked out where no index runs.
  var declaredLaws: [Int: DistributionValue] = [:]
  /// The axes of states and actions that no sum binds, by name.
  var freeMembers: [String: (axis: Axis, kind: MemberKind)] = [:]
  /// Whether names are those of a trajectory: a sum or an expectation over trajectories stands around.
  var isInTrajectory = false
  /// How steps are numbered while an estimator from one episode is read.
  var episode: EpisodeNumbering?
  /// What is drawn while an estimator over base noise is read.
  var noiseReading: NoiseReading?
  /// Whether `A_t` stands for the advantage.
  var readsAdvantages = false
  /// The arguments at which functions without arguments are taken: `\mu = \eta / \sum_s \eta(s)`.
  var pendingArguments: [Expression] = []

  /// How many expressions are looked at before a formula counts as too large.
  private static let stepLimit = 20_000

  init(vocabulary: Vocabulary, world: World, definitions: Definitions = Definitions()) {
    self.vocabulary = vocabulary
    self.world = world
    self.definitions = definitions
    builder = world.builder
    boundAxes = world.boundAxes
    dataAxis = world.axes[.data]
  }

  /// Returns the meaning of an expression where a number, vector or matrix is expected.
  mutating func quantity(_ expression: Expression) throws(Misunderstanding) -> Quantity {
    steps += 1
    guard steps <= Self.stepLimit, !builder.isTooLarge else {
      throw Misunderstanding(.tooLarge, "the formula is too large", at: expression.range)
    }
    let range = expression.range
    switch expression.node {
    case .number(let value, _):
      return Quantity(
        builder.constant(value, error: Self.isExact(value) ? 0 : abs(value) * 0x1p-53))
    case .name(let name): return try value(of: name, at: range)
    case .infinity: return Quantity(builder.constant(.infinity))
    case .negate(let operand): return negated(try quantity(operand))
    case .binary(let operation, let left, let right):
      return try binary(operation, left, right, at: range)
    case .group(_, let inner): return try quantity(inner)
    case .call(let function, let arguments):
      return try call(function, arguments, at: range)
    case .apply(let name, let arguments): return try apply(name, arguments, at: range)
    case .reduction(let reduction): return try reduce(reduction, at: range)
    case .expectation(let expectation): return try expect(expectation, at: range)
    case .divergence(let first, let second):
      return try divergence(of: first, from: second, at: range)
    case .derivative(let derivative): return try differentiate(derivative, at: range)
    case .bars(let inner):
      if let count = memberCount(inner) { return count }
      let value = try quantity(inner)
      if value.isMatrix { return determinant(of: value) }
      return mapped(.absolute, value)
    case .norm(let inner, let index): return try norm(of: inner, index: index, at: range)
    case .transpose(let inner):
      if case .number(1, _) = inner.withoutGroups.node { return onesRow() }
      return transposed(try quantity(inner))
    case .factorial(let inner):
      let next = builder.binary(.add, try quantity(inner).node, builder.constant(1))
      return Quantity(builder.unary(.gamma, next))
    case .tuple:
      throw Misunderstanding(.nonsense, "a list stands where a number is expected", at: range)
    case .matrix(let rows): return try matrix(rows, at: range)
    case .element(let array, let indices): return try element(of: array, indices, at: range)
    case .ellipsis:
      throw Misunderstanding(.unread, "'...' stands for terms that are not written", at: range)
    case .placeholder:
      throw Misunderstanding(.nonsense, "nothing stands where a number is expected", at: range)
    case .words(let text):
      throw Misunderstanding(.unknownName(text), "the words '\(text)' have no value", at: range)
    case .relation:
      throw Misunderstanding(
        .nonsense, "a relation stands where a number is expected", at: range)
    case .unread(let message): throw Misunderstanding(.unread, message, at: range)
    }
  }

  /// Returns the meaning of an expression that must be a number, not an array.
  mutating func number(_ expression: Expression) throws(Misunderstanding) -> NodeID {
    let value = try quantity(expression)
    guard value.isNumber else {
      throw Misunderstanding(
        .nonsense, "a vector or matrix stands where a number is expected", at: expression.range)
    }
    return value.node
  }

  /// Runs a piece of elaboration with more bindings, which are dropped behind it.
  mutating func withBindings<Result>(
    _ more: [Binding], _ body: (inout Elaborator) throws(Misunderstanding) -> Result
  ) throws(Misunderstanding) -> Result {
    let depth = bindings.count
    bindings += more
    defer { bindings.removeSubrange(depth...) }
    return try body(&self)
  }

  private static func isExact(_ value: Double) -> Bool {
    let scaled = value * 1024
    return scaled == scaled.rounded() && abs(value) < 1e15
  }
}

/// What a variable of a decision process runs over.
enum MemberKind: Hashable, Sendable {
  /// The states, the terminal one left out.
  case state
  /// The states with the terminal one as last.
  case successor
  case action
  case reward
  /// The number of steps made.
  case step
  /// The times of a trajectory.
  case time
}

/// A variable that a sum, an integral or an expectation binds.
struct Binding {
  /// What the name stands for inside.
  enum Meaning {
    /// The number of a member: the axis along which the members lie, and what they are members of.
    case index(Axis, AxisKind)
    /// A value, such as a point of integration or a number that runs.
    case value(Quantity)
    /// A state, action, reward or number of steps of a decision process: the axis along which it runs.
    case member(Axis, MemberKind)
    /// The number of a step of an episode: the axis of times, and the number of the first one.
    case time(Axis, origin: Int)
  }

  /// The name, as `Name.description` writes it without indices.
  var name: String
  var meaning: Meaning
  /// The distribution from which the value is drawn, if it is.
  var distribution: DistributionValue?
  /// The axis of the states, if the value is a state of a discrete latent variable.
  var state: Axis?
}
