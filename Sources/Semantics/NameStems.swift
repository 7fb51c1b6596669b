/// What a variable measures, and so how it follows from the parameters of its distribution.
public enum VariableKind: String, Hashable, Sendable, CaseIterable {
  /// A mean: any real number.
  case mean
  /// A standard deviation: positive.
  case deviation
  /// A variance: the square of a deviation.
  case variance
  /// The logarithm of a standard deviation.
  case logDeviation = "log-deviation"
  /// The logarithm of a variance.
  case logVariance = "log-variance"
  /// One over a variance.
  case precision
  /// A symmetric positive definite matrix.
  case covariance
  /// A real number without further meaning.
  case number
  /// A positive number.
  case positive
  /// An observation: any real number.
  case observation
  /// A symmetric positive definite inverse of a covariance.
  case precisionMatrix = "precision-matrix"
  /// The matrix of a linear decoder; it has a meaning in the linear model alone.
  case decoderWeight = "decoder-weight"
  /// The offset of a linear decoder.
  case decoderBias = "decoder-bias"
  /// The standard deviation of a linear decoder.
  case decoderDeviation = "decoder-deviation"
  /// The observation that the model explains.
  case modelObservation = "model-observation"
}

/// The words by which people call the parameters of a normal distribution.
///
/// `logvar`, `log_var`, `lv` are logarithms of variances; `sigma` and `s` are standard deviations;
/// `Sigma` and `S` are covariances.
enum NameStems {
  static let stems: [VariableKind: [String]] = [
    .mean: ["mu", "m", "mean", "means", "loc"],
    .deviation: ["sigma", "s", "std", "sd", "stddev", "stdev", "scale", "std_dev"],
    .variance: ["var", "v", "variance", "sigma2", "sigmasq", "sigma_sq", "sigma_squared"],
    .logVariance: [
      "logvar", "log_var", "lv", "logv", "logvariance", "log_variance", "logsigma2", "log_sigma2",
      "log_sigma_sq",
    ],
    .logDeviation: [
      "logstd", "log_std", "log_s", "logs", "ls", "logsigma", "log_sigma", "log_sd", "logsd",
      "log_scale",
    ],
    .precision: ["tau", "prec", "precision"],
    .covariance: ["Sigma", "S", "cov", "C", "Cov", "covariance"],
    .precisionMatrix: ["Lambda", "P"],
  ]

  /// The letters among them that an answer may use for anything.
  static let freeLetters: Set<String> = [
    "m", "s", "v", "tau", "S", "C", "P", "Lambda",
  ]
  /// Those that are letters, which stand below a distribution to say on what it depends: `q_\mu`.
  static let letters: Set<String> = ["mu", "sigma", "tau", "Sigma", "Lambda"]

  /// The kinds that follow from a standard deviation.
  static let scalarKinds: [VariableKind] = [
    .mean, .deviation, .variance, .logVariance, .logDeviation, .precision,
  ]

  /// The kinds that follow from a covariance matrix.
  static let matrixKinds: [VariableKind] = [.mean, .covariance, .precisionMatrix]

  /// Indices that name the parameters of a model and change no value: `q_\phi`, `\mu_\theta(x)`.
  static let parameterIndices: Set<String> = [
    "theta", "phi", "psi", "vartheta", "lambda", "eta", "omega", "w", "W", "enc", "dec", "encoder",
    "decoder", "varphi",
  ]

  /// Letters that number the members of a family when nothing else is said.
  static let memberIndices: Set<String> = ["i", "j", "k", "l", "m", "n", "d", "t"]
}
