extension PolicyGradientEstimator {
  /// The name under which reports and rubrics know it.
  ///
  /// Mistakes begin with `estimator.`, also those that are right without a discount.
  public var identifier: String {
    switch self {
    case .rewardToGo: "reinforce.reward-to-go"
    case .totalReturn: "reinforce.total-return"
    case .baseline: "reinforce.baseline"
    case .actionValue: "reinforce.action-value"
    case .advantage: "reinforce.advantage"
    case .temporalDifference: "actor-critic.one-step"
    case .bootstrappedReturn: "actor-critic.without-baseline"
    case .allActions: "policy-gradient.all-actions"
    case .discountPowerDropped: "estimator.discount-power-dropped"
    case .discountPowerTwice: "estimator.discount-power-twice"
    case .undiscountedReturn: "estimator.undiscounted-return"
    case .returnOffByOne: "estimator.off-by-one-return"
    case .immediateReward: "estimator.immediate-reward"
    case .pastRewards: "estimator.past-rewards"
    case .gradientOfPolicy: "estimator.gradient-of-policy-not-log"
    case .gradientOfPreference: "estimator.score-without-policy"
    case .sign: "estimator.sign"
    case .actionDependentBaseline: "estimator.action-dependent-baseline"
    case .dividedByLength: "estimator.divided-by-length"
    case .productOfSums: "estimator.product-of-sums"
    case .lastStepOmitted: "estimator.last-step-omitted"
    case .firstStepOnly: "estimator.first-step-only"
    case .valueAtEnd: "estimator.value-at-end"
    case .scoreOfNextAction: "estimator.score-of-next-action"
    case .scoreOfBestAction: "estimator.score-of-best-action"
    }
  }

  /// The estimator as plain text, with psi_t = grad log pi(A_t|S_t), T steps and g for the discount.
  public var formula: String {
    switch self {
    case .rewardToGo: "sum g^t G_t psi_t"
    case .totalReturn: "G_0 sum psi_t"
    case .baseline: "sum g^t (G_t - v(S_t)) psi_t"
    case .actionValue: "sum g^t q(S_t, A_t) psi_t"
    case .advantage: "sum g^t (q(S_t, A_t) - v(S_t)) psi_t"
    case .temporalDifference: "sum g^t (R_(t+1) + g v(S_(t+1)) - v(S_t)) psi_t"
    case .bootstrappedReturn: "sum g^t (R_(t+1) + g v(S_(t+1))) psi_t"
    case .allActions: "sum g^t sum_a q(S_t, a) grad pi(a|S_t)"
    case .discountPowerDropped: "sum G_t psi_t"
    case .discountPowerTwice: "sum g^(2t) G_t psi_t"
    case .undiscountedReturn: "sum g^t (R_(t+1) + R_(t+2) + ...) psi_t"
    case .returnOffByOne: "sum g^t G_(t+1) psi_t"
    case .immediateReward: "sum g^t R_(t+1) psi_t"
    case .pastRewards: "sum (R_1 + ... + g^t R_(t+1)) psi_t"
    case .gradientOfPolicy: "sum g^t G_t grad pi(A_t|S_t)"
    case .gradientOfPreference: "sum g^t G_t grad h(S_t, A_t)"
    case .sign: "-sum g^t G_t psi_t"
    case .actionDependentBaseline: "sum g^t (G_t - q(S_t, A_t)) psi_t"
    case .dividedByLength: "1/T sum g^t G_t psi_t"
    case .productOfSums: "(sum psi_t) (sum g^t G_t)"
    case .lastStepOmitted: "sum_(t < T-1) g^t G_t psi_t"
    case .firstStepOnly: "G_0 psi_0"
    case .valueAtEnd: "actor-critic.one-step with v = 1 at the end"
    case .scoreOfNextAction: "sum g^t G_t psi_(t+1)"
    case .scoreOfBestAction: "sum g^t G_t grad log pi(a|S_t), a the likeliest"
    }
  }
}
