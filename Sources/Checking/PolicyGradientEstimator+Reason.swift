internal import Compute

extension PolicyGradientEstimator {
  /// What is wrong with a mistaken estimator, for students.
  var reason: String {
    switch self {
    case .discountPowerDropped:
      "the factor $\\gamma^t$ of each step is missing: unbiased only for $\\gamma = 1$"
    case .discountPowerTwice: "the factor $\\gamma^t$ is there twice"
    case .undiscountedReturn: "the rewards in the return are not discounted"
    case .returnOffByOne:
      "the return begins one step too late: the reward of the action itself is missing"
    case .immediateReward: "each action is weighted by its own reward alone, not by the return"
    case .pastRewards: "each action is weighted by the rewards before it, not by those that follow"
    case .gradientOfPolicy: "the gradient is of the policy, not of its logarithm"
    case .gradientOfPreference:
      "the score of a softmax policy is the gradient of the preference less its mean, here the mean is missing"
    case .sign: "the sign of the whole is wrong"
    case .actionDependentBaseline:
      "a baseline that depends on the action takes away the gradient itself"
    case .dividedByLength:
      "the sum over the steps is divided by their number, which differs from episode to episode"
    case .productOfSums:
      "the product of the two sums pairs each action with the returns of all steps"
    case .lastStepOmitted: "the last step of the episode is left out"
    case .firstStepOnly: "only the first step of the episode is there"
    case .valueAtEnd: "the value behind the last step is not zero here"
    case .scoreOfNextAction: "the return is paired with the next action"
    case .scoreOfBestAction: "the score is of the likeliest action, not of the one that was taken"
    case .rewardToGo, .totalReturn, .baseline, .actionValue, .advantage, .temporalDifference,
      .bootstrappedReturn, .allActions:
      "unbiased"
    }
  }
}
