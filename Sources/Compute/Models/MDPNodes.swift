/// A Markov decision process and its policy as nodes of a program.
///
/// Shapes are over `sample` and, of these in order, the axes that are named. There are two kinds of state axes:
/// those of the states alone (`state`, `next`) and those with the terminal state as last entry (`successor`).
/// `placed` lays a node over other axes of either kind. Beyond the end all is zero (values, visits, advantages),
/// but the policy, which is uniform there, so that p(s', r | s, a) (r + gamma v(s')) sums to q(s, a), and
/// ratios of the policy are defined.
public struct MDPNodes: Sendable {
  /// The sample points.
  public let sample: Axis
  /// The states, the terminal one left out.
  public let state: Axis
  /// The states once more, for what depends on two of them.
  public let next: Axis
  /// The states and after them the terminal one.
  public let successor: Axis
  /// The actions.
  public let action: Axis
  /// The rewards that occur.
  public let reward: Axis
  /// The number of steps made, from 0; for sums over k up to infinity.
  public let step: Axis
  /// The components of gradients by `theta`.
  public let parameter: Axis

  /// The parameters of the policy: an input over `parameter`.
  public let theta: NodeID
  /// The discount: a number.
  public let discount: NodeID
  /// The values of the rewards over `reward`.
  public let rewards: NodeID
  /// The distribution of the first state over `state`.
  public let start: NodeID
  /// The first state if there is only one.
  public let startState: Int?

  /// h(s, a), the preference that the policy is the softmax of, over `state`, `action`.
  public let preference: NodeID
  /// pi(a|s) over `state`, `action`.
  public let policy: NodeID
  /// log pi(a|s) over `state`, `action`.
  public let logPolicy: NodeID
  /// p(s', r | s, a) over `state`, `action`, `successor`, `reward`.
  public let dynamics: NodeID
  /// p(s' | s, a) over `state`, `action`, `successor`.
  public let transition: NodeID
  /// p(r | s, a) over `state`, `action`, `reward`.
  public let rewardProbability: NodeID
  /// r(s, a), the expected reward, over `state`, `action`.
  public let expectedReward: NodeID
  /// r(s, a, s'), the expected reward given the successor, over `state`, `action`, `successor`.
  ///
  /// Zero where the successor cannot follow.
  public let expectedRewardOnTransition: NodeID
  /// The probability of a step from one state to another under the policy over `state`, `next`.
  public let chain: NodeID
  /// The expected reward of a step under the policy over `state`.
  public let chainReward: NodeID

  /// v(s) over `state`.
  public let value: NodeID
  /// q(s, a) over `state`, `action`.
  public let actionValue: NodeID
  /// q(s, a) - v(s) over `state`, `action`.
  public let advantage: NodeID
  /// J, the expected value of the first state: a number for each sample point.
  public let objective: NodeID

  /// The expected number of visits to `next` on episodes from `state`: the sum of the chain's powers.
  public let visitsFrom: NodeID
  /// The expected sum of gamma^k over the visits to `next` on episodes from `state`.
  public let discountedVisitsFrom: NodeID
  /// eta(s), the expected number of visits in an episode, over `state`.
  public let visits: NodeID
  /// The expected sum of gamma^t over the visits in an episode, over `state`.
  public let discountedVisits: NodeID
  /// mu(s), `visits` divided by their sum, over `state`.
  public let onPolicy: NodeID
  /// `discountedVisits` divided by their sum, over `state`.
  public let discountedOnPolicy: NodeID
  /// E[T], the sum of `visits`: a number for each sample point.
  public let averageLength: NodeID
  /// The sum of `discountedVisits`, (1 - E[gamma^T]) / (1 - gamma) if gamma < 1.
  public let discountedLength: NodeID

  // The tangent of theta, and what `placed` and `reach` need.
  let seeds: [NodeID: NodeID]
  let middle: Axis
  let blockOfSteps: Axis
  let stepInBlock: Axis
  let policyOfAll: NodeID
  let logPolicyOfAll: NodeID
  let tail: Double

  /// The number of steps in a block; a larger number of steps is a multiple of it.
  static let fewSteps = 8

  /// Returns the gradient of a node by the parameters of the policy.
  ///
  /// - Parameters:
  ///   - node: Any node built from these.
  ///   - builder: The program under construction.
  /// - Returns: A node that depends on `parameter` as well, or the number zero.
  public func gradient(of node: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.tangent(of: node, seeds: seeds) ?? builder.constant(0)
  }

  /// Returns the derivatives of a node by `theta` while others are held, over its axes and `parameter`.
  ///
  /// - Parameters:
  ///   - node: A node of the same program.
  ///   - held: The nodes that do not move with `theta`.
  ///   - builder: The program under construction.
  /// - Returns: The gradient.
  public func gradient(
    of node: NodeID, holding held: [NodeID], in builder: inout ProgramBuilder
  ) -> NodeID {
    var all = seeds
    for one in held { all[one] = builder.constant(0) }
    return builder.tangent(of: node, seeds: all) ?? builder.constant(0)
  }

  /// Returns Pr(s -> x, k, pi), the probability of being in x after k steps from s, over `state`, `next`.
  ///
  /// - Parameters:
  ///   - steps: The number of steps, not negative.
  ///   - builder: The program under construction.
  /// - Returns: The power of the chain; for no steps the identity.
  public func reach(after steps: Int, in builder: inout ProgramBuilder) -> NodeID {
    var result = identity(in: &builder)
    var power = chain
    var rest = steps
    var isFirst = true
    while rest > 0 {
      if !rest.isMultiple(of: 2) {
        result = isFirst ? power : product(result, power, in: &builder)
        isFirst = false
      }
      rest /= 2
      if rest > 0 { power = product(power, power, in: &builder) }
    }
    return result
  }

  /// Returns Pr(s -> x, k, pi) for all k at once, over `state`, `next`, `step`.
  ///
  /// A sum over `step` stands for one up to infinity: the last entry's error bound contains the rest. The same
  /// holds after multiplication with powers of the discount.
  public func reachTable(in builder: inout ProgramBuilder) -> NodeID {
    let count = builder.count(of: step)
    var result: NodeID
    if count <= Self.fewSteps {
      result = powers(of: chain, along: step, in: &builder)
    } else {
      // P^k = (P^8)^(k / 8) P^(k % 8)
      let many = powers(
        of: reach(after: Self.fewSteps, in: &builder), along: blockOfSteps, in: &builder)
      let few = powers(of: chain, along: stepInBlock, in: &builder)
      result = builder.gather(
        product(many, few, in: &builder), axes: [blockOfSteps, stepInBlock],
        indices: [
          (0..<count).map { $0 / Self.fewSteps }, (0..<count).map { $0 % Self.fewSteps },
        ], along: [step])
    }
    guard tail > 0 else { return result }
    let zeros = [DoubleDouble](repeating: DoubleDouble(0), count: count)
    let rest = builder.table(
      zeros, errors: (0..<count).map { $0 == count - 1 ? tail : 0 }, axes: [step])
    return builder.binary(.add, result, rest)
  }

  // All powers from 0 on: A^k is the product of A^bit over the bits of k.
  private func powers(of matrix: NodeID, along axis: Axis, in builder: inout ProgramBuilder)
    -> NodeID
  {
    let count = builder.count(of: axis)
    let identity = identity(in: &builder)
    var result = identity
    var power = matrix
    var bit = 1
    while bit < count {
      let isSet = (0..<count).map { $0 & bit == 0 ? 0.0 : 1 }
      let with = builder.table(isSet, axes: [axis])
      let without = builder.table(isSet.map { 1 - $0 }, axes: [axis])
      let factor = builder.binary(
        .add, builder.binary(.multiply, power, with),
        builder.binary(.multiply, identity, without))
      result = bit == 1 ? factor : product(result, factor, in: &builder)
      bit *= 2
      if bit < count { power = product(power, power, in: &builder) }
    }
    return result
  }

  private func identity(in builder: inout ProgramBuilder) -> NodeID {
    let states = builder.count(of: state)
    return builder.table(Matrix.identity(states).values, axes: [state, next])
  }

  private func product(_ a: NodeID, _ b: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.sum(
      builder.rename(a, from: next, to: middle), builder.rename(b, from: state, to: middle),
      over: middle)
  }
}
