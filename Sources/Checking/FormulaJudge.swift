internal import Homework
internal import Notation
internal import Semantics

/// Finds the claims of an answer, judges each in every reading of the text, and settles on one verdict.
struct FormulaJudge {
  let criterion: PreparedCriterion
  let answer: AnswerText
  /// The criterion without the numbering of the answer.
  private let unnumbered: PreparedCriterion
  private let sentences: AnswerSentences
  private let remarks: Remarks

  init(criterion: PreparedCriterion, answer: AnswerText) {
    unnumbered = criterion
    self.criterion = criterion.numbered(by: answer.items.map(\.formula))
    self.answer = answer
    sentences = answer.sentences
    remarks = answer.remarks
  }

  /// What one reading of the text comes to.
  private struct Outcome {
    var finding: Finding
    var claim: Claim?
    /// The other claim, where two claims contradict each other.
    var other: Claim?
  }

  /// How the names of an answer are understood.
  private struct Understanding {
    var deviationsAreVariances = false
    var distributionsAreVisits = false
    /// Names of deviations that stand for variances.
    var variances: [Name] = []
    /// The laws that words give the weights of the states.
    var statedLaws: [String: StateLaw] = [:]
    /// Whether numbers go with the sides of the divergence that the answer writes, not with the question's.
    var numbersFollowSides = false
  }

  /// Returns the assessment, or `nil` if nothing in the answer could be a claim.
  ///
  /// Only a right answer settles that a formula continues the one before it.
  func assessment() -> Assessment? {
    guard var assessment = assessmentAsJoined() else { return nil }
    guard assessment.verdict != .correct, assessment.verdict != .review else { return assessment }
    if answer.hasLooseSigns {
      assessment.leave("A formula begins with a sign, and it is not clear what it continues.")
    } else if let apart = answer.apart,
      let other = FormulaJudge(criterion: unnumbered, answer: apart).assessmentAsJoined(),
      other.verdict != assessment.verdict || other.credit != assessment.credit
    {
      assessment.leave(
        "A formula begins with a minus sign; it may continue the one before it or stand alone.")
    }
    return assessment
  }

  private func assessmentAsJoined() -> Assessment? {
    let usual = answer.items.map(\.formula)
    let said = remarks.variances.filter(isDeviation)
    let isContradicted = usual.contains { $0.hasNormal(bySquareOf: said) }
    let understanding = Understanding(variances: isContradicted ? [] : said)
    guard let outcome = outcome(of: usual, understanding) else { return nil }
    for choice in Choice.allCases {
      guard let formulas = answer.formulas(choosing: choice),
        let other = self.outcome(of: formulas, understanding),
        !other.finding.agrees(with: outcome.finding)
      else { continue }
      return ambiguous(outcome, other, choice.phrase)
    }
    guard outcome.finding.verdict != .review else { return assessment(of: outcome) }
    for (other, phrase) in alternatives(to: understanding, of: usual) {
      if let second = self.outcome(of: usual, other),
        !second.finding.agrees(with: outcome.finding)
      {
        return ambiguous(outcome, second, phrase)
      }
    }
    return assessment(of: outcome)
  }

  /// The other ways to understand the names, with what leaves them open.
  private func alternatives(
    to usual: Understanding, of formulas: [Formula]
  ) -> [(Understanding, phrase: String)] {
    var result: [(Understanding, phrase: String)] = []
    let variances = (remarks.variances + remarks.possibleVariances).filter(isDeviation)
    if usual.variances.isEmpty, let name = variances.first {
      var other = usual
      other.variances = variances
      result.append((other, "the words may call '\(name)' a variance"))
    }
    if usual.variances.isEmpty, !roles.haveCovariances,
      formulas.contains(where: \.hasNormalByDeviation)
    {
      var other = usual
      other.deviationsAreVariances = true
      result.append(
        (
          other,
          "'N(mu, sigma)' does not say whether sigma is the deviation or the variance"
        ))
    }
    if formulas.contains(where: \.hasDistributionOfStates) {
      var other = usual
      other.distributionsAreVisits = true
      result.append(
        (other, "the weight of the states may be a distribution or a number of visits"))
    }
    if criterion.vocabulary.field == .episodicMDP {
      var other = usual
      other.statedLaws = StatedLaws(answer.text).laws
      if !other.statedLaws.isEmpty {
        result.append((other, "the words give the weight of the states another law than is usual"))
      }
    }
    if let sides = roles.exchangedSides(in: formulas) {
      var other = usual
      other.numbersFollowSides = true
      result.append(
        (other, "the numbers may go with the sides of '\(sides)' or with q and p"))
    }
    return result
  }

  private var roles: RoleBinder {
    RoleBinder(vocabulary: criterion.vocabulary, target: criterion.target)
  }

  private func isDeviation(_ name: Name) -> Bool {
    criterion.vocabulary.variable(named: name)?.kind == .deviation
  }

  // MARK: - One reading

  private func outcome(of formulas: [Formula], _ understanding: Understanding) -> Outcome? {
    let kinds = answer.items.map(\.piece.kind)
    let chains = Chain.chains(
      of: Array(zip(formulas, kinds)).map { ($0.0, $0.1) }, joined: answer.joined)
    let finder = ClaimFinder(
      names: criterion.targetNames, target: criterion.target, bound: criterion.bound, map: nil,
      foreign: criterion.foreignNames, acceptsProportion: criterion.acceptsProportion,
      isKnown: criterion.vocabulary.knows, isFixed: criterion.vocabulary.fixes, roles: roles,
      finals: Set(answer.items.indices.filter { sentences.formulas[$0].isFinal }))
    var findings = finder.findings(in: chains)
    guard !findings.claims.isEmpty else { return nil }
    var stated: Set<CaseCondition> = []
    for (left, right) in findings.assumptions {
      stated.formUnion(
        CaseCondition.equation(left, right, vocabulary: criterion.vocabulary))
    }
    for name in understanding.variances { findings.definitions.define(asVariance: name) }
    if understanding.numbersFollowSides {
      roles.exchangeNumbers(in: formulas, definitions: &findings.definitions)
    }
    let abbreviations = Abbreviations(
      findings.assumptions, definitions: findings.definitions, allowed: criterion.allowed,
      isKnown: criterion.vocabulary.knows)
    let check = FormulaCheck(
      criterion: criterion, definitions: findings.definitions.mapped(abbreviations.expanded),
      stated: stated,
      words: answer.words, fixed: remarks.fixed,
      deviationsAreVariances: understanding.deviationsAreVariances,
      distributionsAreVisits: understanding.distributionsAreVisits,
      statedLaws: understanding.statedLaws,
      worlds: criterion.worlds(of: formulas, stated: stated))
    var outcomes: [Outcome] = []
    for var claim in findings.claims {
      claim.answer = abbreviations.expanded(claim.answer)
      var best = Outcome(finding: check.finding(on: claim), claim: claim)
      if best.finding.verdict != .correct, criterion.acceptsAnyMember {
        for member in claim.earlier.reversed() {
          var earlier = claim
          earlier.answer = member
          let finding = check.finding(on: earlier)
          if finding.verdict == .correct {
            best = Outcome(finding: finding, claim: earlier)
            break
          }
        }
      }
      if best.finding.isFormal, let right = rightMember(of: claim, check) { best.finding = right }
      if claim.isTentative, best.finding.verdict != .correct {
        best.finding = .tentative
      }
      outcomes.append(best)
    }
    let cases = Set(
      outcomes.indices.filter { isSpecial(outcomes[$0], formulas) })
    return settle(outcomes, cases: cases)
  }

  /// What is said of a claim that ends out of form behind a right member in form; `nil` if it has none.
  private func rightMember(of claim: Claim, _ check: FormulaCheck) -> Finding? {
    for member in claim.earlier.reversed() {
      var earlier = claim
      earlier.answer = member
      if check.finding(on: earlier).verdict == .correct {
        var finding = Finding.review(
          "a member before the last is right, and the last one is not in the form that is asked")
        // Beside a proper claim it steps back.
        finding.isFormal = true
        return finding
      }
    }
    return nil
  }

  /// Whether a claim is made for a special case only: by an equation in its sentence, or by words before a
  /// claim that is right in a special case.
  private func isSpecial(_ outcome: Outcome, _ formulas: [Formula]) -> Bool {
    guard let claim = outcome.claim else { return false }
    let surroundings = sentences.formulas[claim.item]
    if surroundings.companions.contains(where: { specialises(formulas[$0]) }) { return true }
    let words = surroundings.words.split { !$0.isLetter }
    guard words.contains(where: { AnswerSentences.caseWords.contains($0) }) else { return false }
    return claim.answer.plainNumber != nil
      || outcome.finding.mistakes.contains { $0.hasPrefix("special-case") }
  }

  /// Whether a formula gives parameters of the question a value, or sets two equal.
  private func specialises(_ formula: Formula) -> Bool {
    formula.statements.contains { statement in
      guard var left = statement.first else { return false }
      for link in statement.links {
        guard [.equal, .distributed].contains(link.relation) else { return false }
        if CaseCondition.isSpecial(left, link.expression, vocabulary: criterion.vocabulary) {
          return true
        }
        left = link.expression
      }
      return false
    }
  }

  /// Claims that are not of the form asked step back, and so do those for a special case; what is left
  /// must agree.
  private func settle(_ all: [Outcome], cases: Set<Int>) -> Outcome? {
    let proper = all.indices.filter { !all[$0].finding.isFormal }
    let general = proper.filter { !cases.contains($0) }
    let outcomes = (general.isEmpty ? proper.isEmpty ? Array(all.indices) : proper : general)
      .map { all[$0] }
    guard let last = outcomes.last else { return nil }
    if let unread = outcomes.first(where: { $0.finding.verdict == .review }),
      !outcomes.allSatisfy({ $0.finding.verdict == .review })
    {
      // A claim that could not be judged leaves the matter open, unless it only repeats a right one.
      return unread
    }
    if let other = outcomes.first(where: { !$0.finding.agrees(with: last.finding) }) {
      return Outcome(
        finding: Finding(
          verdict: .review, credit: 0, mistake: nil,
          reason: "two claims contradict each other: one is \(other.finding.verdict.rawValue), "
            + "one is \(last.finding.verdict.rawValue)"),
        claim: other.claim, other: last.claim)
    }
    return last
  }

  // MARK: - Wording

  private func assessment(of outcome: Outcome) -> Assessment {
    let finding = outcome.finding
    var assessment = Assessment(
      criterion: criterion.criterion.id, verdict: finding.verdict,
      credit: finding.verdict == .review ? nil : finding.credit,
      possible: criterion.criterion.points, mistakes: finding.mistakes,
      reason: reason(of: outcome))
    assessment.read = [outcome.claim, outcome.other].compactMap { $0 }.map(reading)
    if let witness = finding.witness, finding.verdict != .correct {
      assessment.witness = Witness(witness)
    }
    return assessment
  }

  private func ambiguous(_ first: Outcome, _ second: Outcome, _ phrase: String) -> Assessment {
    var assessment = assessment(of: first)
    assessment.verdict = .review
    assessment.credit = nil
    assessment.mistakes = ["ambiguous"]
    assessment.witness = nil
    if let claim = second.claim { assessment.read.append(reading(claim)) }
    assessment.reason =
      "The text has two readings, one \(first.finding.verdict.rawValue) and one "
      + "\(second.finding.verdict.rawValue): \(phrase)."
    return assessment
  }

  private func reading(_ claim: Claim) -> Reading {
    let item = answer.items[claim.item]
    let range =
      claim.answer.range.upper <= item.piece.text.utf8.count
      ? claim.answer.range : SourceRange(0, item.piece.text.utf8.count)
    return Reading(
      place: answer.place(of: range.lower, in: item),
      text: answer.source(of: range, in: item), understood: claim.answer.latex)
  }

  private func reason(of outcome: Outcome) -> String {
    let finding = outcome.finding
    let feedback = criterion.criterion.feedback
    if let mistake = finding.mistakes.first, let text = feedback[mistake] { return text }
    var text = finding.reason.capitalisedFirst
    if !text.hasSuffix(".") { text += "." }
    if finding.verdict == .review, let claim = outcome.claim, claim.isDamaged {
      let item = answer.items[claim.item]
      for diagnostic in item.formula.diagnostics.prefix(3) {
        let place = answer.place(of: diagnostic.range.lower, in: item)
        text += " Line \(place.line), column \(place.column): \(diagnostic.message)."
      }
    }
    if let general = feedback[finding.verdict.rawValue] { text += " " + general }
    return text
  }
}

extension Assessment {
  /// Leaves the decision to a person.
  fileprivate mutating func leave(_ reason: String) {
    verdict = .review
    credit = nil
    mistakes = ["ambiguous"]
    witness = nil
    self.reason = reason
  }
}

extension String {
  /// The text with its first letter in upper case.
  var capitalisedFirst: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }
}

extension Choice {
  /// The two readings in words.
  var phrase: String {
    switch self {
    case .slashTakesProduct: "'a/2b' may be '(a/2) b' or 'a/(2b)'"
    case .powerInsideFunction: "'log(a)^2' may be '(log a)^2' or 'log(a^2)'"
    case .logarithmTakesFactors:
      "the logarithm may be of the next factor alone, or of the product"
    case .sumTakesTerms: "the sum may end before the next '+' or '-', or take the terms behind it"
    case .gradientTakesProduct: "the gradient may be of the next factor or of the product"
    case .evaluationTakesProduct:
      "the last factor alone may be taken at a point, or the whole product"
    case .gradientTakesPoint: "the point may be put in before the gradient is taken, or after"
    }
  }
}

extension Formula {
  /// Whether a condition holds for something in the formula.
  func contains(where condition: (Expression) -> Bool) -> Bool {
    statements.contains { statement in
      ([statement.first].compactMap { $0 } + statement.links.map(\.expression)
        + statement.conditions)
        .contains { $0.contains(where: condition) }
    }
  }

  /// Whether states are weighted by `d(s)` or `\rho(s)`.
  fileprivate var hasDistributionOfStates: Bool {
    contains { inner in
      guard case .apply(let name, let arguments) = inner.node else { return false }
      return ["d", "rho"].contains(name.base) && arguments.groups.joined().count == 1
    }
  }

  /// Whether a normal distribution is written with the square of one of the names as its spread.
  fileprivate func hasNormal(bySquareOf names: [Name]) -> Bool {
    let spellings = Set(names.map(\.description))
    return !spellings.isEmpty
      && contains { inner in
        guard case .apply(let name, let arguments) = inner.node, name.base == "N",
          let spread = arguments.groups.last?.last,
          case .binary(.power, let base, _) = spread.withoutGroups.node,
          case .name(let own) = base.withoutGroups.node
        else { return false }
        return spellings.contains(own.description)
      }
  }

  /// Whether a normal distribution is written with a bare name as its spread.
  var hasNormalByDeviation: Bool {
    contains { inner in
      guard case .apply(let name, let arguments) = inner.node, name.base == "N",
        let entries = arguments.groups.last, entries.count == 2, case .name = entries[1].node
      else { return false }
      return true
    }
  }
}
