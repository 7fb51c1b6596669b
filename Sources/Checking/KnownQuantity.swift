internal import Notation
internal import Semantics

/// A quantity by whose name the difference or the factor of two lines is told.
struct KnownQuantity: Sendable {
  /// How two lines may differ by it.
  enum Role: Hashable, Sendable {
    case difference
    case factor
  }

  var role: Role
  var name: String
  var expression: Expression
  /// Whether it is a divergence, which is nowhere negative.
  var isNowhereNegative: Bool {
    if case .divergence = expression.node { return true }
    return false
  }
  /// The number under which the worlds have its meaning.
  var number: Int

  /// Returns the known quantities of a field.
  static func all(of vocabulary: Vocabulary) -> [KnownQuantity] {
    let formulas: [(Role, name: String, formula: String)] =
      switch vocabulary.field {
      case .latentVariable:
        [
          (.difference, "KL(q(z|x) || p(z|x))", #"KL(q(z \mid x) \| p(z \mid x))"#),
          (.difference, "KL(q(z|x) || p(z))", #"KL(q(z \mid x) \| p(z))"#),
          (.difference, "H[q(z|x)]", #"-\mathbb{E}_{q(z \mid x)}[\log q(z \mid x)]"#),
          (.difference, "log p(x)", #"\log p(x)"#),
        ]
      case .episodicMDP:
        [
          (.factor, "the expected length of an episode", #"\sum_s \eta(s)"#),
          (.factor, "one over the expected length of an episode", #"\frac{1}{\sum_s \eta(s)}"#),
        ]
      case .general, .gaussian: []
      }
    let reader = Reader(names: vocabulary.names)
    return formulas.enumerated().compactMap { index, formula in
      guard let expression = reader.formula(formula.formula).statements.first?.first else {
        return nil
      }
      return KnownQuantity(
        role: formula.0, name: formula.name, expression: expression, number: -2 - index)
    }
  }
}
