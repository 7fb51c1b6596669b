/// The densities of a latent-variable model as nodes of a program.
public struct LatentNodes: Sendable {
  /// The distributions of z that expectations are taken under.
  public enum Law: Hashable, Sendable, CaseIterable {
    /// p(z)
    case prior
    /// q(z|x)
    case encoder
    /// p(z|x)
    case posterior
  }

  /// The parts of each kind.
  enum Parts: Sendable {
    case linear(LinearGaussian)
    case discrete(DiscreteLatent)
    case nonlinear(NonlinearGaussian)
  }

  let parts: Parts

  init(_ parts: Parts) {
    self.parts = parts
  }

  /// The components of x (two), or its categories (three).
  public var dimension: Axis {
    switch parts {
    case .linear(let model): model.dimension
    case .discrete(let model): model.category
    case .nonlinear(let model): model.dimension
    }
  }

  /// The states of z (four); nil unless the kind is discrete.
  public var state: Axis? {
    if case .discrete(let model) = parts { return model.state }
    return nil
  }

  /// The observation: its components, or a one at its category, over sample and `dimension`.
  public var x: NodeID {
    switch parts {
    case .linear(let model): model.x
    case .discrete(let model): model.x
    case .nonlinear(let model): model.x
    }
  }

  /// The decoder of the linear kind: x is normal around `slopes` z + `offsets` with the deviation `noise`.
  ///
  /// Slopes and offsets are over sample and `dimension`, the deviation over sample.
  public var line: (slopes: NodeID, offsets: NodeID, noise: NodeID)? {
    if case .linear(let model) = parts { return (model.slopes, model.offsets, model.noise) }
    return nil
  }

  /// The model's own parameters of the prior and the likelihood: inputs over sample and axes of the model.
  public var theta: [NodeID] {
    switch parts {
    case .linear(let model): model.theta
    case .discrete(let model): model.theta
    case .nonlinear(let model): model.theta
    }
  }

  /// The model's own parameters of the encoder: inputs over sample and axes of the model.
  public var phi: [NodeID] {
    switch parts {
    case .linear(let model): model.phi
    case .discrete(let model): model.phi
    case .nonlinear(let model): model.phi
    }
  }

  /// Returns a law's location and scale; nil where it is not normal.
  public func gaussian(_ law: Law) -> GaussianNodes? {
    switch (parts, law) {
    case (.linear(let model), .prior): model.prior
    case (.linear(let model), .encoder): model.encoder
    case (.linear(let model), .posterior): model.posterior
    case (.nonlinear(let model), .prior): model.prior
    case (.nonlinear(let model), .encoder): model.encoder
    case (.nonlinear, .posterior), (.discrete, _): nil
    }
  }

  /// Returns log p(z).
  public func logPrior(_ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    logDensity(.prior, z, in: &builder)
  }

  /// Returns log q(z|x).
  public func logEncoder(_ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    logDensity(.encoder, z, in: &builder)
  }

  /// Returns log p(z|x), by Bayes' rule.
  public func logPosterior(_ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    logDensity(.posterior, z, in: &builder)
  }

  /// Returns log p(x, z).
  public func logJoint(_ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    builder.binary(
      .add, logPrior(z, in: &builder), logLikelihood(z, in: &builder))
  }

  /// Returns the logarithm of a law's density or probability at z.
  public func logDensity(_ law: Law, _ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    if law == .posterior {
      return builder.binary(
        .subtract, logJoint(z, in: &builder), logEvidence(in: &builder))
    }
    switch (parts, z) {
    case (.discrete(let model), .state(let axis)):
      let logits = law == .prior ? model.logPrior : model.logEncoder
      return builder.rename(logits, from: model.state, to: axis)
    case (_, .number(let z)):
      guard let gaussian = gaussian(law) else { break }
      return gaussian.logDensity(at: z, in: &builder)
    default: break
    }
    preconditionFailure("a state belongs to the discrete kind, a number to the others")
  }

  /// Returns log p(x|z).
  public func logLikelihood(_ z: Latent, in builder: inout ProgramBuilder) -> NodeID {
    switch (parts, z) {
    case (.discrete(let model), .state(let axis)):
      return builder.rename(model.logLikelihood, from: model.state, to: axis)
    case (_, .number(let z)):
      let density = decoder(z, in: &builder).logDensity(at: x, in: &builder)
      return builder.reduce(.sum, density, over: dimension)
    default: preconditionFailure("a state belongs to the discrete kind")
    }
  }

  /// Returns the mean and standard deviation of x given z over `dimension`, for the Gaussian kinds.
  public func decoder(_ z: NodeID, in builder: inout ProgramBuilder) -> GaussianNodes {
    switch parts {
    case .linear(let model): model.decoder(z, in: &builder)
    case .nonlinear(let model): model.decoder(z, in: &builder)
    case .discrete: preconditionFailure("the discrete kind has no Gaussian decoder")
    }
  }

  /// Returns log p(x).
  ///
  /// In closed form, as a finite sum, or by the trapezoid rule of step 1/8 in the prior's standard units.
  public func logEvidence(in builder: inout ProgramBuilder) -> NodeID {
    switch parts {
    case .linear(let model): return model.logEvidence(in: &builder)
    case .discrete(let model): return model.logEvidence
    case .nonlinear(let model):
      let z = model.prior.number(at: model.quadratureNodes, in: &builder)
      let likelihood = builder.unary(.exp, logLikelihood(.number(z), in: &builder))
      let terms = builder.binary(.multiply, model.quadratureWeights, likelihood)
      return builder.unary(.log, builder.integral(terms, over: model.quadrature))
    }
  }

  /// Lays a law out for an expectation: values of z and the weights that sum to one.
  ///
  /// An expectation is the integral of weights times values over the axis of the rule, or their sum over the
  /// states. A posterior that is not normal is laid out on the prior's nodes with the prior's weights times
  /// p(x|z) / p(x).
  ///
  /// - Parameters:
  ///   - law: The distribution of z.
  ///   - nodes: The nodes of a rule for the standard normal density; not read for the discrete kind.
  ///   - weights: The weights of the rule; not read for the discrete kind.
  ///   - axis: The axis of the rule, or one with a position for each state.
  ///   - builder: The program under construction.
  /// - Returns: The latent along the axis and its weights.
  public func place(
    _ law: Law, nodes: NodeID, weights: NodeID, along axis: Axis, in builder: inout ProgramBuilder
  ) -> (z: Latent, weights: NodeID) {
    if case .discrete = parts {
      let z = Latent.state(axis)
      return (z, builder.unary(.exp, logDensity(law, z, in: &builder)))
    }
    if let gaussian = gaussian(law) {
      return (.number(gaussian.number(at: nodes, in: &builder)), weights)
    }
    let (z, priorWeights) = place(
      .prior, nodes: nodes, weights: weights, along: axis, in: &builder)
    let logRatio = builder.binary(
      .subtract, logLikelihood(z, in: &builder), logEvidence(in: &builder))
    return (z, builder.binary(.multiply, priorWeights, builder.unary(.exp, logRatio)))
  }
}
