internal import Homework
internal import Notation
internal import Semantics

extension PreparedCriterion {
  /// A form that a derivation must pass through, in any of several spellings.
  struct Milestone: Sendable {
    var id: String
    var credit: Double
    var reason: String
    var patterns: [Expression]
  }

  /// The milestones: the variants of the rubric, those with the same id are spellings of one.
  var milestones: [Milestone] {
    var milestones: [Milestone] = []
    for candidate in candidates
    where candidate.alternative.credit < 1 && candidate.alternative.credit > 0 {
      let alternative = candidate.alternative
      if let index = milestones.firstIndex(where: { $0.id == alternative.id }) {
        milestones[index].patterns.append(candidate.expression)
      } else {
        milestones.append(
          Milestone(
            id: alternative.id, credit: alternative.credit, reason: alternative.reason,
            patterns: [candidate.expression]))
      }
    }
    return milestones
  }

  /// The value for which the target's names stand in a derivation.
  var goal: Expression? {
    candidates.first { $0.alternative.credit == 1 }?.expression
  }

  /// The worlds for an answer that has a discount; `nil` if the criterion's own will do.
  ///
  /// The discount is 1 unless the answer writes it; then it is what the answer says, or 0.9.
  func worlds(of formulas: [Formula], stated: Set<CaseCondition>) -> [World]? {
    guard vocabulary.field == .episodicMDP else { return nil }
    let hasDiscount = formulas.contains { formula in
      formula.statements.contains { statement in
        ([statement.first].compactMap { $0 } + statement.links.map(\.expression))
          .contains { $0.mentions("gamma") }
      }
    }
    guard hasDiscount else { return nil }
    var discount = 0.9
    for case .world(.value("gamma", let value)) in stated { discount = value }
    return Preparation.worlds(
      of: vocabulary, criterion: criterion, key: worldKey,
      conditions: [.value(variable: "gamma", discount)], sizes: [:])
  }

  /// The names and worlds in which a derivation is read.
  ///
  /// Where a density `q(x)` of the observation is written, the distributions are plain ones over a
  /// variable of that name.
  func setting(for chains: [Chain], conditions: [World.Condition]) -> DerivationSetting {
    var vocabulary = vocabulary
    let isPlain =
      vocabulary.field == .latentVariable
      && chains.contains { chain in
        chain.members.contains { $0.contains(where: \.isPlainDensity) }
      }
    if isPlain { vocabulary.field = .gaussian }
    guard isPlain || !conditions.isEmpty else {
      return DerivationSetting(vocabulary: vocabulary, worlds: worlds, wideWorlds: wideWorlds)
    }
    let isBounded = chains.contains { chain in chain.links.contains { $0.relation.isInequality } }
    return DerivationSetting(
      vocabulary: vocabulary,
      worlds: Preparation.worlds(
        of: vocabulary, criterion: criterion, key: worldKey, conditions: conditions, sizes: [:]),
      wideWorlds: isBounded
        ? Preparation.wideWorlds(of: vocabulary, key: worldKey, conditions: conditions) : [])
  }
}

/// The names of a derivation and the worlds where they have values.
struct DerivationSetting {
  var vocabulary: Vocabulary
  /// Of generic points, in which each relation is tried.
  var worlds: [World]
  /// Of points far apart, in which inequalities are tried as well.
  var wideWorlds: [World]
}

extension Relation {
  /// Whether it says which side is greater.
  fileprivate var isInequality: Bool {
    [.greaterOrEqual, .greater, .lessOrEqual, .less].contains(self)
  }
}

extension Expression {
  /// Whether this is `q(x)`, or `E` over nothing but a plain variable.
  fileprivate var isPlainDensity: Bool {
    guard case .apply(let name, let arguments) = node, name.base == "q",
      arguments.groups.count == 1, case .name(let variable)? = arguments.groups[0].first?.node
    else { return false }
    return variable.base == "x"
  }
}
