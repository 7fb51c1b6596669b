/// A small latent-variable model with values for its parameters, one model a sample point.
///
/// A latent z with a prior p(z), an observation x with a likelihood p(x|z), and an encoder q(z|x). The three
/// kinds share no identity beyond those that always hold: no prior is N(0, 1), no encoder is the posterior, no
/// decoder of the non-linear kind is odd, and means, scales and probabilities are generic. Under the
/// trapezoid rule in standard units a step of 1/4 and an extent of 12 give at least 1e-12. Prior and encoder
/// may also come from outside.
public struct LatentModel: Sendable {
  /// What the latent is and how the observation depends on it.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// z is normal, x in two dimensions is normal around a line: everything has a closed form.
    case linearGaussian
    /// z is one of four states, x one of three categories: everything is a finite sum.
    case discrete
    /// z is normal, x in two dimensions is normal, mean and variance are curved functions of z.
    case nonlinearGaussian
  }

  /// The kind of the model.
  public let kind: Kind
  /// The number of sample points.
  public let samples: Int
  /// The values for the slots that `declare` makes, in order.
  public let inputs: [[Double]]

  /// What the slots are called in messages, in order.
  public var inputNames: [String] {
    let prior = ["prior mean", "prior deviation"]
    return switch kind {
    case .linearGaussian: prior + LinearGaussian.names + AmortisedEncoder.names
    case .discrete: DiscreteLatent.names
    case .nonlinearGaussian: prior + NonlinearGaussian.names + AmortisedEncoder.names
    }
  }

  /// Draws a model.
  ///
  /// - Parameters:
  ///   - kind: The kind of the model.
  ///   - key: Any text; equal texts give equal models.
  ///   - samples: The number of sample points.
  public init(kind: Kind, key: String, samples: Int) {
    self.kind = kind
    self.samples = samples
    var stream = GenericStream(key: key)
    var columns: [[Double]] = []
    for _ in 0..<samples {
      let drawn =
        switch kind {
        case .linearGaussian: LinearGaussian.draw(&stream)
        case .discrete: DiscreteLatent.draw(&stream)
        case .nonlinearGaussian: NonlinearGaussian.draw(&stream)
        }
      if columns.isEmpty { columns = drawn.map { _ in [] } }
      for (slot, values) in drawn.enumerated() { columns[slot] += values }
    }
    inputs = columns
  }

  /// Makes the nodes of the model: its input slots and what is computed from them alone.
  ///
  /// All slots are made whether or not laws are given, so that they agree with `inputs`. The discrete kind
  /// takes nothing from outside but the axis of the sample points.
  ///
  /// - Parameters:
  ///   - builder: The program under construction.
  ///   - sample: An axis with a position for each sample point.
  ///   - dimension: An axis of two positions for the components of x; a new one if nil.
  ///   - prior: The prior in place of the model's own.
  ///   - encoder: The encoder in place of the model's own.
  /// - Returns: The model's nodes, from which densities are built.
  public func declare(
    in builder: inout ProgramBuilder, sample: Axis, dimension: Axis? = nil,
    prior: GaussianNodes? = nil, encoder: GaussianNodes? = nil
  ) -> LatentNodes {
    precondition(builder.count(of: sample) == samples, "the axis has the model's sample points")
    if kind == .discrete {
      return LatentNodes(.discrete(DiscreteLatent(in: &builder, sample: sample)))
    }
    let dimension = dimension ?? builder.axis(count: 2)
    precondition(builder.count(of: dimension) == 2, "an observation has two components")
    let frame = GaussianFrame(
      sample: sample, dimension: dimension, prior: prior, encoder: encoder)
    return kind == .linearGaussian
      ? LatentNodes(.linear(LinearGaussian(in: &builder, frame)))
      : LatentNodes(.nonlinear(NonlinearGaussian(in: &builder, frame)))
  }
}

/// What a Gaussian kind is declared with: its axes, and the laws that come from outside.
struct GaussianFrame {
  var sample: Axis
  var dimension: Axis
  var prior: GaussianNodes?
  var encoder: GaussianNodes?
}

/// A value of the latent in a program.
public enum Latent: Hashable, Sendable {
  /// A number, for the Gaussian kinds; its node may lie along any axes.
  case number(NodeID)
  /// All states along an axis of that count, for the discrete kind.
  case state(Axis)
}

/// A normal distribution in a program.
public struct GaussianNodes: Hashable, Sendable {
  /// The mean.
  public let location: NodeID
  /// The standard deviation.
  public let scale: NodeID
  /// The logarithm of the standard deviation, where it is known before that.
  private let logScale: NodeID?

  /// Creates a normal distribution from its mean and its standard deviation.
  public init(location: NodeID, scale: NodeID) {
    self.location = location
    self.scale = scale
    logScale = nil
  }

  /// Creates a normal distribution from its mean and the logarithm of its standard deviation.
  public init(location: NodeID, logScale: NodeID, in builder: inout ProgramBuilder) {
    self.location = location
    self.logScale = logScale
    scale = builder.unary(.exp, logScale)
  }

  /// Returns the logarithm of the density at a number.
  public func logDensity(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let deviation = builder.binary(
      .divide, builder.binary(.subtract, z, location), scale)
    let square = builder.unary(.square, deviation)
    let half = builder.binary(.multiply, builder.constant(-0.5), square)
    let logScale = logScale ?? builder.unary(.log, scale)
    let logarithm = builder.binary(.add, logScale, builder.halfLogTwoPi())
    return builder.binary(.subtract, half, logarithm)
  }

  /// Returns the number that lies so many standard deviations from the mean.
  public func number(at t: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    builder.binary(.add, location, builder.binary(.multiply, scale, t))
  }
}

extension ProgramBuilder {
  /// Half the logarithm of two pi.
  mutating func halfLogTwoPi() -> NodeID {
    constant(
      DoubleDouble(high: 0x1.d67f1c864beb5p-1, low: -0x1.65b5a1b7ff5dfp-55), error: 0x1p-107)
  }
}
