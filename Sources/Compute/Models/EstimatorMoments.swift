/// The exact mean and covariance of an estimator of the policy gradient.
public struct EstimatorMoments: Hashable, Sendable {
  /// The mean of each component.
  public let mean: [Double]
  /// The covariances of the components.
  public let covariance: Matrix

  /// The sum of the variances of the components.
  public var totalVariance: Double {
    mean.indices.reduce(0) { $0 + covariance[$1, $1] }
  }

  /// Moments that are known.
  ///
  /// - Parameters:
  ///   - mean: The mean of each component.
  ///   - covariance: As many rows and columns.
  public init(mean: [Double], covariance: Matrix) {
    precondition(
      covariance.rows == mean.count && covariance.columns == mean.count,
      "a covariance is as large as the mean")
    self.mean = mean
    self.covariance = covariance
  }

  /// Moments from the mean and the entries of the covariance, row-major.
  init(mean: [Double], covariances: [Double]) {
    self.init(
      mean: mean,
      covariance: Matrix(rows: mean.count, columns: mean.count, values: covariances))
  }

  /// Moments from the expectations of the vector and of its outer product with itself, row-major.
  init(first: [Double], second: [Double]) {
    let size = first.count
    mean = first
    covariance = Matrix(
      rows: size, columns: size,
      values: second.indices.map { second[$0] - first[$0 / size] * first[$0 % size] })
  }
}

extension MDPTables {
  /// Returns the moments of the sum of gamma^t (G_t - b(S_t)) grad log pi(A_t|S_t) over an episode.
  ///
  /// By linear systems for E[G^i H^j], without a bound on the length of episodes: the part H_t from time t on is
  /// (G_t - b) psi_t + w H_(t+1).
  ///
  /// - Parameters:
  ///   - discount: The discount gamma.
  ///   - baseline: b of each state; zero if empty.
  ///   - isWeighted: Whether there is the factor gamma^t; without it w = 1.
  /// - Returns: The mean and the covariance; nil if episodes may never end.
  public func rewardToGoMoments(discount: Double, baseline: [Double] = [], isWeighted: Bool = true)
    -> EstimatorMoments?
  {
    let steps = MomentSystem(self)
    let b = baseline.isEmpty ? [Double](repeating: 0, count: states) : baseline
    let w = isWeighted ? discount : 1
    guard let (q, q2) = steps.returns(discount),
      let h = steps.solution(w, steps.sum { s, a in steps.psi(s, a).scaled(q[s, a] - b[s]) }),
      let c = steps.solution(
        w * discount,
        steps.sum { s, a in
          steps.psi(s, a).scaled(q2[s, a] - b[s] * q[s, a])
            .adding(steps.next(s, a, h, power: 1).scaled(w))
        }),
      let m = steps.solution(
        w * w,
        steps.sum { s, a in
          let square = q2[s, a] - 2 * b[s] * q[s, a] + b[s] * b[s]
          let later = steps.next(s, a, h, power: 1)
            .adding(steps.next(s, a, c, power: 0).scaled(discount))
            .adding(steps.next(s, a, h, power: 0).scaled(-b[s]))
          return steps.square(s, a).scaled(square)
            .adding(steps.psi(s, a).symmetricProduct(later).scaled(w))
        })
    else { return nil }
    return EstimatorMoments(first: steps.atStart(h), second: steps.atStart(m))
  }

  /// Returns the moments of the total return G_0 times the sum of grad log pi(A_t|S_t) over an episode.
  ///
  /// - Parameter discount: The discount gamma.
  /// - Returns: The mean and the covariance; nil if episodes may never end.
  public func totalReturnMoments(discount: Double) -> EstimatorMoments? {
    let steps = MomentSystem(self)
    let (g, gg) = (discount, discount * discount)
    // E[G^i Psi^j] by state, named ui j; the score sum Psi has no mean.
    guard let (q, q2) = steps.returns(discount),
      let u02 = steps.solution(1, steps.sum { s, a in steps.square(s, a) }),
      let u11 = steps.solution(g, steps.sum { s, a in steps.psi(s, a).scaled(q[s, a]) }),
      let u21 = steps.solution(
        gg,
        steps.sum { s, a in
          steps.psi(s, a).scaled(q2[s, a])
            .adding(steps.next(s, a, u11, power: 1).scaled(2 * g))
        }),
      let u12 = steps.solution(
        g,
        steps.sum { s, a in
          let later = steps.next(s, a, u11, power: 0).scaled(g)
          return steps.square(s, a).scaled(q[s, a])
            .adding(steps.psi(s, a).symmetricProduct(later))
            .adding(steps.next(s, a, u02, power: 1))
        }),
      let u22 = steps.solution(
        gg,
        steps.sum { s, a in
          let later = steps.next(s, a, u11, power: 1).scaled(2 * g)
            .adding(steps.next(s, a, u21, power: 0).scaled(gg))
          return steps.square(s, a).scaled(q2[s, a])
            .adding(steps.psi(s, a).symmetricProduct(later))
            .adding(steps.next(s, a, u02, power: 2))
            .adding(steps.next(s, a, u12, power: 1).scaled(2 * g))
        })
    else { return nil }
    return EstimatorMoments(first: steps.atStart(u11), second: steps.atStart(u22))
  }
}
