import RealModule

/// A distribution over finitely many outcomes.
public struct Categorical: Hashable, Sendable {
  /// The probability of each outcome; they sum to one.
  public var probabilities: [Double]

  /// A distribution with given probabilities.
  public init(_ probabilities: [Double]) {
    self.probabilities = probabilities
  }

  /// Returns the Kullback-Leibler divergence of this distribution from another.
  ///
  /// Outcomes that this one lacks count nothing; one that only the other lacks makes it infinite.
  public func divergence(from other: Categorical) -> Double {
    sum(with: other) { p, q in p * Double.log(p / q) }
  }

  /// The entropy in nats.
  public var entropy: Double { crossEntropy(with: self) }

  /// Returns the expected negative logarithm of another's probability under this distribution.
  public func crossEntropy(with other: Categorical) -> Double {
    sum(with: other) { p, q in -p * Double.log(q) }
  }

  private func sum(with other: Categorical, _ term: (Double, Double) -> Double) -> Double {
    precondition(
      probabilities.count == other.probabilities.count, "both have the same outcomes")
    return zip(probabilities, other.probabilities).reduce(0) {
      $1.0 == 0 ? $0 : $0 + term($1.0, $1.1)
    }
  }
}
