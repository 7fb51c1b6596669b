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
  fileprivate var isParameters: Bool {
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

extension Expression {
  /// Whether a gradient or the score stands inside.
  var hasGradient: Bool {
    contains { if case .derivative = $0.node { true } else { false } }
  }

  /// Whether an expectation stands inside.
  var hasExpectation: Bool {
    contains { if case .expectation = $0.node { true } else { false } }
  }

  /// Whether the expression is a mean or a sum.
  fileprivate var isAverage: Bool {
    contains { inner in
      switch inner.node {
      case .expectation, .reduction: true
      default: false
      }
    }
  }

  /// Whether a sign of differentiation stands outside expectations, or the `d` or `d\sigma` of one that was not
  /// read as such.
  fileprivate func differentiates(_ vocabulary: Vocabulary) -> Bool {
    switch node {
    case .derivative: return true
    case .expectation: return false
    case .binary(.divide, _, let below) where below.isDifferential(vocabulary): return true
    default: return children.contains { $0.differentiates(vocabulary) }
    }
  }

  private func isDifferential(_ vocabulary: Vocabulary) -> Bool {
    contains { part in
      guard case .name(let name) = part.node, name.base.hasPrefix("d") else { return false }
      let rest = String(name.base.dropFirst())
      return rest.isEmpty || rest.hasPrefix("log") || vocabulary.knows(Name(rest))
    }
  }

  /// Whether the gradient is what code has stored, `mu.grad`.
  fileprivate var isStoredGradient: Bool {
    switch withoutGroups.node {
    case .name(let name): name.base.hasSuffix(".grad")
    case .tuple(let entries): entries.contains(where: \.isStoredGradient)
    default: false
    }
  }

  /// Whether the policy stands inside, or a name whose value may hold it.
  fileprivate var hasScore: Bool {
    contains { inner in
      switch inner.node {
      case .apply(let name, _): name.base == "pi" || name.base == "h"
      case .derivative(let derivative):
        if case .name = derivative.body.withoutGroups.node { true } else { false }
      default: false
      }
    }
  }

  /// The expression without brackets and a minus around.
  fileprivate var withoutSign: Expression {
    if case .negate(let inner) = withoutGroups.node { return inner.withoutGroups }
    return withoutGroups
  }

  fileprivate func isNamed(_ name: Name) -> Bool {
    switch node {
    case .name(let own), .apply(let own, _): own.key == name.key
    default: false
    }
  }

  /// Whether the gradient that is asked stands on the right as well.
  fileprivate func isCircular(_ criterion: PreparedCriterion) -> Bool {
    guard case .apply(let own, _)? = criterion.target?.node else { return false }
    return contains { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _): name.base == own.base
      default: false
      }
    }
  }

  /// Returns X of `\theta \leftarrow \theta + X`; of an entry `\theta(s, a)` of a table X times its preference's
  /// gradient.
  fileprivate func increment(to value: Expression) -> Expression? {
    let head: Name
    var entry: Arguments?
    switch withoutGroups.node {
    case .name(let name): head = name
    case .apply(let name, let arguments): (head, entry) = (name, arguments)
    default: return nil
    }
    guard head.isParameters else { return nil }
    guard let rest = value.removing(head) else { return nil }
    guard let entry else { return rest }
    let preference = Expression(.apply(Name("h"), entry), rest.range)
    let gradient = Expression(
      .derivative(Derivative(.gradient, variable: nil, body: preference)), rest.range)
    return Expression(.binary(.multiply, rest, gradient), rest.range)
  }

  /// Returns a sum without the term that is the parameters; `nil` if there is none.
  private func removing(_ head: Name) -> Expression? {
    func isHead(_ term: Expression) -> Bool {
      switch term.withoutGroups.node {
      case .name(let name), .apply(let name, _): name.base == head.base
      default: false
      }
    }
    guard case .binary(let operation, let left, let right) = withoutGroups.node else { return nil }
    switch operation {
    case .add:
      if isHead(left) { return right }
      if isHead(right) { return left }
      if let rest = left.removing(head) {
        return Expression(.binary(.add, rest, right), range)
      }
      return right.removing(head).map { Expression(.binary(.add, left, $0), range) }
    case .subtract:
      if isHead(left) { return Expression(.negate(right), range) }
      return left.removing(head).map { Expression(.binary(.subtract, $0, right), range) }
    default: return nil
    }
  }
}
