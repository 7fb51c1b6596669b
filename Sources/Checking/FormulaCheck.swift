internal import Homework
internal import Notation
internal import Semantics

/// Judges a claim against the references of a criterion.
///
/// The ladder: equal to a reference; a named variant or mistake; equal up to the sign, a constant or a
/// factor; right in a special case; wrong, with a witness. What cannot be evaluated goes to a person.
struct FormulaCheck {
  let criterion: PreparedCriterion
  /// What the student defines.
  let definitions: Definitions
  /// What the answer states to hold, beside the words.
  let stated: Set<CaseCondition>
  /// The words of the answer in lower case.
  let words: String
  /// The names that the words hold fixed.
  var fixed: [Name] = []
  /// Whether names of standard deviations are read as variances.
  var deviationsAreVariances = false
  /// Whether `d^\pi(s)` is read as a number of expected visits.
  var distributionsAreVisits = false
  /// The laws of states that are read from words.
  var statedLaws: [String: StateLaw] = [:]
  /// The worlds in which the claim is judged; those of the criterion unless the answer says more.
  var worlds: [World]?

  /// Returns the finding on one claim.
  func finding(on claim: Claim) -> Finding {
    if let given = givenFinding(claim) { return given }
    if claim.answer.hasUnread { return .unread }
    if let form = formFinding(claim) { return form }
    if case .unclear = claim.target {
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "it is not clear which quantity the left side names")
    }
    if case .bound(above: true) = claim.target {
      return Finding(
        verdict: .incorrect, credit: 0, mistake: "bound-direction",
        reason: "the bound lies below the evidence, not above it")
    }
    let constant = withoutUnknownConstant(claim.answer)
    var generic = Ladder(
      check: self, claim: claim, answer: constant.expression, vocabulary: criterion.vocabulary,
      worlds: worlds ?? criterion.worlds)
    if var finding = generic.right() {
      if constant.isFound { finding = .upToConstant(claim, credit: constantCredit) }
      return finding
    }
    if constant.isFound, generic.isUpToConstant {
      return .upToConstant(claim, credit: constantCredit)
    }
    if let finding = generic.named() { return finding }
    if let finding = generic.signed() {
      guard claim.isLetter, speaksOfNegative else { return finding }
      return Finding(
        verdict: .review, credit: 0, mistake: nil,
        reason: "the sign of the whole is wrong, unless the letter stands for the negative")
    }
    if generic.isMultiple {
      return Finding(
        verdict: .partial, credit: constantCredit, mistake: "up-to-constant",
        reason: "right up to a positive factor")
    }
    if generic.lacksSum,
      words.split(whereSeparator: { !$0.isLetter }).contains(where: { $0.hasPrefix("sum") })
    {
      return .review("the words speak of a sum, and the formula has none over the dimensions")
    }
    if !generic.isOutOfReach, let finding = caseFinding(claim, constant.expression) {
      return finding
    }
    if generic.isUpToConstant { return .upToConstant(claim, credit: constantCredit) }
    if let finding = generic.scaled() { return finding }
    return generic.wrong()
  }

  /// Whether the words speak of a loss, or of the negative of the target.
  private var speaksOfNegative: Bool {
    ["negative", "minus", "minimi", "loss"].contains(where: words.contains)
  }

  var constantCredit: Double { criterion.credit(of: "up-to-constant", default: 0.5) }

  // MARK: - Form

  private func givenFinding(_ claim: Claim) -> Finding? {
    let form = claim.answer.description
    guard criterion.given.contains(where: { $0.contains(form) }) else { return nil }
    return Finding(
      verdict: .incorrect, credit: 0, mistake: "form.given",
      reason: "this repeats a formula of the question")
  }

  private func formFinding(_ claim: Claim) -> Finding? {
    var bodies: [String: Expression] = [:]
    for (stem, body) in definitions.bodies { bodies[stem] = body }
    let parts = FormulaPart.parts(of: claim.answer, expanding: bodies)
    let counts = claim.answer.countNames
    let isOpen = claim.answer.contains { inner in
      switch inner.node {
      case .name(let name) where counts.contains(name.key): false
      case .name(let name), .apply(let name, _):
        criterion.targetNames.sign(of: name) != nil && !definitions.contains(name)
      default: false
      }
    }
    if !criterion.criterion.isMap, isOpen {
      return .form("form.circular", "the answer contains what it should give")
    }
    let tooMuch = parts.subtracting(criterion.allowed)
    guard let worst = FormulaPart.allCases.first(where: tooMuch.contains) else { return nil }
    if worst == .divergence, case .divergence? = criterion.target?.node {
      return .form("form.circular", "the answer contains what it should give")
    }
    return .form("form.not-closed", "the answer is not in closed form: it contains \(worst.phrase)")
  }

  /// Returns an expression without a term that stands for an unknown constant, and whether there was one.
  private func withoutUnknownConstant(
    _ expression: Expression
  ) -> (expression: Expression, isFound: Bool) {
    switch expression.node {
    case .binary(let operation, let left, let right)
    where operation == .add || operation == .subtract:
      if isUnknownConstant(right) { return (left, true) }
      if isUnknownConstant(left), operation == .add { return (right, true) }
      let (first, inFirst) = withoutUnknownConstant(left)
      let (second, inSecond) = withoutUnknownConstant(right)
      guard inFirst || inSecond else { return (expression, false) }
      return (Expression(.binary(operation, first, second), expression.range), true)
    case .group(let delimiter, let inner):
      let (rest, isFound) = withoutUnknownConstant(inner)
      return (Expression(.group(delimiter, rest), expression.range), isFound)
    default: return (expression, false)
    }
  }

  /// Whether a term is `const`, or a `C` that means nothing else where the words speak of a constant.
  private func isUnknownConstant(_ term: Expression) -> Bool {
    switch term.node {
    case .words(let text): return text.lowercased().hasPrefix("const")
    case .name(let name):
      if name.base.lowercased().hasPrefix("const") { return true }
      return ["C", "c"].contains(name.base) && words.contains("const")
        && !definitions.contains(name) && !criterion.vocabulary.knows(name)
    default: return false
    }
  }

  // MARK: - Special cases

  private func caseFinding(_ claim: Claim, _ answer: Expression) -> Finding? {
    // What the answer states goes first.
    let cases = criterion.cases.map { (special: $0, isStated: isStated($0)) }
    var upToConstant: (finding: Finding, isHeld: Bool)?
    for (special, isStated) in cases.filter(\.isStated) + cases.filter({ !$0.isStated }) {
      let rule = special.rule
      if rule.mustBeStated, !isStated { continue }
      var ladder = Ladder(
        check: self, claim: claim, answer: answer, vocabulary: special.vocabulary,
        worlds: special.worlds)
      let credit = isStated ? rule.statedCredit ?? rule.credit : rule.credit
      if ladder.right() != nil {
        if let found = upToConstant, found.finding.credit >= credit { return found.finding }
        if credit == 1 {
          return Finding(
            verdict: .correct, credit: 1, mistake: nil,
            reason: "right for the case that the answer states: \(special.phrase)")
        }
        return Finding(
          verdict: .partial, credit: credit, mistake: "special-case.\(rule.id)",
          reason: "right only in a special case: \(special.phrase)")
      }
      // What holds wherever a variable is fixed says more than what holds at one value of it.
      if ladder.isUpToConstant, isStated || special.isHeld || rule.statedCredit != nil,
        upToConstant.map({ !$0.isHeld && special.isHeld }) ?? true
      {
        var finding = Finding.upToConstant(claim, credit: min(credit, constantCredit))
        finding.mistakes.insert("special-case.\(rule.id)", at: special.isHeld ? 1 : 0)
        finding.reason += ", in a special case: \(special.phrase)"
        upToConstant = (finding, special.isHeld)
      }
    }
    return upToConstant?.finding
  }

  private func isStated(_ special: PreparedCriterion.Case) -> Bool {
    if special.conditions.allSatisfy(isStated), !special.conditions.isEmpty { return true }
    return special.rule.phrases.contains { words.contains($0.lowercased()) }
  }

  private func isStated(_ condition: CaseCondition) -> Bool {
    if case .world(.held(let variable)) = condition,
      fixed.contains(where: { criterion.vocabulary.variable(named: $0)?.name == variable })
    {
      return true
    }
    return stated.contains(condition)
  }
}

extension Expression {
  /// The names up to which sums run.
  fileprivate var countNames: Set<String> {
    var names: Set<String> = []
    walk { inner in
      if case .reduction(let reduction) = inner.node, case .name(let name)? = reduction.upper?.node
      {
        names.insert(name.key)
      }
    }
    return names
  }
}

extension PreparedCriterion.Case {
  /// The conditions as the rubric writes them.
  var phrase: String { rule.conditions.map { "$\($0.value)$" }.joined(separator: ", ") }

  /// Whether the case only holds a variable fixed, so that constants may depend on it.
  var isHeld: Bool {
    conditions.contains { if case .world(.held) = $0 { true } else { false } }
  }
}

extension FormulaPart {
  fileprivate var phrase: String {
    switch self {
    case .divergence, .normalDivergence: "a divergence"
    case .expectation: "an expectation"
    case .integral: "an integral"
    case .likelihood, .density, .normalDensity: "a density"
    case .evidence: "the evidence"
    case .entropy: "an entropy"
    case .derivative: "a derivative"
    case .limit: "a limit or a maximum"
    }
  }
}
