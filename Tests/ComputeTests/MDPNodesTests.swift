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

  @Test
  func `Nodes are laid over other axes`() throws {
    var f = MDPFixture(TabularMDP(kind: .looping, discount: 0.9, samples: 1))
    let n = f.nodes
    let other = f.builder.axis(count: 5)
    let outputs = [
      n.value, n.placed(n.value, [n.state: n.successor], in: &f.builder),
      n.placed(
        n.placed(n.value, [n.state: n.successor], in: &f.builder), [n.successor: n.next],
        in: &f.builder),
      n.visitsFrom, n.placed(n.visitsFrom, [n.next: n.state], in: &f.builder),
      n.placed(n.visitsFrom, [n.state: n.next, n.next: n.state], in: &f.builder),
      n.placed(n.visitsFrom, [n.next: n.successor, n.state: other], in: &f.builder),
      n.placed(n.logPolicy, [n.state: n.successor], in: &f.builder),
    ]
    let blocks = f.run(outputs)
    let (value, visits) = (blocks[0].values, blocks[3].values)
    #expect(blocks[1].values == value + [0])
    #expect(blocks[2].values == value)
    for state in 0..<4 {
      #expect(blocks[4].values[state] == visits[5 * state])
      for next in 0..<4 {
        #expect(blocks[5].values[4 * next + state] == visits[4 * state + next])
      }
    }
    // The new axis lies inside of the successor.
    for successor in 0..<5 {
      for state in 0..<5 {
        let isInside = successor < 4 && state < 4
        let expected = isInside ? visits[state * 4 + successor] : 0
        #expect(blocks[6].values[successor * 5 + state] == expected)
      }
    }
    // log 1/3; the successor lies inside of the action.
    for action in 0..<3 {
      #expect(abs(blocks[7].values[5 * action + 4] + 1.0986122886681098) < 1e-15)
    }
  }

  @Test(arguments: designedMDPs)
  func `Gradients agree with central differences`(kind: TabularMDP.Kind, discount: Double) {
    let tables = TabularMDP(kind: kind, discount: discount, samples: 1).tables[0]
    func values(_ tables: MDPTables) -> [Double] {
      let f = MDPFixture(TabularMDP(tables: [tables], discount: discount))
      let n = f.nodes
      return f.run([n.value, n.actionValue, n.onPolicy, n.policy, n.averageLength]).flatMap(
        \.values)
    }
    var f = MDPFixture(TabularMDP(tables: [tables], discount: discount))
    let n = f.nodes
    let gradients = [n.value, n.actionValue, n.onPolicy, n.policy, n.averageLength].map {
      f.gradient($0)
    }
    let exact = f.run(gradients).flatMap(\.values)
    let step = 0x1p-14
    for component in tables.theta.indices {
      var (above, below) = (tables, tables)
      above.theta[component] += step
      below.theta[component] -= step
      let differences = zip(values(above), values(below)).map { ($0 - $1) / (2 * step) }
      for (i, difference) in differences.enumerated() {
        #expect(abs(difference - exact[5 * i + component]) < 1e-7)
      }
    }
  }

  @Test
  func `Several first states are averaged`() {
    let first = TabularMDP(kind: .looping, discount: 0.9, samples: 1).tables[0]
    let tables = MDPTables(
      actions: 3, rewards: first.rewards, dynamics: first.dynamics, features: first.features,
      start: [0.25, 0.5, 0, 0.25], theta: first.theta)
    var f = MDPFixture(TabularMDP(tables: [tables], discount: 0.9))
    let n = f.nodes
    #expect(n.startState == nil)
    let inner = f.sum(f.gradient(n.policy), n.actionValue, over: n.action)
    let visited = f.sum(n.discountedVisits, inner, over: n.state)
    let gradient = f.gradient(n.objective)
    #expect(f.difference(visited, gradient) < 1e-13)
    #expect(f.difference(f.sum(n.start, n.value, over: n.state), n.objective) < 1e-15)
  }

  @Test
  func `Sums over steps end within their bounds`() {
    var models = [TabularMDP(tables: [corridor], discount: 1)]
    for (kind, discount) in designedMDPs {
      models.append(TabularMDP(kind: kind, discount: discount, samples: 4))
    }
    for model in models {
      var f = MDPFixture(model)
      let n = f.nodes
      let table = n.reachTable(in: &f.builder)
      let all = f.builder.reduce(.sum, table, over: n.step)
      let third = f.builder.gather(table, axes: [n.step], indices: [[3]], along: [])
      for (a, b) in [(all, n.visitsFrom), (third, n.reach(after: 3, in: &f.builder))] {
        let blocks = Workspace().runDoubleDouble(
          f.builder.program(outputs: [a, b]), inputs: model.inputs)
        for i in blocks[0].values.indices {
          let difference = (blocks[0].values[i] - blocks[1].values[i]).high
          #expect(abs(difference) <= blocks[0].errors[i] + blocks[1].errors[i])
          #expect(blocks[0].errors[i] < 0x1p-59)
        }
      }
      #expect(model.tail < 0x1p-60)
    }
  }
}
