/// Splits identifiers of Python into the letters, accents and indices that they stand for.
enum PythonNames {
  /// Returns the name that an identifier spells: `mu_q` has the index `q`, `xhat` a hat, `s2` the index 2.
  ///
  /// An underscore splits only a letter or a known word from something that looks like an index;
  /// `var_ratio` and `log_s` stay whole.
  static func name(_ identifier: String, at range: SourceRange) -> Name {
    let trimmed = identifier.drop { $0 == "_" }
    let parts = trimmed.split(separator: "_").map(String.init)
    guard let head = parts.first, !trimmed.hasSuffix("_") else { return Name(identifier) }
    guard var name = stem(head, range) else {
      return parts.count == 1 ? numbered(head, range) ?? Name(identifier) : Name(String(trimmed))
    }
    for part in parts.dropFirst() {
      if accents.contains(part), name.subscripts.isEmpty {
        name.accents.append(part)
      } else if let below = index(part, range) {
        name.subscripts.append(contentsOf: below)
      } else {
        return Name(String(trimmed))
      }
    }
    return name
  }

  private static let accents: Set<String> = ["hat", "tilde", "bar"]

  /// Words that take indices.
  private static let stems: Set<String> = [
    "mean", "std", "stddev", "sd", "var", "logvar", "logstd", "logsigma", "lv", "ls", "loc",
    "scale", "cov",
    "prec", "lam",
  ]

  /// Words that are indices.
  private static let indices: Set<String> = [
    "prior", "post", "posterior", "enc", "dec", "true", "old", "new", "model", "data", "target",
  ]

  // stem = letter | Greek | known word, with an accent and digits behind it
  private static func stem(_ text: String, _ range: SourceRange) -> Name? {
    if let base = base(text) { return Name(base) }
    for accent in accents where text.hasSuffix(accent) && text.count > accent.count {
      if let base = base(String(text.dropLast(accent.count))) {
        return Name(base, accents: [accent])
      }
    }
    return numbered(text, range)
  }

  /// Returns a name with the digits at its end as an index.
  private static func numbered(_ text: String, _ range: SourceRange) -> Name? {
    let head = text.prefix { !$0.isNumber }
    let tail = text.dropFirst(head.count)
    guard !head.isEmpty, !tail.isEmpty, tail.count < 4,
      tail.allSatisfy({ $0.isASCII && $0.isNumber }),
      let value = Double(tail)
    else { return nil }
    let below = Expression(.number(value, digits: 0), range)
    return Name(base(String(head)) ?? String(head), subscripts: [below])
  }

  private static func base(_ text: String) -> String? {
    if let letter = greek[text] { return letter }
    if text.unicodeScalars.count == 1 || stems.contains(text) { return text }
    return merged.contains(text) ? text : nil
  }

  // index = letter | Greek | digits | two letters of indices | known word
  private static func index(_ text: String, _ range: SourceRange) -> [Expression]? {
    func letter(_ base: String) -> Expression { Expression(.name(Name(base)), range) }
    if text.count < 4, let value = Double(text), text.allSatisfy(\.isNumber) {
      return [Expression(.number(value, digits: 0), range)]
    }
    if let base = greek[text] { return [letter(base)] }
    if text.unicodeScalars.count == 1 || indices.contains(text) { return [letter(text)] }
    if merged.contains(text) { return [letter(text)] }
    let isPair = text.count == 2 && text.allSatisfy { "ijklmn".contains($0) }
    return isPair ? text.map { letter(String($0)) } : nil
  }

  private static let merged: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma",
    "Delta",
    "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
  ]

  /// Letters of the Greek alphabet and other spellings.
  private static let greek: [String: String] = [
    "\u{3B1}": "alpha", "\u{3B2}": "beta", "\u{3B3}": "gamma", "\u{3B4}": "delta",
    "\u{3B5}": "epsilon",
    "\u{3F5}": "epsilon", "\u{3B6}": "zeta", "\u{3B7}": "eta", "\u{3B8}": "theta",
    "\u{3BA}": "kappa",
    "\u{3BB}": "lambda", "\u{3BC}": "mu", "\u{B5}": "mu", "\u{3BD}": "nu", "\u{3BE}": "xi",
    "\u{3C0}": "pi", "\u{3C1}": "rho", "\u{3C3}": "sigma", "\u{3C4}": "tau", "\u{3C6}": "phi",
    "\u{3D5}": "phi", "\u{3C7}": "chi", "\u{3C8}": "psi", "\u{3C9}": "omega", "\u{393}": "Gamma",
    "\u{394}": "Delta", "\u{398}": "Theta", "\u{39B}": "Lambda", "\u{3A0}": "Pi",
    "\u{3A3}": "Sigma",
    "\u{3A6}": "Phi", "\u{3A8}": "Psi", "\u{3A9}": "Omega", "eps": "epsilon", "lam": "lambda",
    "lmbda": "lambda", "lamda": "lambda", "varphi": "phi", "vartheta": "theta",
    "varepsilon": "epsilon",
  ]
}
