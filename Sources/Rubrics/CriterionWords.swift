/// The names that the grader knows beside those of a criterion itself.
enum CriterionWords {
  /// The conventions with their values; any value where there is none in the list.
  static let conventions: [(name: String, values: [String])] = [
    ("bound", []), ("chain", ["any-member"]), ("default", []), ("dimensions", ["any"]),
    ("estimator", []), ("form", ["pathwise", "score"]), ("knowledge", ["sample"]), ("map", []),
    ("reconstruction", ["expectation", "mean", "sample"]), ("relation", ["proportional"]),
    ("sign", ["either", "stated"]),
  ]

  /// The rungs of the ladders whose credit a rubric sets.
  static let rungs = [
    "not-arrived", "other-estimator", "sign", "undiscounted", "up-to-constant", "up-to-factor",
  ]

  /// The verdicts, and the mistakes that the grader names by itself.
  static let mistakes = [
    "ambiguous", "bound-direction", "correct", "different", "false-step", "form.circular",
    "form.given", "form.not-closed", "form.not-pathwise", "incorrect", "missing",
    "missing-decoder", "missing-milestone", "missing-parameters", "missing-sampling",
    "missing-sigma", "no-claim", "no-derivation", "not-arrived", "partial", "picture", "prose",
    "reversed-arrows", "review", "sign", "special-case.undiscounted", "unassigned",
    "unbound-latent", "unread", "up-to-constant", "up-to-factor",
  ]

  /// How the names of estimators begin, which rungs and mistakes may be too.
  static let estimatorPrefix = "estimator."
}
