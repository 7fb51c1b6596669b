import Compute
import Testing

/// Models whose prior and encoder come from outside.
struct LatentModelLawsTests {
  @Test(arguments: [LatentModel.Kind.linearGaussian, .nonlinearGaussian])
  func `Given laws take the place of the model's own`(kind: LatentModel.Kind) throws {
    var builder = ProgramBuilder()
    let model = LatentModel(kind: kind, key: "given", samples: 4)
    let sample = builder.axis(count: 4)
    let dimension = builder.axis(count: 2)
    let prior = GaussianNodes(location: builder.constant(0), scale: builder.constant(1))
    let encoder = GaussianNodes(
      location: builder.constant(0.25), scale: builder.constant(0.75))
    let nodes = model.declare(
      in: &builder, sample: sample, dimension: dimension, prior: prior, encoder: encoder)
    #expect(nodes.dimension == dimension)
    #expect(nodes.gaussian(.prior) == prior)
    #expect(nodes.gaussian(.encoder) == encoder)
    #expect(nodes.phi.isEmpty)
    #expect((nodes.line == nil) == (kind == .nonlinearGaussian))

    let (axis, t, weights) = builder.quadrature(TrapezoidRule(step: 0.125, extent: 12))
    let likelihood = builder.unary(.exp, nodes.logLikelihood(.number(t), in: &builder))
    let terms = builder.binary(.multiply, weights, likelihood)
    let evidence = builder.unary(.log, builder.integral(terms, over: axis))
    let known = nodes.logEvidence(in: &builder)
    let program = builder.program(outputs: [evidence, known])
    #expect(program.inputCount == model.inputs.count)
    let blocks = Workspace().run(program, inputs: model.inputs)
    for (a, b) in zip(blocks[0].values, blocks[1].values) { #expect(abs(a - b) < 1e-12) }
  }

  @Test(arguments: LatentModel.Kind.allCases)
  func `Every slot has a name of its own`(kind: LatentModel.Kind) {
    let model = LatentModel(kind: kind, key: "names", samples: 1)
    #expect(model.inputNames.count == model.inputs.count)
    #expect(Set(model.inputNames).count == model.inputs.count)
  }

  @Test func `Uniform weights leave the density to the integrand`() {
    var builder = ProgramBuilder()
    let rule = TrapezoidRule(step: 0.25, extent: 12, weighting: .uniform)
    let (axis, t, weights) = builder.quadrature(rule)
    let normal = GaussianNodes(location: builder.constant(0), scale: builder.constant(1))
    let density = builder.unary(.exp, normal.logDensity(at: t, in: &builder))
    let terms = builder.binary(.multiply, weights, density)
    let mass = builder.integral(terms, over: axis)
    let block = Workspace().run(builder.program(outputs: [mass]), inputs: [])[0]
    #expect(abs(block.values[0] - 1) < 1e-14)
    #expect(rule.weights.allSatisfy { $0 == 0.25 })
  }

  @Test func `The extent of a rule may be given`() {
    let rule = DoubleExponentialRule(.above(0), step: 0.25, extent: 2)
    #expect(rule.nodes.count == 17)
    #expect(rule.nodes[8] == 1)
  }
}
