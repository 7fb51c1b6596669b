/// Estimators of the policy gradient from several independent episodes, by total returns G and scores Psi.
///
/// Psi is the sum of psi_t over an episode, G its discounted return, N the number of episodes.
public enum BatchEstimator: Hashable, Sendable, CaseIterable {
  /// 1/N sum_i G_i Psi_i
  case average
  /// 1/N sum_i (G_i - the mean of the other returns) Psi_i
  case leaveOneOut
  /// 1/N sum_i (G_i - the mean of all returns) Psi_i: the mean is 1 - 1/N times the gradient.
  case ownSampleBaseline
  /// 1/N sum_i (G_i - the mean of all returns) / (their deviation) Psi_i: proportional only if there are two returns.
  case normalisedReturns
  /// sum_i G_i Psi_i: the mean is N times the gradient.
  case sumForMean

  /// The name under which reports and rubrics know it; mistakes begin with `estimator.`.
  public var identifier: String {
    switch self {
    case .average: "reinforce.batch-average"
    case .leaveOneOut: "reinforce.leave-one-out"
    case .ownSampleBaseline: "estimator.own-sample-baseline"
    case .normalisedReturns: "estimator.normalised-returns"
    case .sumForMean: "estimator.sum-for-mean"
    }
  }

  /// Returns the constant c for which the mean is c times the gradient.
  ///
  /// - Parameter count: The number of episodes, at least two.
  /// - Returns: c; nil if the mean is not proportional to the gradient.
  public func constant(count: Int) -> Double? {
    switch self {
    case .average, .leaveOneOut: 1
    case .ownSampleBaseline: 1 - 1 / Double(count)
    case .normalisedReturns: nil
    case .sumForMean: Double(count)
    }
  }

  /// Returns the value on a batch.
  ///
  /// - Parameters:
  ///   - returns: G of each episode, at least two.
  ///   - scores: Psi of each episode.
  /// - Returns: The components; zeros for normalised returns that are all equal.
  public func value(returns: [Double], scores: [[Double]]) -> [Double] {
    let count = Double(returns.count)
    let mean = returns.reduce(0, +) / count
    let weights = returns.map { g -> Double in
      switch self {
      case .average: g / count
      case .leaveOneOut: (g - mean) / (count - 1)
      case .ownSampleBaseline: (g - mean) / count
      case .normalisedReturns: g - mean
      case .sumForMean: g
      }
    }
    var result = [Double](repeating: 0, count: scores.first?.count ?? 0)
    for (weight, score) in zip(weights, scores) {
      for k in result.indices { result[k] += weight * score[k] }
    }
    guard self == .normalisedReturns else { return result }
    let variance = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let scale = returns.reduce(0) { max($0, $1.magnitude) }
    let deviation = variance.squareRoot()
    return result.map { deviation <= 1e-12 * scale ? 0 : $0 / deviation / count }
  }

  /// Returns the exact moments by going through all batches.
  ///
  /// - Parameters:
  ///   - episodes: All episodes that occur.
  ///   - count: The number of episodes in a batch, at least two; the cost grows with their number to its power.
  /// - Returns: The mean and the covariance.
  public func moments(of episodes: EpisodeList, count: Int) -> EstimatorMoments {
    precondition(count >= 2 && !episodes.probabilities.isEmpty, "a batch has two episodes")
    let size = episodes.scores[0].count
    var first = [Double](repeating: 0, count: size)
    var second = [Double](repeating: 0, count: size * size)
    var choice = [Int](repeating: 0, count: count)
    while true {
      let probability = choice.reduce(1) { $0 * episodes.probabilities[$1] }
      let g = value(
        returns: choice.map { episodes.returns[$0] }, scores: choice.map { episodes.scores[$0] })
      for i in 0..<size {
        first[i] += probability * g[i]
        for j in 0..<size { second[i * size + j] += probability * g[i] * g[j] }
      }
      guard let k = choice.lastIndex(where: { $0 + 1 < episodes.probabilities.count }) else {
        break
      }
      choice[k] += 1
      for later in choice.indices where later > k { choice[later] = 0 }
    }
    return EstimatorMoments(first: first, second: second)
  }
}
