internal import Homework
internal import Notation
internal import Semantics

/// Judges the estimators of a gradient in an answer by their exact means.
struct EstimatorJudge {
  let criterion: PreparedCriterion
  let answer: AnswerText

  /// Returns the assessment, or `nil` if nothing in the answer could be an estimator.
  func assessment() -> Assessment? {
    let usual = answer.items.map(\.formula)
    guard let outcome = outcome(of: usual) else { return withoutClaim() }
    if outcome.finding.verdict != .review, let damage = answer.damages.first {
      // What was not read may be what the estimator is made of.
      return assessment(
        of: Outcome(
          finding: .review(
            "line \(damage.place.line), column \(damage.place.column) could not be read: "
              + damage.message, mistake: "unread"),
          claim: outcome.claim))
    }
    for choice in Choice.allCases {
      guard let formulas = answer.formulas(choosing: choice),
        let other = self.outcome(of: formulas), !other.finding.agrees(with: outcome.finding)
      else { continue }
      return assessment(
        of: Outcome(
          finding: .review(
            "the text has two readings, one \(outcome.finding.verdict.rawValue) and one "
              + "\(other.finding.verdict.rawValue): \(choice.phrase)", mistake: "ambiguous"),
          claim: outcome.claim))
    }
    if criterion.vocabulary.field != .episodicMDP, outcome.finding.verdict != .review,
      usual.contains(where: \.hasNormalByDeviation),
      let other = self.outcome(of: usual, deviationsAreVariances: true),
      !other.finding.agrees(with: outcome.finding)
    {
      return assessment(
        of: Outcome(
          finding: .review(
            "'N(mu, sigma)' does not say whether sigma is the deviation or the variance",
            mistake: "ambiguous"),
          claim: outcome.claim))
    }
    return assessment(of: outcome)
  }

  /// The assessment where formulas stand, and none is an estimator; `nil` where there are none.
  private func withoutClaim() -> Assessment? {
    guard answer.damages.isEmpty,
      answer.items.contains(where: \.formula.saysSomething)
    else { return nil }
    return Assessment(
      criterion: criterion.criterion.id, verdict: .review, credit: nil,
      possible: criterion.criterion.points, mistakes: ["no-claim"],
      reason: "None of the formulas is an estimator of the gradient; a person decides.")
  }

  /// What one reading of the text comes to.
  private struct Outcome {
    var finding: Finding
    var claim: EstimatorClaim
  }

  private func outcome(
    of formulas: [Formula], deviationsAreVariances: Bool = false
  ) -> Outcome? {
    let kinds = answer.items.map(\.piece.kind)
    let read = Chain.chains(
      of: Array(zip(formulas, kinds)).map { ($0.0, $0.1) }, joined: answer.joined)
    let members = read.flatMap(\.members)
    let samples = SampleAverages(in: members)
    let chains = read.map { chain in
      var isInside = false
      if case .name(let name)? = chain.first?.node, !chain.links.isEmpty {
        isInside = samples.isUsedInside(name, of: members)
      }
      return chain.mapped {
        let formula = samples.replaced(in: $0, isInside: isInside).withoutEllipses
        return deviationsAreVariances
          ? formula.readingDeviationsAsVariances(criterion.vocabulary) : formula
      }
    }
    let isOfPolicy = criterion.vocabulary.field == .episodicMDP
    let findings = EstimatorClaimFinder(
      criterion: criterion, isOfPolicy: isOfPolicy, runsBackwards: answer.runsBackwards
    ).findings(in: chains)
    guard !findings.claims.isEmpty else {
      guard criterion.criterion.isMap else { return nil }
      let check = NoiseMapCheck(criterion: criterion, definitions: findings.definitions)
      return settle(
        check.claims(in: chains).map { Outcome(finding: check.finding(on: $0), claim: $0) })
    }
    let isDiscounted =
      chains.contains { chain in
        chain.members.contains { $0.mentions("gamma") }
      } && !findings.stated.contains(.world(.value(variable: "gamma", 1)))
    if let given = findings.claims.first(where: { isGiven($0.expression) }) {
      return Outcome(
        finding: .form("form.given", "this repeats a formula of the question"), claim: given)
    }
    let constants = EstimatorConstants(
      vocabulary: criterion.vocabulary, definitions: findings.definitions, samples: samples,
      formulas: chains.flatMap(\.members))
    guard isOfPolicy else {
      let check = NoiseEstimatorCheck(criterion: criterion, constants: constants)
      return settle(findings.claims.map { Outcome(finding: check.finding(on: $0), claim: $0) })
    }
    let check = EpisodeEstimatorCheck(
      criterion: criterion, constants: constants, text: answer.text.lowercased(),
      worlds: isDiscounted ? criterion.discountedWorlds : criterion.worlds,
      undiscounted: isDiscounted ? criterion.worlds : nil,
      isCode: answer.items.contains { $0.piece.kind == .code })
    return settle(findings.claims.map { Outcome(finding: check.finding(on: $0), claim: $0) })
  }

  private func isGiven(_ expression: Expression) -> Bool {
    criterion.given.contains { $0.contains(expression.description) }
  }

  /// All claims must agree.
  private func settle(_ outcomes: [Outcome]) -> Outcome? {
    guard let last = outcomes.last else { return nil }
    if let open = outcomes.first(where: { $0.finding.verdict == .review }) { return open }
    guard let other = outcomes.first(where: { !$0.finding.agrees(with: last.finding) }) else {
      return last
    }
    // Components of one gradient: the answer is wrong where one of them is.
    let parameters = Set(outcomes.map { $0.claim.parameter?.description })
    if parameters.count == outcomes.count,
      let wrong = outcomes.first(where: { $0.finding.verdict != .correct })
    {
      return wrong
    }
    return Outcome(
      finding: .review(
        "two estimators come to different marks: one is \(other.finding.verdict.rawValue), "
          + "one is \(last.finding.verdict.rawValue)"),
      claim: other.claim)
  }

  private func assessment(of outcome: Outcome) -> Assessment {
    let (finding, claim) = (outcome.finding, outcome.claim)
    var reason = finding.reason.capitalisedFirst
    if let mistake = finding.mistakes.first, let text = criterion.criterion.feedback[mistake] {
      reason = text
    }
    if !reason.hasSuffix(".") { reason += "." }
    let item = answer.items[claim.item]
    let range =
      claim.expression.range.upper <= item.piece.text.utf8.count
      ? claim.expression.range : SourceRange(0, item.piece.text.utf8.count)
    var assessment = Assessment(
      criterion: criterion.criterion.id, verdict: finding.verdict,
      credit: finding.verdict == .review ? nil : finding.credit,
      possible: criterion.criterion.points, mistakes: finding.mistakes, reason: reason,
      read: [
        Reading(
          place: answer.place(of: range.lower, in: item),
          text: answer.source(of: range, in: item),
          understood: item.formula.expression(at: claim.expression.range)?.latex
            ?? claim.expression.latex)
      ])
    if let witness = finding.witness, finding.verdict != .correct {
      assessment.witness = Witness(witness)
    }
    return assessment
  }
}

extension Formula {
  /// Returns the expression as it was written that stands in a range.
  fileprivate func expression(at range: SourceRange) -> Expression? {
    var found: Expression?
    for statement in statements {
      for side in [statement.first].compactMap({ $0 }) + statement.links.map(\.expression) {
        side.walk { inner in
          if found == nil, inner.range == range { found = inner }
        }
      }
    }
    return found
  }

  /// Whether the formula is more than names and numbers.
  fileprivate var saysSomething: Bool {
    statements.contains { statement in
      !statement.links.isEmpty
        || statement.first?.contains { inner in
          switch inner.node {
          case .expectation, .reduction, .derivative, .apply: true
          default: false
          }
        } ?? false
    }
  }
}

extension AnswerText {
  /// Whether the answer goes through the steps of an episode from the last one.
  fileprivate var runsBackwards: Bool {
    // Code that differentiates a loss goes backward as well.
    let text = text.lowercased().replacing("backward(", with: "")
    return ["down to", "{t-1", "{t - 1", "backward", "reversed", "downto", "t-1, ...", "t-1, …"]
      .contains { text.contains($0) }
  }
}
