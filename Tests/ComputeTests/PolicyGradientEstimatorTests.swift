import Compute
import Testing

struct PolicyGradientEstimatorTests {
  @Test(arguments: [0.9, 1])
  func `Right estimators are unbiased and each mistake is far from it`(discount: Double) throws {
    var t = try TrajectoryFixture(discount: discount, samples: 4)
    let expected = t.f.gradient(t.f.nodes.objective)
    let gradient = t.f.run([expected])[0]
    let size = gradient.counts[1]
    for estimator in PolicyGradientEstimator.allCases {
      let node = estimator.node(on: t.n, in: &t.f.builder)
      let mean = t.expectation(node)
      let variance = t.n.variance(of: node, in: &t.f.builder)
      let blocks = t.f.run([mean, variance])
      for sample in 0..<4 {
        let range = (sample * size)..<((sample + 1) * size)
        let biases = range.map { abs(blocks[0].values[$0] - gradient.values[$0]) }
        let scaled = zip(biases, range).map { $0 / blocks[1].values[$1].squareRoot() }
        if estimator.isUnbiased(discount: discount) {
          #expect(biases.allSatisfy { $0 < 1e-12 }, "\(estimator)")
        } else {
          #expect((scaled.max() ?? 0) >= 0.1, "\(estimator) in process \(sample)")
        }
      }
    }
  }

  @Test
  func `Immediate and past rewards have one mean and differ on trajectories`() throws {
    var t = try TrajectoryFixture(discount: 0.9, samples: 4)
    let nodes = [PolicyGradientEstimator.immediateReward, .pastRewards].map {
      $0.node(on: t.n, in: &t.f.builder)
    }
    let means = nodes.map { t.expectation($0) }
    #expect(t.f.difference(means[0], means[1]) < 1e-12)
    #expect(t.f.difference(nodes[0], nodes[1]) > 0.1)
  }

  @Test
  func `Names are distinct, and those of mistakes say so`() {
    let names = PolicyGradientEstimator.allCases.map(\.identifier)
    #expect(Set(names).count == names.count)
    for estimator in PolicyGradientEstimator.allCases {
      #expect(
        estimator.identifier.hasPrefix("estimator.") == !estimator.isUnbiased(discount: 0.9))
    }
  }
}
