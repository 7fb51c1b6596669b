/// How the exact mean of an estimator lies to the gradient that it should be.
public struct EstimatorBias: Hashable, Sendable {
  /// What the mean says about an estimator.
  public enum Verdict: Hashable, Sendable {
    /// The mean is the gradient.
    case unbiased
    /// The mean is the gradient times a constant other than one.
    case proportional
    /// The mean is zero.
    case zeroMean
    /// The mean points elsewhere.
    case biased
  }

  /// The length of the bias over that of the gradient.
  public let relative: Double
  /// The largest bias of a component in standard deviations of that component.
  ///
  /// Infinite if a component without variance is biased.
  public let standardized: Double
  /// The constant c for which c times the gradient is nearest to the mean.
  public let constant: Double
  /// The length of what remains of the mean then, over that of the mean; zero if that is.
  public let perpendicular: Double
  /// What the mean says.
  public let verdict: Verdict

  /// The relative size below which a number is rounding.
  static let negligible = 1e-9

  /// Compares the moments of an estimator with the gradient.
  ///
  /// - Parameters:
  ///   - moments: The exact mean and covariance.
  ///   - gradient: What the mean should be; not zero.
  public init(of moments: EstimatorMoments, from gradient: [Double]) {
    let mean = moments.mean
    precondition(mean.count == gradient.count, "a mean has the components of the gradient")
    let size = Self.length(gradient)
    let meanSize = Self.length(mean)
    let bias = zip(mean, gradient).map { $0 - $1 }
    relative = Self.length(bias) / size
    constant = zip(mean, gradient).reduce(0) { $0 + $1.0 * $1.1 } / (size * size)
    let c = constant
    let rest = Self.length(zip(mean, gradient).map { $0 - c * $1 })
    let isZero = meanSize <= Self.negligible * size
    perpendicular = isZero ? 0 : rest / meanSize
    let scale = max(size, meanSize)
    standardized = bias.indices.reduce(0) { largest, k in
      if bias[k].magnitude <= 1e-14 * scale { return largest }
      let deviation = moments.covariance[k, k].squareRoot()
      return max(largest, deviation > 1e-12 * scale ? bias[k].magnitude / deviation : .infinity)
    }
    verdict =
      relative <= Self.negligible
      ? .unbiased
      : isZero ? .zeroMean : perpendicular <= Self.negligible ? .proportional : .biased
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
