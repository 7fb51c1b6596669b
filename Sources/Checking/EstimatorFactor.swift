internal import Homework
internal import Semantics

/// What is said of an estimator whose mean is a multiple of the gradient.
struct EstimatorFactor {
  let criterion: PreparedCriterion
  let claim: EstimatorClaim
  let samples: SampleAverages
  let witness: Comparison.Witness?

  /// Returns the finding: a mean of zero, the other sign, samples that are summed, or another factor.
  ///
  /// - Parameters:
  ///   - factor: The mean over the gradient.
  ///   - consequence: What the other sign comes to, behind the reason.
  ///   - reason: What is said of a positive factor.
  /// - Returns: The finding with its witness.
  func finding(_ factor: Double, consequence: String = "", reason: String) -> Finding {
    if abs(factor) < 1e-9 {
      return wrong("estimator.zero-mean", "the mean of the estimator is zero")
    }
    if factor < 0 {
      if case .objective(sign: nil) = claim.form {
        return .review(
          "the gradient of the objective has the other sign; whether it is minimised is not said",
          mistake: "ambiguous")
      }
      return wrong("estimator.sign", "the sign of the whole is wrong" + consequence)
    }
    if isNumberOfSamples(factor) {
      return wrong(
        "estimator.sum-for-mean", "the sum over the samples is not divided by their number")
    }
    let credit = criterion.credit(of: "up-to-constant", default: 0.5)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "up-to-constant",
      reason: reason, witness: witness)
  }

  private func isNumberOfSamples(_ factor: Double) -> Bool {
    (samples.counts.map(\.value) + [SampleArrays.count]).contains {
      abs(factor - $0) < 1e-9 * factor
    }
  }

  private func wrong(_ mistake: String, _ reason: String) -> Finding {
    Finding(verdict: .incorrect, credit: 0, mistake: mistake, reason: reason, witness: witness)
  }
}
