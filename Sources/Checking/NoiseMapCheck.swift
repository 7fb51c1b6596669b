internal import Homework
internal import Notation
internal import Semantics

/// Judges a map from noise to a variable, `z = \mu + \sigma\epsilon`, by its value on every draw.
///
/// The rubric's references without a parameter are the maps with the right law: of standard normal noise those that
/// are smooth and monotone are `\mu + \sigma\epsilon` and `\mu - \sigma\epsilon`.
struct NoiseMapCheck {
  let criterion: PreparedCriterion
  let definitions: Definitions

  /// Returns the maps in the chains of an answer: `z = ...`, `g(\epsilon) = ...`, else what a function is taken of.
  func claims(in chains: [Chain]) -> [EstimatorClaim] {
    var claims: [EstimatorClaim] = []
    // Gradients that were not understood may contradict a right map.
    let isOpen = chains.contains { chain in
      chain.members.contains { member in
        member.hasGradient || member.differentiatesFunction(criterion.vocabulary, definitions)
      }
    }
    if isOpen { return [] }
    for chain in chains {
      guard let first = chain.first, let link = chain.links.last,
        chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define }),
        isMap(first) || chain.isFunction && link.expression.isMade(with: definitions),
        isWritten(link.expression)
      else { continue }
      claims.append(claim(link.expression, link.item))
    }
    guard claims.isEmpty else { return claims }
    for chain in chains {
      for link in chain.links {
        link.expression.walk { inner in
          if case .apply(let name, let arguments) = inner.node,
            criterion.vocabulary.isFunction(name), let point = arguments.groups.first?.first,
            isWritten(point)
          {
            claims.append(claim(point, link.item))
          }
        }
      }
    }
    return claims
  }

  private func claim(_ map: Expression, _ item: Int) -> EstimatorClaim {
    EstimatorClaim(form: .estimate, expression: map, item: item, isProportional: false)
  }

  /// Whether a left side is the variable, or a function of the noise.
  private func isMap(_ side: Expression) -> Bool {
    switch side.withoutGroups.node {
    case .name(let name): name.base == criterion.criterion.mapVariable
    case .apply(let name, let arguments):
      !criterion.vocabulary.isFunction(name)
        && arguments.groups.joined().contains(where: \.hasNoise)
    default: false
    }
  }

  /// Whether a right side says more than the name of a map.
  private func isWritten(_ side: Expression) -> Bool {
    switch side.withoutGroups.node {
    case .name: false
    case .apply(let name, _): name.base.hasSuffix("sample")
    default: true
    }
  }

  /// Returns the finding on one map.
  func finding(on claim: EstimatorClaim) -> Finding {
    if claim.expression.hasUnread {
      return .unread
    }
    let candidates = criterion.candidates.filter { $0.parameter == nil }
    var bench = Workbench(
      vocabulary: criterion.vocabulary, world: criterion.worlds[0], definitions: definitions)
    let found: Workbench.NoiseMap?
    do throws(Misunderstanding) {
      found = try bench.map(claim.expression, references: candidates.map(\.expression))
    } catch {
      return .review(
        "the map could not be evaluated: \(error.message)")
    }
    guard let map = found else {
      return .review(
        "the map is not of one draw of noise")
    }
    var witness: Comparison.Witness?
    for (candidate, reference) in zip(candidates, map.references) {
      guard let reference else { continue }
      let comparison = bench.compare(map.value, reference)
      let alternative = candidate.alternative
      if comparison.outcome == .equal {
        let verdict: Verdict =
          alternative.credit == 1 ? .correct : alternative.credit > 0 ? .partial : .incorrect
        return Finding(
          verdict: verdict, credit: alternative.credit,
          mistake: verdict == .correct ? nil : alternative.id,
          reason: verdict == .correct ? "it has the law that is asked" : alternative.reason,
          witness: verdict == .correct ? nil : witness)
      }
      if case .undecided = comparison.outcome {
        return .review(
          "the map is too near to \(alternative.id) to be told apart")
      }
      if witness == nil { witness = comparison.witness }
    }
    return Finding(
      verdict: .incorrect, credit: 0, mistake: "different",
      reason: "it has not the law that is asked",
      witness: witness)
  }
}

extension Expression {
  /// Whether noise stands inside, or a name that is defined by it.
  fileprivate func isMade(with definitions: Definitions) -> Bool {
    hasNoise
      || contains { inner in
        guard case .name(let name) = inner.node else { return false }
        return definitions.bodies.contains { $0.stem == name.base && $0.body.hasNoise }
      }
  }
}
