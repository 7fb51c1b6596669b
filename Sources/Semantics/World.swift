internal import Compute
public import Notation

/// A concrete model in which formulas are evaluated: every variable of the vocabulary has values at
/// the same generic points.
public struct World: Sendable {
  /// What the world is made of, for messages: `3 dimensions`, `discrete latent variable`.
  public let name: String
  /// How many points each variable has values at.
  public let sampleCount: Int
  var builder: ProgramBuilder
  let sample: Axis
  var axes: [AxisKind: Axis]
  /// The axes of bound variables in the references that were prepared.
  var boundAxes = BoundAxes()
  /// The values of the vocabulary's variables, in its order.
  var values: [Quantity]
  /// The variables that mean nothing here, by their place in the vocabulary.
  var unavailable: Set<Int> = []
  /// The names of the inputs, in order of their slots; several entries a point for a family.
  var inputNames: [String]
  /// The Markov decision process, if the field has one.
  var decisions: MDPNodes?
  /// All trajectories of the process, if they can be listed.
  var trajectories: TrajectoryNodes?
  /// The estimators of the policy gradient on all trajectories, in the order of the catalogue.
  var catalogue: [NodeID] = []
  /// The sum of the variances of the components of the reward-to-go estimator, at the first point.
  var usualVariance: Double?
  /// The law whose parameters gradients are taken by, if one is declared.
  var law: ParametricLaw?
  /// An arbitrary function of the state, for baselines.
  var baseline: NodeID?
  /// An arbitrary function of the state and the action, for what is taken for a baseline.
  var actionBaseline: NodeID?
  /// The numbers behind the input nodes, in order of their slots.
  var inputs: [[Double]]
  /// The latent-variable model, if there is one.
  var model: LatentNodes?
  /// The axis of the states, if the latent variable is discrete.
  var states: Axis? { model?.state }
  /// The nodes of names that nobody declared, in the general vocabulary only.
  var freeNames: [String: NodeID]?
  /// Those of them that have a value.
  var valuedNames: Set<String> = []

  /// The meanings of the rubric's references that were prepared, by number.
  var references: [Int: Quantity] = [:]
  /// Why a reference has no meaning here, by number.
  var refusals: [Int: Misunderstanding] = [:]
  /// The gradients by the parameters of the latent-variable model.
  var gradients: [ParameterNames.Parts: ModelGradient] = [:]
  /// The rules of its integrals.
  var quadrature = Quadrature.usual
  /// How each input may be moved in a search, by slot; empty unless the world is a wide one.
  var moves: [InputMove] = []

  /// Their values with error bounds and axes.
  var referenceRows: [NodeID: (row: Row, axes: [Axis])] = [:]

  /// Returns the world with the meanings of references, which are then not worked out for each answer.
  ///
  /// - Parameters:
  ///   - expressions: The references by number; those without a meaning here are left out.
  ///   - vocabulary: The names.
  /// - Returns: The prepared world.
  public func prepared(
    with expressions: [(number: Int, expression: Expression)], vocabulary: Vocabulary
  ) -> World {
    var elaborator = Elaborator(vocabulary: vocabulary, world: self)
    var world = self
    for (number, expression) in expressions {
      do throws(Misunderstanding) {
        world.references[number] = try elaborator.quantity(expression)
      } catch {
        world.refusals[number] = error
      }
    }
    world.builder = elaborator.builder
    world.boundAxes = elaborator.boundAxes
    // Their values are worked out here as well, once for all answers.
    let nodes = world.references.values.map(\.node).sorted { $0.index < $1.index }
    let program = world.builder.program(outputs: nodes)
    guard !nodes.isEmpty, !program.isTooLarge else { return world }
    let blocks = Workspace().run(program, inputs: inputs)
    for (node, block) in zip(nodes, blocks) {
      world.referenceRows[node] = (Row(block), block.axes)
    }
    return world
  }

  /// Returns the world with the law of a vocabulary, whose location and scale gradients are taken by.
  ///
  /// The scale is near enough to 1 for quadrature, and never 1.
  public func withLaw(of vocabulary: Vocabulary, key: String) -> World {
    guard let declared = vocabulary.distributions.first, let mean = declared.mean,
      let spread = declared.spread
    else { return self }
    var world = self
    var stream = GenericStream(key: "\(key) law")
    world.inputs[mean] = (0..<sampleCount).map { _ in 0.5 * stream.mean() }
    world.inputs[spread] = (0..<sampleCount).map { place in
      place.isMultiple(of: 2) ? stream.uniform(0.55, 0.85) : stream.uniform(1.15, 1.4)
    }
    let (location, scale) = (values[mean].node, values[spread].node)
    let (axis, seeds) = world.builder.gradientSeeds(of: [location, scale], along: sample)
    world.law = ParametricLaw(
      parameter: axis, seeds: seeds, location: location, scale: scale)
    return world
  }

  /// Returns the variables that have a name and a slot among these, with their values at one sample.
  func point(atSample sample: Int, slots: [Int]) -> [(name: String, values: [Double])] {
    slots.filter { $0 < inputNames.count && !inputNames[$0].isEmpty }.map { slot in
      let width = inputs[slot].count / sampleCount
      return (inputNames[slot], Array(inputs[slot][(sample * width)..<((sample + 1) * width)]))
    }
  }

  /// Evaluates one node on the world's own points.
  func value(of node: NodeID, in builder: ProgramBuilder) -> Block? {
    let program = builder.program(outputs: [node])
    guard !program.isTooLarge, program.inputCount <= inputs.count else { return nil }
    return Workspace().run(program, inputs: inputs).first
  }
}
