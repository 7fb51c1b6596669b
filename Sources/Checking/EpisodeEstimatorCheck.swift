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
  let definitions: Definitions
  let samples: SampleAverages
  /// All formulas of the answer, for how they number steps and rewards.
  let formulas: [Expression]
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
      return Finding(
        verdict: .review, credit: 0, mistake: nil, reason: "a part of the formula could not be read"
      )
    }
    let numbering = EpisodeNumbering(of: formulas)
    if numbering.isFirstStepOpen {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "some sums over the steps begin at 0 and others at 1")
    }
    let finding = finding(on: claim, numbering)
    if numbering.isLagOpen {
      let other = self.finding(on: claim, numbering.withOtherLag)
      if !other.agrees(with: finding) {
        return Finding(
          verdict: .review, credit: 0, mistake: "ambiguous",
          reason:
            "the reward of a step may have the step's own number or the next one: one reading is "
            + "\(finding.verdict.rawValue), the other \(other.verdict.rawValue)")
      }
    }
    if numbering.isReturnOpen, finding.verdict != .review {
      return Finding(
        verdict: .review, credit: 0, mistake: "ambiguous",
        reason: "'R_t' may be the reward of a step or the return from it on")
    }
    return finding
  }

  private func finding(on claim: EstimatorClaim, _ numbering: EpisodeNumbering) -> Finding {
    do throws(Misunderstanding) {
      return try judge(claim, numbering)
    } catch {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the estimator could not be evaluated: \(error.message)")
    }
  }

  // MARK: - Readings

  private func judge(
    _ claim: EstimatorClaim, _ numbering: EpisodeNumbering
  ) throws(Misunderstanding) -> Finding {
    let expression = claim.expression
    let letter = expression.freeStep
    if let letter, case .update = claim.form {
      // One step of an update at a time: together they make one episode.
      let sum = Expression(
        .reduction(Reduction(.sum, variables: [Name(letter)], body: expression)), expression.range)
      return try judgeEpisode(claim, sum, numbering)
    }
    if expression.isOverSteps(definitions) {
      return try judgeEpisode(claim, expression, numbering)
    }
    if let letter {
      return Finding(
        verdict: .review, credit: 0, mistake: "ambiguous",
        reason: "the steps '\(letter)' are not summed, and it is not said how they are drawn")
    }
    return try judgeOnPolicy(claim, numbering)
  }

  private func estimator(
    _ claim: EstimatorClaim, _ expression: Expression, _ numbering: EpisodeNumbering
  ) -> EpisodeEstimator {
    var constants = samples.counts
    constants.append((SampleAverages.unnamed, 5))
    constants += countedNames
    for name in Self.unnamedCounts where !definitions.contains(Name(name)) {
      if !constants.contains(where: { $0.name == name }), !samples.isEmpty {
        constants.append((name, 5))
      }
    }
    if case .update = claim.form {
      for name in Self.stepSizes where !definitions.contains(Name(name)) {
        constants.append((name, 1))
      }
    }
    // A baseline that is no function is any number.
    for name in ["b", "baseline", "c"] where !definitions.contains(Name(name)) {
      let isFunction = formulas.contains { $0.contains { $0.isApplied(name) } }
      if !isFunction { constants.append((name, 0.7310585786300049)) }
    }
    let isObjective: Bool
    if case .objective = claim.form { isObjective = true } else { isObjective = false }
    return EpisodeEstimator(
      expression: expression, isObjective: isObjective, numbering: numbering,
      constants: constants, readsAdvantages: text.contains("advantage"))
  }

  /// The names of lists of episodes in code, whose length is taken: `len(episodes)`.
  private var countedNames: [(name: String, value: Double)] {
    var names: Set<String> = []
    for formula in formulas {
      formula.walk { inner in
        if case .call(.count, let arguments) = inner.node,
          case .name(let name)? = arguments.first?.withoutGroups.node,
          !criterion.vocabulary.knows(name), !definitions.contains(name)
        {
          names.insert(name.description)
        }
      }
    }
    return names.sorted().map { ($0, SampleArrays.count) }
  }

  private static let stepSizes = ["alpha", "eta", "lr", "learning_rate", "beta", "lambda", "rho"]
  private static let unnamedCounts = ["N", "M", "m", "K", "B", "n", "S", "batch_size"]

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
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the mean is too near to the gradient to be told apart")
    }
    if claim.isProportional, comparison.isPositiveMultiple { return right(&stand, isScaled: true) }
    if let named = stand.name { return mistake(named, comparison, stand) }
    if case .constant(let factor) = comparison.proportion {
      return proportional(factor, comparison, claim, numbering)
    }
    if let undiscounted {
      let other = try self.stand(of: estimator, claim, in: undiscounted)
      var bench = other.bench
      if bench.compare(other.mean, other.target).outcome == .equal {
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
    var estimate: Workbench.Estimate
    var mean: Workbench.Value
    var target: Workbench.Value
    /// The estimator of the catalogue that has the same value on every episode.
    var name: PolicyGradientEstimator?
  }

  private func stand(
    of estimator: EpisodeEstimator, _ claim: EstimatorClaim, in worlds: [World]
  ) throws(Misunderstanding) -> Stand {
    let reference = criterion.candidates[0]
    let world = worlds.first(where: \.listsEpisodes) ?? worlds[0]
    var bench = Workbench(
      vocabulary: criterion.vocabulary, world: world, definitions: definitions)
    let estimate = try bench.estimate(estimator)
    let target = try bench.reference(reference.expression, number: reference.number)
    let isNegative = isNegative(claim)
    let mean = isNegative ? bench.negated(estimate.mean) : estimate.mean
    let draws = isNegative ? bench.negated(estimate.draws) : estimate.draws
    let catalogue = bench.catalogue
    bench.evaluate([estimate.draws, mean, estimate.totalVariance, target])
    let name = zip(PolicyGradientEstimator.allCases, catalogue).first { _, known in
      bench.compare(draws, known, wantsWitness: false).outcome == .equal
    }
    return Stand(
      bench: bench, estimate: estimate, mean: mean, target: target, name: name?.0)
  }

  private func isNegative(_ claim: EstimatorClaim) -> Bool {
    if case .objective(sign: -1) = claim.form {
      return !text.contains("maximi") || text.contains("minimi")
    }
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
        vocabulary: criterion.vocabulary, world: world, definitions: definitions)
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
      return Finding(
        verdict: .review, credit: 0, mistake: nil, reason: "the formula could not be evaluated")
    }
    return proportional(scale.factor, scale.comparison, claim, numbering)
  }

  // MARK: - Wording

  private func right(_ stand: inout Stand, isScaled: Bool) -> Finding {
    if let name = stand.name, !name.usesEpisodeOnly,
      criterion.criterion.conventions["knowledge"]?.value == "sample"
    {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.uses-model",
        reason: "unbiased, but it needs values of the model that an episode does not give")
    }
    if let asked = criterion.criterion.conventions["estimator"]?.value,
      stand.name?.identifier != asked
    {
      let own = stand.name.map { " (\($0.identifier))" } ?? ""
      let credit = criterion.credit(of: "other-estimator", default: 0.5)
      return Finding(
        verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "estimator.other",
        reason: "unbiased, but this is another estimator\(own) than the one that is asked, \(asked)"
      )
    }
    var reason = isScaled ? "proportional to the gradient, as is said" : "unbiased"
    if let name = stand.name { reason += ": this is \(name.identifier)" }
    let own = stand.bench.values(of: stand.estimate.totalVariance)
    if stand.name != .rewardToGo,
      let first = PolicyGradientEstimator.allCases.firstIndex(of: .rewardToGo),
      let usual = stand.bench.totalVariance(ofCatalogued: first), let mine = own.first, usual > 0
    {
      reason +=
        "; on this model it has "
        + Figures.times(mine / usual, "the variance of reinforce.reward-to-go")
    }
    return Finding(verdict: .correct, credit: 1, mistake: nil, reason: reason)
  }

  private func mistake(
    _ named: PolicyGradientEstimator, _ comparison: Comparison, _ stand: Stand
  ) -> Finding {
    let id = named.identifier
    if named == .dividedByLength, isCode || saysFixedLength {
      guard saysFixedLength else {
        return Finding(
          verdict: .review, credit: 0, mistake: id,
          reason:
            "the mean over the steps is right up to a factor only if all episodes have one length, "
            + "which is not said")
      }
      return Finding(
        verdict: .partial, credit: criterion.credit(of: "up-to-constant", default: 0.5),
        mistake: "up-to-constant",
        reason: "right up to the factor 1/T, which is the same for all episodes of one length")
    }
    if named == .sign {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: id,
        reason: "the sign of the whole is wrong: this descends on the return",
        witness: comparison.witness)
    }
    let credit = criterion.credit(
      of: id, default: named == .discountPowerDropped ? 0.5 : 0)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: id,
      reason: named.reason, witness: comparison.witness)
  }

  private var saysFixedLength: Bool {
    ["same length", "fixed length", "fixed horizon", "equal length", "padded", "one length"]
      .contains { text.contains($0) }
  }

  private func proportional(
    _ factor: Double, _ comparison: Comparison, _ claim: EstimatorClaim,
    _ numbering: EpisodeNumbering
  ) -> Finding {
    if numbering.firstStep == 1, abs(factor - 0.9) < 1e-9 || abs(factor * 0.9 - 1) < 1e-9 {
      return Finding(
        verdict: .review, credit: 0, mistake: "ambiguous",
        reason: "with steps from 1 the power of the discount depends on how the return is meant")
    }
    if abs(factor) < 1e-9 {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.zero-mean",
        reason: "the mean of the estimator is zero", witness: comparison.witness)
    }
    if factor < 0 {
      if case .objective(sign: nil) = claim.form {
        return Finding(
          verdict: .review, credit: 0, mistake: "ambiguous",
          reason: "whether the objective is maximised or minimised is not said")
      }
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.sign",
        reason: "the sign of the whole is wrong: this descends on the return",
        witness: comparison.witness)
    }
    if let sum = samples.counts.first(where: { abs(factor - $0.value) < 1e-9 * factor }) {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "estimator.sum-for-mean",
        reason: "the sum over the \(sum.name) samples is not divided by their number",
        witness: comparison.witness)
    }
    let credit = criterion.credit(of: "up-to-constant", default: 0.5)
    return Finding(
      verdict: credit > 0 ? .partial : .incorrect, credit: credit, mistake: "up-to-constant",
      reason: "right up to a positive factor, \(Figures.short(factor)) on the first model",
      witness: comparison.witness)
  }
}

extension Expression {
  fileprivate func isApplied(_ name: String) -> Bool {
    if case .apply(let head, _) = node { return head.base == name }
    if case .name(let own) = node { return own.base == name && !own.subscripts.isEmpty }
    return false
  }

  /// Whether the expression sums over the steps of an episode, is of one fixed step, or of arrays with an entry
  /// a step.
  fileprivate func isOverSteps(_ definitions: Definitions) -> Bool {
    var bodies = definitions.bodies[...]
    func isOver(_ expression: Expression) -> Bool {
      if expression.isOverStepsItself { return true }
      // What is defined later may use what is defined before.
      return expression.contains { inner in
        let name: Name
        switch inner.node {
        case .name(let own), .apply(let own, _): name = own
        default: return false
        }
        guard let place = bodies.lastIndex(where: { $0.stem == name.accents.joined() + name.base })
        else { return false }
        let saved = bodies
        bodies = bodies[..<place]
        defer { bodies = saved }
        // `G_t` of a step is a sum over later ones, which does not make it one over all.
        let isOfStep = ["G", "R", "r", "A", "delta", "Q", "q"].contains(name.base)
        return !(isOfStep && !name.subscripts.isEmpty) && isOver(saved[place].body)
      }
    }
    return isOver(self)
  }

  private var isOverStepsItself: Bool {
    contains { inner in
      switch inner.node {
      case .reduction(let reduction):
        guard [.sum, .product].contains(reduction.kind), let variable = reduction.variables.first
        else { return false }
        return reduction.body.isIndexed(byStep: variable.description)
      case .name(let name):
        if name.base == "tau" { return true }
        if ["a", "A"].contains(name.base), name.subscripts.count == 1,
          case .number = name.subscripts[0].node
        {
          return true
        }
        return false
      case .call(.sum, _), .call(.mean, _), .call(.dot, _): return true
      default: return false
      }
    }
  }

  private func isIndexed(byStep letter: String) -> Bool {
    contains { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _):
        name.subscripts.contains { $0.mentions(letter) }
      case .element(_, let indices): indices.contains { $0.mentions(letter) }
      default: false
      }
    }
  }

  /// The letter of a step that no sum binds: `t` of `G_t`.
  fileprivate var freeStep: String? {
    var found: String?
    func visit(_ expression: Expression, _ bound: Set<String>) {
      guard found == nil else { return }
      switch expression.node {
      case .name(let name) where ["s", "S", "a", "A", "G"].contains(name.base):
        for index in name.subscripts {
          if case .name(let letter) = index.node, !bound.contains(letter.description),
            letter.subscripts.isEmpty
          {
            found = letter.description
          }
        }
      case .reduction(let reduction):
        visit(reduction.body, bound.union(reduction.variables.map(\.description)))
        return
      case .expectation(let expectation):
        // Behind the sign the step is drawn as well.
        if expectation.given.isEmpty { return }
      default: break
      }
      for child in expression.children { visit(child, bound) }
    }
    visit(self, [])
    return found
  }
}
