/// The words that mean something wherever they stand, without a backslash too.
enum WordTable {
  /// Returns what a word stands for, if it is known.
  static func kind(of word: String) -> Token.Kind? { kinds[word] }

  /// Whether a word belongs to the sentence around a formula.
  static func isEnglish(_ word: String) -> Bool { english.contains(word) }

  /// Whether words begin a reason, so that what follows is no formula: `because KL >= 0`.
  static func opensReason(_ words: String) -> Bool {
    let first = words.split(separator: " ").first.map { $0.lowercased() } ?? ""
    return ["because", "since", "due"].contains(first)
  }

  private static let kinds: [String: Token.Kind] = {
    var table: [String: Token.Kind] = [:]
    for (word, function) in certain { table[word] = .function(function, certain: true) }
    for (word, function) in uncertain { table[word] = .function(function, certain: false) }
    for (word, kind) in reductions { table[word] = .reduction(kind, count: 0) }
    for word in greek + names { table[word] = .name(word, font: nil) }
    for (word, merged) in merged { table[word] = .name(merged, font: nil) }
    table["grad"] = .nabla
    table["nabla"] = .nabla
    table["partial"] = .partial
    table["infty"] = .infinity
    table["propto"] = .relation(.proportional, reason: "")
    table["const"] = .text("const")
    table["constant"] = .text("constant")
    return table
  }()

  /// Functions whose names are nothing else.
  private static let certain: [(String, Function)] = [
    ("exp", .exp), ("log", .log), ("ln", .log), ("lg", .logBase), ("sqrt", .sqrt), ("sin", .sin),
    ("cos", .cos), ("tan", .tan), ("cot", .cot), ("sec", .sec), ("csc", .csc),
    ("arcsin", .arcsin), ("arccos", .arccos), ("arctan", .arctan), ("asin", .arcsin),
    ("acos", .arccos), ("atan", .arctan), ("sinh", .sinh), ("cosh", .cosh), ("tanh", .tanh),
    ("arsinh", .arsinh), ("arcosh", .arcosh), ("artanh", .artanh), ("arcsinh", .arsinh),
    ("arccosh", .arcosh), ("arctanh", .artanh), ("asinh", .arsinh), ("acosh", .arcosh),
    ("atanh", .artanh), ("sigmoid", .sigmoid), ("softplus", .softplus), ("relu", .relu),
    ("ReLU", .relu), ("erf", .erf), ("log1p", .logOnePlus), ("expm1", .expMinusOne),
    ("tr", .trace), ("Tr", .trace), ("trace", .trace), ("Trace", .trace), ("det", .determinant),
    ("logdet", .logDeterminant), ("diag", .diagonal), ("lgamma", .logGamma),
    ("gammaln", .logGamma), ("digamma", .digamma), ("sgn", .sign), ("cumsum", .cumulativeSum),
  ]

  /// Functions whose names are variables too, if no bracket follows.
  private static let uncertain: [(String, Function)] = [
    ("sign", .sign), ("floor", .floor), ("ceil", .ceil), ("abs", .absolute), ("mean", .mean),
    ("inv", .inverse), ("count", .count), ("len", .count), ("dot", .dot), ("var", .variance),
    ("Var", .variance), ("Cov", .covariance), ("cov", .covariance), ("eye", .identity),
    ("sg", .stopGradient), ("detach", .stopGradient), ("randn", .standardNormal),
    ("binom", .binomial), ("entropy", .entropy), ("flip", .flip),
  ]

  private static let reductions: [(String, Reduction.Kind)] = [
    ("sum", .sum), ("prod", .product), ("int", .integral), ("max", .maximum), ("min", .minimum),
    ("sup", .maximum), ("inf", .minimum), ("lim", .limit), ("argmax", .argmax),
  ]

  /// The Greek letters.
  static let greek = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
    "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi",
    "Psi", "Omega",
  ]

  /// Letters that are written in two ways.
  static let merged = [
    ("varepsilon", "epsilon"), ("vartheta", "theta"), ("varphi", "phi"), ("varrho", "rho"),
    ("varsigma", "sigma"), ("varpi", "pi"), ("varkappa", "kappa"), ("eps", "epsilon"),
  ]

  private static let names = [
    "ell", "KL", "kl", "KLD", "kld", "JS", "JSD", "ELBO", "elbo", "Loss", "loss", "LOSS", "std",
    "logvar", "logstd", "logsigma", "mse", "MSE", "BCE", "VAE", "recon", "Pr", "old", "new",
    "norm", "lv", "argmin", "logp", "logq", "sgd",
  ]

  private static let english: Set<String> = [
    "where", "with", "for", "if", "and", "or", "so", "then", "when", "let", "Let", "since",
    "because", "minimise", "minimised", "minimize", "minimized", "maximise", "maximised",
    "maximize", "maximized", "otherwise", "is", "are", "be", "the", "as", "given", "using", "by",
    "we", "We", "have", "get", "thus", "hence", "therefore", "of", "to", "all", "any", "each",
    "every", "fixed", "independent", "from", "that", "this", "which", "not", "also", "at", "it",
    "its", "on", "over", "under", "Thus", "So", "Then", "With", "Where", "For", "If", "Hence",
    "Since", "subject", "here", "Here", "both", "only", "but", "has", "can", "means", "per", "eq",
    "Eq", "see", "cf",
  ]
}
