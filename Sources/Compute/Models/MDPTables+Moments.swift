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

  /// Returns the moments of the sum of gamma^t X_t grad log pi(A_t|S_t), X_t a function of one step.
  ///
  /// By linear systems, without a bound on the length of episodes. With X = r + gamma c(s') - c(s) the
  /// one-step actor-critic with a given critic c, whose mean is the gradient if c is v.
  ///
  /// - Parameters:
  ///   - discount: The discount gamma.
  ///   - weight: X of the state, the action, the next state (the number of states at the end) and the reward.
  /// - Returns: The mean and the covariance; nil if episodes may never end.
  public func oneStepMoments(
    discount: Double,
    weight: (_ state: Int, _ action: Int, _ successor: Int, _ reward: Double) -> Double
  ) -> EstimatorMoments? {
    let steps = MomentSystem(self)
    func expected(_ s: Int, _ a: Int, _ value: (_ successor: Int, _ x: Double) -> [Double])
      -> [Double]
    {
      var result: [Double] = []
      for successor in 0...states {
        for (k, reward) in rewards.enumerated() {
          let p = probability(successor: successor, reward: k, state: s, action: a)
          if p == 0 { continue }
          let term = value(successor, weight(s, a, successor, reward)).scaled(p)
          result = result.isEmpty ? term : result.adding(term)
        }
      }
      return result
    }
    guard
      let h = steps.solution(
        discount,
        steps.sum { s, a in steps.psi(s, a).scaled(expected(s, a) { [$1] }[0]) }),
      let m = steps.solution(
        discount * discount,
        steps.sum { s, a in
          let later = expected(s, a) { successor, x in
            (0..<h.columns).map { successor < states ? x * h[successor, $0] : 0 }
          }
          return steps.square(s, a).scaled(expected(s, a) { [$1 * $1] }[0])
            .adding(steps.psi(s, a).symmetricProduct(later).scaled(discount))
        })
    else { return nil }
    return EstimatorMoments(first: steps.atStart(h), second: steps.atStart(m))
  }
}
