internal import Homework
internal import Notation
internal import Semantics

/// Sorts the chains of an answer into estimators of a gradient and definitions.
struct EstimatorClaimFinder {
  let criterion: PreparedCriterion
  /// Whether the gradient is by the parameters of a policy, `\theta`.
  let isOfPolicy: Bool

  /// Whether the answer goes through the steps of an episode from the last one.
  let runsBackwards: Bool

  /// What was found.
  struct Findings {
    var claims: [EstimatorClaim] = []
    var definitions = Definitions()
    var stated: Set<CaseCondition> = []
  }

  /// Sorts chains.
  func findings(in chains: [Chain]) -> Findings {
    var findings = Findings()
    var definitions = EstimatorDefinitions(
      vocabulary: criterion.vocabulary, runsBackwards: runsBackwards)
    let losses = chains.compactMap(\.backward)
    for (index, chain) in chains.enumerated() {
      if let loss = chain.backward {
        // `loss.backward()` of a name speaks of the line where the name got its value.
        if case .name = loss.withoutSign.node { continue }
        findings.claims.append(
          EstimatorClaim(
            form: .objective(sign: isOfPolicy ? -1 : nil), expression: loss, item: chain.item,
            isProportional: false, isLoss: true))
        continue
      }
      if let name = chain.definedName,
        let loss = losses.first(where: { $0.withoutSign.isNamed(name) }),
        let last = chain.last, !last.hasGradient,
        isLastDefinition(of: name, at: index, in: chains)
      {
        findings.claims.append(
          EstimatorClaim(
            form: .objective(sign: isOfPolicy ? -1 : nil),
            expression: loss.isNamed(name) ? last : Expression(.negate(last), last.range),
            item: chain.lastItem, isProportional: false, isLoss: true))
        // An earlier value of the name may stand in the later one.
        continue
      }
      if !isUsed(index, in: chains), let claim = claim(in: chain) ?? openClaim(in: chain) {
        findings.claims.append(claim)
        definitions.addLaws(beside: chain)
      } else if !chain.isUpdateOfParameters {
        definitions.add(chain)
      }
    }
    if findings.claims.isEmpty { findings.claims = silentClaims(in: chains) }
    // A critic is updated beside the policy.
    if isOfPolicy, findings.claims.contains(where: { $0.expression.hasScore }) {
      findings.claims.removeAll { claim in
        if case .update = claim.form { !claim.expression.hasScore } else { false }
      }
    }
    findings.definitions = definitions.definitions
    findings.stated = definitions.stated
    return findings
  }

  private func isLastDefinition(of name: Name, at index: Int, in chains: [Chain]) -> Bool {
    !chains[(index + 1)...].contains { $0.definedName?.key == name.key }
  }

  /// Whether the name that a chain gives a value stands in another chain: then it only prepares that one.
  private func isUsed(_ index: Int, in chains: [Chain]) -> Bool {
    guard let name = chains[index].definedName else { return false }
    return chains.indices.contains { other in
      guard other != index, chains[other].backward == nil,
        chains[other].definedName?.key != name.key
      else { return false }
      let members = chains[other].members.dropFirst(chains[other].links.isEmpty ? 0 : 1)
      return members.contains { member in member.contains { $0.isNamed(name) } }
    }
  }

  /// Without a claim, what gives a name that says nothing a gradient of the policy or the law.
  private func silentClaims(in chains: [Chain]) -> [EstimatorClaim] {
    let found = chains.compactMap { chain -> EstimatorClaim? in
      guard let first = chain.first, let link = chain.links.last, link.expression.hasGradient,
        case .name = first.node, !link.expression.isCircular(criterion),
        [.equal, .define, .approximate].contains(link.relation)
      else { return nil }
      return EstimatorClaim(
        form: .estimate, expression: link.expression, side: first, item: link.item,
        isProportional: false)
    }
    return found.count == 1 ? found : []
  }

  // MARK: - Claims

  private func claim(in chain: Chain) -> EstimatorClaim? {
    guard let first = chain.first, let last = chain.last else { return nil }
    guard let link = chain.links.last else {
      guard chain.kind != .inline, first.hasGradient, !first.isCircular(criterion) else {
        return nil
      }
      return EstimatorClaim(
        form: .estimate, expression: first, item: chain.item, isProportional: false)
    }
    let relations = Set(chain.links.map(\.relation))
    let known: Set<Relation> = [
      .equal, .define, .approximate, .proportional, .distributed, .update,
    ]
    guard relations.isSubset(of: known) else { return nil }
    var claim = EstimatorClaim(
      form: .estimate, expression: last, side: first, item: link.item,
      isProportional: !relations.isDisjoint(with: [.proportional]))
    if isOfPolicy, let increment = first.increment(to: last) {
      claim.form = .update
      claim.expression = increment
      return increment.isCircular(criterion) ? nil : claim
    }
    guard !last.isCircular(criterion) || last.hasUnread, !last.isStoredGradient else { return nil }
    switch first.withoutGroups.node {
    case .derivative(let derivative):
      claim.parameter = derivative.variable
      if isOfMap(derivative, last) { return nil }
      guard let sign = sign(ofObjective: derivative.body) else { return nil }
      claim.isNegated = sign < 0
      return claim
    case .name(let name), .apply(let name, _):
      if isOfPolicy, name.isIncrementOfParameters {
        claim.form = .update
        return claim
      }
      if criterion.criterion.isMap, name.bare == criterion.criterion.mapVariable { return nil }
      if let parameter = name.parameterOfGradient {
        claim.parameter = parameter
        return claim
      }
      guard let sign = criterion.targetNames.sign(of: name) else { return nil }
      if let sign, sign > 0, last.hasGradient || !isOfPolicy {
        claim.parameter = name.subscripts.first
        return claim
      }
      guard !last.hasGradient else { return nil }
      claim.form = .objective(sign: sign)
      claim.isLoss = name.base.lowercased().hasSuffix("loss")
      return claim
    default: return nil
    }
  }

  /// A claim of which it is not understood what gradient it is: the left side differentiates an expectation, or
  /// something unknown that is said to be one.
  private func openClaim(in chain: Chain) -> EstimatorClaim? {
    guard let first = chain.first, let link = chain.links.last, !link.expression.hasGradient,
      !link.expression.isCircular(criterion)
    else { return nil }
    let isOfExpectation = first.hasExpectation && first.differentiates(criterion.vocabulary)
    guard isOfExpectation || isOfUnknown(first) && link.expression.isAverage else { return nil }
    let reason = Expression(.unread("what gradient this is"), link.expression.range)
    return EstimatorClaim(
      form: .estimate, expression: reason, side: first, item: link.item, isProportional: false)
  }

  /// Whether a left side is the derivative by a parameter of the law of something that the question does not know.
  private func isOfUnknown(_ side: Expression) -> Bool {
    guard !isOfPolicy, case .derivative(let derivative) = side.withoutGroups.node,
      case .name(let name) = derivative.body.withoutGroups.node, !criterion.vocabulary.knows(name),
      !["z", "x"].contains(name.base), !derivative.body.hasNoise,
      let variable = derivative.variable
    else { return false }
    return variable.contains { inner in
      if case .name(let name) = inner.node {
        criterion.vocabulary.variable(named: name) != nil
      } else {
        false
      }
    }
  }

  /// Whether a derivative is that of a map from noise, `\partial g / \partial\sigma = \epsilon`, although the
  /// gradient may have the name.
  private func isOfMap(_ derivative: Derivative, _ value: Expression) -> Bool {
    guard criterion.criterion.isMap, !value.isAverage else { return false }
    switch derivative.body.withoutGroups.node {
    case .name, .apply: break
    default: return false
    }
    return !value.contains { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _): criterion.vocabulary.isFunction(name)
      default: false
      }
    }
  }

  /// Returns 1 if the body of a gradient is the objective, -1 if it is a loss; `nil` if it is neither.
  private func sign(ofObjective body: Expression) -> Int? {
    if case .name(let name) = body.withoutGroups.node, criterion.criterion.isMap,
      name.bare == criterion.criterion.mapVariable
    {
      return nil
    }
    switch body.withoutGroups.node {
    case .placeholder, .expectation: return 1
    case .negate(let inner): return sign(ofObjective: inner).map { -$0 }
    case .reduction(let reduction):
      return reduction.kind == .integral || !isOfPolicy ? 1 : nil
    case .name(let name), .apply(let name, _):
      if let target = criterion.target, case .apply(let own, _) = target.node, own.base == name.base
      {
        return 1
      }
      if case .some(let sign) = criterion.targetNames.sign(of: name) { return sign ?? 1 }
      if isOfPolicy, ["v", "V", "J", "eta", "rho"].contains(name.base) { return 1 }
      // `dE/d\sigma`, `\nabla J`: the expectation that is asked about.
      if !isOfPolicy, ["E", "J"].contains(name.base) { return 1 }
      return nil
    default: return nil
    }
  }
}

extension Chain {
  /// The name that a definition gives a value.
  fileprivate var definedName: Name? {
    guard !links.isEmpty else { return nil }
    switch first?.node {
    case .name(let name)?, .apply(let name, _)?: return name
    default: return nil
    }
  }

  /// The loss of `loss.backward()`.
  fileprivate var backward: Expression? {
    guard links.isEmpty, case .apply(let name, let arguments)? = first?.node,
      name.base == "backward"
    else { return nil }
    return arguments.groups.first?.first
  }

  /// Whether a step of the parameters is made, so that their name gets no value.
  fileprivate var isUpdateOfParameters: Bool {
    guard let first, let last else { return false }
    return first.increment(to: last) != nil
  }
}

extension Name {
  private static let parameters: Set<String> = ["theta", "w", "phi", "vartheta", "omega"]

  /// Whether the name is of the parameters of a policy, or of a step of them, `d\theta`.
  var isParameters: Bool {
    Name.parameters.contains(base) && accents.allSatisfy { ["Delta", "d"].contains($0) }
  }

  /// Whether the name is of a step of the parameters, `\Delta\theta`.
  fileprivate var isIncrementOfParameters: Bool {
    accents.contains("Delta") && Name.parameters.contains(base)
  }
}

extension Name {
  /// By what the gradient is taken that a name of code stands for, `grad_mu`; `nil` if it is none.
  fileprivate var parameterOfGradient: Expression? {
    for prefix in ["grad_", "d_"] where base.hasPrefix(prefix) {
      let rest = String(base.dropFirst(prefix.utf8.count))
      return Expression(.name(Name(rest)), SourceRange(0, 0))
    }
    if base.hasSuffix("_grad") {
      return Expression(.name(Name(String(base.dropLast(5)))), SourceRange(0, 0))
    }
    return base == "grad" ? subscripts.first : nil
  }
}
