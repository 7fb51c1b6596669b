internal import Compute

extension World {
  /// Creates the worlds of the three latent-variable models.
  public static func models(
    of vocabulary: Vocabulary, conditions: [Condition], key: String
  ) -> [World] {
    []
  }
}
