internal import Compute

extension World {
  /// How many parameter sets each model has.
  private static let modelSamples = 6

  private static let modelKinds: [(kind: LatentModel.Kind, name: String)] = [
    (.linearGaussian, "linear-Gaussian model"), (.nonlinearGaussian, "non-linear model"),
    (.discrete, "discrete latent variable"),
  ]

  /// Creates the worlds of the three latent-variable models.
  ///
  /// No identity holds for a model's sake: see `LatentModel`.
  ///
  /// - Parameters:
  ///   - vocabulary: The names; parameters of the distributions `q` and `p` become those of the
  ///     encoder and the prior.
  ///   - conditions: What holds at all points.
  ///   - key: The text from which the parameters follow.
  /// - Returns: A linear, a non-linear and a discrete world.
  public static func models(
    of vocabulary: Vocabulary, conditions: [Condition], key: String
  ) -> [World] {
    models(of: vocabulary, conditions: conditions, key: key) { _ in modelSamples }
  }

  /// Creates the worlds of the latent-variable models with a number of parameter sets for each kind.
  static func models(
    of vocabulary: Vocabulary, conditions: [Condition], key: String,
    samples: (LatentModel.Kind) -> Int
  ) -> [World] {
    modelKinds.map { kind, name in
      let key = "\(key) \(name)"
      let samples = samples(kind)
      var world = World(
        vocabulary: vocabulary, sizes: Sizes(data: 1, latent: 1, observed: 2),
        conditions: conditions, key: key, samples: samples, name: name)
      world.add(LatentModel(kind: kind, key: key, samples: samples), vocabulary: vocabulary)
      world.moderateLaws(of: vocabulary, conditions: conditions, key: "\(key) laws")
      return world
    }
  }

  private mutating func add(_ model: LatentModel, vocabulary: Vocabulary) {
    let prior = law("p", of: vocabulary)
    let encoder = law("q", of: vocabulary)
    let nodes = model.declare(
      in: &builder, sample: sample, dimension: axes[.observed], prior: prior, encoder: encoder)
    inputNames += model.inputNames
    inputs += model.inputs
    self.model = nodes
    addGradients(of: nodes, vocabulary: vocabulary)
    unavailable = []
    for (index, variable) in vocabulary.variables.enumerated() {
      switch variable.kind {
      case .decoderWeight: bind(index, to: nodes.line?.slopes, axes: [nodes.dimension])
      case .decoderBias: bind(index, to: nodes.line?.offsets, axes: [nodes.dimension])
      case .decoderDeviation: bind(index, to: nodes.line?.noise, axes: [])
      case .modelObservation:
        bind(index, to: nodes.state == nil ? nodes.x : nil, axes: [nodes.dimension])
      default: break
      }
    }
    guard nodes.state != nil else { return }
    for distribution in vocabulary.distributions {
      unavailable.formUnion([distribution.mean, distribution.spread].compactMap { $0 })
    }
  }

  /// Returns the normal distribution that the rubric declares under a name, if it does.
  private mutating func law(_ name: String, of vocabulary: Vocabulary) -> GaussianNodes? {
    guard let declared = vocabulary.distributions.first(where: { $0.name == name }) else {
      return nil
    }
    if let mean = declared.mean, let spread = declared.spread {
      return GaussianNodes(location: values[mean].node, scale: values[spread].node)
    }
    return GaussianNodes(location: builder.constant(0), scale: builder.constant(1))
  }

  /// Gives the parameters of the prior and the encoder values at which each law covers the other and the
  /// posterior, so that an expectation under one may be that of a ratio to another.
  private mutating func moderateLaws(
    of vocabulary: Vocabulary, conditions: [Condition], key: String
  ) {
    var stream = GenericStream(key: key)
    for name in ["q", "p"] {
      let declared = vocabulary.distributions.first { $0.name == name }
      for parameter in [declared?.mean, declared?.spread] {
        let isMean = parameter == declared?.mean
        let drawn = (0..<sampleCount).map { _ in
          isMean ? 0.4 * stream.mean() : stream.uniform(0.65, 0.9)
        }
        guard let parameter, inputs[parameter].count == sampleCount else { continue }
        let variable = vocabulary.variables[parameter].name
        if !conditions.contains(where: { $0.concerns(variable) }) { inputs[parameter] = drawn }
      }
    }
  }

  /// Lets a variable be a parameter of the model, or mean nothing where the model has none.
  private mutating func bind(_ index: Int, to node: NodeID?, axes: [Axis]) {
    if let node { values[index] = Quantity(node, axes: axes) } else { unavailable.insert(index) }
  }
}

extension World {
  /// Creates the worlds of episodic decision processes: with loops, and with a bounded horizon.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - discount: The discount; 1 unless the answer or the rubric says otherwise.
  ///   - key: The text from which values beside the designed processes follow.
  /// - Returns: A world a kind.
  public static func decisions(
    of vocabulary: Vocabulary, discount: Double, key: String
  ) -> [World] {
    TabularMDP.Kind.allCases.map { kind in
      decisions(
        of: vocabulary, key: key,
        name: kind == .looping ? "a process with loops" : "a process with a bounded horizon",
        process: TabularMDP(kind: kind, discount: discount, samples: decisionSamples))
    }
  }

  /// Creates the world of one decision process.
  static func decisions(
    of vocabulary: Vocabulary, key: String, name: String, process: TabularMDP
  ) -> World {
    let samples = process.samples
    var world = World(
      vocabulary: vocabulary, sizes: .single, key: key, samples: samples, name: name)
    let nodes = process.declare(in: &world.builder, sample: world.sample)
    // Only the parameters of the policy are named in messages.
    world.inputNames += process.inputs.indices.map { $0 == 0 ? "theta" : "" }
    world.inputs += process.inputs
    let baseline = world.builder.input(axes: [world.sample, nodes.state])
    var stream = GenericStream(key: "\(key) baseline")
    let count = samples * world.builder.count(of: nodes.state)
    world.inputs.append((0..<count).map { _ in stream.mean() })
    world.inputNames.append("b")
    world.baseline = baseline
    let both = world.builder.input(axes: [world.sample, nodes.state, nodes.action])
    let countOfBoth = count * world.builder.count(of: nodes.action)
    world.inputs.append((0..<countOfBoth).map { _ in stream.mean() })
    world.inputNames.append("")
    world.actionBaseline = both
    world.decisions = nodes
    if let list = TrajectoryList(of: process) {
      world.trajectories = TrajectoryNodes(list, of: nodes, in: &world.builder)
    }
    return world
  }

  private static let decisionSamples = 3
}
