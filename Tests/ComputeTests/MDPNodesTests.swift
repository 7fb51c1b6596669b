import Compute
import Testing

struct MDPNodesTests {
  @Test(arguments: designedMDPs)
  func `Probabilities sum to one`(kind: TabularMDP.Kind, discount: Double) {
    var f = MDPFixture(TabularMDP(kind: kind, discount: discount, samples: 8))
    let n = f.nodes
    let policyOfAll = n.placed(n.policy, [n.state: n.successor], in: &f.builder)
    let outputs = [
      f.builder.reduce(.sum, n.transition, over: n.successor),
      f.builder.reduce(.sum, n.rewardProbability, over: n.reward),
      f.builder.reduce(.sum, n.policy, over: n.action),
      f.builder.reduce(.sum, policyOfAll, over: n.action),
      f.builder.reduce(.sum, n.onPolicy, over: n.state),
      f.builder.reduce(.sum, n.discountedOnPolicy, over: n.state),
      f.builder.reduce(.sum, n.start, over: n.state),
    ]
    for block in f.run(outputs) {
      for (value, error) in zip(block.values, block.errors) {
        #expect(abs(value - 1) <= error && error < 1e-13)
      }
    }
    // The dynamics have no rounding at all.
    for block in f.run([outputs[0], outputs[1]]) {
      #expect(block.values.allSatisfy { $0 == 1 })
    }
  }

  @Test
  func `States of the bounded kind know their time`() {
    for tables in TabularMDP(kind: .bounded, discount: 1, samples: 8).tables {
      let chain = tables.chain
      for state in 0..<tables.states {
        for next in 0..<tables.states {
          let isLater = (state + 1) / 2 + 1 == (next + 1) / 2
          #expect((chain[state, next] > 0) == isLater)
        }
      }
    }
  }
}
