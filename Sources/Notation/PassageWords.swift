/// What the cutting of a passage knows of words.
enum PassageWords {
  /// Environments that are formulas without further delimiters.
  static let mathEnvironments: Set<String> = [
    "align", "aligned", "alignat", "alignedat", "eqnarray", "equation", "flalign", "gather",
    "gathered", "math", "displaymath", "multline", "split",
  ]

  /// Environments whose content is code.
  static let codeEnvironments: Set<String> = ["lstlisting", "minted", "verbatim", "python"]

  /// Environments that draw.
  static let pictureEnvironments: Set<String> = ["tikzpicture", "picture"]

  /// Words of three letters and more that belong to formulas.
  static let mathematical: Set<String> = [
    "abs", "adv", "arccos", "arcsin", "arctan", "argmax", "argmin", "bce", "beta", "chi", "cos",
    "cosh",
    "cov", "det", "diag", "dkl", "dot", "elbo", "eps", "epsilon", "eta", "exp", "expm1", "gamma",
    "grad",
    "inf", "infty", "int", "inv", "iota", "kappa", "kld", "lambda", "lim", "log", "logdet", "logit",
    "loglik", "logp", "logpi", "logprob", "logq", "logsigma", "logstd", "logvar", "loss", "max",
    "min", "mse",
    "nabla", "nll", "norm", "nu", "omega", "omicron", "partial", "phi", "prod", "propto", "psi",
    "rank",
    "recon", "relu", "rho", "sigma", "sigmoid", "sign", "sin", "sinh", "softmax", "softplus",
    "sqrt",
    "std", "sum", "sup", "tan", "tanh", "tau", "theta", "trace", "transpose", "upsilon", "var",
    "varepsilon", "varphi", "vartheta", "vec", "xhat", "xi", "zeta",
  ]

  /// Words of one or two letters that belong to sentences.
  static let shortProse: Set<String> = [
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no",
    "of",
    "ok", "on", "or", "so", "to", "up", "us", "we",
  ]

  /// Words that never belong to a formula, even beside an operator.
  static let prose: Set<String> = [
    "and", "are", "because", "but", "for", "from", "get", "gives", "have", "hence", "let", "not",
    "obtain",
    "since", "such", "that", "the", "then", "therefore", "this", "thus", "using", "when", "where",
    "which",
    "with",
  ]

  /// Commands of LaTeX that stand in sentences.
  static let textCommands: Set<String> = [
    "begin", "bf", "bigskip", "caption", "centering", "chapter", "cite", "documentclass", "emph",
    "end",
    "eqref", "footnote", "hspace", "include", "includegraphics", "input", "item", "label", "large",
    "maketitle", "medskip", "newpage", "noindent", "paragraph", "par", "ref", "section",
    "smallskip",
    "subsection", "subsubsection", "textbf", "textit", "texttt", "title", "author", "date",
    "underline",
    "usepackage", "vspace", "url", "href",
  ]

  /// Keywords that may stand beside an operand in Python.
  static let pythonKeywords: Set<String> = [
    "and", "as", "else", "for", "if", "in", "is", "lambda", "not", "or", "yield", "await",
  ]

  /// Keywords that open a block in Python.
  static let pythonHeaders: Set<String> = [
    "class", "def", "elif", "else", "except", "finally", "for", "if", "try", "while", "with",
  ]

  /// Named characters of HTML.
  static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "apos": "'", "gt": ">", "lt": "<", "nbsp": " ", "quot": "\"", "#39": "'",
    "minus": "\u{2212}",
    "times": "\u{D7}", "middot": "\u{B7}", "mid": "|", "vert": "|", "#124": "|", "ge": "\u{2265}",
    "le": "\u{2264}", "ne": "\u{2260}", "sum": "\u{2211}", "mu": "\u{3BC}", "sigma": "\u{3C3}",
    "theta": "\u{3B8}", "phi": "\u{3C6}", "epsilon": "\u{3B5}", "lambda": "\u{3BB}",
    "pi": "\u{3C0}",
    "nabla": "\u{2207}", "prop": "\u{221D}", "asymp": "\u{2248}", "frac12": "\u{BD}",
    "sup2": "\u{B2}",
    "rarr": "\u{2192}", "larr": "\u{2190}",
  ]
}
