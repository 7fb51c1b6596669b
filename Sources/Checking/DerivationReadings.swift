internal import Homework
internal import Notation
internal import Semantics

/// A derivation with names that have more than one reading.
struct DerivationReadings {
  let criterion: PreparedCriterion
  let chains: [Chain]
  let conditions: [World.Condition]
  let definitions: Definitions
  /// The words of the answer in lower case.
  let words: String

  /// Judges the steps: a divergence without its distributions means that of which the answer says most, and
  /// a discount of which nothing is said is 1 unless the lines are written for another.
  func steps() -> DerivationSteps {
    var best: DerivationSteps?
    for reading in readings {
      let steps = steps(definitions: reading, conditions: conditions)
      if let known = best, known.failures <= steps.failures { continue }
      best = steps
    }
    guard var steps = best else { return steps(definitions: definitions, conditions: conditions) }
    if isDiscounted {
      let discounted = self.steps(
        definitions: definitions,
        conditions: conditions + [.value(variable: "gamma", Self.discount)])
      weigh(&steps, against: discounted)
    }
    return steps
  }

  /// The discount that stands for any below 1.
  private static let discount = 0.9

  private func steps(
    definitions: Definitions, conditions: [World.Condition]
  ) -> DerivationSteps {
    DerivationSteps(
      chains: chains, setting: criterion.setting(for: chains, conditions: conditions),
      definitions: definitions, target: (criterion.targetNames, criterion.goal),
      known: criterion.knownQuantities)
  }

  /// Whether a discount is written of which nothing is said.
  private var isDiscounted: Bool {
    guard criterion.vocabulary.field == .episodicMDP else { return false }
    let isStated = conditions.contains { if case .value("gamma", _) = $0 { true } else { false } }
    return !isStated && chains.contains { $0.members.contains { $0.mentions("gamma") } }
  }

  /// Takes back what holds for a discount of 1 alone, where the derivation is written for any.
  ///
  /// It is open where a weight of the states may count visits with the discount or without, and where the words set
  /// the discount aside. Lines without a discount stay as they are beside a return that is only recalled.
  private func weigh(_ steps: inout DerivationSteps, against discounted: DerivationSteps) {
    let isOfGradients = chains.contains { chain in
      chain.members.contains { $0.mentions("gamma") && $0.hasGradient }
    }
    for (index, other) in discounted.found.enumerated()
    where other.holds == false && steps.found[index].holds == true {
      let members = chains[other.chain].members
      let sides = [members[other.left], members[other.left + 1]]
      let mentions = sides.count { $0.mentions("gamma") }
      guard mentions > 0 || isOfGradients else { continue }
      let isOpen = isSetAside || sides.contains(where: weighsByOpenVisits)
      if mentions == 2 || !isOpen {
        steps.found[index] = other
      } else if mentions == 1 {
        steps.found[index].holds = nil
        steps.found[index].reason =
          "it holds for a discount of 1 alone, and the discount is not said"
      }
    }
  }

  /// Whether the words set the discount aside.
  private var isSetAside: Bool {
    ["undiscounted", "no discount", "without discount"].contains { words.contains($0) }
  }

  /// Whether states are weighted by `\eta(s)` or `\mu(s)` that the answer does not define.
  private func weighsByOpenVisits(_ expression: Expression) -> Bool {
    expression.contains { part in
      guard case .apply(let name, _) = part.node else { return false }
      return DecisionNames.weights.contains(name.base) && !definitions.contains(name)
    }
  }

  // MARK: - Divergences

  private static let divergences: Set<String> = ["KL", "D_KL"]

  /// The definitions with each meaning of `D_{KL}` where it stands alone: the divergences that are written
  /// out, the last one first, and then that from the encoder to the prior.
  private var readings: [Definitions] {
    let members = chains.flatMap(\.members)
    var names: [Expression] = []
    for member in members {
      names += member.all { expression in
        guard case .name(let name) = expression.node else { return false }
        return Self.divergences.contains(name.description) && !definitions.contains(name)
          && !names.contains { $0.hasSameForm(as: expression) }
      }
    }
    guard !names.isEmpty else { return [definitions] }
    var divergences: [Expression] = []
    let written = members.reversed().flatMap { member in
      member.all { if case .divergence = $0.node { true } else { false } }
    }
    let usual = criterion.knownQuantities.filter { $0.role == .difference }.map(\.expression)
      .filter { if case .divergence = $0.node { true } else { false } }
    for divergence in written + usual
    where !divergences.contains(where: { $0.hasSameForm(as: divergence) }) {
      divergences.append(divergence)
    }
    return divergences.prefix(4).map { divergence in
      var reading = definitions
      for name in names { _ = reading.define(name, as: divergence) }
      return reading
    }
  }
}

extension Expression {
  /// All expressions inside that pass a test, this one among them.
  fileprivate func all(where test: (Expression) -> Bool) -> [Expression] {
    (test(self) ? [self] : []) + children.flatMap { $0.all(where: test) }
  }
}

extension DerivationSteps {
  /// How many steps are false, and how many are not judged.
  struct Failures: Comparable {
    var wrong: Int
    var open: Int

    static var none: Failures { Failures(wrong: 0, open: 0) }

    static func < (left: Failures, right: Failures) -> Bool {
      (left.wrong, left.open) < (right.wrong, right.open)
    }
  }

  /// What speaks against the reading.
  var failures: Failures {
    Failures(
      wrong: found.count { $0.holds == false }, open: found.count { $0.holds == nil })
  }
}
