extension GaussianGradientEstimator {
  /// The name under which reports and rubrics know it; mistakes begin with `estimator.`.
  public var identifier: String {
    switch self {
    case .analyticDivergence: "pathwise.analytic-kl"
    case .monteCarlo: "pathwise.monte-carlo"
    case .stickingTheLanding: "pathwise.sticking-the-landing"
    case .antithetic: "pathwise.antithetic"
    case .score: "score-function.plain"
    case .scoreBaseline: "score-function.baseline"
    case .scoreAnalyticDivergence: "score-function.analytic-kl"
    case .scoreLeaveOneOut: "score-function.leave-one-out"
    case .scoreControlVariate: "score-function.control-variate"
    case .scaleLost: "estimator.noise-scale-lost"
    case .deviationForLogDeviation: "estimator.deviation-for-log-deviation"
    case .varianceAsDeviation: "estimator.noise-scale-variance"
    case .entropyForgotten: "estimator.entropy-forgotten"
    case .divergenceSign: "estimator.kl-sign"
    case .noNoise: "estimator.no-noise"
    case .noiseResampled: "estimator.noise-resampled"
    case .slopeAtNoise: "estimator.slope-at-noise"
    case .detachedSample: "estimator.detached-sample"
    case .inverseScaleInMean: "estimator.inverse-scale-in-mean"
    case .logVarianceAsLogDeviation: "estimator.log-variance-as-log-deviation"
    case .scoreDividedByDeviation: "estimator.score-divided-by-deviation"
    case .scoreWithoutNormaliser: "estimator.score-without-normaliser"
    case .sumForMean: "estimator.sum-for-mean"
    case .sign: "estimator.sign"
    case .noiseMissing: "estimator.noise-missing"
    case .gradientOfDensity: "estimator.gradient-of-density-not-log"
    case .ownSampleBaseline: "estimator.own-sample-baseline"
    }
  }

  /// The number in the list of reparameterisation mistakes, R1 to R15; R14 needs two dimensions.
  public var number: Int? {
    switch self {
    case .scaleLost: 1
    case .deviationForLogDeviation: 2
    case .varianceAsDeviation: 3
    case .entropyForgotten: 4
    case .divergenceSign: 5
    case .noNoise: 6
    case .noiseResampled: 7
    case .slopeAtNoise: 8
    case .detachedSample: 9
    case .inverseScaleInMean: 10
    case .logVarianceAsLogDeviation: 11
    case .scoreDividedByDeviation: 12
    case .scoreWithoutNormaliser: 13
    case .sumForMean: 15
    case .analyticDivergence, .monteCarlo, .stickingTheLanding, .antithetic, .score,
      .scoreBaseline, .scoreAnalyticDivergence, .scoreLeaveOneOut, .scoreControlVariate, .sign,
      .noiseMissing, .gradientOfDensity, .ownSampleBaseline:
      nil
    }
  }

  /// The estimator as plain text.
  ///
  /// z = mu + s e with noise e, f' = f'(z), F = f + log p - log q, K = KL(q || p); by mu and by log s.
  public var formula: String {
    switch self {
    case .analyticDivergence: "(f', f' s e) - grad K"
    case .monteCarlo: "((f + log p)', (f + log p)' s e + 1)"
    case .stickingTheLanding: "(F', F' s e)"
    case .antithetic: "pathwise.analytic-kl, mean of e and -e"
    case .score: "F (e/s, e^2 - 1)"
    case .scoreBaseline: "(F - E F) (e/s, e^2 - 1)"
    case .scoreAnalyticDivergence: "f (e/s, e^2 - 1) - grad K"
    case .scoreLeaveOneOut: "1/2 sum of (F_i - F_j) (e_i/s, e_i^2 - 1)"
    case .scoreControlVariate: "(F - F'(mu) s e) (e/s, e^2 - 1) + (F'(mu), 0)"
    case .scaleLost: "(f', f' e) - grad K"
    case .deviationForLogDeviation: "by s in place of log s"
    case .varianceAsDeviation: "z = mu + s^2 e"
    case .entropyForgotten: "((f + log p)', (f + log p)' s e)"
    case .divergenceSign: "(f', f' s e) + grad K"
    case .noNoise: "z = mu"
    case .noiseResampled: "(f'(z_2), f'(z_2) s e_1) - grad K"
    case .slopeAtNoise: "(f'(e), f'(e) s e) - grad K"
    case .detachedSample: "-grad log q at a fixed z"
    case .inverseScaleInMean: "(f'/s, f' s e) - grad K"
    case .logVarianceAsLogDeviation: "s^2 for s throughout"
    case .scoreDividedByDeviation: "F (e, e^2 - 1)"
    case .scoreWithoutNormaliser: "F (e/s, e^2)"
    case .sumForMean: "pathwise.monte-carlo, sum of two"
    case .sign: "-(f', f' s e) + grad K"
    case .noiseMissing: "(f', f' s) - grad K"
    case .gradientOfDensity: "F grad q(z)"
    case .ownSampleBaseline: "1/2 sum of (F_i - (F_1 + F_2)/2) (e_i/s, e_i^2 - 1)"
    }
  }
}
