internal import Compute

/// The rules on whose nodes integrals are taken.
enum Quadrature {
  /// Under the standard normal density.
  static let normal = TrapezoidRule(step: 0.25, extent: 12)

  /// Over the whole line in the standard coordinate of a normal density that the integrand contains.
  static let standardised = TrapezoidRule(step: 0.25, extent: 12, weighting: .uniform)

  /// Over the whole line when no density is known.
  static let everywhere = DoubleExponentialRule(.everywhere, step: 0x1p-5, extent: 4)

  /// Over -1...1.
  static let interval = DoubleExponentialRule(.between(-1, 1))

  /// Over 0 to infinity.
  static let above = DoubleExponentialRule(.above(0), step: 0x1p-5, extent: 4)
}
