import Compute
import Testing

struct ImportanceWeightTests {
  @Test(arguments: [0.9, 1])
  func `Weights make episodes of another policy unbiased`(discount: Double) throws {
    var t = try TrajectoryFixture(discount: discount, samples: 2)
    let p = t.f.nodes
    // b = pi / 2 + 1/4, for two actions.
    let behaviour = t.f.builder.unary(
      .log,
      t.f.add(
        t.f.multiply(t.f.builder.constant(0.5), p.policy), t.f.builder.constant(0.25)))
    let weights = t.n.importanceWeights(for: behaviour, in: &t.f.builder)
    let last = t.n.at(8, weights, in: &t.f.builder)
    let estimate = PolicyGradientEstimator.rewardToGo.node(on: t.n, in: &t.f.builder)
    // sum_k gamma^k R_(k+1) rho_k sum_(t <= k) psi_t, the scores summed from the weighted rewards to go.
    let reward = t.f.multiply(t.n.discountPower, t.f.multiply(t.n.reward, weights))
    let count = t.f.builder.count(of: t.n.time)
    let other = t.f.builder.axis(count: count)
    let isLater = t.f.builder.table(
      (0..<count * count).map { $0 % count >= $0 / count ? 1 : 0 }, axes: [t.n.time, other])
    let toGo = t.f.sum(
      isLater, t.f.builder.rename(reward, from: t.n.time, to: other), over: other)
    let score = t.visited(t.f.gradient(p.logPolicy))
    let perDecision = t.sumOverSteps(t.f.multiply(toGo, score))

    let gradient = t.f.gradient(p.objective)
    let mass = t.n.expectation(of: last, under: behaviour, in: &t.f.builder)
    for block in t.f.run([mass]) {
      #expect(block.values.allSatisfy { abs($0 - 1) < 1e-13 })
    }
    for node in [t.f.multiply(last, estimate), perDecision] {
      let mean = t.n.expectation(of: node, under: behaviour, in: &t.f.builder)
      #expect(t.f.difference(mean, gradient) < 1e-12)
    }
    let unweighted = t.n.expectation(of: estimate, under: behaviour, in: &t.f.builder)
    #expect(t.f.difference(unweighted, gradient) > 1e-2)
  }
}
