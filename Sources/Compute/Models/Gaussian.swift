import RealModule

/// A normal distribution of one number.
public struct Gaussian: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// The standard deviation, positive.
  public var scale: Double

  /// A distribution with a mean and a standard deviation.
  public init(mean: Double, scale: Double) {
    self.mean = mean
    self.scale = scale
  }

  /// Returns the Kullback-Leibler divergence of this distribution from another.
  ///
  /// With r = (s1 - s2) / s2 it is r (2 + r) / 2 - log1p(r) + ((m1 - m2) / s2)^2 / 2, which keeps its digits
  /// where the distributions are alike.
  public func divergence(from other: Gaussian) -> Double {
    let r = (scale - other.scale) / other.scale
    let shift = (mean - other.mean) / other.scale
    return (r * (2 + r) + shift * shift) / 2 - Double.log(onePlus: r)
  }

  /// The differential entropy.
  public var entropy: Double { 0.5 * (1 + Self.logTwoPi) + Double.log(scale) }

  /// Returns the expected negative logarithm of another density under this distribution.
  public func crossEntropy(with other: Gaussian) -> Double {
    let shift = (mean - other.mean) / other.scale
    let ratio = scale / other.scale
    return 0.5 * (Self.logTwoPi + ratio * ratio + shift * shift) + Double.log(other.scale)
  }

  /// Returns the divergence from another distribution by the exponential family's formula.
  ///
  /// The divergence is A(b) - A(a) - (b - a) grad A(a) for natural parameters a and b of the two
  /// and the log-partition function A: a second way that shares nothing with the first.
  public func bregmanDivergence(from other: Gaussian) -> Double {
    let (a, b) = (naturalParameters, other.naturalParameters)
    // The gradient of A is the expectation of (x, x^2).
    let (first, second) = (mean, mean * mean + scale * scale)
    return Self.logPartition(b) - Self.logPartition(a) - (b.0 - a.0) * first
      - (b.1 - a.1) * second
  }

  private var naturalParameters: (Double, Double) {
    let variance = scale * scale
    return (mean / variance, -0.5 / variance)
  }

  private static func logPartition(_ parameters: (Double, Double)) -> Double {
    -parameters.0 * parameters.0 / (4 * parameters.1) - 0.5 * Double.log(-2 * parameters.1)
  }

  static let logTwoPi = 1.8378770664093454836
}

/// A normal distribution of several independent numbers.
public struct DiagonalGaussian: Hashable, Sendable {
  /// The distribution of each number.
  public var components: [Gaussian]

  /// A distribution of independent numbers.
  public init(_ components: [Gaussian]) {
    self.components = components
  }

  /// Returns the Kullback-Leibler divergence of this distribution from another of as many numbers.
  public func divergence(from other: DiagonalGaussian) -> Double {
    precondition(components.count == other.components.count, "both have the same dimension")
    return zip(components, other.components).reduce(0) { $0 + $1.0.divergence(from: $1.1) }
  }

  /// The differential entropy.
  public var entropy: Double { components.reduce(0) { $0 + $1.entropy } }

  /// Returns the expected negative logarithm of another density under this distribution.
  public func crossEntropy(with other: DiagonalGaussian) -> Double {
    precondition(components.count == other.components.count, "both have the same dimension")
    return zip(components, other.components).reduce(0) { $0 + $1.0.crossEntropy(with: $1.1) }
  }
}
