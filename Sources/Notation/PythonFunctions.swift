/// What the functions of numpy, torch, tensorflow, jax and math mean.
enum PythonFunctions {
  /// What a function does with its arguments.
  enum Meaning {
    /// A function of the tree, of so many arguments.
    case call(Function, Int)
    /// A reduction over all entries; arguments behind the first say along which axis.
    case reduce(Function)
    /// A binary operator.
    case binary(Operator)
    /// The argument itself, whatever follows it.
    case same
    /// A number, whatever the arguments.
    case number(Double)
    case square
    case reciprocal
    case inverseRoot
    case negative
    case squaredDifference
    case outer
    case transpose
    case extreme(Function)
    case logarithm(base: Double)
    case logarithmDefault
    case logSumExp
    case norm
    case standardDeviation
    case einsum
    case noise
    case normalSample
    case signedLogDeterminant
    case solve
    case gaussianLoss
    case loss(PythonLoss)
    case divergence
    case distribution(String)
    case independent
    case shape
  }

  /// Names of modules that a dotted name may begin with.
  static let modules: Set<String> = [
    "np", "numpy", "torch", "tf", "tensorflow", "math", "jnp", "jax", "F", "nn", "K", "keras",
    "backend",
    "scipy", "sp", "linalg", "special", "functional", "T", "th", "onp", "cmath", "ops", "lax", "LA",
    "la",
    "distributions", "D", "td", "tfd", "tfp", "random", "stats", "nd", "losses", "kl", "fft",
    "builtins", "autograd", "anp", "mx", "mnp",
  ]

  /// Modules whose names are variables too: they are modules if the call has arguments.
  static let doubtfulModules: Set<String> = [
    "K", "D", "T", "F", "kl", "losses", "sp", "nd", "la", "LA",
  ]

  /// Functions whose names are variables or functions of the author if no module stands before them.
  static let doubtful: Set<String> = [
    "gamma", "psi", "data", "to", "new", "item", "view", "add", "t", "T", "size", "constant",
    "reverse",
    "norm", "H", "where", "type", "std", "var", "mse", "sub", "div", "dim", "double", "inner",
    "normal_",
    "transpose", "copy", "det",
  ]

  /// Functions that draw noise from a generator in front of them.
  static let draws: Set<String> = ["normal", "standard_normal", "randn", "gauss", "normalvariate"]

  /// Returns what a function means; `nil` if it is not known.
  static func meaning(of name: String) -> Meaning? { functions[name] }

  /// Returns what a method means; the object is its first argument.
  static func meaning(ofMethod name: String) -> Meaning? { methods[name] ?? functions[name] }

  private static let methods: [String: Meaning] = [
    "T": .transpose, "t": .transpose, "size": .call(.count, 1), "numel": .call(.count, 1),
    "nelement": .call(.count, 1), "dim": .call(.count, 1), "dot": .binary(.matrixProduct),
    "new": .same, "new_tensor": .same, "type": .same, "type_as": .same, "where": .same,
    "normal_": .noise, "H": .transpose, "kl_divergence": .divergence,
  ]

  private static let functions: [String: Meaning] = [
    "log": .logarithmDefault, "ln": .call(.log, 1), "exp": .call(.exp, 1), "sqrt": .call(.sqrt, 1),
    "sin": .call(.sin, 1), "cos": .call(.cos, 1), "tan": .call(.tan, 1),
    "arcsin": .call(.arcsin, 1),
    "asin": .call(.arcsin, 1), "arccos": .call(.arccos, 1), "acos": .call(.arccos, 1),
    "arctan": .call(.arctan, 1), "atan": .call(.arctan, 1), "sinh": .call(.sinh, 1),
    "cosh": .call(.cosh, 1), "tanh": .call(.tanh, 1), "arcsinh": .call(.arsinh, 1),
    "asinh": .call(.arsinh, 1), "arccosh": .call(.arcosh, 1), "acosh": .call(.arcosh, 1),
    "arctanh": .call(.artanh, 1), "atanh": .call(.artanh, 1), "sigmoid": .call(.sigmoid, 1),
    "expit": .call(.sigmoid, 1), "softplus": .call(.softplus, 1), "relu": .call(.relu, 1),
    "erf": .call(.erf, 1), "gamma": .call(.gamma, 1), "lgamma": .call(.logGamma, 1),
    "gammaln": .call(.logGamma, 1), "loggamma": .call(.logGamma, 1), "digamma": .call(.digamma, 1),
    "psi": .call(.digamma, 1), "sign": .call(.sign, 1), "sgn": .call(.sign, 1),
    "floor": .call(.floor, 1), "ceil": .call(.ceil, 1), "abs": .call(.absolute, 1),
    "fabs": .call(.absolute, 1), "absolute": .call(.absolute, 1), "log1p": .call(.logOnePlus, 1),
    "expm1": .call(.expMinusOne, 1), "log2": .logarithm(base: 2), "log10": .logarithm(base: 10),
    "logsumexp": .logSumExp, "reduce_logsumexp": .logSumExp,

    "sum": .reduce(.sum), "nansum": .reduce(.sum), "fsum": .reduce(.sum),
    "reduce_sum": .reduce(.sum),
    "mean": .reduce(.mean), "nanmean": .reduce(.mean), "average": .reduce(.mean),
    "reduce_mean": .reduce(.mean),
    "prod": .reduce(.product), "reduce_prod": .reduce(.product), "var": .reduce(.variance),
    "std": .standardDeviation, "max": .extreme(.maximum), "min": .extreme(.minimum),
    "amax": .extreme(.maximum), "amin": .extreme(.minimum), "maximum": .extreme(.maximum),
    "minimum": .extreme(.minimum), "reduce_max": .extreme(.maximum),
    "reduce_min": .extreme(.minimum),
    "len": .call(.count, 1), "size": .call(.count, 1), "numel": .call(.count, 1),
    "cumsum": .reduce(.cumulativeSum), "flip": .reduce(.flip), "flipud": .reduce(.flip),
    "reverse": .reduce(.flip), "reversed": .reduce(.flip), "trace": .reduce(.trace),

    "add": .binary(.add), "sub": .binary(.subtract), "subtract": .binary(.subtract),
    "mul": .binary(.elementwise), "multiply": .binary(.elementwise), "div": .binary(.divide),
    "divide": .binary(.divide), "true_divide": .binary(.divide), "truediv": .binary(.divide),
    "pow": .binary(.power), "power": .binary(.power), "dot": .binary(.matrixProduct),
    "vdot": .binary(.matrixProduct), "inner": .binary(.matrixProduct),
    "matmul": .binary(.matrixProduct),
    "mm": .binary(.matrixProduct), "mv": .binary(.matrixProduct), "bmm": .binary(.matrixProduct),
    "neg": .negative, "negative": .negative, "square": .square, "reciprocal": .reciprocal,
    "rsqrt": .inverseRoot, "squared_difference": .squaredDifference, "outer": .outer, "ger": .outer,
    "transpose": .transpose, "matrix_transpose": .transpose, "norm": .norm, "einsum": .einsum,
    "vector_norm": .norm,

    "inv": .call(.inverse, 1), "inverse": .call(.inverse, 1), "pinv": .call(.inverse, 1),
    "det": .call(.determinant, 1), "logdet": .call(.logDeterminant, 1),
    "slogdet": .signedLogDeterminant, "solve": .solve, "gaussian_nll_loss": .gaussianLoss,
    "diag": .reduce(.diagonal), "diag_embed": .reduce(.diagonal), "diagflat": .reduce(.diagonal),
    "diagonal": .reduce(.diagonal), "diag_part": .reduce(.diagonal), "eye": .call(.identity, 1),
    "identity": .call(.identity, 1), "zeros_like": .number(0), "zeros": .number(0),
    "ones_like": .number(1),
    "ones": .number(1),

    "tensor": .same, "array": .same, "asarray": .same, "float": .same, "as_tensor": .same,
    "convert_to_tensor": .same, "constant": .same, "Tensor": .same, "FloatTensor": .same,
    "Variable": .same, "Parameter": .same, "float32": .same, "float64": .same, "double": .same,
    "item": .same,
    "from_numpy": .same, "stack": .same, "cat": .same, "concatenate": .same, "list": .same,
    "tuple": .same,
    "clone": .same, "copy": .same, "contiguous": .same, "to": .same, "cuda": .same, "cpu": .same,
    "numpy": .same, "view": .same, "reshape": .same, "squeeze": .same, "unsqueeze": .same,
    "flatten": .same, "ravel": .same, "tolist": .same, "astype": .same, "requires_grad_": .same,
    "expand": .same, "expand_as": .same, "atleast_1d": .same, "cast": .same, "expand_dims": .same,
    "broadcast_to": .same, "int": .same, "vstack": .same, "hstack": .same, "view_as": .same,
    "block_until_ready": .same,

    "detach": .call(.stopGradient, 1), "stop_gradient": .call(.stopGradient, 1),
    "data": .call(.stopGradient, 1),
    "randn_like": .noise, "randn": .noise, "standard_normal": .noise, "normal_like": .noise,
    "normal": .normalSample, "gauss": .normalSample, "normalvariate": .normalSample,
    "random_normal": .normalSample,

    "mse_loss": .loss(.squared), "MSELoss": .loss(.squared), "binary_cross_entropy": .loss(.binary),
    "BCELoss": .loss(.binary), "binary_cross_entropy_with_logits": .loss(.binaryLogits),
    "BCEWithLogitsLoss": .loss(.binaryLogits), "l1_loss": .loss(.absolute),
    "L1Loss": .loss(.absolute),
    "mean_squared_error": .loss(.squared), "MeanSquaredError": .loss(.squared),
    "mse": .loss(.squared),
    "binary_crossentropy": .loss(.binaryReversed), "BinaryCrossentropy": .loss(.binaryReversed),
    "shape": .shape, "kl_divergence": .divergence, "Normal": .distribution("Normal"),
    "MultivariateNormal": .distribution("MultivariateNormal"),
    "MultivariateNormalFullCovariance": .distribution("MultivariateNormal"),
    "MultivariateNormalDiag": .distribution("Normal"), "Bernoulli": .distribution("Bernoulli"),
    "Categorical": .distribution("Categorical"), "Independent": .independent,
  ]
}

/// The loss functions of the libraries.
enum PythonLoss {
  case squared
  case absolute
  /// First the probability, then the target.
  case binary
  case binaryLogits
  /// First the target, then the probability.
  case binaryReversed
}
