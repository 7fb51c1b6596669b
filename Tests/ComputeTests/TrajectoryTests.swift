import Compute
import Testing

/// A bounded process with all its trajectories.
struct TrajectoryFixture {
  var f: MDPFixture
  let n: TrajectoryNodes

  init(discount: Double, samples: Int) throws {
    f = MDPFixture(TabularMDP(kind: .bounded, discount: discount, samples: samples))
    n = TrajectoryNodes(try #require(TrajectoryList(of: f.model)), of: f.nodes, in: &f.builder)
  }

  mutating func expectation(_ node: NodeID) -> NodeID { n.expectation(of: node, in: &f.builder) }
  mutating func sumOverSteps(_ node: NodeID) -> NodeID { n.sumOverSteps(node, in: &f.builder) }
  mutating func visited(_ node: NodeID) -> NodeID { n.visited(node, in: &f.builder) }
}

struct TrajectoryTests {
  @Test
  func `The bounded kind has the same few trajectories at every sample point`() throws {
    let all = try #require(
      TrajectoryList(of: TabularMDP(kind: .bounded, discount: 1, samples: 8)))
    let first = try #require(
      TrajectoryList(of: TabularMDP(kind: .bounded, discount: 1, samples: 1)))
    #expect(all == first)
    #expect(all.count == 254 && all.times == 5 && all.lengths.max() == 4)
    #expect(TrajectoryList(of: TabularMDP(kind: .looping, discount: 1, samples: 1)) == nil)
    let tooFew = TrajectoryList(
      of: TabularMDP(kind: .bounded, discount: 1, samples: 1), limit: 253)
    #expect(tooFew == nil)
  }

  @Test(arguments: [0.9, 1])
  func `Enumeration and linear systems agree`(discount: Double) throws {
    var t = try TrajectoryFixture(discount: discount, samples: 8)
    let p = t.f.nodes
    let mass = t.expectation(t.f.builder.constant(1))
    for block in t.f.run([mass]) {
      for (value, error) in zip(block.values, block.errors) {
        #expect(abs(value - 1) <= error && error < 1e-13)
      }
    }
    let total = t.expectation(t.n.at(0, t.n.returns, in: &t.f.builder))
    let visits = t.expectation(t.sumOverSteps(t.n.isState))
    let discounted = t.expectation(
      t.sumOverSteps(t.f.multiply(t.n.discountPower, t.n.isState)))
    // E[G_t 1{S_t = s, A_t = a}] summed over t is eta(s) pi(a|s) q(s, a).
    let isPair = t.f.multiply(t.n.isState, t.n.isAction)
    let pairReturns = t.expectation(t.sumOverSteps(t.f.multiply(isPair, t.n.returns)))
    let pairs = t.expectation(t.sumOverSteps(isPair))
    let score = t.visited(t.f.gradient(p.logPolicy))
    let weighted = t.f.multiply(t.n.discountPower, t.f.multiply(t.n.returns, score))
    let error = t.f.add(
      t.n.reward,
      t.f.multiply(
        p.discount, t.visited(p.placed(p.value, [p.state: p.successor], in: &t.f.builder))))
    for (enumerated, solved) in [
      (total, p.objective), (t.expectation(t.n.length), p.averageLength), (visits, p.visits),
      (discounted, p.discountedVisits),
      (t.f.builder.binary(.divide, pairReturns, pairs), p.actionValue),
      (t.f.gradient(total), t.f.gradient(p.objective)),
      (t.expectation(t.sumOverSteps(weighted)), t.f.gradient(p.objective)),
      (
        t.n.stepAverage(of: error, in: &t.f.builder),
        t.n.stepAverage(of: t.visited(p.actionValue), in: &t.f.builder)
      ),
      (t.n.stepAverage(of: t.n.isState, in: &t.f.builder), p.onPolicy),
    ] {
      #expect(t.f.difference(enumerated, solved) < 1e-12)
    }
  }

  @Test
  func `Beyond the end logarithms and ratios are finite`() throws {
    var t = try TrajectoryFixture(discount: 0.9, samples: 2)
    let p = t.f.nodes
    let probabilities = [p.policy, p.dynamics, p.transition, p.rewardProbability]
    var outputs = probabilities.map { t.f.builder.unary(.log, t.visited($0)) }
    outputs.append(
      t.f.builder.binary(.divide, t.visited(t.f.gradient(p.policy)), t.visited(p.policy)))
    for block in t.f.run(outputs) { #expect(block.values.allSatisfy { $0.isFinite }) }
  }
}
