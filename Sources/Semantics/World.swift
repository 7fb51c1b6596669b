internal import Compute
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
  /// An arbitrary function of the state, for baselines.
  var baseline: NodeID?
  /// The numbers behind the input nodes, in order of their slots.
  var inputs: [[Double]]
  /// The latent-variable model, if there is one.
  var model: ModelNodes?
  /// The axis of the states, if the latent variable is discrete.
  var states: Axis?
  /// The nodes of names that nobody declared, in the general vocabulary only.
  var freeNames: [String: NodeID]?

  /// Evaluates one node on the world's own points.
  func value(of node: NodeID, in builder: ProgramBuilder) -> Block? {
    let program = builder.program(outputs: [node])
    guard !program.isTooLarge, program.inputCount <= inputs.count else { return nil }
    return Workspace().run(program, inputs: inputs).first
  }
}
