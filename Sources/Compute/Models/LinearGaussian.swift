/// p(z) = N(m, s^2), p(x|z) = N(w z + b, r^2 I) in two dimensions, q(z|x) = N(mu(x), sigma(x)^2).
struct LinearGaussian: Sendable {
  let dimension: Axis
  let x: NodeID
  let theta: [NodeID]
  let phi: [NodeID]
  let prior: GaussianNodes
  let encoder: GaussianNodes
  let posterior: GaussianNodes
  let slopes: NodeID
  let offsets: NodeID
  let noise: NodeID

  /// What the slots between those of the prior and the encoder are called.
  static let names = ["decoder slopes", "decoder offsets", "decoder deviation", "observation"]

  /// Values for one sample point, in the order of the slots.
  static func draw(_ stream: inout GenericStream) -> [[Double]] {
    let prior = Gaussian(mean: stream.mean(), scale: stream.uniform(0.55, 0.9))
    let slopes = [stream.uniform(0.5, 1.2), -stream.uniform(0.5, 1.2)]
    let offsets = [stream.mean(), stream.mean()]
    let noise = stream.uniform(0.6, 0.95)
    let z = prior.mean + prior.scale * stream.normal()
    let x = (0..<2).map { slopes[$0] * z + offsets[$0] + noise * stream.normal() }
    return [[prior.mean], [prior.scale], slopes, offsets, [noise], x]
      + AmortisedEncoder.draw(&stream)
  }

  init(in builder: inout ProgramBuilder, _ frame: GaussianFrame) {
    let sample = frame.sample
    dimension = frame.dimension
    let own = GaussianNodes(
      location: builder.input(axes: [sample]), scale: builder.input(axes: [sample]))
    slopes = builder.input(axes: [sample, dimension])
    offsets = builder.input(axes: [sample, dimension])
    noise = builder.input(axes: [sample])
    x = builder.input(axes: [sample, dimension])
    prior = frame.prior ?? own
    theta = (frame.prior == nil ? [own.location, own.scale] : []) + [slopes, offsets, noise]
    let amortised = AmortisedEncoder(of: x, dimension, in: &builder, sample: sample)
    encoder = frame.encoder ?? amortised.law
    phi = frame.encoder == nil ? amortised.parameters : []

    // 1 / v = 1 / s^2 + |w|^2 / r^2 and mean = m + v w (x - b - w m) / r^2.
    let perNoise = builder.unary(.reciprocal, builder.unary(.square, noise))
    let slopeSquares = builder.reduce(.sum, builder.unary(.square, slopes), over: dimension)
    let precision = builder.binary(
      .add, builder.unary(.reciprocal, builder.unary(.square, prior.scale)),
      builder.binary(.multiply, slopeSquares, perNoise))
    let centre = builder.binary(.add, builder.binary(.multiply, slopes, prior.location), offsets)
    let rest = builder.binary(.subtract, x, centre)
    let projection = builder.reduce(
      .sum, builder.binary(.multiply, slopes, rest), over: dimension)
    let shift = builder.binary(
      .divide, builder.binary(.multiply, projection, perNoise), precision)
    posterior = GaussianNodes(
      location: builder.binary(.add, prior.location, shift),
      scale: builder.unary(.reciprocal, builder.unary(.sqrt, precision)))
  }

  func decoder(_ z: NodeID, in builder: inout ProgramBuilder) -> GaussianNodes {
    GaussianNodes(
      location: builder.binary(.add, builder.binary(.multiply, slopes, z), offsets), scale: noise)
  }

  /// log N(x; w m + b, s^2 w w^T + r^2 I).
  ///
  /// With u = x - w m - b and d = r^2 + s^2 |w|^2 the determinant is r^2 d (in two dimensions) and the
  /// quadratic form is (|u|^2 - (s w u)^2 / d) / r^2.
  func logEvidence(in builder: inout ProgramBuilder) -> NodeID {
    let noiseSquare = builder.unary(.square, noise)
    let scaled = builder.binary(.multiply, slopes, prior.scale)
    let squares = builder.reduce(.sum, builder.unary(.square, scaled), over: dimension)
    let d = builder.binary(.add, noiseSquare, squares)
    let centre = builder.binary(.add, builder.binary(.multiply, slopes, prior.location), offsets)
    let rest = builder.binary(.subtract, x, centre)
    let projection = builder.reduce(.sum, builder.binary(.multiply, scaled, rest), over: dimension)
    let form = builder.binary(
      .divide,
      builder.binary(
        .subtract, builder.reduce(.sum, builder.unary(.square, rest), over: dimension),
        builder.binary(.divide, builder.unary(.square, projection), d)), noiseSquare)
    let logDeterminant = builder.binary(
      .add, builder.unary(.log, noiseSquare), builder.unary(.log, d))
    let half = builder.binary(
      .multiply, builder.constant(-0.5), builder.binary(.add, form, logDeterminant))
    let constant = builder.binary(.multiply, builder.constant(2), builder.halfLogTwoPi())
    return builder.binary(.subtract, half, constant)
  }
}
