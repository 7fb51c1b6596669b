/// A catalogue of estimators of the gradient of an expectation under a normal distribution.
///
/// With z = mu + s eps, standard normal eps, F = f + log p - log q (f without a prior), and the score psi =
/// (eps / s, eps^2 - 1) of mu and log s. The gradient is by mu and log s; KL' is that of KL(q || p).
public enum GaussianGradientEstimator: Hashable, Sendable, CaseIterable {
  // MARK: Right ones

  /// (f'(z), f'(z) s eps) - KL'
  case analyticDivergence
  /// Along z of f + log p - log q, with the derivative of log q by its parameters, which is (0, -1) in all.
  case monteCarlo
  /// F'(z) (1, s eps): the score of q dropped.
  case stickingTheLanding
  /// The mean of `analyticDivergence` at eps and at -eps.
  case antithetic
  /// F(z) psi
  case score
  /// (F(z) - E F) psi
  case scoreBaseline
  /// f(z) psi - KL'
  case scoreAnalyticDivergence
  /// Of two samples, each with the value at the other as baseline.
  case scoreLeaveOneOut
  /// (F(z) - F'(mu) (z - mu)) psi + (F'(mu), 0)
  case scoreControlVariate

  // MARK: Mistakes, first those numbered R1 to R13 and R15 in the list of mistakes

  /// R1: dz/d log s = eps, as if it were dz/ds.
  case scaleLost
  /// R2: the derivative by s for that by log s.
  case deviationForLogDeviation
  /// R3: z = mu + s^2 eps with its derivatives.
  case varianceAsDeviation
  /// R4: `monteCarlo` without the derivative of log q by its parameters: the entropy's is lost.
  case entropyForgotten
  /// R5: + KL'
  case divergenceSign
  /// R6: f at mu in place of z, so that nothing is random.
  case noNoise
  /// R7: f'(z') with another eps' than the one that multiplies it.
  case noiseResampled
  /// R8: f'(eps) for f'(z).
  case slopeAtNoise
  /// R9: z is held while F is differentiated by the parameters.
  case detachedSample
  /// R10: (f'(z) / s, f'(z) s eps) - KL'
  case inverseScaleInMean
  /// R11: s^2 is taken for the deviation throughout, as if log s^2 were log s.
  case logVarianceAsLogDeviation
  /// R12: the score of mu with (z - mu) / s for (z - mu) / s^2.
  case scoreDividedByDeviation
  /// R13: F(z) (eps / s, eps^2): the normaliser's derivative forgotten.
  case scoreWithoutNormaliser
  /// R15: the sum of two samples of `monteCarlo` in place of their mean.
  case sumForMean
  /// - (f'(z), f'(z) s eps) + KL'
  case sign
  /// dz/d log s = s: the noise forgotten in the derivative.
  case noiseMissing
  /// F(z) grad q(z)
  case gradientOfDensity
  /// Of two samples, each with the mean of the values of both as baseline.
  case ownSampleBaseline

  /// Whether the mean is the gradient, for any f and p.
  public var isUnbiased: Bool {
    switch self {
    case .analyticDivergence, .monteCarlo, .stickingTheLanding, .antithetic, .score,
      .scoreBaseline, .scoreAnalyticDivergence, .scoreLeaveOneOut, .scoreControlVariate:
      true
    case .scaleLost, .deviationForLogDeviation, .varianceAsDeviation, .entropyForgotten,
      .divergenceSign, .noNoise, .noiseResampled, .slopeAtNoise, .detachedSample,
      .inverseScaleInMean, .logVarianceAsLogDeviation, .scoreDividedByDeviation,
      .scoreWithoutNormaliser, .sumForMean, .sign, .noiseMissing, .gradientOfDensity,
      .ownSampleBaseline:
      false
    }
  }

  /// Whether it means something only if there is a prior.
  ///
  /// Without one it is another of the catalogue.
  public var needsPrior: Bool {
    switch self {
    case .monteCarlo, .stickingTheLanding, .scoreAnalyticDivergence, .entropyForgotten,
      .divergenceSign, .logVarianceAsLogDeviation:
      true
    default: false
    }
  }

  /// Whether f is differentiated.
  public var usesSlope: Bool {
    switch self {
    case .score, .scoreBaseline, .scoreAnalyticDivergence, .scoreLeaveOneOut, .detachedSample,
      .scoreDividedByDeviation, .scoreWithoutNormaliser, .gradientOfDensity, .ownSampleBaseline:
      false
    default: true
    }
  }

  /// The number of samples of z.
  public var sampleCount: Int {
    switch self {
    case .antithetic, .scoreLeaveOneOut, .noiseResampled, .sumForMean, .ownSampleBaseline: 2
    default: 1
    }
  }
}
