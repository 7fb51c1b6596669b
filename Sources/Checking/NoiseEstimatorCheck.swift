internal import Homework
internal import Notation
internal import Semantics

/// Judges an estimator of the gradient of an expectation under a law by its exact mean.
///
/// The objective is the criterion's target; its gradient is taken by quadrature, exactly.
struct NoiseEstimatorCheck {
  let criterion: PreparedCriterion
  let definitions: Definitions
  let samples: SampleAverages
  /// All formulas of the answer.
  let formulas: [Expression]

  /// Returns the finding on one claim.
  func finding(on claim: EstimatorClaim) -> Finding {
    if claim.expression.hasUnread {
      return Finding(
        verdict: .review, credit: 0, mistake: nil, reason: "a part of the formula could not be read"
      )
    }
    let sides = [claim.side, claim.expression].compactMap { $0 }
    if sides.contains(where: { $0.hasLaw("q") }), sides.contains(where: { $0.hasLaw("p") }) {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "two laws stand in it, p and q, and only one is known")
    }
    if claim.expression.hasProductOfMeans {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "a product of means over samples is not evaluated")
    }
    do throws(Misunderstanding) {
      let finding = try judge(claim)
      return finding.verdict == .correct ? formFinding(claim) ?? finding : finding
    } catch {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the estimator could not be evaluated: \(error.message)")
    }
  }

  private func judge(_ claim: EstimatorClaim) throws(Misunderstanding) -> Finding {
    let target = criterion.target ?? claim.expression
    var bench = Workbench(
      vocabulary: criterion.vocabulary, world: criterion.worlds[0], definitions: definitions)
    let estimate = try bench.estimate(estimator(claim))
    let gradient = try bench.gradient(of: target, by: claim.parameter)
    let mean = claim.isNegated ? bench.negated(estimate.mean) : estimate.mean
    let comparison = bench.compare(mean, gradient)
    if comparison.outcome == .equal || claim.isProportional && comparison.isPositiveMultiple {
      return right(claim, estimate, &bench)
    }
    if case .undecided = comparison.outcome {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the mean is too near to the gradient to be told apart")
    }
    if let named = try named(claim, mean, &bench) {
      var finding = named
      finding.witness = comparison.witness
      return finding
    }
    switch comparison.outcome {
    case .factor(let factor): return scaled(factor, claim, comparison)
    case .incomparable:
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the mean and the gradient differ in shape")
    default:
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.biased",
        reason: "the mean of the estimator is not the gradient", witness: comparison.witness)
    }
  }

  private func estimator(_ claim: EstimatorClaim) -> NoiseEstimator {
    let isObjective: Bool
    if case .objective = claim.form { isObjective = true } else { isObjective = false }
    return NoiseEstimator(
      expression: claim.expression, parameter: claim.parameter, isObjective: isObjective,
      constants: constants)
  }

  private var constants: [(name: String, value: Double)] {
    var constants = samples.counts
    constants.append((SampleAverages.unnamed, 5))
    constants += sampleSizes
    for name in ["S", "N", "M", "L", "K", "n", "m"] where !samples.isEmpty {
      let isKnown =
        definitions.contains(Name(name)) || constants.contains { $0.name == name }
      if !isKnown { constants.append((name, 5)) }
    }
    for name in ["b", "c", "baseline", "C", "B"] where !definitions.contains(Name(name)) {
      if !constants.contains(where: { $0.name == name }) {
        constants.append((name, 0.7310585786300049))
      }
    }
    return constants
  }

  /// The names of the sizes of arrays that code draws, `np.random.randn(S)`.
  private var sampleSizes: [(name: String, value: Double)] {
    var names: Set<String> = []
    for formula in formulas {
      formula.walk { inner in
        var size: Expression?
        if case .call(.standardNormal, let arguments) = inner.node { size = arguments.first }
        if case .apply(let name, let arguments) = inner.node, name.base.hasSuffix("sample") {
          size = arguments.groups.first?.last
        }
        if case .name(let name)? = size?.withoutGroups.node,
          SampleArrays.isSize(name, criterion.vocabulary)
        {
          names.insert(name.description)
        }
      }
    }
    return names.sorted().filter { !definitions.contains(Name($0)) }
      .map { ($0, SampleArrays.count) }
  }

  // MARK: - Form

  /// The finding that the right gradient is not estimated in the way that is asked, or `nil`.
  private func formFinding(_ claim: EstimatorClaim) -> Finding? {
    let differentiates = claim.expression.differentiatesFunction(criterion.vocabulary, definitions)
    switch criterion.criterion.conventions["form"]?.value {
    case "score" where differentiates:
      return .form(
        "form.differentiates-f", "the gradient is right, but it differentiates the function inside")
    case "pathwise" where !differentiates:
      if case .objective = claim.form { return nil }
      return Finding(
        verdict: .review, credit: 0, mistake: "form.not-pathwise",
        reason: "the gradient is right, but it does not go through the noise")
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
        isOfRubric: true, constants: constants)
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

  private func scaled(
    _ factor: Double, _ claim: EstimatorClaim, _ comparison: Comparison
  ) -> Finding {
    if factor < 0 {
      if case .objective(sign: nil) = claim.form {
        return Finding(
          verdict: .review, credit: 0, mistake: "ambiguous",
          reason:
            "the gradient of the objective has the other sign; whether it is minimised is not said")
      }
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.sign",
        reason: "the sign of the whole is wrong", witness: comparison.witness)
    }
    if samples.counts.contains(where: { abs(factor - $0.value) < 1e-9 }) || abs(factor - 5) < 1e-9 {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.sum-for-mean",
        reason: "the sum over the samples is not divided by their number",
        witness: comparison.witness)
    }
    if abs(factor) < 1e-12 {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.zero-mean",
        reason: "the mean of the estimator is zero", witness: comparison.witness)
    }
    let credit = criterion.credit(of: "up-to-constant", default: 0.5)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "up-to-constant",
      reason: "the gradient is \(Figures.short(1 / factor)) times this", witness: comparison.witness
    )
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
  /// Whether two means or sums over what is drawn in code are multiplied.
  fileprivate var hasProductOfMeans: Bool {
    contains { inner in
      guard case .binary(let operation, let left, let right) = inner.node,
        [.multiply, .elementwise].contains(operation)
      else { return false }
      return left.hasReductionOfArray && right.hasReductionOfArray
    }
  }

  private var hasReductionOfArray: Bool {
    contains { inner in
      switch inner.node {
      case .call(.mean, _), .call(.sum, _): true
      default: false
      }
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
