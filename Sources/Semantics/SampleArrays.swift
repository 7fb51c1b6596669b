public import Notation

/// Arrays of samples in code: what is drawn has one entry a sample, and a sum adds them up.
public enum SampleArrays {
  /// How many samples an array has.
  public static let count = 5.0

  /// Whether a name can be the number of samples: it is no variable, such as `mu` in `randn_like(mu)`.
  public static func isSize(_ name: Name, _ vocabulary: Vocabulary) -> Bool {
    !vocabulary.knows(name)
  }
}
