import Compute
import Testing

/// Five states in a row; the features make theta the logit of going right in each state.
let corridor: MDPTables = {
  var dynamics: [Double] = []
  for state in 0..<5 {
    for isRight in [false, true] {
      let next = isRight ? state + 1 : state - 1
      // Over successors and the rewards -0.1 and 1 - 0.1.
      var row = [Double](repeating: 0, count: 12)
      row[next == -1 ? 10 : next == 5 ? 11 : 2 * next] = 1
      dynamics += row
    }
  }
  return MDPTables(
    actions: 2, rewards: [-0.1, 0.9], dynamics: dynamics,
    features: (0..<50).map { $0 / 5 % 2 == 1 && $0 / 10 == $0 % 5 ? 1 : 0 },
    start: [0, 0, 1, 0, 0], theta: [0.3, -0.2, 0.4, 0.1, -0.3])
}()

struct EstimatorMomentsTests {
  @Test
  func `The corridor has the published figures`() throws {
    var f = MDPFixture(TabularMDP(tables: [corridor], discount: 1))
    let gradient = f.gradient(f.nodes.objective)
    let blocks = f.run([f.nodes.objective, gradient, f.nodes.averageLength])
    #expect(abs(blocks[0].values[0] + 0.395814) < 5e-7)
    for (value, expected) in zip(
      blocks[1].values, [-0.11679, -0.00710, 0.23335, 0.40642, 0.39073])
    {
      #expect(abs(value - expected) < 5e-6)
    }
    // Forward propagation of E[1{S_t = s} G^i Psi^j] over 3000 steps, numpy.
    #expect(abs(blocks[2].values[0] - 9.783249568438714) < 1e-12)
    let rewardToGo = try #require(corridor.rewardToGoMoments(discount: 1))
    let totalReturn = try #require(corridor.totalReturnMoments(discount: 1))
    #expect(abs(rewardToGo.totalVariance - 2.5435) < 5e-5)
    #expect(abs(totalReturn.totalVariance / rewardToGo.totalVariance - 2.971080041411) < 1e-11)
    for moments in [rewardToGo, totalReturn] {
      #expect(zip(moments.mean, blocks[1].values).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }

  // The mean and the covariance of a node over trajectories, parameter and twice parameter.
  private static func moments(_ t: inout TrajectoryFixture, _ node: NodeID) -> [Block] {
    let p = t.f.nodes
    let other = t.f.builder.axis(count: t.f.builder.count(of: p.parameter))
    let mean = t.expectation(node)
    let deviation = t.f.builder.binary(.subtract, node, mean)
    let product = t.f.multiply(
      deviation, t.f.builder.rename(deviation, from: p.parameter, to: other))
    let covariance = t.expectation(product)
    return t.f.run([mean, covariance])
  }

  @Test(arguments: [0.9, 1])
  func `Recursion and enumeration agree`(discount: Double) throws {
    var t = try TrajectoryFixture(discount: discount, samples: 4)
    let p = t.f.nodes
    let score = t.visited(t.f.gradient(p.logPolicy))
    let v = t.f.run([p.value])[0].values
    let baseline = t.f.builder.binary(.subtract, t.n.returns, t.visited(p.value))
    let first = t.n.at(0, t.n.returns, in: &t.f.builder)
    let estimators: [(NodeID, (Int, MDPTables) -> EstimatorMoments?)] = [
      (t.f.multiply(t.n.discountPower, t.n.returns), { $1.rewardToGoMoments(discount: discount) }),
      (
        t.f.multiply(t.n.discountPower, baseline),
        {
          $1.rewardToGoMoments(
            discount: discount, baseline: Array(v[($0 * $1.states)..<(($0 + 1) * $1.states)]))
        }
      ),
      (t.n.returns, { $1.rewardToGoMoments(discount: discount, isWeighted: false) }),
      (first, { $1.totalReturnMoments(discount: discount) }),
    ]
    for (weight, recursion) in estimators {
      let blocks = Self.moments(&t, t.sumOverSteps(t.f.multiply(weight, score)))
      var (mean, covariance): ([Double], [Double]) = ([], [])
      for (sample, tables) in t.f.model.tables.enumerated() {
        let moments = try #require(recursion(sample, tables))
        mean += moments.mean
        covariance += moments.covariance.values
      }
      #expect(zip(mean, blocks[0].values).allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(covariance.count == blocks[1].values.count)
      #expect(zip(covariance, blocks[1].values).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test(arguments: designedMDPs)
  func `Both estimators have the gradient as their mean`(kind: TabularMDP.Kind, discount: Double)
    throws
  {
    var f = MDPFixture(TabularMDP(kind: kind, discount: discount, samples: 8))
    let gradient = f.gradient(f.nodes.objective)
    let expected = f.run([gradient])[0].values
    let tables = f.model.tables
    let rewardToGo = try tables.flatMap {
      try #require($0.rewardToGoMoments(discount: discount)).mean
    }
    let total = try tables.flatMap { try #require($0.totalReturnMoments(discount: discount)).mean }
    #expect(zip(rewardToGo, expected).allSatisfy { abs($0 - $1) < 1e-13 })
    #expect(zip(total, expected).allSatisfy { abs($0 - $1) < 1e-13 })
  }

  @Test(arguments: [0.9, 1])
  func `One step at a time, recursion and enumeration agree`(discount: Double) throws {
    let process = TabularMDP(kind: .bounded, discount: discount, samples: 1).tables[0]
    let table = try #require(PolicyGradientTable(process: process, discount: discount))
    let f = MDPFixture(TabularMDP(tables: [process], discount: discount))
    let blocks = f.run([f.nodes.value, f.nodes.actionValue])
    let (v, q) = (blocks[0].values + [0], blocks[1].values)
    func weight(_ estimator: PolicyGradientEstimator) -> ((Int, Int, Int, Double) -> Double)? {
      switch estimator {
      case .actionValue: { s, a, _, _ in q[s * process.actions + a] }
      case .advantage: { s, a, _, _ in q[s * process.actions + a] - v[s] }
      case .temporalDifference: { s, _, next, r in r + discount * v[next] - v[s] }
      case .bootstrappedReturn: { _, _, next, r in r + discount * v[next] }
      case .immediateReward: { _, _, _, r in r }
      case .valueAtEnd:
        { s, _, next, r in r + discount * (next == process.states ? 1 : v[next]) - v[s] }
      default: nil
      }
    }
    var compared = 0
    for row in table.rows {
      guard let weight = weight(row.estimator) else { continue }
      let moments = try #require(process.oneStepMoments(discount: discount, weight: weight))
      compared += 1
      for (a, b) in zip(
        moments.mean + moments.covariance.values,
        row.moments.mean + row.moments.covariance.values)
      {
        #expect(abs(a - b) < 1e-12, "\(row.estimator)")
      }
    }
    #expect(compared == 6)
  }

  @Test func `A critic that is given biases the one-step actor-critic`() throws {
    let process = TabularMDP(kind: .looping, discount: 0.9, samples: 1).tables[0]
    var f = MDPFixture(TabularMDP(tables: [process], discount: 0.9))
    let gradient = f.gradient(f.nodes.objective)
    let blocks = f.run([f.nodes.value, gradient])
    func bias(_ critic: [Double]) throws -> EstimatorBias {
      let moments = try #require(
        process.oneStepMoments(discount: 0.9) { s, _, next, r in
          r + 0.9 * critic[next] - critic[s]
        })
      return EstimatorBias(of: moments, from: blocks[1].values)
    }
    #expect(try bias(blocks[0].values + [0]).relative < 1e-12)
    #expect(try bias([0.5, -0.25, 1, 0.75, 0]).verdict == .biased)
  }
}
