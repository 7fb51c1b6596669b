import Compute
import Testing

/// The mistakes P1 to P15 of the catalogue that are false as numbers.
struct TheoremMistakeTests {
  private static let mistakes:
    [(
      name: String, isSeen: @Sendable (TabularMDP.Kind, Double) -> Bool,
      line: @Sendable (inout MDPFixture) -> NodeID
    )] = [
      ("P1 no E[T]", always, { f in overVisits(&f, f.nodes.discountedOnPolicy) }),
      ("P2 start weights", always, { f in overVisits(&f, f.nodes.start) }),
      (
        "P2 uniform weights", always,
        { f in
          let n = f.nodes
          let count = f.builder.constant(Double(f.builder.count(of: n.state)))
          let weights = f.builder.binary(
            .divide,
            f.builder.table(
              [Double](repeating: 1, count: f.builder.count(of: n.state)), axes: [n.state]), count)
          return overVisits(&f, weights)
        }
      ),
      (
        "P3 undiscounted visits", { $1 < 1 }, { f in overVisits(&f, f.nodes.visits) }
      ),
      (
        "P4 policy twice", always,
        { f in
          let n = f.nodes
          let twice = f.multiply(n.policy, f.multiply(f.gradient(n.policy), n.actionValue))
          return overVisits(
            &f, f.multiply(n.discountedVisits, f.builder.reduce(.sum, twice, over: n.action)),
            isWhole: true)
        }
      ),
      (
        "P6 v for q", always,
        { f in
          let n = f.nodes
          let inner = f.sum(f.gradient(n.policy), n.value, over: n.action)
          return overVisits(&f, f.multiply(n.discountedVisits, inner), isWhole: true)
        }
      ),
      (
        "P7 r for q", always,
        { f in
          let n = f.nodes
          let inner = f.sum(f.gradient(n.policy), n.expectedReward, over: n.action)
          return overVisits(&f, f.multiply(n.discountedVisits, inner), isWhole: true)
        }
      ),
      (
        "P14 probability of a visit", { kind, _ in kind == .looping },
        { f in
          // eta(x) over the visits to x on episodes from x.
          let n = f.nodes
          let returning = n.placed(n.visitsFrom, [n.next: n.state], in: &f.builder)
          return overVisits(&f, f.builder.binary(.divide, n.visits, returning))
        }
      ),
    ]

  @Sendable private static func always(_ kind: TabularMDP.Kind, _ discount: Double) -> Bool { true }

  // The sum over the states of weights times sum_a grad pi q, or of what is whole already.
  @Sendable private static func overVisits(
    _ f: inout MDPFixture, _ weights: NodeID, isWhole: Bool = false
  ) -> NodeID {
    let n = f.nodes
    if isWhole { return f.builder.reduce(.sum, weights, over: n.state) }
    let inner = f.sum(f.gradient(n.policy), n.actionValue, over: n.action)
    return f.sum(weights, inner, over: n.state)
  }

  @Test(arguments: designedMDPs)
  func `False statements are far from the gradient`(kind: TabularMDP.Kind, discount: Double) {
    for mistake in Self.mistakes where mistake.isSeen(kind, discount) {
      for sample in 0..<4 {
        let tables = TabularMDP(kind: kind, discount: discount, samples: 4).tables[sample]
        var f = MDPFixture(TabularMDP(tables: [tables], discount: discount))
        let line = mistake.line(&f)
        let gradient = f.gradient(f.nodes.objective)
        #expect(f.difference(line, gradient) > 0.01, "\(mistake.name) in process \(sample)")
      }
    }
  }

  @Test(arguments: designedMDPs)
  func `False steps are far from the gradient of v`(kind: TabularMDP.Kind, discount: Double) {
    for sample in 0..<4 {
      let tables = TabularMDP(kind: kind, discount: discount, samples: 4).tables[sample]
      var f = MDPFixture(TabularMDP(tables: [tables], discount: discount))
      let n = f.nodes
      let (gradV, gradQ) = (f.gradient(n.value), f.gradient(n.actionValue))
      let inner = f.sum(f.gradient(n.policy), n.actionValue, over: n.action)
      let innerThere = n.placed(inner, [n.state: n.next], in: &f.builder)
      let first = n.reach(after: 1, in: &f.builder)
      let all = f.builder.reduce(.sum, n.reachTable(in: &f.builder), over: n.step)
      let fromOne = f.builder.binary(.subtract, all, n.reach(after: 0, in: &f.builder))
      for (name, line) in [
        ("P5 gradient of q forgotten", inner),
        ("P10 sum over k from 1", f.sum(fromOne, innerThere, over: n.next)),
        ("P11 k = 1", f.sum(first, innerThere, over: n.next)),
        ("P12 successors without p", f.add(inner, f.builder.reduce(.sum, gradV, over: n.state))),
        (
          "P13 no policy before grad q", f.add(inner, f.builder.reduce(.sum, gradQ, over: n.action))
        ),
      ] {
        #expect(f.difference(line, gradV) > 0.01, "\(name) in process \(sample)")
      }
    }
  }
}
