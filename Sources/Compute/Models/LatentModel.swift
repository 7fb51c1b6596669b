/// A small latent-variable model with values for its parameters, one model a sample point.
///
/// A latent z with a prior p(z), an observation x with a likelihood p(x|z), and an encoder q(z|x). The three
/// kinds share no identity beyond those that always hold: no prior is N(0, 1), no encoder is the posterior, no
/// decoder of the non-linear kind is odd, and means, scales and probabilities are generic. Under the
/// trapezoid rule in standard units a step of 1/4 and an extent of 12 give at least 1e-12.
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
  /// - Parameters:
  ///   - builder: The program under construction.
  ///   - sample: An axis with a position for each sample point.
  /// - Returns: The model's nodes, from which densities are built.
  public func declare(in builder: inout ProgramBuilder, sample: Axis) -> LatentNodes {
    precondition(builder.count(of: sample) == samples, "the axis has the model's sample points")
    return switch kind {
    case .linearGaussian: LatentNodes(.linear(LinearGaussian(in: &builder, sample: sample)))
    case .discrete: LatentNodes(.discrete(DiscreteLatent(in: &builder, sample: sample)))
    case .nonlinearGaussian:
      LatentNodes(.nonlinear(NonlinearGaussian(in: &builder, sample: sample)))
    }
  }
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

  /// Returns the logarithm of the density at a number.
  public func logDensity(at z: NodeID, in builder: inout ProgramBuilder) -> NodeID {
    let deviation = builder.binary(
      .divide, builder.binary(.subtract, z, location), scale)
    let square = builder.unary(.square, deviation)
    let half = builder.binary(.multiply, builder.constant(-0.5), square)
    let logarithm = builder.binary(.add, builder.unary(.log, scale), builder.halfLogTwoPi())
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
