import RealModule

/// A normal distribution of several numbers with any covariance.
public struct FullGaussian: Hashable, Sendable {
  /// The mean, a column.
  public let mean: Matrix
  /// The Cholesky factor of the covariance.
  public let factor: Cholesky

  /// A distribution with a mean and a covariance; nil unless the covariance is positive definite.
  public init?(mean: [Double], covariance: Matrix) {
    precondition(mean.count == covariance.rows, "mean and covariance have one dimension")
    guard let factor = Cholesky(covariance) else { return nil }
    self.mean = Matrix(rows: mean.count, columns: 1, values: mean)
    self.factor = factor
  }

  /// Returns the Kullback-Leibler divergence of this distribution from another of as many numbers.
  ///
  /// With factors L1 and L2 it is half the sum of the squares of L2^-1 L1 and of L2^-1 (m2 - m1), less the
  /// dimension, plus the logarithm of det L2 / det L1.
  public func divergence(from other: FullGaussian) -> Double {
    var sum = 0.0
    for i in 0..<mean.rows {
      sum += 2 * Double.log(other.factor.factor[i, i] / factor.factor[i, i]) - 1
    }
    return (sum + squares(relativeTo: other)) / 2
  }

  /// The differential entropy.
  public var entropy: Double {
    (0..<mean.rows).reduce(0.5 * Double(mean.rows) * (1 + Gaussian.logTwoPi)) {
      $0 + Double.log(factor.factor[$1, $1])
    }
  }

  /// Returns the expected negative logarithm of another density under this distribution.
  public func crossEntropy(with other: FullGaussian) -> Double {
    let constant = 0.5 * Double(mean.rows) * Gaussian.logTwoPi
    return (0..<mean.rows).reduce(constant + squares(relativeTo: other) / 2) {
      $0 + Double.log(other.factor.factor[$1, $1])
    }
  }

  // tr(S2^-1 S1) + (m2 - m1)^T S2^-1 (m2 - m1).
  private func squares(relativeTo other: FullGaussian) -> Double {
    precondition(mean.rows == other.mean.rows, "both have the same dimension")
    var shift = other.mean
    for i in 0..<mean.rows { shift[i, 0] -= mean[i, 0] }
    let spread = other.factor.lowerSolution(of: factor.factor)
    let distance = other.factor.lowerSolution(of: shift)
    return (spread.values + distance.values).reduce(0) { $0 + $1 * $1 }
  }
}
