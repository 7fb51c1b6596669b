import Compute
import Testing

struct DistributionTests {
  // mpmath 1.3, mp.dps = 30: divergence, entropy, cross-entropy
  @Test(arguments: [
    (
      Gaussian(mean: 0.3, scale: 0.7), Gaussian(mean: -1.1, scale: 1.9),
      [0.8378640101665288869, 1.0622635892659402994, 1.9001275994324691863]
    ),
    (
      Gaussian(mean: 0, scale: 1), Gaussian(mean: 0, scale: 1),
      [0, 1.4189385332046727418, 1.4189385332046727418]
    ),
    (
      Gaussian(mean: -0.4, scale: 0.05), Gaussian(mean: 3, scale: 0.6),
      [18.043934427565779394, -1.5767937403493181961, 16.467140687216461198]
    ),
  ])
  func `Normal distributions have known divergences`(p: Gaussian, q: Gaussian, known: [Double]) {
    expectClose(p.divergence(from: q), known[0])
    expectClose(p.bregmanDivergence(from: q), known[0], tolerance: 1e-13)
    expectClose(p.entropy, known[1])
    expectClose(p.crossEntropy(with: q), known[2])
  }

  @Test func `The divergence keeps its digits where distributions are alike`() {
    let p = Gaussian(mean: 1.7, scale: 2.5)
    let q = Gaussian(mean: 1.6999999, scale: 2.5000001)
    // mpmath 1.3, mp.dps = 30; the difference of logarithms would be off by 1e-16.
    let known = 2.3999998250304786085e-15
    #expect(abs(p.divergence(from: q) - known) < 1e-7 * known)
  }

  @Test func `Covariances are factored`() throws {
    let first = Matrix(
      rows: 3, columns: 3, values: [1.5, 0.3, -0.2, 0.3, 0.8, 0.1, -0.2, 0.1, 1.1])
    let second = Matrix(
      rows: 3, columns: 3, values: [2, -0.5, 0.4, -0.5, 1.2, 0.25, 0.4, 0.25, 0.9])
    let p = try #require(FullGaussian(mean: [0.3, -1.2, 0.7], covariance: first))
    let q = try #require(FullGaussian(mean: [-0.4, 0.9, 1.6], covariance: second))
    // mpmath 1.3, mp.dps = 30
    expectClose(p.divergence(from: q), 2.4567562744352323344)
    expectClose(p.entropy, 4.331886928828878042)
    expectClose(p.crossEntropy(with: q), 6.7886432032641103764)
    let indefinite = Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1])
    #expect(FullGaussian(mean: [0, 0], covariance: indefinite) == nil)
  }

  @Test func `A diagonal covariance is the sum over components`() throws {
    var stream = GenericStream(key: "diagonal")
    let p = DiagonalGaussian(
      (0..<3).map { _ in Gaussian(mean: stream.mean(), scale: stream.scale()) })
    let q = DiagonalGaussian(
      (0..<3).map { _ in Gaussian(mean: stream.mean(), scale: stream.scale()) })
    func full(_ d: DiagonalGaussian) throws -> FullGaussian {
      var covariance = Matrix.identity(3)
      for i in 0..<3 { covariance[i, i] = d.components[i].scale * d.components[i].scale }
      return try #require(
        FullGaussian(mean: d.components.map(\.mean), covariance: covariance))
    }
    let (a, b) = (try full(p), try full(q))
    expectClose(p.divergence(from: q), a.divergence(from: b), tolerance: 1e-14)
    expectClose(p.entropy, a.entropy)
    expectClose(p.crossEntropy(with: q), a.crossEntropy(with: b), tolerance: 1e-14)
  }

  @Test func `Categorical distributions have known divergences`() {
    let p = Categorical([0.2, 0.5, 0.3])
    let q = Categorical([0.6, 0.1, 0.3])
    // mpmath 1.3, mp.dps = 30
    expectClose(p.divergence(from: q), 0.58499649848342822757)
    expectClose(p.entropy, 1.0296530140645735319)
    expectClose(p.crossEntropy(with: q), 1.6146495125480017595)
    #expect(Categorical([0, 1]).divergence(from: Categorical([0.5, 0.5])) > 0.69)
    #expect(Categorical([0.5, 0.5]).divergence(from: Categorical([0, 1])) == .infinity)
  }
}

/// Expects a relative difference of a few units in the last place.
func expectClose(
  _ value: Double, _ expected: Double, tolerance: Double = 8 * 0x1p-53,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(value - expected) <= tolerance * max(1, abs(expected)), sourceLocation: sourceLocation)
}
