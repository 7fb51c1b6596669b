internal import Homework
internal import Notation
internal import Semantics

/// Judges an estimator of the gradient of an expectation under a law by its exact mean.
///
/// The objective is the criterion's target; its gradient is taken by quadrature, exactly.
struct NoiseEstimatorCheck {
  let criterion: PreparedCriterion
  /// What the answer defines, its samples and all its formulas.
  let constants: EstimatorConstants

  /// Returns the finding on one claim.
  func finding(on claim: EstimatorClaim) -> Finding {
    if claim.expression.hasUnread {
      return .unread
    }
    let sides = [claim.side, claim.expression].compactMap { $0 }
    if sides.contains(where: { $0.hasLaw("q") }), sides.contains(where: { $0.hasLaw("p") }) {
      return .review(
        "two laws stand in it, p and q, and only one is known")
    }
    var means = SampleMeans(definitions: constants.definitions)
    if means.areMultiplied(in: claim.expression) {
      return .review(
        "a product of means over samples is not evaluated")
    }
    do throws(Misunderstanding) {
      return try judge(claim)
    } catch {
      return .review(
        "the estimator could not be evaluated: \(error.message)")
    }
  }

  private func judge(_ claim: EstimatorClaim) throws(Misunderstanding) -> Finding {
    guard let target = criterion.target else { return .review("the rubric has no objective") }
    var bench = Workbench(
      vocabulary: criterion.vocabulary, world: criterion.worlds[0],
      definitions: constants.definitions)
    let estimate = try bench.estimate(estimator(claim))
    let gradient = try bench.gradient(of: target, by: claim.parameter)
    let mean = claim.isNegated ? bench.negated(estimate.mean) : estimate.mean
    let comparison = bench.compare(mean, gradient)
    if comparison.outcome == .equal || claim.isProportional && comparison.isPositiveMultiple {
      return formFinding(claim, estimate.mean, &bench) ?? right(claim, estimate, &bench)
    }
    if case .undecided = comparison.outcome {
      return .review(
        comparison.isKnownTooRoughly || comparison.isUnknownSomewhere
          ? "the error bound of the mean is too wide to tell it from the gradient; an integral may not converge"
          : "the mean is too near to the gradient to be told apart")
    }
    if let named = try named(claim, mean, &bench) {
      var finding = named
      finding.witness = comparison.witness
      return finding
    }
    switch comparison.outcome {
    case .factor(let factor):
      return EstimatorFactor(
        criterion: criterion, claim: claim, samples: constants.samples,
        witness: comparison.witness
      ).finding(factor, reason: "the gradient is \(Figures.short(1 / factor)) times this")
    case .incomparable:
      return .review(
        "the mean cannot be compared with the gradient: an integral does not converge, or the shapes differ"
      )
    default:
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.biased",
        reason: "the mean of the estimator is not the gradient", witness: comparison.witness)
    }
  }

  private func estimator(_ claim: EstimatorClaim) -> NoiseEstimator {
    NoiseEstimator(
      expression: claim.expression, parameter: claim.parameter, isObjective: claim.isObjective,
      constants: constants.all(isUpdate: false))
  }

  // MARK: - Form

  /// The finding that the right gradient is not estimated in the way that is asked, or `nil`.
  ///
  /// The function is differentiated if the mean is another one where nothing goes through its slope.
  private func formFinding(
    _ claim: EstimatorClaim, _ mean: Workbench.Value, _ bench: inout Workbench
  ) -> Finding? {
    guard let form = criterion.criterion.conventions["form"]?.value else { return nil }
    if form == "score", claim.expression.isGradientOfIntegral, !claim.expression.hasNoise {
      return .form("form.restated", "this only restates the gradient that is asked")
    }
    var held = estimator(claim)
    held.holdsFunctions = true
    let rest = try? bench.estimate(held).mean
    let differentiates = rest.map { bench.compare($0, mean, wantsWitness: false).outcome != .equal }
    switch (form, differentiates ?? true) {
    case ("score", true):
      return .form(
        "form.differentiates-f", "the gradient is right, but it differentiates the function inside")
    case ("pathwise", false):
      return .review(
        "the gradient is right, but it does not go through the noise", mistake: "form.not-pathwise")
    default: return nil
    }
  }

  // MARK: - Rungs

  private func right(
    _ claim: EstimatorClaim, _ estimate: Workbench.Estimate, _ bench: inout Workbench
  ) -> Finding {
    var reason = "unbiased"
    bench.evaluate([estimate.totalVariance])
    if let reference = criterion.candidates.first(where: { $0.isRightGradient }),
      reference.isFor(claim.parameter),
      let usual = try? bench.estimate(
        NoiseEstimator(
          expression: reference.expression, parameter: claim.parameter, isObjective: false,
          isOfRubric: true, constants: []))
    {
      bench.evaluate([usual.totalVariance])
      let own = bench.values(of: estimate.totalVariance).first ?? 0
      let known = bench.values(of: usual.totalVariance).first ?? 0
      if own > 1e-9, known > 1e-9 {
        reason +=
          "; on this model it has "
          + Figures.times(own / known, "the variance of \(reference.alternative.id)")
      }
    }
    return Finding(verdict: .correct, credit: 1, mistake: nil, reason: reason)
  }

  /// A mistake of the rubric with the same mean, for the same parameter.
  private func named(
    _ claim: EstimatorClaim, _ mean: Workbench.Value, _ bench: inout Workbench
  ) throws(Misunderstanding) -> Finding? {
    for candidate in criterion.candidates where candidate.alternative.credit < 1 {
      guard candidate.parameter != nil, candidate.isFor(claim.parameter) else { continue }
      let known = NoiseEstimator(
        expression: candidate.expression, parameter: claim.parameter, isObjective: false,
        isOfRubric: true, constants: constants.all(isUpdate: false))
      guard let estimate = try? bench.estimate(known) else { continue }
      guard bench.compare(mean, estimate.mean, wantsWitness: false).outcome == .equal else {
        continue
      }
      let alternative = candidate.alternative
      return Finding(
        verdict: alternative.credit > 0 ? .partial : .incorrect, credit: alternative.credit,
        mistake: alternative.id, reason: alternative.reason)
    }
    return nil
  }
}

extension PreparedCriterion.Candidate {
  /// Whether the formula is a right gradient.
  fileprivate var isRightGradient: Bool { parameter != nil && alternative.credit == 1 }

  /// Whether the formula speaks of the gradient by a parameter: the same one, or all by `\phi`.
  fileprivate func isFor(_ other: Expression?) -> Bool {
    guard let parameter else { return false }
    if case .name(let name) = parameter.node, name.base == "phi" { return true }
    return other.map { parameter.hasSameForm(as: $0) } ?? false
  }
}

extension Expression {
  /// Whether the gradient stands in front of an integral or an expectation.
  fileprivate var isGradientOfIntegral: Bool {
    guard case .derivative(let derivative) = withoutGroups.node else { return false }
    switch derivative.body.withoutGroups.node {
    case .expectation: return true
    case .reduction(let reduction): return reduction.kind == .integral
    default: return false
    }
  }

  /// Whether a law of what is drawn has a letter: `p(z)`, not the `p(\epsilon)` of noise.
  fileprivate func hasLaw(_ letter: String) -> Bool {
    contains { inner in
      switch inner.node {
      case .apply(let name, let arguments):
        name.base == letter && !(arguments.groups.first?.first?.hasNoise ?? false)
      default: false
      }
    }
  }
}
