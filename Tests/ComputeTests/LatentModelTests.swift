import Compute
import Testing

/// A model declared in a program with a quadrature axis.
private struct Fixture {
  var builder = ProgramBuilder()
  let model: LatentModel
  let sample: Axis
  let nodes: LatentNodes
  let axis: Axis
  let rule: (nodes: NodeID, weights: NodeID)

  init(_ kind: LatentModel.Kind, key: String, samples: Int = 6, step: Double = 0.125) {
    model = LatentModel(kind: kind, key: key, samples: samples)
    sample = builder.axis(count: samples)
    nodes = model.declare(in: &builder, sample: sample)
    let laid = builder.quadrature(TrapezoidRule(step: step, extent: 12))
    rule = (laid.nodes, laid.weights)
    axis = nodes.state ?? laid.axis
  }

  mutating func expectation(
    _ law: LatentNodes.Law, _ value: (Latent, inout ProgramBuilder) -> NodeID
  ) -> NodeID {
    let (z, weights) = nodes.place(
      law, nodes: rule.nodes, weights: rule.weights, along: axis, in: &builder)
    let terms = builder.binary(.multiply, weights, value(z, &builder))
    return nodes.state == nil
      ? builder.integral(terms, over: axis) : builder.reduce(.sum, terms, over: axis)
  }

  func run(_ outputs: [NodeID]) -> [Block] {
    Workspace().run(builder.program(outputs: outputs), inputs: model.inputs)
  }
}

private func largestDifference(_ a: Block, _ b: Block) -> Double {
  zip(a.values, b.values).map { abs($0 - $1) }.max() ?? .infinity
}

struct LatentModelTests {
  @Test(arguments: LatentModel.Kind.allCases, LatentNodes.Law.allCases)
  func `Every law has mass one`(kind: LatentModel.Kind, law: LatentNodes.Law) {
    for key in 0..<2 {
      var fixture = Fixture(kind, key: "mass \(key)")
      let mass = fixture.expectation(law) { _, b in b.constant(1) }
      let block = fixture.run([mass])[0]
      // A rule with a step of 1/4 has the same mass within 1e-12: the bound contains the difference.
      #expect(block.values.allSatisfy { abs($0 - 1) < 1e-13 })
      #expect(block.errors.allSatisfy { $0 < 1e-12 })
    }
  }

  @Test(arguments: LatentModel.Kind.allCases)
  func `A step of one quarter gives twelve digits`(kind: LatentModel.Kind) {
    for key in 0..<4 {
      var fixture = Fixture(kind, key: "step \(key)")
      let nodes = fixture.nodes
      let reconstruction = fixture.expectation(.encoder) { nodes.logLikelihood($0, in: &$1) }
      let prior = fixture.expectation(.prior) { nodes.logLikelihood($0, in: &$1) }
      let posterior = fixture.expectation(.posterior) { nodes.logEncoder($0, in: &$1) }
      let evidence = nodes.logEvidence(in: &fixture.builder)
      for block in fixture.run([reconstruction, prior, posterior, evidence]) {
        #expect(zip(block.values, block.errors).allSatisfy { $1 < 1e-12 * max(1, abs($0)) })
      }
    }
  }

  @Test(arguments: LatentModel.Kind.allCases)
  func `The evidence is the bound plus the divergence from the posterior`(kind: LatentModel.Kind) {
    var fixture = Fixture(kind, key: "identity")
    let nodes = fixture.nodes
    let elbo = fixture.expectation(.encoder) { z, b in
      let joint = nodes.logJoint(z, in: &b)
      return b.binary(.subtract, joint, nodes.logEncoder(z, in: &b))
    }
    let gap = fixture.expectation(.encoder) { z, b in
      let encoder = nodes.logEncoder(z, in: &b)
      return b.binary(.subtract, encoder, nodes.logPosterior(z, in: &b))
    }
    let sum = fixture.builder.binary(.add, elbo, gap)
    let evidence = nodes.logEvidence(in: &fixture.builder)
    let blocks = fixture.run([sum, evidence, gap])
    #expect(largestDifference(blocks[0], blocks[1]) < 1e-12)
    #expect(blocks[2].values.allSatisfy { $0 > 0 })
    #expect(blocks[2].values.contains { $0 > 0.01 })
  }

  @Test(arguments: LatentModel.Kind.allCases)
  func `The evidence is the integral of prior times likelihood`(kind: LatentModel.Kind) {
    var fixture = Fixture(kind, key: "evidence")
    let nodes = fixture.nodes
    let integral = fixture.expectation(.prior) { z, b in
      let likelihood = nodes.logLikelihood(z, in: &b)
      return b.unary(.exp, likelihood)
    }
    let logIntegral = fixture.builder.unary(.log, integral)
    let evidence = nodes.logEvidence(in: &fixture.builder)
    let blocks = fixture.run([logIntegral, evidence])
    #expect(largestDifference(blocks[0], blocks[1]) < 1e-12)
  }

  // mpmath 1.3, mp.dps = 40, from the inputs of the models printed to 17 digits: log p(x) and the bound
  @Test(arguments: [
    (LatentModel.Kind.linearGaussian, -4.2182941558350792984, -7.3465338756011730175),
    (.discrete, -1.2854619430888862534, -1.6395289929045947136),
    (.nonlinearGaussian, -1.8481453829496349261, -1.8743907649962233378),
  ])
  func `Evidence and bound are known`(kind: LatentModel.Kind, evidence: Double, bound: Double) {
    var fixture = Fixture(kind, key: "golden", samples: 1)
    let nodes = fixture.nodes
    let elbo = fixture.expectation(.encoder) { z, b in
      let joint = nodes.logJoint(z, in: &b)
      return b.binary(.subtract, joint, nodes.logEncoder(z, in: &b))
    }
    let logEvidence = nodes.logEvidence(in: &fixture.builder)
    let blocks = fixture.run([logEvidence, elbo])
    expectClose(blocks[0].values[0], evidence, tolerance: 1e-14)
    expectClose(blocks[1].values[0], bound, tolerance: 1e-14)
    #expect(abs(blocks[0].values[0] - evidence) <= blocks[0].errors[0] + 1e-15)
    #expect(abs(blocks[1].values[0] - bound) <= blocks[1].errors[0] + 1e-15)
  }

  @Test func `The linear posterior is the normal density of its closed form`() throws {
    var fixture = Fixture(.linearGaussian, key: "posterior")
    let nodes = fixture.nodes
    let z = Latent.number(fixture.builder.constant(0.3))
    let byBayes = nodes.logPosterior(z, in: &fixture.builder)
    let gaussian = try #require(nodes.gaussian(.posterior))
    let closed = gaussian.logDensity(
      at: fixture.builder.constant(0.3), in: &fixture.builder)
    let blocks = fixture.run([byBayes, closed])
    #expect(largestDifference(blocks[0], blocks[1]) < 1e-12)
  }

  @Test func `Two points suffice for the linear kind only`() throws {
    for (kind, isEqual) in [(LatentModel.Kind.linearGaussian, true), (.nonlinearGaussian, false)] {
      var fixture = Fixture(kind, key: "two points")
      let nodes = fixture.nodes
      let expected = fixture.expectation(.encoder) { nodes.logLikelihood($0, in: &$1) }
      let encoder = try #require(nodes.gaussian(.encoder))
      let values = [1.0, -1].map { sign in
        let t = fixture.builder.constant(sign)
        let z = encoder.number(at: t, in: &fixture.builder)
        return nodes.logLikelihood(.number(z), in: &fixture.builder)
      }
      let sum = fixture.builder.binary(.add, values[0], values[1])
      let mean = fixture.builder.binary(.multiply, fixture.builder.constant(0.5), sum)
      let blocks = fixture.run([expected, mean])
      for (a, b) in zip(blocks[0].values, blocks[1].values) {
        #expect((abs(a - b) < 1e-13 * max(1, abs(a))) == isEqual)
      }
      if !isEqual { #expect(largestDifference(blocks[0], blocks[1]) > 1e-3) }
    }
  }

  @Test(arguments: LatentModel.Kind.allCases)
  func `The gradient by parameters agrees with differences`(kind: LatentModel.Kind) throws {
    var fixture = Fixture(kind, key: "gradient", samples: 2, step: 0.25)
    let nodes = fixture.nodes
    let elbo = fixture.expectation(.encoder) { z, b in
      let joint = nodes.logJoint(z, in: &b)
      return b.binary(.subtract, joint, nodes.logEncoder(z, in: &b))
    }
    let parameters = nodes.theta + nodes.phi
    let (axis, seeds) = fixture.builder.gradientSeeds(of: parameters, along: fixture.sample)
    let tangent = fixture.builder.tangent(of: elbo, seeds: seeds)
    let gradient = try #require(tangent)
    let exact = fixture.run([gradient])[0]
    let program = fixture.builder.program(outputs: [elbo])
    let workspace = Workspace()
    #expect(exact.axes == [fixture.sample, axis])
    let slots = fixture.builder.inputSlots(of: parameters)
    var component = 0
    for slot in slots {
      let size = fixture.model.inputs[slot].count / 2
      for i in 0..<size {
        let ends = [1e-5, -1e-5].map { step in
          var inputs = fixture.model.inputs
          for sample in 0..<2 { inputs[slot][sample * size + i] += step }
          return workspace.run(program, inputs: inputs)[0].values
        }
        for sample in 0..<2 {
          let difference = (ends[0][sample] - ends[1][sample]) / 2e-5
          let value = exact.values[sample * fixture.builder.count(of: axis) + component]
          #expect(abs(value - difference) < 1e-7 * max(1, abs(value)))
        }
        component += 1
      }
    }
    #expect(component == fixture.builder.count(of: axis))
  }

  @Test func `Equal keys give equal models, others do not`() {
    for kind in LatentModel.Kind.allCases {
      let first = LatentModel(kind: kind, key: "a", samples: 5)
      #expect(first.inputs == LatentModel(kind: kind, key: "a", samples: 5).inputs)
      #expect(first.inputs != LatentModel(kind: kind, key: "b", samples: 5).inputs)
    }
  }
}
