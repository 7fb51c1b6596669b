internal import Compute

/// The densities of a latent-variable model as nodes of a world.
struct ModelNodes: Sendable {
  /// The families of models.
  enum Kind: String, CaseIterable, Sendable {
    /// `p(x \mid z) = N(w z + b, s^2)` with normal prior and encoder.
    case linear = "linear-Gaussian model"
    /// A decoder `\tanh(w z + b) + c z` whose deviation depends on z.
    case nonlinear = "non-linear model"
    /// Four latent states with probabilities of their own.
    case discrete = "discrete latent variable"
  }

  var kind: Kind
  /// The axis of the two entries of an observation.
  var entries: Axis
  /// The states of a discrete latent variable.
  var states: Axis?
  /// Parameters by name.
  var nodes: [String: NodeID] = [:]

  /// Returns the logarithm of a density.
  ///
  /// - Parameters:
  ///   - density: Which.
  ///   - point: The value of the latent variable; of no meaning for the evidence and for states.
  ///   - state: The axis along which the states lie, if the latent variable is discrete.
  ///   - builder: Where the nodes are made.
  /// - Returns: The node of the logarithm.
  func logDensity(
    _ density: ModelDensity, at point: NodeID?, state: Axis?, in builder: inout ProgramBuilder
  ) -> NodeID {
    if let states {
      return logDensity(ofState: density, along: state ?? states, in: &builder)
    }
    let z = point ?? node("prior mean")
    switch density {
    case .prior: return logPrior(at: z, in: &builder)
    case .encoder:
      return normal(z, node("encoder mean"), node("encoder deviation"), in: &builder)
    case .likelihood: return logLikelihood(at: z, in: &builder)
    case .joint:
      return builder.binary(
        .add, logPrior(at: z, in: &builder), logLikelihood(at: z, in: &builder))
    case .evidence: return logEvidence(in: &builder)
    case .posterior:
      let joint = logDensity(.joint, at: z, state: nil, in: &builder)
      return builder.binary(.subtract, joint, logEvidence(in: &builder))
    }
  }

  private func node(_ name: String) -> NodeID {
    guard let node = nodes[name] else { preconditionFailure("the model declares '\(name)'") }
    return node
  }

  // MARK: - Gaussian latent variable

  private func logPrior(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    normal(z, node("prior mean"), node("prior deviation"), in: &builder)
  }

  private func logLikelihood(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let line = builder.binary(
      .add, builder.binary(.multiply, node("weight"), z), node("bias"))
    var mean = line
    var deviation = node("decoder deviation")
    if kind == .nonlinear {
      mean = builder.binary(
        .add, builder.unary(.tanh, line), builder.binary(.multiply, node("slope"), z))
      let growth = builder.unary(
        .exp, builder.binary(.multiply, node("growth"), builder.unary(.tanh, z)))
      deviation = builder.binary(.multiply, deviation, growth)
    }
    let terms = normal(node("observation"), mean, deviation, in: &builder)
    return builder.reduce(.sum, terms, over: entries)
  }

  /// log N(x; m, s^2).
  private func normal(
    _ x: NodeID, _ mean: NodeID, _ deviation: NodeID, in builder: inout ProgramBuilder
  ) -> NodeID {
    let distance = builder.binary(.divide, builder.binary(.subtract, x, mean), deviation)
    let half = builder.binary(
      .multiply, builder.constant(-0.5), builder.unary(.square, distance))
    let constant = builder.constant(0.9189385332046727, error: 0x1p-53)
    let scale = builder.binary(.add, builder.unary(.log, deviation), constant)
    return builder.binary(.subtract, half, scale)
  }

  /// The integral of the joint over z in the coordinate of the prior.
  private func logEvidence(in builder: inout ProgramBuilder) -> NodeID {
    let rule = Quadrature.normal
    let axis = nodesAxis(in: &builder, count: rule.nodes.count)
    let nodes = builder.table(rule.nodes, axes: [axis])
    let z = builder.binary(
      .add, node("prior mean"), builder.binary(.multiply, node("prior deviation"), nodes))
    let weighted = builder.binary(
      .multiply, builder.unary(.exp, logLikelihood(at: z, in: &builder)),
      builder.table(rule.weights, axes: [axis]))
    return builder.unary(.log, builder.integral(weighted, over: axis))
  }

  /// One axis for all evidences, so that they are one node.
  private func nodesAxis(in builder: inout ProgramBuilder, count: Int) -> Axis {
    evidenceAxis ?? builder.axis(count: count)
  }

  /// The quadrature axis of the evidence.
  var evidenceAxis: Axis?

  // MARK: - Discrete latent variable

  private func logDensity(
    ofState density: ModelDensity, along axis: Axis, in builder: inout ProgramBuilder
  ) -> NodeID {
    func along(_ name: String) -> NodeID {
      guard let states, states != axis else { return node(name) }
      return builder.rename(node(name), from: states, to: axis)
    }
    switch density {
    case .prior: return along("log prior")
    case .encoder: return along("log encoder")
    case .likelihood: return along("log likelihood")
    case .joint: return builder.binary(.add, along("log prior"), along("log likelihood"))
    case .evidence: return node("log evidence")
    case .posterior:
      let joint = builder.binary(.add, along("log prior"), along("log likelihood"))
      return builder.binary(.subtract, joint, node("log evidence"))
    }
  }
}
