/// What a node or label of a drawn model stands for.
enum FrameworkRole: Hashable {
  case input
  /// A layer of either network.
  case network
  case encoder
  /// `q(z \mid x)`.
  case encoderDensity
  case mean
  case spread
  case noise
  /// A statement that something is drawn: `z \sim q`, `sample`, `z = \mu + \sigma\epsilon`.
  case sampling
  case latent
  case decoder
  /// `p(x \mid z)`.
  case decoderDensity
  case reconstruction

  /// Returns the roles that a piece of text names.
  static func roles(in text: String) -> Set<FrameworkRole> {
    let plain = plain(text)
    var roles: Set<FrameworkRole> = []
    let parts: [(FrameworkRole, [String])] = [
      (.encoder, ["encoder", "encode", "enc_", "enc("]),
      (.decoder, ["decoder", "decode", "dec_", "dec("]),
      (.mean, ["mu", "mean"]),
      (.spread, ["sigma", "logvar", "log_var", "std", "variance", "deviation"]),
      (.noise, ["\u{1}", "noise"]),
      (.sampling, ["~", "sample", "draw", "reparam"]),
      (.reconstruction, ["hatx", "xhat", "x_hat", "x̂", "reconstruct", "x'", "tildex", "output"]),
    ]
    for (role, words) in parts where words.contains(where: { plain.holds($0) }) {
      roles.insert(role)
    }
    if plain.holds("(z|x") || plain.holds("z|x~") || hasConditional("z", "x", in: plain) {
      roles.insert(.encoderDensity)
    }
    if plain.holds("(x|z") || hasConditional("x", "z", in: plain) {
      roles.insert(.decoderDensity)
    }
    // A draw from the prior is none from what the encoder gives.
    if ["z~n(0", "z~mathcaln(0", "z~p(z"].contains(where: { plain.holds($0) }) {
      roles.remove(.sampling)
    }
    let letters = plain.filter { !"[]()".contains($0) }
    if names.contains(where: { letters == "q" + $0 }) { roles.insert(.encoder) }
    if names.contains(where: { letters == "p" + $0 }) { roles.insert(.decoder) }
    if roles.contains(.reconstruction), plain.holds("(z)") { roles.insert(.decoder) }
    if plain.holds("hidden") || plain.holds("network") || plain.holds("layer") {
      roles.insert(.network)
    }
    if roles.contains(.noise), roles.contains(.mean) || plain.holds("z=") {
      roles.insert(.sampling)
    }
    if plain == "z" || plain.hasPrefix("z=") || plain.hasPrefix("z~") || plain.holds("latent")
      || plain.holds("codez")
    {
      roles.insert(.latent)
    }
    if plain == "x" || plain.hasPrefix("input") || plain == "x_i" || plain.holds("image")
      || plain == "data"
    {
      roles.insert(.input)
    }
    return roles
  }

  /// The indices below the densities of encoder and decoder.
  private static let names = [
    "", "_phi", "_theta", "_varphi", "_psi", "_φ", "_θ", "_ϕ", "phi", "theta", "φ", "θ", "ϕ",
  ]

  /// What is said to be drawn from what.
  enum Draw {
    case latentFromEncoder
    case latentFromDecoder
    case observationFromDecoder
    case observationFromEncoder
  }

  /// Returns the draws that a text states: `z \sim q(z \mid x)`, `x | z ~ p(x | z)`.
  static func draws(in text: String) -> Set<Draw> {
    let plain = plain(text)
    var draws: Set<Draw> = []
    var rest = plain[...]
    while let tilde = rest.firstIndex(of: "~") {
      let before = plain[..<tilde]
      rest = plain[plain.index(after: tilde)...]
      let isLatent = before.hasSuffix("z") || before.hasSuffix("z|x")
      let isObservation =
        before.hasSuffix("x|z") || before.hasSuffix("x") && !before.hasSuffix("z|x")
      let until = rest.firstIndex(of: ")") ?? rest.endIndex
      let source = rest[..<until]
      if isLatent, source.drop(while: { $0 != "n" }).hasPrefix("n("), source.contains("mu") {
        draws.insert(.latentFromEncoder)
      }
      guard let letter = source.first, letter == "q" || letter == "p" else { continue }
      if letter == "q", source.contains("(z") || !source.contains("(") {
        if isLatent { draws.insert(.latentFromEncoder) }
        if isObservation { draws.insert(.observationFromEncoder) }
      }
      if letter == "p", source.contains("(x|") {
        if isObservation { draws.insert(.observationFromDecoder) }
        if isLatent, !isObservation { draws.insert(.latentFromDecoder) }
      }
    }
    return draws
  }

  /// The text in lower case, without signs that mean nothing here, with one spelling each.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for character in text.lowercased() where !"\\{}$ \t\n\"".contains(character) {
      plain.append(
        character == "∼" ? "~" : character == "ε" || character == "ϵ" ? "\u{1}" : character)
    }
    for (word, sign) in spellings where plain.holds(word) {
      plain = plain.replacing(word, with: sign)
    }
    return plain
  }

  private static let spellings = [
    ("mid", "|"), ("sim", "~"), ("varepsilon", "\u{1}"), ("epsilon", "\u{1}"), ("eps", "\u{1}"),
    ("μ", "mu"), ("σ", "sigma"),
  ]

  /// Whether a density of one variable given the other is written, with indices on the letters.
  private static func hasConditional(_ first: String, _ second: String, in text: String) -> Bool {
    guard let bar = text.firstIndex(of: "|") else { return false }
    let before = text[..<bar].suffix(4)
    let after = text[text.index(after: bar)...].prefix(3)
    return before.contains("(\(first)") && after.hasPrefix(second)
  }
}

extension String {
  /// Whether a word occurs; in text of plain letters by its bytes, which is many times faster.
  fileprivate func holds(_ word: String) -> Bool {
    let bytes = utf8
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return contains(word) }
    guard let first = word.utf8.first else { return true }
    var rest = bytes[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: word.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
