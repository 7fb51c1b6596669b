/// A law of states that an answer gives in words to the name of a weight.
public enum StateLaw: Hashable, Sendable {
  /// That of the first state.
  case start
  /// All states have the same probability.
  case uniform
  /// Visits weighted by powers of the discount, normalised.
  case discounted
}
