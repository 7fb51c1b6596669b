import Semantics
import Testing

/// Values, visits, gradients and expectations of Markov decision processes, with loops and bounded.
struct DecisionProcessTests {
  private func outcomes(
    _ answer: String, _ reference: String, discount: Double
  ) throws -> [Comparison.Outcome] {
    try Bench.decisions(discount: discount).map { try $0.outcome(answer, reference) }
  }

  @Test(
    arguments: [
      (#"\sum_a \pi(a \mid s)"#, "1"),
      (#"\sum_{s'} p(s' \mid s, a)"#, "1"),
      (#"\sum_{s', r} p(s', r \mid s, a)"#, "1"),
      (#"\sum_{r} p(s', r \mid s, a)"#, #"p(s' \mid s, a)"#),
      (#"\sum_a \pi(a \mid s) q_\pi(s, a)"#, #"v_\pi(s)"#),
      (#"\sum_{s', r} p(s', r \mid s, a) (r + \gamma v_\pi(s'))"#, #"q_\pi(s, a)"#),
      (#"r(s, a) + \gamma \sum_{s'} p(s' \mid s, a) v_\pi(s')"#, #"q_\pi(s, a)"#),
      (#"\sum_{s', r} p(s', r \mid s, a) r"#, "r(s, a)"),
      (#"q_\pi(s, a) - v_\pi(s)"#, #"A_\pi(s, a)"#),
      (#"\sum_a \pi(a \mid s) A_\pi(s, a)"#, "0"),
      (#"v_\pi(s_0)"#, #"J(\theta)"#),
      (#"\mathbb{E}_\pi[G_t \mid S_t = s]"#, #"v_\pi(s)"#),
      (#"\mathbb{E}_\pi[G_t \mid S_t = s, A_t = a]"#, #"q_\pi(s, a)"#),
      (#"\Pr(s \to x, 1, \pi)"#, #"\sum_a \pi(a \mid s) p(x \mid s, a)"#),
      (
        #"\Pr(s \to x, 2, \pi)"#,
        #"\sum_{s'} \Pr(s \to s', 1, \pi) \Pr(s' \to x, 1, \pi)"#
      ),
      (#"\sum_x \mu(x)"#, "1"),
      (#"\sum_a \nabla \pi(a \mid s)"#, "0"),
      (#"\pi(a \mid s) \nabla \log \pi(a \mid s)"#, #"\nabla_\theta \pi(a \mid s)"#),
      (#"\frac{\nabla \pi(a \mid s)}{\pi(a \mid s)}"#, #"\nabla \ln \pi(a \mid s, \theta)"#),
      (
        #"\sum_a [\nabla \pi(a \mid s) q_\pi(s, a) + \pi(a \mid s) \nabla q_\pi(s, a)]"#,
        #"\nabla v_\pi(s)"#
      ),
      (#"\gamma \sum_{s'} p(s' \mid s, a) \nabla v_\pi(s')"#, #"\nabla q_\pi(s, a)"#),
      (
        #"\sum_x \sum_{k=0}^{\infty} \gamma^k \Pr(s \to x, k, \pi) \sum_a \nabla \pi(a \mid x) q_\pi(x, a)"#,
        #"\nabla v_\pi(s)"#
      ),
      (#"\sum_a b(s) \nabla \pi(a \mid s)"#, "0"),
    ], [1, 0.9])
  func `Identities hold in all processes`(sides: (String, String), discount: Double) throws {
    #expect(
      try outcomes(sides.0, sides.1, discount: discount).allSatisfy { $0 == .equal },
      "\(sides.0)")
  }

  @Test(arguments: [
    (#"\sum_{k=0}^{\infty} \Pr(s_0 \to s, k, \pi)"#, #"\eta(s)"#),
    (#"\frac{\eta(s)}{\sum_{s'} \eta(s')}"#, #"\mu(s)"#),
    (#"\sum_s \eta(s) \sum_a \nabla \pi(a \mid s) q_\pi(s, a)"#, #"\nabla J(\theta)"#),
    (#"\mathbb{E}_\pi[T]"#, #"\sum_s \eta(s)"#),
    (
      #"\mathbb{E}_\pi\left[\sum_a q_\pi(S_t, a) \nabla \pi(a \mid S_t)\right]"#,
      #"\sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)"#
    ),
    (
      #"\mathbb{E}_\pi[G_t \nabla \ln \pi(A_t \mid S_t)]"#,
      #"\sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)"#
    ),
    (
      #"\mathbb{E}_{s \sim \mu, a \sim \pi}[q_\pi(s, a) \nabla \log \pi(a \mid s)]"#,
      #"\sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)"#
    ),
    (
      #"\mathbb{E}_\pi[(q_\pi(S_t, A_t) - b(S_t)) \nabla \log \pi(A_t \mid S_t)]"#,
      #"\mathbb{E}_\pi[q_\pi(S_t, A_t) \nabla \log \pi(A_t \mid S_t)]"#
    ),
  ])
  func `Without a discount visits make the gradient`(answer: String, reference: String) throws {
    #expect(try outcomes(answer, reference, discount: 1) == [.equal, .equal])
  }

  @Test(arguments: [
    (#"r(s, a)"#, #"q_\pi(s, a)"#),
    (#"v_\pi(s)"#, #"q_\pi(s, a)"#),
    (#"\sum_{s', r} p(s', r \mid s, a) v_\pi(s')"#, #"q_\pi(s, a)"#),
    (#"\sum_{s'} p(s' \mid s, a) \nabla v_\pi(s')"#, #"\nabla v_\pi(s)"#),
    (#"\sum_x \sum_{k=1}^{\infty} \Pr(s \to x, k, \pi) v_\pi(x)"#, #"v_\pi(s)"#),
    (#"\mu(s)"#, #"\eta(s)"#),
    (#"d_0(s)"#, #"\mu(s)"#),
    (#"\nabla \log \pi(a \mid s)"#, #"\nabla \pi(a \mid s)"#),
  ])
  func `Confusions differ in all processes`(answer: String, reference: String) throws {
    for discount in [1, 0.9] {
      for outcome in try outcomes(answer, reference, discount: discount) {
        #expect(outcome != .equal && outcome != .undecided && outcome != .incomparable)
      }
    }
  }

  @Test(arguments: [
    (#"\sum_{s', r} p(s', r \mid s, a) (r + v_\pi(s'))"#, #"q_\pi(s, a)"#),
    (
      #"\sum_x \sum_{k=0}^{\infty} \Pr(s \to x, k, \pi) \sum_a \nabla \pi(a \mid x) q_\pi(x, a)"#,
      #"\nabla v_\pi(s)"#
    ),
    (#"\sum_{s'} p(s' \mid s, a) \nabla v_\pi(s')"#, #"\nabla q_\pi(s, a)"#),
  ])
  func `A discount that is left out shows where there is one`(
    answer: String, reference: String
  ) throws {
    #expect(try outcomes(answer, reference, discount: 1) == [.equal, .equal])
    for outcome in try outcomes(answer, reference, discount: 0.9) {
      #expect(outcome != .equal && outcome != .undecided && outcome != .incomparable)
    }
  }

  /// Along whole episodes, which only the bounded process can list.
  @Test(arguments: [
    (
      #"\mathbb{E}_\pi\left[\sum_{t=0}^{T-1} \gamma^t G_t \nabla \ln \pi(A_t \mid S_t)\right]"#,
      true
    ),
    (#"\mathbb{E}_\pi\left[\sum_{t=0}^{T-1} G_0 \nabla \ln \pi(A_t \mid S_t)\right]"#, true),
    (#"\mathbb{E}_\pi\left[\sum_{t=0}^{T-1} G_t \nabla \ln \pi(A_t \mid S_t)\right]"#, false),
    (
      #"\mathbb{E}_\pi\left[\sum_{t=0}^{T-1} \gamma^t G_{t+1} \nabla \ln \pi(A_t \mid S_t)\right]"#,
      false
    ),
  ])
  func `Sums along an episode are the gradient or not`(formula: String, isGradient: Bool) throws {
    let bench = try #require(Bench.decisions(discount: 0.9).last)
    let outcome = try bench.outcome(formula, #"\nabla J(\theta)"#)
    #expect((outcome == .equal) == isGradient)
    #expect(outcome != .undecided && outcome != .incomparable)
  }

  @Test func `The gradient is proportional to the theorem's sum, not equal`() throws {
    for bench in Bench.decisions(discount: 1) {
      let comparison = try bench.comparison(
        #"\nabla J(\theta)"#, #"\sum_s \mu(s) \sum_a q_\pi(s, a) \nabla \pi(a \mid s)"#)
      #expect(comparison.outcome != .equal)
      #expect(comparison.isPositiveMultiple)
    }
  }

  @Test(arguments: [
    (#"\pi(a)"#, "a policy takes an action and a state"),
    (#"v_\pi(s, a)"#, "a function of the process has the wrong number of arguments"),
    (#"v_\pi(a)"#, "'a' stands where another kind of variable belongs"),
    (#"v_\pi(1)"#, "'1' is no state or action here"),
    (#"\nabla_s v_\pi(s)"#, "only gradients by the parameters of the policy are evaluated"),
    (#"\sum_{k=-1}^{\infty} \Pr(s \to x, k, \pi)"#, "a number of steps is not negative"),
  ])
  func `What a process does not have is named`(formula: String, message: String) throws {
    for bench in Bench.decisions(discount: 1) {
      #expect(try bench.misunderstanding(formula)?.message == message)
    }
  }
}
