/// The exact mean and covariance of an estimator of the policy gradient.
public struct EstimatorMoments: Hashable, Sendable {
  /// The mean of each component.
  public let mean: [Double]
  /// The covariances of the components.
  public let covariance: Matrix

  /// The sum of the variances of the components.
  public var totalVariance: Double {
    mean.indices.reduce(0) { $0 + covariance[$1, $1] }
  }

  /// Moments that are known.
  ///
  /// - Parameters:
  ///   - mean: The mean of each component.
  ///   - covariance: As many rows and columns.
  public init(mean: [Double], covariance: Matrix) {
    precondition(
      covariance.rows == mean.count && covariance.columns == mean.count,
      "a covariance is as large as the mean")
    self.mean = mean
    self.covariance = covariance
  }

  /// Moments from the mean and the entries of the covariance, row-major.
  init(mean: [Double], covariances: [Double]) {
    self.init(
      mean: mean,
      covariance: Matrix(rows: mean.count, columns: mean.count, values: covariances))
  }

  /// Moments from the expectations of the vector and of its outer product with itself, row-major.
  init(first: [Double], second: [Double]) {
    let size = first.count
    mean = first
    covariance = Matrix(
      rows: size, columns: size,
      values: second.indices.map { second[$0] - first[$0 / size] * first[$0 % size] })
  }
}

extension EstimatorMoments {
  /// Returns the moments of the mean of independent estimates: of N trajectories or S samples.
  ///
  /// - Parameter count: Their number, positive.
  /// - Returns: The same mean, the covariance divided by the number.
  public func averaged(over count: Int) -> EstimatorMoments {
    scaled(mean: 1, covariance: 1 / Double(count))
  }

  /// Returns the moments of the sum of independent estimates.
  ///
  /// - Parameter count: Their number, positive.
  /// - Returns: Both times the number.
  public func summed(over count: Int) -> EstimatorMoments {
    scaled(mean: Double(count), covariance: Double(count))
  }

  private func scaled(mean factor: Double, covariance square: Double) -> EstimatorMoments {
    var result = covariance
    for k in result.values.indices { result.values[k] *= square }
    return EstimatorMoments(mean: mean.map { factor * $0 }, covariance: result)
  }
}
