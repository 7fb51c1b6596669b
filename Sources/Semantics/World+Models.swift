internal import Compute

extension World {
  /// How many parameter sets each model has.
  private static let modelSamples = 6

  /// Creates the worlds of the three latent-variable models.
  ///
  /// No identity holds for a model's sake: the prior is not standard normal, the non-linear decoder
  /// is not odd and its deviation depends on the latent variable.
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
    ModelNodes.Kind.allCases.map { kind in
      var world = World(
        vocabulary: vocabulary, sizes: Sizes(data: 1, latent: 1, observed: 2),
        conditions: conditions, key: "\(key) \(kind.rawValue)", samples: modelSamples,
        name: kind.rawValue)
      world.addModel(kind, vocabulary: vocabulary, key: "\(key) \(kind.rawValue)")
      return world
    }
  }

  private mutating func addModel(_ kind: ModelNodes.Kind, vocabulary: Vocabulary, key: String) {
    let entries = axes[.observed] ?? builder.axis(count: 2)
    var model = ModelNodes(kind: kind, entries: entries)
    var stream = GenericStream(key: key)
    func input(_ name: String, _ axes: [Axis], _ draw: (inout GenericStream) -> Double) {
      model.nodes[name] = builder.input(axes: [sample] + axes)
      inputNames.append(name)
      let count = axes.reduce(sampleCount) { $0 * builder.count(of: $1) }
      inputs.append((0..<count).map { _ in draw(&stream) })
    }
    unavailable = []
    for (index, variable) in vocabulary.variables.enumerated() {
      let isDecoder = [.decoderWeight, .decoderBias, .decoderDeviation].contains(variable.kind)
      if isDecoder && kind != .linear || variable.kind == .modelObservation && kind == .discrete {
        unavailable.insert(index)
      }
    }
    if kind == .discrete {
      for distribution in vocabulary.distributions {
        unavailable.formUnion([distribution.mean, distribution.spread].compactMap { $0 })
      }
      let states = builder.axis(count: 4)
      model.states = states
      self.states = states
      for name in ["log prior", "log encoder", "log likelihood"] {
        input(name, [states]) { $0.mean() }
        if let logits = model.nodes[name], name != "log likelihood" {
          let total = builder.reduce(.sum, builder.unary(.exp, logits), over: states)
          model.nodes[name] = builder.binary(.subtract, logits, builder.unary(.log, total))
        }
      }
      if let prior = model.nodes["log prior"], let likelihood = model.nodes["log likelihood"] {
        let joint = builder.unary(.exp, builder.binary(.add, prior, likelihood))
        model.nodes["log evidence"] = builder.unary(
          .log, builder.reduce(.sum, joint, over: states))
      }
      self.model = model
      return
    }
    input("weight", [entries]) { 0.7 * $0.mean() }
    input("bias", [entries]) { $0.mean() }
    input("slope", [entries]) { 0.3 * $0.mean() }
    input("growth", []) { 0.2 * $0.mean() }
    input("decoder deviation", kind == .linear ? [] : [entries]) { 0.6 + 0.2 * $0.scale() }
    input("observation", [entries]) { $0.mean() }
    for (name, distribution) in [("encoder", "q"), ("prior", "p")] {
      let declared = vocabulary.distributions.first { $0.name == distribution }
      if let mean = declared?.mean, let spread = declared?.spread {
        model.nodes["\(name) mean"] = values[mean].node
        model.nodes["\(name) deviation"] = values[spread].node
      } else if declared != nil {
        model.nodes["\(name) mean"] = builder.constant(0)
        model.nodes["\(name) deviation"] = builder.constant(1)
      } else {
        input("\(name) mean", []) { 0.6 * $0.mean() }
        input("\(name) deviation", []) { 0.5 + 0.3 * $0.scale() }
      }
    }
    let bound: [VariableKind: String] = [
      .decoderWeight: "weight", .decoderBias: "bias", .decoderDeviation: "decoder deviation",
      .modelObservation: "observation",
    ]
    for (index, variable) in vocabulary.variables.enumerated() {
      guard let name = bound[variable.kind], let node = model.nodes[name] else { continue }
      values[index] = Quantity(node, axes: variable.kind == .decoderDeviation ? [] : [entries])
    }
    model.evidenceAxis = builder.axis(count: Quadrature.normal.nodes.count)
    self.model = model
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
      var world = World(
        vocabulary: vocabulary, sizes: .single, key: key, samples: decisionSamples,
        name: kind == .looping ? "a process with loops" : "a process with a bounded horizon")
      let process = TabularMDP(kind: kind, discount: discount, samples: decisionSamples)
      let nodes = process.declare(in: &world.builder, sample: world.sample)
      for slot in process.inputs.indices { world.inputNames.append("process \(slot + 1)") }
      world.inputs += process.inputs
      let baseline = world.builder.input(axes: [world.sample, nodes.state])
      var stream = GenericStream(key: "\(key) baseline")
      let count = decisionSamples * world.builder.count(of: nodes.state)
      world.inputs.append((0..<count).map { _ in stream.mean() })
      world.inputNames.append("b")
      world.baseline = baseline
      world.decisions = nodes
      if let list = TrajectoryList(of: process) {
        world.trajectories = TrajectoryNodes(list, of: nodes, in: &world.builder)
      }
      return world
    }
  }

  private static let decisionSamples = 3
}
