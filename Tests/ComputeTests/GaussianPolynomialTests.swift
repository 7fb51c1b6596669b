import Compute
import Testing

/// The catalogue on the linear example a second time: all of it but one are polynomials in the noise.
struct GaussianPolynomialTests {
  private typealias P = NoisePolynomial

  private static let (mu, s, tau) = (0.3, 0.7, 0.64)
  private static let slopes = [1.3, 0.6]
  private static let x = [1.1, 0.5]

  private static func number(_ k: Int) -> P { .variable(k, of: 2) }
  private static func z(_ k: Int) -> P { s * number(k) + mu }

  // log p(x|z)
  private static func f(_ z: P) -> P {
    var sum = P(-2 * 0.9189385332046727 + 0.4462871026284195, variables: 2)
    for (slope, x) in zip(slopes, x) {
      let rest = (-slope) * z + x
      sum = sum + (-0.5 / tau) * (rest * rest)
    }
    return sum
  }

  private static func slope(_ z: P) -> P {
    var sum = P(0, variables: 2)
    for (slope, x) in zip(slopes, x) { sum = sum + (slope / tau) * ((-slope) * z + x) }
    return sum
  }

  // f + log p - log q at mu + s e; the halves of log 2 pi cancel.
  private static func total(_ k: Int) -> P {
    let (z, e) = (z(k), number(k))
    return f(z) + -0.5 * (z * z) + 0.5 * (e * e) + -0.35667494393873245
  }

  private static func scored(_ value: P, _ k: Int) -> [P] {
    let e = number(k)
    return [(1 / s) * (value * e), value * (e * e + -1)]
  }

  private static func pathwise(_ slope: P, _ byLogScale: P) -> [P] { [slope, slope * byLogScale] }

  private static func minusDivergence(_ parts: [P], by sign: Double = 1) -> [P] {
    [parts[0] + -sign * mu, parts[1] + -sign * (s * s - 1)]
  }

  private static func whole(_ k: Int) -> [P] {
    let parts = pathwise(slope(z(k)) - z(k), s * number(k))
    return [parts[0], parts[1] + 1]
  }

  private static func sum(_ a: [P], _ b: [P], times factor: Double = 1) -> [P] {
    zip(a, b).map { factor * ($0 + $1) }
  }

  private static func components(of estimator: GaussianGradientEstimator) -> [P]? {
    let (e, zero, one) = (number(0), z(0), z(1))
    let along = s * e
    let right = pathwise(slope(zero), along)
    let square = s * s * e + mu
    switch estimator {
    case .analyticDivergence: return minusDivergence(right)
    case .monteCarlo: return whole(0)
    case .stickingTheLanding: return pathwise(slope(zero) - zero + (1 / s) * e, along)
    case .antithetic:
      return minusDivergence(
        sum(right, pathwise(slope(-s * e + mu), -s * e), times: 0.5))
    case .score: return scored(total(0), 0)
    case .scoreBaseline: return scored(total(0) + -total(0).expectation, 0)
    case .scoreAnalyticDivergence: return minusDivergence(scored(f(zero), 0))
    case .scoreLeaveOneOut:
      return sum(scored(total(0) - total(1), 0), scored(total(1) - total(0), 1), times: 0.5)
    case .scoreControlVariate:
      let slope = slope(P(mu, variables: 2)).expectation - mu
      let parts = scored(total(0) - slope * along, 0)
      return [parts[0] + slope, parts[1]]
    case .scaleLost: return minusDivergence(pathwise(slope(zero), e))
    case .deviationForLogDeviation:
      let parts = minusDivergence(right)
      return [parts[0], (1 / s) * parts[1]]
    case .varianceAsDeviation:
      return minusDivergence(pathwise(slope(square), 2 * s * s * e))
    case .entropyForgotten: return [whole(0)[0], whole(0)[1] + -1]
    case .divergenceSign: return minusDivergence(right, by: -1)
    case .noNoise:
      return minusDivergence([slope(P(mu, variables: 2)), P(0, variables: 2)])
    case .noiseResampled: return minusDivergence(pathwise(slope(one), along))
    case .slopeAtNoise: return minusDivergence(pathwise(slope(e), along))
    case .detachedSample: return scored(P(-1, variables: 2), 0)
    case .inverseScaleInMean: return minusDivergence([(1 / s) * right[0], right[1]])
    case .logVarianceAsLogDeviation:
      let parts = pathwise(slope(square), 2 * s * s * e)
      return [parts[0] + -mu, parts[1] + -2 * (s * s * s * s - 1)]
    case .scoreDividedByDeviation:
      let parts = scored(total(0), 0)
      return [s * parts[0], parts[1]]
    case .scoreWithoutNormaliser:
      return [(1 / s) * (total(0) * e), total(0) * e * e]
    case .sumForMean: return sum(whole(0), whole(1))
    case .sign: return minusDivergence(right).map { -1 * $0 }
    case .noiseMissing:
      return minusDivergence(pathwise(slope(zero), P(s, variables: 2)))
    case .gradientOfDensity: return nil
    case .ownSampleBaseline:
      return sum(scored(total(0) - total(1), 0), scored(total(1) - total(0), 1), times: 0.25)
    }
  }

  @Test func `Moments of polynomials agree with quadrature`() {
    var compared = 0
    for row in GaussianGradientTable.example.rows {
      guard let parts = Self.components(of: row.estimator) else { continue }
      compared += 1
      let scale = 1 + row.moments.totalVariance
      let mean = parts.map(\.expectation)
      for i in 0..<2 {
        #expect(abs(mean[i] - row.moments.mean[i]) < 1e-12 * scale, "\(row.estimator)")
        for j in 0..<2 {
          let covariance = ((parts[i] + -mean[i]) * (parts[j] + -mean[j])).expectation
          #expect(
            abs(covariance - row.moments.covariance[i, j]) < 1e-12 * scale, "\(row.estimator)")
        }
      }
    }
    #expect(compared == GaussianGradientEstimator.allCases.count - 1)
  }
}
