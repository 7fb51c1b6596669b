internal import Homework
internal import Notation
internal import Semantics

/// Judges a derivation: every relation between neighbouring lines, where it starts and where it arrives.
///
/// Credit goes to milestones that are reached by an unbroken true chain. A step that could not be read
/// leaves the matter to a person unless a false step comes before it.
struct DerivationJudge {
  let criterion: PreparedCriterion
  let answer: AnswerText

  /// Returns the derivation of the answer with its steps judged, or `nil` if the answer has none.
  ///
  /// Where a text has two readings, the one with fewer failures is meant.
  func steps() -> DerivationSteps? {
    guard var best = steps(of: answer.items.map(\.formula)) else { return nil }
    for choice in Choice.allCases where best.failures > .none {
      guard let formulas = answer.formulas(choosing: choice), let other = steps(of: formulas),
        other.failures < best.failures
      else { continue }
      best = other
    }
    return best
  }

  private func parts(of chains: [Chain]) -> [Bool] {
    Derivation.parts(of: chains, names: criterion.targetNames, given: criterion.given)
  }

  private func steps(of formulas: [Formula]) -> DerivationSteps? {
    let all = Chain.chains(of: zip(formulas, answer.items).map { ($0, $1.piece.kind) })
    let displays = all.filter { $0.kind != .inline && !$0.links.isEmpty && !$0.isDefinition }
    let sentences = all.filter { $0.kind == .inline && !$0.links.isEmpty && !$0.isDefinition }
    var chains = Derivation.joined(displays, displays.isEmpty ? [] : sentences)
    if displays.isEmpty, parts(of: sentences).contains(true) { chains = sentences }
    guard !chains.isEmpty else { return nil }
    let judged = Set(chains.filter { $0.kind == .inline }.map(\.item))
    let finder = ClaimFinder(
      names: TargetNames([], reader: Reader(names: criterion.names)), target: nil, bound: nil,
      map: nil, isKnown: criterion.vocabulary.knows)
    let findings = finder.findings(
      in: all.filter { $0.isDefinition || $0.kind == .inline && !judged.contains($0.item) })
    var conditions: [World.Condition] = []
    for (left, right) in findings.assumptions {
      for case .world(let condition) in CaseCondition.equation(
        left, right, vocabulary: criterion.vocabulary) where !conditions.contains(condition)
      {
        conditions.append(condition)
      }
    }
    return DerivationReadings(
      criterion: criterion, chains: chains, conditions: conditions,
      definitions: findings.definitions, words: answer.words
    ).steps()
  }

  /// Returns the assessment of a derivation that was judged for this criterion or one with the same
  /// worlds.
  func assessment(of derivation: DerivationSteps) -> Assessment {
    var steps = derivation
    let found = steps.found
    var assessment = Assessment(
      criterion: criterion.criterion.id, verdict: .review, credit: nil,
      possible: criterion.criterion.points, reason: "")
    assessment.steps = found.map { step in
      let place = answer.place(of: step.range.lower, in: answer.items[step.item])
      return Step(
        line: place.line, relation: step.relation.rawValue, holds: step.holds,
        reason: step.reason)
    }
    assessment.read = steps.chains.map { chain in
      let item = answer.items[chain.item]
      let range = chain.first?.range ?? SourceRange(0, 0)
      return Reading(
        place: answer.place(of: range.lower, in: item),
        text: answer.source(of: range, in: item), understood: chain.first?.latex ?? "")
    }
    // One step from start to end is no derivation.
    steps.isDerivation = parts(of: steps.chains)
    let isLine = found.map { steps.isDerivation[$0.chain] }
    guard isLine.contains(true) else {
      // What could not be read may be the derivation.
      if let damage = answer.damages.first {
        assessment.mistakes = ["unread"]
        assessment.reason =
          "Line \(damage.place.line), column \(damage.place.column) could not be read: "
          + "\(damage.message)."
        return assessment
      }
      assessment.verdict = .missing
      assessment.credit = 0
      assessment.mistakes = ["no-derivation"]
      assessment.reason =
        steps.chains.allSatisfy(isGiven)
        ? Self.givenReason : "One step from start to end is not a derivation."
      return assessment
    }
    let isFalse = found.indices.first { isLine[$0] && found[$0].holds == false }
    let isUnread = found.indices.first { isLine[$0] && found[$0].holds == nil }
    if let isFalse, isUnread.map({ $0 > isFalse }) ?? true {
      let step = assessment.steps[isFalse]
      let credit = milestoneCredit(steps, before: isFalse, isAtEnd: false)
      assessment.verdict = credit > 0 ? .partial : .incorrect
      assessment.credit = credit
      assessment.mistakes = ["false-step"]
      assessment.reason =
        "The step '\(step.relation)' in line \(step.line) does not hold: \(step.reason)."
      assessment.witness = found[isFalse].witness.map(Witness.init)
      return assessment
    }
    if let isUnread {
      let step = assessment.steps[isUnread]
      assessment.mistakes = ["unread"]
      assessment.reason =
        "The step '\(step.relation)' in line \(step.line) could not be judged: \(step.reason)."
      return assessment
    }
    let arrival = arrival(&steps)
    return finished(assessment, steps, arrival)
  }

  /// All steps hold: what counts is from where to where they lead, and by which milestones.
  private func finished(
    _ sofar: Assessment, _ steps: DerivationSteps, _ arrival: Arrival
  ) -> Assessment {
    var assessment = sofar
    let credit = milestoneCredit(steps, before: steps.found.count, isAtEnd: true)
    switch arrival {
    case .arrived where credit >= 1:
      if let index = contradiction(in: steps) {
        assessment.mistakes = ["contradiction"]
        assessment.reason =
          "The derivation holds, but the equation in line \(assessment.steps[index].line) beside it does not: "
          + "\(assessment.steps[index].reason); a person decides."
        return assessment
      }
      assessment.verdict = .correct
      assessment.credit = 1
      assessment.reason = "Every step holds, from the start to what was to be shown."
    case .arrived:
      // True from start to end: whether it goes by the way that was asked is for a person.
      assessment.mistakes = ["missing-milestone"]
      assessment.reason =
        "Every step holds and the chain arrives, but this was not recognised in it: "
        + "\(missing(steps).joined(separator: ", ")); a person decides."
    case .elsewhere:
      let reached = milestoneCredit(steps, before: steps.found.count, isAtEnd: false)
      let share = min(reached, criterion.credit(of: "not-arrived", default: 1))
      assessment.mistakes = ["not-arrived"]
      assessment.reason = "Every step holds, but the chain does not arrive at what was to be shown."
      // What true lines without a milestone are worth is for a person.
      guard share > 0 else { return assessment }
      assessment.verdict = .partial
      assessment.credit = share
    case .unknown:
      assessment.reason = "Every step holds, but whether it arrives is for a person to decide."
    }
    return assessment
  }

  private static let givenReason = "The question gives this; its derivation is asked."

  /// Whether a chain only repeats what the question prints.
  private func isGiven(_ chain: Chain) -> Bool {
    !chain.links.isEmpty
      && criterion.given.contains { $0.isSuperset(of: chain.members.map(\.description)) }
  }

  /// Why an answer without a derivation is none.
  var reasonWithoutSteps: String {
    let chains = Chain.chains(
      of: answer.items.map { (formula: $0.formula, kind: $0.piece.kind) })
    return chains.contains(where: isGiven)
      ? Self.givenReason : "Every formula of the part was read, and none is a derivation."
  }

  /// The first false step beside the derivation that is no condition, and more than the sign of a named loss.
  private func contradiction(in steps: DerivationSteps) -> Int? {
    steps.found.indices.first { index in
      let step = steps.found[index]
      guard step.holds == false, !steps.isDerivation[step.chain] else { return false }
      guard let first = steps.chains[step.chain].first, case .name = first.node else { return true }
      return criterion.targetNames.sign(of: first) != nil && step.reason != "the sign is wrong"
    }
  }

  // MARK: - Start and goal

  private enum Arrival {
    case arrived
    case elsewhere
    case unknown
  }

  /// Whether some member behind the start has the value that was to be reached.
  private func arrival(_ steps: inout DerivationSteps) -> Arrival {
    let goals = criterion.candidates.filter { $0.alternative.credit == 1 }.map(\.expression)
    guard !goals.isEmpty else { return .unknown }
    let values = steps.values(of: goals)
    let differentiated = goals.reduce(into: Set<String>()) { $0.formUnion($1.differentiatedNames) }
    var isKnown = false
    for (index, chain) in steps.chains.enumerated() where steps.isDerivation[index] {
      let members = chain.members
      // What was to be differentiated must be gone: the start has the value of the goal as well.
      let open = differentiated.subtracting(members[0].differentiatedNames)
      for place in stride(from: chain.links.count, to: 0, by: -1) {
        guard members[place].differentiatedNames.isSubset(of: open) else {
          isKnown = true
          continue
        }
        for number in goals.indices {
          switch steps.member(index, place, equals: number, of: values) {
          case true?: return .arrived
          case false?: isKnown = true
          case nil: break
          }
        }
      }
    }
    return isKnown ? .elsewhere : .unknown
  }

  /// Whether some chain starts from a gradient, where one is to be found.
  private func starts(_ steps: DerivationSteps) -> Bool {
    guard let target = criterion.target, !target.differentiatedNames.isEmpty else { return true }
    return zip(steps.chains, steps.isDerivation).contains { chain, isDerivation in
      isDerivation && chain.first.map { !$0.differentiatedNames.isEmpty } ?? false
    }
  }

  // MARK: - Milestones

  /// Returns the share of milestones that stand before a step; 1 if the rubric has none.
  private func milestoneCredit(
    _ steps: DerivationSteps, before end: Int, isAtEnd: Bool
  ) -> Double {
    let all = criterion.milestones
    guard !all.isEmpty else { return isAtEnd && starts(steps) ? 1 : 0 }
    // In order: a later one counts only behind the earlier ones.
    // The last one is the end itself, which a broken chain does not reach.
    let open = isAtEnd ? all : all.dropLast()
    let reached = open.prefix { isReached($0, steps, before: end) }
    let total = all.reduce(0) { $0 + $1.credit }
    let sum = reached.reduce(0) { $0 + $1.credit }
    return reached.count == all.count ? 1 : sum / max(total, 1e-9)
  }

  private func missing(_ steps: DerivationSteps) -> [String] {
    criterion.milestones.filter { !isReached($0, steps, before: steps.found.count) }
      .map(\.reason)
  }

  private func isReached(
    _ milestone: PreparedCriterion.Milestone, _ steps: DerivationSteps, before end: Int
  ) -> Bool {
    for step in steps.found.prefix(end) where steps.isDerivation[step.chain] {
      let members = steps.chains[step.chain].members
      for member in [members[step.left], members[step.left + 1]]
      where milestone.patterns.contains(where: { member.containsForm($0) }) {
        return true
      }
    }
    return false
  }
}

extension Expression {
  /// The letters of all functions and names below a gradient.
  fileprivate var differentiatedNames: Set<String> {
    var names: Set<String> = []
    var open = [(expression: self, isInside: false)]
    while let (expression, isInside) = open.popLast() {
      var isBelow = isInside
      switch expression.node {
      case .derivative(let derivative):
        open.append((derivative.body, true))
        continue
      case .apply(let name, _):
        if isInside { names.insert(name.base) }
        // The arguments of a function are not what is differentiated.
        isBelow = false
      case .name(let name):
        if isInside { names.insert(name.base) }
      default: break
      }
      open += expression.children.map { ($0, isBelow) }
    }
    return names
  }
}

extension Chain {
  /// Whether the chain only introduces a name: `L := ...`, or an equation with words such as "where".
  fileprivate var isDefinition: Bool {
    guard links.count == 1, links[0].relation == .define, case .name? = first?.node else {
      return false
    }
    return true
  }
}
