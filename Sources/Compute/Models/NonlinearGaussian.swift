/// p(z) = N(m, s^2), p(x|z) normal in two dimensions with curved mean and variance, q(z|x) amortised.
///
/// The mean is a tanh(w z + b) + c z^2 / (4 + z^2), neither odd nor even; the logarithm of the variance is
/// r + d tanh(u z + v). All are analytic near the line, so that the trapezoid rule converges.
struct NonlinearGaussian: Sendable {
  let dimension: Axis
  let x: NodeID
  let theta: [NodeID]
  let phi: [NodeID]
  let prior: GaussianNodes
  let encoder: GaussianNodes
  let quadrature: Axis
  let quadratureNodes: NodeID
  let quadratureWeights: NodeID
  // Over sample and dimension: a, w, b, c, r, d, u, v.
  private let curves: [NodeID]

  /// What the slots between those of the prior and the encoder are called.
  static let names =
    ["a", "w", "b", "c", "r", "d", "u", "v"].map { "decoder \($0)" } + ["observation"]

  /// Values for one sample point, in the order of the slots.
  static func draw(_ stream: inout GenericStream) -> [[Double]] {
    let prior = Gaussian(mean: 0.5 * stream.mean(), scale: stream.uniform(0.55, 0.9))
    func pair(_ low: Double, _ high: Double) -> [Double] {
      [stream.uniform(low, high), stream.uniform(low, high)]
    }
    let amplitudes = [stream.uniform(0.6, 1.2), -stream.uniform(0.6, 1.2)]
    let curves = [
      amplitudes, pair(0.5, 0.95), pair(0.2, 0.7), pair(0.3, 0.8), pair(-0.6, -0.2),
      pair(0.15, 0.35), pair(0.3, 0.8), pair(-0.6, -0.2),
    ]
    let z = prior.mean + prior.scale * stream.normal()
    let x = (0..<2).map { k in
      let bend = curves[3][k] * z * z / (4 + z * z)
      return curves[0][k] * smooth(curves[1][k] * z + curves[2][k]) + bend + 0.7 * stream.normal()
    }
    return [[prior.mean], [prior.scale]] + curves + [x] + AmortisedEncoder.draw(&stream)
  }

  // tanh by this package's exponential.
  private static func smooth(_ x: Double) -> Double {
    let e = GenericStream.exp(2 * x)
    return (e - 1) / (e + 1)
  }

  init(in builder: inout ProgramBuilder, _ frame: GaussianFrame) {
    let sample = frame.sample
    dimension = frame.dimension
    let own = GaussianNodes(
      location: builder.input(axes: [sample]), scale: builder.input(axes: [sample]))
    prior = frame.prior ?? own
    var curves: [NodeID] = []
    for _ in 0..<8 { curves.append(builder.input(axes: [sample, dimension])) }
    self.curves = curves
    theta = (frame.prior == nil ? [own.location, own.scale] : []) + curves
    x = builder.input(axes: [sample, dimension])
    let amortised = AmortisedEncoder(of: x, dimension, in: &builder, sample: sample)
    encoder = frame.encoder ?? amortised.law
    phi = frame.encoder == nil ? amortised.parameters : []
    (quadrature, quadratureNodes, quadratureWeights) = builder.quadrature(
      TrapezoidRule(step: 0.125, extent: 12))
  }

  func decoder(_ z: NodeID, in builder: inout ProgramBuilder) -> GaussianNodes {
    let wave = curve(1, z, 2, in: &builder)
    let square = builder.unary(.square, z)
    let bend = builder.binary(
      .divide, square, builder.binary(.add, builder.constant(4), square))
    let location = builder.binary(
      .add, builder.binary(.multiply, curves[0], wave), builder.binary(.multiply, curves[3], bend))
    let half = builder.constant(0.5)
    let swing = builder.binary(
      .multiply, builder.binary(.multiply, half, curves[5]), curve(6, z, 7, in: &builder))
    let logScale = builder.binary(.add, builder.binary(.multiply, half, curves[4]), swing)
    return GaussianNodes(location: location, logScale: logScale, in: &builder)
  }

  // tanh of a line in z.
  private func curve(
    _ slope: Int, _ z: NodeID, _ offset: Int, in builder: inout ProgramBuilder
  ) -> NodeID {
    let line = builder.binary(.add, builder.binary(.multiply, curves[slope], z), curves[offset])
    return builder.unary(.tanh, line)
  }
}
