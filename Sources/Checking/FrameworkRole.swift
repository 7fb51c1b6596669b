/// What a node or label of a drawn model stands for.
enum FrameworkRole: Hashable {
  case input
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
    var plain = ""
    for character in text.lowercased() where !"\\{}$ \t\n\"".contains(character) {
      plain.append(character == "∼" ? "~" : character == "ε" || character == "ϵ" ? "\u{1}" : character)
    }
    plain = plain.replacing("mid", with: "|").replacing("sim", with: "~")
      .replacing("varepsilon", with: "\u{1}").replacing("epsilon", with: "\u{1}")
      .replacing("eps", with: "\u{1}").replacing("μ", with: "mu").replacing("σ", with: "sigma")
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
    for (role, words) in parts where words.contains(where: { plain.contains($0) }) {
      roles.insert(role)
    }
    if plain.contains("(z|x") || plain.contains("z|x~") || hasConditional("z", "x", in: plain) {
      roles.insert(.encoderDensity)
    }
    if plain.contains("(x|z") || hasConditional("x", "z", in: plain) {
      roles.insert(.decoderDensity)
    }
    if roles.contains(.noise), roles.contains(.mean) || plain.contains("z=") {
      roles.insert(.sampling)
    }
    if plain == "z" || plain.hasPrefix("z=") || plain.hasPrefix("z~") || plain.contains("latent")
      || plain.contains("codez")
    {
      roles.insert(.latent)
    }
    if plain == "x" || plain.hasPrefix("input") || plain == "x_i" || plain.contains("image")
      || plain == "data"
    {
      roles.insert(.input)
    }
    return roles
  }

  /// Whether a density of one variable given the other is written, with indices on the letters.
  private static func hasConditional(_ first: String, _ second: String, in text: String) -> Bool {
    guard let bar = text.firstIndex(of: "|") else { return false }
    let before = text[..<bar].suffix(4)
    let after = text[text.index(after: bar)...].prefix(3)
    return before.contains("(\(first)") && after.hasPrefix(second)
  }
}
