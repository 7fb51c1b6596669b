/// An encoder whose mean and scale are smooth functions of the observation.
///
/// mu(x) = a + c x and sigma(x) = exp(g + h tanh(k x)) with vectors c and k.
struct AmortisedEncoder: Sendable {
  let law: GaussianNodes
  let parameters: [NodeID]

  /// What the slots are called.
  static let names = [
    "encoder offset", "encoder slopes", "encoder scale", "encoder swing", "encoder turns",
  ]

  /// Values for one sample point, in the order of the slots; the scale is between 0.35 and 0.9.
  static func draw(_ stream: inout GenericStream) -> [[Double]] {
    [
      [0.5 * stream.mean()], [stream.uniform(0.1, 0.4), -stream.uniform(0.1, 0.4)],
      [stream.uniform(-0.75, -0.4)], [stream.uniform(0.1, 0.25)],
      [stream.uniform(0.2, 0.7), stream.uniform(0.2, 0.7)],
    ]
  }

  init(of x: NodeID, _ dimension: Axis, in builder: inout ProgramBuilder, sample: Axis) {
    let offset = builder.input(axes: [sample])
    let slopes = builder.input(axes: [sample, dimension])
    let logScale = builder.input(axes: [sample])
    let swing = builder.input(axes: [sample])
    let turns = builder.input(axes: [sample, dimension])
    parameters = [offset, slopes, logScale, swing, turns]
    let location = builder.binary(
      .add, offset, builder.reduce(.sum, builder.binary(.multiply, slopes, x), over: dimension))
    let angle = builder.reduce(.sum, builder.binary(.multiply, turns, x), over: dimension)
    let exponent = builder.binary(
      .add, logScale, builder.binary(.multiply, swing, builder.unary(.tanh, angle)))
    law = GaussianNodes(location: location, scale: builder.unary(.exp, exponent))
  }
}
