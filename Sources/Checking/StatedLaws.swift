internal import Semantics

/// The laws of states that an answer gives in words to its weights: `$\mu$ is the initial state distribution`.
struct StatedLaws {
  /// The laws by the letters of the weight.
  private(set) var laws: [String: StateLaw] = [:]

  private static let phrases: [(phrase: String, law: StateLaw)] = [
    ("discounted", .discounted), ("uniform", .uniform),
    ("distribution of the initial state", .start),
    ("distribution of the first state", .start), ("distribution of initial states", .start),
    ("distribution over initial states", .start), ("distribution of start states", .start),
    ("distribution over start states", .start), ("initial state distribution", .start),
    ("initial-state distribution", .start), ("initial distribution", .start),
    ("start state distribution", .start), ("start-state distribution", .start),
    ("starting state distribution", .start), ("start distribution", .start),
    ("starting distribution", .start),
  ]
  private static let weights = [
    "mu": "mu", "μ": "mu", "d": "d", "rho": "rho", "varrho": "rho", "ρ": "rho",
  ]
  /// What may stand between a name and what it is said to be.
  private static let between: Set<String> = [
    "is", "be", "the", "a", "an", "as", "our", "are", "denotes", "denote", "denoting", "being",
    "for",
    "of", "its", "here", "normalised", "normalized", "unnormalised", "unnormalized", "state",
    "distribution", "s", "x", "pi", "π", "theta", "θ", "gamma", "γ", "let", "means", "some",
  ]

  /// Finds the laws in a text.
  init(_ text: String) {
    let text = text.lowercased()
    guard Self.phrases.contains(where: { text.contains($0.phrase) }) else { return }
    for clause in text.split(whereSeparator: { ",;\n".contains($0) }) {
      for (phrase, law) in Self.phrases {
        guard let start = clause.firstRange(of: phrase)?.lowerBound,
          let weight = Self.subject(of: clause[..<start]), laws[weight] == nil
        else { continue }
        laws[weight] = law
      }
    }
  }

  /// The weight that a text ends with, but for words that only join.
  private static func subject(of text: Substring) -> String? {
    var rest = text
    while let last = rest.lastIndex(where: \.isLetter) {
      let behind = rest[rest.index(after: last)...]
      var first = last
      while first > rest.startIndex, rest[rest.index(before: first)].isLetter {
        first = rest.index(before: first)
      }
      let word = String(rest[first...last])
      if let weight = weights[word] {
        // `d_0`, `\mu_{0}` is the start by name; `'d` is none.
        let isNumbered = behind.hasPrefix("_0") || behind.hasPrefix("_{0") || behind.hasPrefix("₀")
        return isNumbered || rest[..<first].hasSuffix("'") ? nil : weight
      }
      guard between.contains(word) else { return nil }
      rest = rest[..<first]
    }
    return nil
  }
}
