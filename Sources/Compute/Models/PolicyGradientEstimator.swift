/// A catalogue of estimators of the policy gradient from one episode, right ones and usual mistakes.
///
/// psi_t is grad log pi(A_t|S_t); sums are over the steps of the episode. The right ones have the mean grad J.
public enum PolicyGradientEstimator: Hashable, Sendable, CaseIterable {
  /// sum gamma^t G_t psi_t
  case rewardToGo
  /// G_0 sum psi_t
  case totalReturn
  /// sum gamma^t (G_t - v(S_t)) psi_t
  case baseline
  /// sum gamma^t q(S_t, A_t) psi_t
  case actionValue
  /// sum gamma^t (q(S_t, A_t) - v(S_t)) psi_t
  case advantage
  /// sum gamma^t (R_(t+1) + gamma v(S_(t+1)) - v(S_t)) psi_t
  case temporalDifference
  /// sum gamma^t (R_(t+1) + gamma v(S_(t+1))) psi_t
  case bootstrappedReturn
  /// sum gamma^t sum_a grad pi(a|S_t) q(S_t, a)
  case allActions
  /// sum G_t psi_t: right if gamma = 1, else biased.
  case discountPowerDropped
  /// sum gamma^2t G_t psi_t: right if gamma = 1.
  case discountPowerTwice
  /// sum gamma^t (R_(t+1) + R_(t+2) + ...) psi_t: right if gamma = 1.
  case undiscountedReturn
  /// sum gamma^t G_(t+1) psi_t
  case returnOffByOne
  /// sum gamma^t R_(t+1) psi_t
  case immediateReward
  /// sum (sum_(k <= t) gamma^k R_(k+1)) psi_t
  case pastRewards
  /// sum gamma^t G_t grad pi(A_t|S_t)
  case gradientOfPolicy
  /// sum gamma^t G_t grad h(S_t, A_t) with the preference h: the normaliser's gradient forgotten
  case gradientOfPreference
  /// - sum gamma^t G_t psi_t
  case sign
  /// sum gamma^t (G_t - q(S_t, A_t)) psi_t
  case actionDependentBaseline
  /// 1/T sum gamma^t G_t psi_t
  case dividedByLength
  /// (sum psi_t) (sum gamma^t G_t)
  case productOfSums
  /// sum over t < T - 1 of gamma^t G_t psi_t
  case lastStepOmitted
  /// G_0 psi_0
  case firstStepOnly
  /// `temporalDifference` with v = 1 at the terminal state
  case valueAtEnd
  /// sum gamma^t G_t psi_(t+1)
  case scoreOfNextAction
  /// sum gamma^t G_t grad log pi(a|S_t) with the likeliest action a in place of A_t
  case scoreOfBestAction

  /// Returns whether the mean is grad J for a discount, in any process.
  public func isUnbiased(discount: Double) -> Bool {
    switch self {
    case .rewardToGo, .totalReturn, .baseline, .actionValue, .advantage, .temporalDifference,
      .bootstrappedReturn, .allActions:
      true
    case .discountPowerDropped, .discountPowerTwice, .undiscountedReturn: discount == 1
    case .returnOffByOne, .immediateReward, .pastRewards, .gradientOfPolicy,
      .gradientOfPreference, .sign,
      .actionDependentBaseline, .dividedByLength, .productOfSums, .lastStepOmitted,
      .firstStepOnly, .valueAtEnd, .scoreOfNextAction, .scoreOfBestAction:
      false
    }
  }

  /// Whether it is computed from an episode alone, without v, q or all actions of the model.
  public var usesEpisodeOnly: Bool {
    switch self {
    case .baseline, .actionValue, .advantage, .temporalDifference, .bootstrappedReturn, .allActions,
      .actionDependentBaseline, .valueAtEnd:
      false
    default: true
    }
  }

  /// Returns the value of the estimator on every trajectory.
  ///
  /// - Parameters:
  ///   - trajectories: The trajectories of a process.
  ///   - builder: The program under construction.
  /// - Returns: A node over the sample, the trajectory and the parameter axes.
  public func node(on trajectories: TrajectoryNodes, in builder: inout ProgramBuilder) -> NodeID {
    let t = trajectories
    let p = t.process
    let score = t.visited(p.gradient(of: p.logPolicy, in: &builder), in: &builder)
    let value = t.visited(p.value, in: &builder)
    let actionValue = t.visited(p.actionValue, in: &builder)
    let laterValue = builder.binary(
      .multiply, p.discount, t.shifted(value, by: 1, in: &builder))
    let isLast = builder.binary(
      .subtract, t.isActive, t.shifted(t.isActive, by: 1, in: &builder))

    /// The sum of gamma^t times a weight times the score.
    func sum(_ weight: NodeID) -> NodeID {
      t.sumOverSteps(
        builder.binary(
          .multiply, builder.binary(.multiply, t.discountPower, weight), score), in: &builder)
    }
    func difference(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.subtract, a, b) }
    func product(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.multiply, a, b) }

    switch self {
    case .rewardToGo: return sum(t.returns)
    case .totalReturn:
      return product(t.at(0, t.returns, in: &builder), t.sumOverSteps(score, in: &builder))
    case .baseline: return sum(difference(t.returns, value))
    case .actionValue: return sum(actionValue)
    case .advantage: return sum(difference(actionValue, value))
    case .temporalDifference:
      return sum(difference(builder.binary(.add, t.reward, laterValue), value))
    case .bootstrappedReturn: return sum(builder.binary(.add, t.reward, laterValue))
    case .allActions:
      let inner = builder.sum(
        p.gradient(of: p.policy, in: &builder), p.actionValue, over: p.action)
      return t.sumOverSteps(
        product(t.discountPower, t.visited(inner, in: &builder)), in: &builder)
    case .discountPowerDropped: return t.sumOverSteps(product(t.returns, score), in: &builder)
    case .discountPowerTwice: return sum(product(t.discountPower, t.returns))
    case .undiscountedReturn: return sum(t.sumOfRewards(fromNowOn: true, t.reward, in: &builder))
    case .returnOffByOne: return sum(t.shifted(t.returns, by: 1, in: &builder))
    case .immediateReward: return sum(t.reward)
    case .pastRewards:
      let past = t.sumOfRewards(
        fromNowOn: false, product(t.discountPower, t.reward), in: &builder)
      return t.sumOverSteps(product(past, score), in: &builder)
    case .gradientOfPolicy:
      let gradient = t.visited(p.gradient(of: p.policy, in: &builder), in: &builder)
      return t.sumOverSteps(
        product(product(t.discountPower, t.returns), gradient), in: &builder)
    case .gradientOfPreference:
      let gradient = t.visited(p.gradient(of: p.preference, in: &builder), in: &builder)
      return t.sumOverSteps(
        product(product(t.discountPower, t.returns), gradient), in: &builder)
    case .sign: return builder.unary(.negate, sum(t.returns))
    case .actionDependentBaseline: return sum(difference(t.returns, actionValue))
    case .dividedByLength: return builder.binary(.divide, sum(t.returns), t.length)
    case .productOfSums:
      let returns = t.sumOverSteps(product(t.discountPower, t.returns), in: &builder)
      return product(t.sumOverSteps(score, in: &builder), returns)
    case .lastStepOmitted: return sum(product(t.returns, difference(t.isActive, isLast)))
    case .firstStepOnly: return t.at(0, product(t.returns, score), in: &builder)
    case .valueAtEnd:
      let target = builder.binary(
        .add, builder.binary(.add, t.reward, laterValue), product(p.discount, isLast))
      return sum(difference(target, value))
    case .scoreOfNextAction:
      return t.sumOverSteps(
        product(
          product(t.discountPower, t.returns), t.shifted(score, by: 1, in: &builder)),
        in: &builder)
    case .scoreOfBestAction:
      let distance = difference(
        builder.reduce(.maximum, p.policy, over: p.action), p.policy)
      let isBest = difference(builder.constant(1), builder.unary(.step, distance))
      let best = builder.sum(
        isBest, p.gradient(of: p.logPolicy, in: &builder), over: p.action)
      return t.sumOverSteps(
        product(product(t.discountPower, t.returns), t.visited(best, in: &builder)), in: &builder)
    }
  }
}

extension TrajectoryNodes {
  /// Sums a node over all times from each one on, or up to it.
  fileprivate func sumOfRewards(
    fromNowOn: Bool, _ node: NodeID, in builder: inout ProgramBuilder
  ) -> NodeID {
    let count = builder.count(of: time)
    let isTaken = (0..<count * count).map { i -> Double in
      let (t, k) = (i / count, i % count)
      return (fromNowOn ? k >= t : k <= t) ? 1 : 0
    }
    let weights = builder.table(isTaken, axes: [time, otherTime])
    return builder.sum(
      weights, builder.rename(node, from: time, to: otherTime), over: otherTime)
  }
}
