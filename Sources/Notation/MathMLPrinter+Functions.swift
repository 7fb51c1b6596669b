extension MathMLPrinter {
  /// Returns an application of a function and how tightly it binds.
  static func call(_ function: Function, _ arguments: [Expression]) -> (String, Binding) {
    let inner = list(arguments.map(\.withoutGroups))
    switch (function, arguments.count) {
    case (.sqrt, 1): return ("<msqrt>\(inner)</msqrt>", .atom)
    case (.root, 2):
      let radicand = single(arguments[0].withoutGroups.mathML)
      return ("<mroot>\(radicand)\(single(arguments[1].mathML))</mroot>", .atom)
    case (.logBase, 2):
      let head = below("<mi>log</mi>", arguments[1].mathML)
      return (row(head, bracketed(arguments[0].withoutGroups.mathML)), .factor)
    case (.binomial, 2):
      let top = single(arguments[0].mathML)
      let fraction = "<mfrac linethickness=\"0\">\(top)\(single(arguments[1].mathML))</mfrac>"
      return (bracketed(fraction), .atom)
    case (.inverse, 1):
      return ("<msup>\(text(of: arguments[0], in: .atom))<mn>\u{2212}1</mn></msup>", .factor)
    case (.floor, 1): return (bracketed(inner, "\u{230A}", "\u{230B}"), .atom)
    case (.ceil, 1): return (bracketed(inner, "\u{2308}", "\u{2309}"), .atom)
    case (.absolute, 1): return (bracketed(inner, "|", "|"), .atom)
    case (.entropy, 1): return (row("<mi>H</mi>", bracketed(inner, "[", "]")), .atom)
    default:
      return (row("<mi>\(name(of: function))</mi>", sign("\u{2061}"), bracketed(inner)), .factor)
    }
  }

  private static func name(of function: Function) -> String {
    switch function {
    case .determinant: "det"
    case .logDeterminant: "log\u{2009}det"
    case .maximum: "max"
    case .minimum: "min"
    case .trace: "tr"
    case .diagonal: "diag"
    case .gamma: "\u{393}"
    case .logGamma: "log\u{2009}\u{393}"
    case .digamma: "\u{3C8}"
    case .variance: "Var"
    case .covariance: "Cov"
    case .logOnePlus: "log1p"
    case .expMinusOne: "expm1"
    case .standardNormal: "noise"
    default: function.rawValue
    }
  }

  static func text(of reduction: Reduction) -> String {
    let variables = reduction.variables.map(text(of:)).joined(separator: sign(","))
    if reduction.kind == .integral {
      let head = limits(
        "<mo>\u{222B}</mo>", reduction.lower?.mathML, reduction.upper?.mathML, "msubsup")
      let differentials = reduction.variables.map { "<mi>d</mi>" + text(of: $0) }.joined()
      return row(head, text(of: reduction.body, in: .product), differentials)
    }
    let signs: [Reduction.Kind: String] = [
      .sum: "<mo>\u{2211}</mo>", .product: "<mo>\u{220F}</mo>", .maximum: "<mi>max</mi>",
      .minimum: "<mi>min</mi>", .limit: "<mi>lim</mi>", .argmax: "<mi>argmax</mi>",
    ]
    var below = reduction.condition?.mathML ?? variables
    if let lower = reduction.lower {
      below = variables + sign(reduction.kind == .limit ? "\u{2192}" : "=") + lower.mathML
    }
    let sign = signs[reduction.kind] ?? "<mo>\u{2211}</mo>"
    let head = limits(sign, below, reduction.upper?.mathML, "munderover")
    return row(head, text(of: reduction.body, in: .term))
  }

  /// A sign with what stands below and above it.
  private static func limits(
    _ sign: String, _ lower: String?, _ upper: String?, _ both: String
  ) -> String {
    let isUnder = both == "munderover"
    switch (lower, upper) {
    case (let lower?, let upper?):
      return "<\(both)>\(sign)\(single(lower))\(single(upper))</\(both)>"
    case (let lower?, nil):
      let tag = isUnder ? "munder" : "msub"
      return "<\(tag)>\(sign)\(single(lower))</\(tag)>"
    case (nil, let upper?):
      let tag = isUnder ? "mover" : "msup"
      return "<\(tag)>\(sign)\(single(upper))</\(tag)>"
    case (nil, nil): return sign
    }
  }

  static func text(of expectation: Expectation) -> String {
    let measures = expectation.measures.isEmpty ? nil : list(expectation.measures)
    let given = expectation.given.isEmpty ? "" : sign("|") + list(expectation.given)
    let body = expectation.body.withoutGroups.mathML + given
    return row(below("<mi>\u{1D53C}</mi>", measures), bracketed(body, "[", "]"))
  }

  static func text(of derivative: Derivative) -> String {
    let body = text(of: derivative.body, in: .factor)
    func powered(_ base: String) -> String {
      derivative.order == 1 ? base : "<msup>\(base)<mn>\(derivative.order)</mn></msup>"
    }
    guard let variable = derivative.variable else { return row(powered("<mo>\u{2207}</mo>"), body) }
    switch derivative.kind {
    case .gradient: return row(powered(below("<mo>\u{2207}</mo>", variable.mathML)), body)
    case .partial:
      let top = single(powered("<mo>\u{2202}</mo>"))
      let bottom = row("<mo>\u{2202}</mo>", powered(single(variable.mathML)))
      return row("<mfrac>\(top)\(bottom)</mfrac>", body)
    }
  }

  static func text(of arguments: Arguments) -> String {
    var text = ""
    for (index, group) in arguments.groups.enumerated() {
      if index > 0 {
        switch index <= arguments.dividers.count ? arguments.dividers[index - 1] : .bar {
        case .bar: text += sign("|")
        case .semicolon: text += sign(";")
        case .doubleBar: text += sign("\u{2016}")
        }
      }
      text += list(group)
    }
    return text
  }

  private static let letters: [String: String] = [
    "alpha": "\u{3B1}", "beta": "\u{3B2}", "gamma": "\u{3B3}", "delta": "\u{3B4}",
    "epsilon": "\u{3B5}",
    "zeta": "\u{3B6}", "eta": "\u{3B7}", "theta": "\u{3B8}", "iota": "\u{3B9}", "kappa": "\u{3BA}",
    "lambda": "\u{3BB}", "mu": "\u{3BC}", "nu": "\u{3BD}", "xi": "\u{3BE}", "pi": "\u{3C0}",
    "rho": "\u{3C1}", "sigma": "\u{3C3}", "tau": "\u{3C4}", "upsilon": "\u{3C5}", "phi": "\u{3C6}",
    "chi": "\u{3C7}", "psi": "\u{3C8}", "omega": "\u{3C9}", "Gamma": "\u{393}", "Delta": "\u{394}",
    "Theta": "\u{398}", "Lambda": "\u{39B}", "Xi": "\u{39E}", "Pi": "\u{3A0}", "Sigma": "\u{3A3}",
    "Upsilon": "\u{3A5}", "Phi": "\u{3A6}", "Psi": "\u{3A8}", "Omega": "\u{3A9}", "ell": "\u{2113}",
  ]

  private static let accents: [String: String] = [
    "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "bar": "\u{AF}",
    "overline": "\u{AF}",
    "dot": "\u{2D9}", "ddot": "\u{A8}", "vec": "\u{2192}", "check": "\u{2C7}", "breve": "\u{2D8}",
  ]

  /// Returns a name with its accents, indices and primes.
  static func text(of name: Name) -> String {
    let variants = [
      "bf": "bold", "cal": "script", "bb": "double-struck", "frak": "fraktur", "tt": "monospace",
    ]
    let variant = name.font.flatMap { variants[$0] }.map { " mathvariant=\"\($0)\"" } ?? ""
    var text = "<mi\(variant)>\(letters[name.base] ?? escaped(name.base))</mi>"
    for accent in name.accents {
      if let sign = ["d": "d", "Delta": "\u{394}"][accent] {
        text = "<mrow><mi>\(sign)</mi>\(text)</mrow>"
        continue
      }
      let mark = accents[accent] ?? "^"
      text = "<mover accent=\"true\">\(text)<mo>\(mark)</mo></mover>"
    }
    let below = name.subscripts.isEmpty ? nil : name.subscripts.map(\.mathML).joined()
    let primes = String(repeating: "<mo>\u{2032}</mo>", count: max(0, name.primes))
    let above = primes + name.superscripts.map(\.mathML).joined()
    return limits(text, below, above.isEmpty ? nil : above, "msubsup")
  }
}
