internal import Compute

/// The rules on whose nodes integrals are taken.
struct Quadrature: Sendable {
  /// Under the standard normal density.
  let normal: TrapezoidRule
  /// Over the whole line in the standard coordinate of a normal density that the integrand contains.
  let standardised: TrapezoidRule

  private init(step: Double, extent: Double) {
    normal = TrapezoidRule(step: step, extent: extent)
    standardised = TrapezoidRule(step: step, extent: extent, weighting: .uniform)
  }

  /// For the models as they are designed.
  static let usual = Quadrature(step: 0.25, extent: 12)

  /// For a first look at many points: exact enough for what varies as slowly as a logarithm of a density, and
  /// its error bound says where it is not.
  static let coarse = Quadrature(step: 0.5, extent: 9)

  /// For laws much wider or narrower than each other.
  static let fine = Quadrature(step: 0x1p-5, extent: 16)

  /// Over the whole line when no density is known.
  static let everywhere = DoubleExponentialRule(.everywhere, step: 0x1p-5, extent: 4)

  /// Over -1...1.
  static let interval = DoubleExponentialRule(.between(-1, 1))

  /// Over 0 to infinity.
  static let above = DoubleExponentialRule(.above(0), step: 0x1p-5, extent: 4)
}
