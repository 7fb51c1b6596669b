internal import Compute
internal import Homework
internal import Notation
internal import Semantics

/// Judges an estimator of the policy gradient from one episode, or a batch, by its exact mean.
///
/// The ladder: unbiased; a mistake of the catalogue, known by its value on every episode; right up to a factor;
/// unbiased without a discount; biased, with the component where it shows.
struct EpisodeEstimatorCheck {
  let criterion: PreparedCriterion
  /// What the answer defines, its samples and all its formulas.
  let constants: EstimatorConstants
  /// The text of the answer in lower case, comments of code included.
  let text: String
  /// The worlds with the discount of the answer.
  let worlds: [World]
  /// The same worlds without a discount, where the answer has one.
  let undiscounted: [World]?
  /// Whether the claims are of code.
  let isCode: Bool

  /// Returns the finding on one claim.
  func finding(on claim: EstimatorClaim) -> Finding {
    if claim.expression.hasUnread {
      return .unread
    }
    let numbering = EpisodeNumbering(of: constants.formulas)
    if numbering.isFirstStepOpen {
      return .review(
        "some sums over the steps begin at 0 and others at 1")
    }
    let finding = finding(on: claim, numbering)
    if numbering.isLagOpen {
      let other = self.finding(on: claim, numbering.withOtherLag)
      if !other.agrees(with: finding) {
        return .review(
          "the reward of a step may have the step's own number or the next one: one reading is "
            + "\(finding.verdict.rawValue), the other \(other.verdict.rawValue)",
          mistake: "ambiguous")
      }
    }
    if numbering.isReturnOpen, finding.verdict != .review {
      return .review(
        "'R_t' may be the reward of a step or the return from it on", mistake: "ambiguous")
    }
    return finding
  }

  private func finding(on claim: EstimatorClaim, _ numbering: EpisodeNumbering) -> Finding {
    do throws(Misunderstanding) {
      let finding = try judge(claim, numbering)
      guard finding.mistakes.first == "estimator.sign", claim.isObjective, saysOnlyMaximised else {
        return finding
      }
      // What is maximised may be this objective, or the return that a loss stands for.
      if claim.isLoss {
        return .review(
          "whether the loss is maximised or minimised is not clear", mistake: "ambiguous")
      }
      var ascended = claim
      ascended.form = .objective(sign: 1)
      return try judge(ascended, numbering)
    } catch {
      return .review("the estimator could not be evaluated: \(error.message)")
    }
  }

  private var saysOnlyMaximised: Bool { text.contains("maximi") && !text.contains("minimi") }

  // MARK: - Readings

  private func judge(
    _ claim: EstimatorClaim, _ numbering: EpisodeNumbering
  ) throws(Misunderstanding) -> Finding {
    let expression = claim.expression
    let letter = expression.freeStep
    if let letter, claim.isUpdate {
      // One step of an update at a time: together they make one episode.
      let sum = Expression(
        .reduction(Reduction(.sum, variables: [Name(letter)], body: expression)), expression.range)
      return try judgeEpisode(claim, sum, numbering)
    }
    if expression.isOverSteps(constants.definitions) {
      return try judgeEpisode(claim, expression, numbering)
    }
    if let letter {
      return .review(
        "the steps '\(letter)' are not summed, and it is not said how they are drawn",
        mistake: "ambiguous")
    }
    if claim.isObjective, claim.expression.hasExpectation {
      return .review(
        "the objective is an expectation under the policy, and it is not said how its steps are drawn",
        mistake: "ambiguous")
    }
    return try judgeOnPolicy(claim, numbering)
  }

  private func estimator(
    _ claim: EstimatorClaim, _ expression: Expression, _ numbering: EpisodeNumbering
  ) -> EpisodeEstimator {
    EpisodeEstimator(
      expression: expression, isObjective: claim.isObjective, numbering: numbering,
      constants: constants.all(isUpdate: claim.isUpdate),
      readsAdvantages: text.contains("advantage"))
  }

  private func judgeEpisode(
    _ claim: EstimatorClaim, _ expression: Expression, _ numbering: EpisodeNumbering
  ) throws(Misunderstanding) -> Finding {
    let estimator = estimator(claim, expression, numbering)
    var stand = try stand(of: estimator, claim, in: worlds)
    let comparison = stand.bench.compare(stand.mean, stand.target)
    if comparison.outcome == .equal {
      return right(&stand, isScaled: false)
    }
    if case .undecided = comparison.outcome {
      return .review(
        "the mean is too near to the gradient to be told apart")
    }
    if claim.isProportional, comparison.isPositiveMultiple { return right(&stand, isScaled: true) }
    if let named = stand.name() { return mistake(named, comparison) }
    if case .constant(let factor) = comparison.proportion {
      return proportional(factor, comparison, claim, numbering)
    }
    if let undiscounted {
      var other = try self.stand(of: estimator, claim, in: undiscounted)
      if other.bench.compare(other.mean, other.target, wantsWitness: false).outcome == .equal {
        return Finding(
          verdict: .partial, credit: criterion.credit(of: "undiscounted", default: 0.5),
          mistake: "special-case.undiscounted",
          reason: "unbiased only without a discount, $\\gamma = 1$",
          witness: comparison.witness)
      }
    }
    return Finding(
      verdict: .incorrect, credit: 0, mistake: "estimator.biased",
      reason: "the mean of the estimator is not the gradient", witness: comparison.witness)
  }

  /// An estimator in the world whose episodes can be listed.
  private struct Stand {
    var bench: Workbench
    var draws: Workbench.Value
    var mean: Workbench.Value
    var totalVariance: Workbench.Value
    var target: Workbench.Value

    /// Returns the estimator of the catalogue that has the same value on every episode.
    mutating func name() -> PolicyGradientEstimator? {
      for (estimator, known) in zip(PolicyGradientEstimator.allCases, bench.catalogue)
      where bench.compare(draws, known, wantsWitness: false).outcome == .equal {
        return estimator
      }
      return nil
    }
  }

  private func stand(
    of estimator: EpisodeEstimator, _ claim: EstimatorClaim, in worlds: [World]
  ) throws(Misunderstanding) -> Stand {
    let reference = criterion.candidates[0]
    let world = worlds.first(where: \.listsEpisodes) ?? worlds[0]
    var bench = Workbench(
      vocabulary: criterion.vocabulary, world: world, definitions: constants.definitions)
    let estimate = try bench.estimate(estimator)
    let target = try bench.reference(reference.expression, number: reference.number)
    let isNegative = isNegative(claim)
    let mean = isNegative ? bench.negated(estimate.mean) : estimate.mean
    let draws = isNegative ? bench.negated(estimate.draws) : estimate.draws
    bench.evaluate([draws, mean, estimate.totalVariance, target])
    return Stand(
      bench: bench, draws: draws, mean: mean, totalVariance: estimate.totalVariance,
      target: target)
  }

  private func isNegative(_ claim: EstimatorClaim) -> Bool {
    if case .objective(sign: -1) = claim.form { return true }
    return claim.isNegated
  }

  // MARK: - On-policy expectations

  private func judgeOnPolicy(
    _ claim: EstimatorClaim, _ numbering: EpisodeNumbering
  ) throws(Misunderstanding) -> Finding {
    let reference = criterion.candidates[0]
    var scale: (factor: Double, comparison: Comparison)?
    var isEqual = true
    for world in worlds {
      var bench = Workbench(
        vocabulary: criterion.vocabulary, world: world, definitions: constants.definitions)
      let estimator = estimator(claim, claim.expression, numbering)
      let value = try bench.onPolicyMean(estimator)
      let mean = isNegative(claim) ? bench.negated(value) : value
      let target = try bench.reference(reference.expression, number: reference.number)
      let comparison = bench.compare(mean, target)
      if comparison.outcome == .equal { continue }
      isEqual = false
      guard case .constant(let factor) = comparison.proportion else {
        return Finding(
          verdict: .incorrect, credit: 0, mistake: "estimator.biased",
          reason: "the expectation is not the gradient", witness: comparison.witness)
      }
      if scale == nil { scale = (factor, comparison) }
    }
    if isEqual || claim.isProportional && (scale?.factor ?? 1) > 0 {
      return Finding(
        verdict: .correct, credit: 1, mistake: nil,
        reason: isEqual
          ? "the expectation is the gradient" : "proportional to the gradient, as is said")
    }
    guard let scale else {
      return .review(
        "the formula could not be evaluated")
    }
    return proportional(scale.factor, scale.comparison, claim, numbering)
  }

  // MARK: - Wording

  private func right(_ stand: inout Stand, isScaled: Bool) -> Finding {
    let name = stand.name()
    if let name, !name.usesEpisodeOnly,
      criterion.criterion.conventions["knowledge"]?.value == "sample"
    {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.uses-model",
        reason: "unbiased, but it needs values of the model that an episode does not give")
    }
    if let asked = criterion.criterion.conventions["estimator"]?.value,
      name?.identifier != asked
    {
      let own = name.map { " (\($0.identifier))" } ?? ""
      let credit = criterion.credit(of: "other-estimator", default: 0.5)
      return Finding(
        verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "estimator.other",
        reason: "unbiased, but this is another estimator\(own) than the one that is asked, \(asked)"
      )
    }
    var reason = isScaled ? "proportional to the gradient, as is said" : "unbiased"
    if let name { reason += ": this is \(name.identifier)" }
    let own = stand.bench.values(of: stand.totalVariance)
    if name != .rewardToGo, let usual = stand.bench.usualVariance, let mine = own.first, usual > 0 {
      reason +=
        "; on this model it has "
        + Figures.times(mine / usual, "the variance of reinforce.reward-to-go")
    }
    return Finding(verdict: .correct, credit: 1, mistake: nil, reason: reason)
  }

  private func mistake(
    _ named: PolicyGradientEstimator, _ comparison: Comparison
  ) -> Finding {
    let id = named.identifier
    if named == .dividedByLength, isCode || saysFixedLength {
      guard saysFixedLength else {
        return .review(
          "the mean over the steps is right up to a factor only if all episodes have one length, "
            + "which is not said", mistake: id)
      }
      return Finding(
        verdict: .partial, credit: criterion.credit(of: "up-to-constant", default: 0.5),
        mistake: "up-to-constant",
        reason: "right up to the factor 1/T, which is the same for all episodes of one length")
    }
    if named == .sign {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: id,
        reason: named.reason + Self.descent,
        witness: comparison.witness)
    }
    let credit = criterion.credit(
      of: id, default: named == .discountPowerDropped ? 0.5 : 0)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: id,
      reason: named.reason, witness: comparison.witness)
  }

  private static let descent = ": this descends on the return"

  private var saysFixedLength: Bool {
    ["same length", "fixed length", "fixed horizon", "equal length", "padded", "one length"]
      .contains { text.contains($0) }
  }

  private func proportional(
    _ factor: Double, _ comparison: Comparison, _ claim: EstimatorClaim,
    _ numbering: EpisodeNumbering
  ) -> Finding {
    let discount = PreparedCriterion.usualDiscount
    if numbering.firstStep == 1,
      abs(factor - discount) < 1e-9 || abs(factor * discount - 1) < 1e-9
    {
      return .review(
        "with steps from 1 the power of the discount depends on how the return is meant",
        mistake: "ambiguous")
    }
    return EstimatorFactor(
      criterion: criterion, claim: claim, samples: constants.samples, witness: comparison.witness
    ).finding(
      factor, consequence: Self.descent,
      reason: "right up to a positive factor, \(Figures.short(factor)) on the first model")
  }
}
