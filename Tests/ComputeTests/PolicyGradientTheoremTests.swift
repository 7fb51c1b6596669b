import Compute
import Testing

/// A process declared in a program.
struct MDPFixture {
  var builder = ProgramBuilder()
  let model: TabularMDP
  let nodes: MDPNodes

  init(_ model: TabularMDP) {
    self.model = model
    let sample = builder.axis(count: model.samples)
    nodes = model.declare(in: &builder, sample: sample)
  }

  mutating func sum(_ a: NodeID, _ b: NodeID, over axis: Axis) -> NodeID {
    builder.reduce(.sum, builder.binary(.multiply, a, b), over: axis)
  }

  mutating func add(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.add, a, b) }

  mutating func multiply(_ a: NodeID, _ b: NodeID) -> NodeID { builder.binary(.multiply, a, b) }

  mutating func gradient(_ node: NodeID) -> NodeID { nodes.gradient(of: node, in: &builder) }

  func run(_ outputs: [NodeID]) -> [Block] {
    Workspace().run(builder.program(outputs: outputs), inputs: model.inputs)
  }

  /// The largest difference of two nodes relative to the largest value of the second.
  func difference(_ a: NodeID, _ b: NodeID) -> Double {
    let blocks = run([a, b])
    guard blocks[0].counts == blocks[1].counts else { return .infinity }
    let scale = blocks[1].values.map(abs).max() ?? 0
    let difference = zip(blocks[0].values, blocks[1].values).map { abs($0 - $1) }.max()
    return (difference ?? .infinity) / scale
  }
}

/// The kinds with each discount that the search was for.
let designedMDPs: [(TabularMDP.Kind, Double)] = TabularMDP.Kind.allCases.flatMap { kind in
  [(kind, 0.9), (kind, 1)]
}

struct PolicyGradientTheoremTests {
  // Sutton and Barto, 2nd edition, section 13.2, with a discount: the right sides of the proof by line.
  private static func lines(_ f: inout MDPFixture) -> [NodeID] {
    let n = f.nodes
    let (gradPolicy, gradQ) = (f.gradient(n.policy), f.gradient(n.actionValue))
    let gradV = f.gradient(n.value)
    let inner = f.sum(gradPolicy, n.actionValue, over: n.action)
    let expectation = f.sum(n.policy, n.actionValue, over: n.action)
    let productRule = f.add(inner, f.sum(n.policy, gradQ, over: n.action))
    let target = f.add(
      n.rewards,
      f.multiply(n.discount, n.placed(n.value, [n.state: n.successor], in: &f.builder)))
    let expanded = f.builder.reduce(
      .sum, f.sum(n.dynamics, target, over: n.reward), over: n.successor)
    let expandedGradient = f.gradient(expanded)
    // sum_a [grad pi q + pi gamma sum_s' p(s'|s,a) f(s')]
    func step(_ f: inout MDPFixture, _ value: NodeID) -> NodeID {
      let later = f.sum(
        n.transition, n.placed(value, [n.state: n.successor], in: &f.builder), over: n.successor)
      return f.add(
        inner, f.sum(n.policy, f.multiply(n.discount, later), over: n.action))
    }
    let moved = f.multiply(discountPowers(&f), n.reachTable(in: &f.builder))
    let overSteps = f.builder.reduce(.sum, moved, over: n.step)
    let innerThere = n.placed(inner, [n.state: n.next], in: &f.builder)
    return [
      gradV, f.gradient(expectation), productRule,
      f.add(inner, f.sum(n.policy, expandedGradient, over: n.action)), step(&f, gradV),
      step(&f, step(&f, gradV)), f.sum(overSteps, innerThere, over: n.next),
      f.sum(n.discountedVisitsFrom, innerThere, over: n.next),
    ]
  }

  private static func discountPowers(_ f: inout MDPFixture) -> NodeID {
    let count = f.builder.count(of: f.nodes.step)
    let exponents = f.builder.table((0..<count).map(Double.init), axes: [f.nodes.step])
    return f.builder.binary(.power, f.nodes.discount, exponents)
  }

  @Test(arguments: designedMDPs)
  func `Every line for the gradient of v agrees`(kind: TabularMDP.Kind, discount: Double) {
    var f = MDPFixture(TabularMDP(kind: kind, discount: discount, samples: 8))
    let lines = Self.lines(&f)
    for index in lines.indices.dropFirst() {
      #expect(f.difference(lines[index], lines[0]) < 1e-13, "line \(index)")
    }
  }

  @Test(arguments: designedMDPs)
  func `Every line for the gradient of J agrees`(kind: TabularMDP.Kind, discount: Double) throws {
    var f = MDPFixture(TabularMDP(kind: kind, discount: discount, samples: 8))
    let n = f.nodes
    let inner = f.sum(f.gradient(n.policy), n.actionValue, over: n.action)
    let first = try #require(n.startState)
    let gradV = f.gradient(n.value)
    let visited = f.sum(n.discountedVisits, inner, over: n.state)
    let onPolicy = f.sum(n.discountedOnPolicy, inner, over: n.state)
    let score = f.gradient(n.logPolicy)
    let sampled = f.sum(
      f.multiply(n.discountedVisits, n.policy), f.multiply(n.actionValue, score), over: n.action)
    let withAdvantage = f.sum(
      f.multiply(n.discountedVisits, n.policy), f.multiply(n.advantage, score), over: n.action)
    let gradient = f.gradient(n.objective)
    for line in [
      f.builder.gather(gradV, axes: [n.state], indices: [[first]], along: []),
      visited, f.multiply(n.discountedLength, onPolicy),
      f.builder.reduce(.sum, sampled, over: n.state),
      f.builder.reduce(.sum, withAdvantage, over: n.state),
    ] {
      #expect(f.difference(line, gradient) < 1e-13)
    }
  }
}
