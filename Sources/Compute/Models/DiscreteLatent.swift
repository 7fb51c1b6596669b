/// z is one of four states, x one of three categories; all probabilities are softmax functions of logits.
struct DiscreteLatent: Sendable {
  let state: Axis
  let category: Axis
  /// A one at the observed category.
  let x: NodeID
  let theta: [NodeID]
  let phi: [NodeID]
  let logPrior: NodeID
  /// log p(x|z) at the observed category.
  let logLikelihood: NodeID
  /// log q(z|x) at the observed category.
  let logEncoder: NodeID
  let logEvidence: NodeID

  /// What the slots are called.
  static let names = ["observation", "prior logits", "likelihood logits", "encoder logits"]

  /// Values for one sample point, in the order of the slots.
  static func draw(_ stream: inout GenericStream) -> [[Double]] {
    let observed = stream.index(below: 3)
    func logits(_ count: Int) -> [Double] { (0..<count).map { _ in 0.7 * stream.mean() } }
    return [
      (0..<3).map { $0 == observed ? 1 : 0 }, logits(4), logits(12), logits(12),
    ]
  }

  init(in builder: inout ProgramBuilder, sample: Axis) {
    state = builder.axis(count: 4)
    category = builder.axis(count: 3)
    x = builder.input(axes: [sample, category])
    let prior = builder.input(axes: [sample, state])
    let likelihood = builder.input(axes: [sample, state, category])
    let encoder = builder.input(axes: [sample, state, category])
    theta = [prior, likelihood]
    phi = [encoder]
    logPrior = Self.logSoftmax(prior, over: state, in: &builder)
    let given = Self.logSoftmax(likelihood, over: category, in: &builder)
    logLikelihood = builder.reduce(.sum, builder.binary(.multiply, x, given), over: category)
    let encoded = Self.logSoftmax(encoder, over: state, in: &builder)
    logEncoder = builder.reduce(.sum, builder.binary(.multiply, x, encoded), over: category)
    let joint = builder.binary(.add, logPrior, logLikelihood)
    logEvidence = builder.unary(
      .log, builder.reduce(.sum, builder.unary(.exp, joint), over: state))
  }

  // The logits are small, so that nothing overflows.
  private static func logSoftmax(
    _ logits: NodeID, over axis: Axis, in builder: inout ProgramBuilder
  ) -> NodeID {
    let sum = builder.reduce(.sum, builder.unary(.exp, logits), over: axis)
    return builder.binary(.subtract, logits, builder.unary(.log, sum))
  }
}
