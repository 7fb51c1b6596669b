extension LaTeXPrinter {
  /// Returns an application of a function and how tightly it binds.
  static func call(_ function: Function, _ arguments: [Expression]) -> (String, Binding) {
    let inner = list(arguments.map(\.withoutGroups))
    switch (function, arguments.count) {
    case (.sqrt, 1): return ("\\sqrt{\(inner)}", .atom)
    case (.root, 2):
      return ("\\sqrt[\(arguments[1].latex)]{\(arguments[0].withoutGroups.latex)}", .atom)
    case (.logBase, 2):
      let argument = bracketed(arguments[0].withoutGroups.latex)
      return ("\\log_{\(arguments[1].latex)}" + argument, .factor)
    case (.binomial, 2): return ("\\binom{\(arguments[0].latex)}{\(arguments[1].latex)}", .atom)
    case (.inverse, 1): return (base(of: arguments[0]) + "^{-1}", .factor)
    case (.floor, 1): return ("\\left\\lfloor \(inner) \\right\\rfloor", .atom)
    case (.ceil, 1): return ("\\left\\lceil \(inner) \\right\\rceil", .atom)
    case (.entropy, 1): return ("\\mathrm{H}\\left[\(inner)\\right]", .atom)
    case (.logDeterminant, 1): return ("\\operatorname{logdet}" + bracketed(inner), .factor)
    default: return (name(of: function) + bracketed(inner), .factor)
    }
  }

  private static func base(of expression: Expression) -> String {
    if case .name(let name) = expression.node, name.superscripts.isEmpty, name.primes == 0 {
      return text(of: name)
    }
    return bracketed(expression.withoutGroups.latex)
  }

  /// The command of a function.
  private static func name(of function: Function) -> String {
    switch function {
    case .exp, .log, .sin, .cos, .tan, .cot, .sec, .csc, .arcsin, .arccos, .arctan, .sinh, .cosh,
      .tanh:
      "\\\(function.rawValue)"
    case .determinant: "\\det"
    case .maximum: "\\max"
    case .minimum: "\\min"
    case .sign: "\\operatorname{sign}"
    case .gamma: "\\Gamma"
    case .trace: "\\operatorname{tr}"
    case .diagonal: "\\operatorname{diag}"
    case .identity: "\\operatorname{eye}"
    case .logGamma: "\\operatorname{lgamma}"
    case .logOnePlus: "\\operatorname{log1p}"
    case .expMinusOne: "\\operatorname{expm1}"
    case .absolute: "\\operatorname{abs}"
    case .variance: "\\operatorname{Var}"
    case .covariance: "\\operatorname{Cov}"
    case .stopGradient: "\\operatorname{sg}"
    case .standardNormal: "\\operatorname{randn}"
    case .cumulativeSum: "\\operatorname{cumsum}"
    case .product: "\\operatorname{prod}"
    default: "\\operatorname{\(function.rawValue)}"
    }
  }

  /// Returns a sum, product, integral, maximum or limit; its body reaches as far as the product does.
  static func text(of reduction: Reduction) -> String {
    let variables = reduction.variables.map(text(of:)).joined(separator: ", ")
    if reduction.kind == .integral {
      var bounds = reduction.lower.map { "_{\($0.latex)}" } ?? ""
      bounds += reduction.upper.map { "^{\($0.latex)}" } ?? ""
      let differentials = reduction.variables.map { "\\,d" + text(of: $0) }.joined()
      return "\\int\(bounds) \(text(of: reduction.body, in: .product))\(differentials)"
    }
    let signs: [Reduction.Kind: String] = [
      .sum: "\\sum", .product: "\\prod", .maximum: "\\max", .minimum: "\\min", .limit: "\\lim",
      .argmax: "\\operatorname{argmax}",
    ]
    var below = reduction.condition?.latex ?? variables
    if let lower = reduction.lower {
      below = variables + (reduction.kind == .limit ? " \\to " : "=") + lower.latex
    }
    let above = reduction.upper.map { "^{\($0.latex)}" } ?? ""
    let sign = signs[reduction.kind] ?? "\\sum"
    return "\(sign)_{\(below)}\(above) \(text(of: reduction.body, in: .term))"
  }

  static func text(of expectation: Expectation) -> String {
    let measures = expectation.measures.isEmpty ? "" : "_{\(list(expectation.measures))}"
    let given = expectation.given.isEmpty ? "" : " \\mid " + list(expectation.given)
    return "\\mathbb{E}\(measures)\\left[\(expectation.body.withoutGroups.latex)\(given)\\right]"
  }

  static func text(of derivative: Derivative) -> String {
    var body = " " + text(of: derivative.body, in: .factor)
    if case .placeholder = derivative.body.node { body = "" }
    let power = derivative.order == 1 ? "" : "^{\(derivative.order)}"
    guard let variable = derivative.variable else { return "\\nabla\(power)\(body)" }
    switch derivative.kind {
    case .gradient: return "\\nabla_{\(variable.latex)}\(power)\(body)"
    case .partial: return "\\frac{\\partial\(power)}{\\partial \(variable.latex)\(power)}\(body)"
    }
  }

  static func text(of arguments: Arguments) -> String {
    var text = ""
    for (index, group) in arguments.groups.enumerated() {
      if index > 0 {
        switch index <= arguments.dividers.count ? arguments.dividers[index - 1] : .bar {
        case .bar: text += " \\mid "
        case .semicolon: text += "; "
        case .doubleBar: text += " \\,\\|\\, "
        }
      }
      text += list(group)
    }
    return text
  }

  private static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma",
    "Delta",
    "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
  ]

  /// Returns a name with its accents, indices and primes.
  static func text(of name: Name) -> String {
    var text = letters(of: name)
    // A `d` stands before its name and is no accent of LaTeX.
    for accent in name.accents { text = accent == "d" ? "d\(text)" : "\\\(accent){\(text)}" }
    if !name.subscripts.isEmpty { text += "_{\(indices(name.subscripts))}" }
    if name.superscripts.isEmpty {
      text += String(repeating: "'", count: max(0, name.primes))
    } else {
      let primes = String(repeating: "\\prime ", count: max(0, name.primes))
      text += "^{\(primes)\(indices(name.superscripts))}"
    }
    return text
  }

  private static let fonts = [
    "cal": "mathcal", "bb": "mathbb", "frak": "mathfrak", "bf": "mathbf", "rm": "mathrm",
    "tt": "mathtt",
  ]

  private static func letters(of name: Name) -> String {
    let isGreek = greek.contains(name.base)
    let plain = isGreek ? "\\\(name.base)" : name.base.count == 1 ? escaped(name.base) : nil
    let base = plain ?? escaped(name.base)
    if let font = name.font, let command = fonts[font] {
      return isGreek && font == "bf" ? "\\boldsymbol{\(base)}" : "\\\(command){\(base)}"
    }
    return plain ?? "\\mathrm{\(base)}"
  }

  /// Indices side by side; numbers need a comma between them.
  private static func indices(_ indices: [Expression]) -> String {
    var text = ""
    var previous: Node?
    for index in indices {
      if case .number? = previous, case .number = index.node { text += "," }
      let next = index.latex
      if let last = text.unicodeScalars.last, PassageGlyph.isASCIILetter(last), text.contains("\\")
      {
        text += " "
      }
      text += next
      previous = index.node
    }
    return text
  }
}
