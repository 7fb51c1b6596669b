internal import Homework
internal import Notation
internal import Semantics

/// Sorts the chains of an answer into estimators of a gradient and definitions.
struct EstimatorClaimFinder {
  let criterion: PreparedCriterion
  /// Whether the gradient is by the parameters of a policy, `\theta`.
  let isOfPolicy: Bool

  /// What was found.
  struct Findings {
    var claims: [EstimatorClaim] = []
    var definitions = Definitions()
    var stated: Set<CaseCondition> = []
  }

  /// Sorts chains.
  func findings(in chains: [Chain]) -> Findings {
    var findings = Findings()
    for (index, chain) in chains.enumerated() {
      let isPart = isUsedBehind(index, in: chains)
      if !isPart, let claim = claim(in: chain) {
        findings.claims.append(claim)
      } else {
        addDefinition(of: chain, to: &findings)
      }
    }
    return findings
  }

  /// Whether the name that a chain gives a value stands in a later chain: then it only prepares that one.
  private func isUsedBehind(_ index: Int, in chains: [Chain]) -> Bool {
    guard case .name(let name)? = chains[index].first?.node, !chains[index].links.isEmpty else {
      return false
    }
    return chains[(index + 1)...].contains { chain in
      if case .apply(let head, _)? = chain.first?.node, head.base == "backward" { return false }
      if let first = chain.first, chain.links.isEmpty, first.isNamed(name) { return false }
      return chain.members.dropFirst(chain.links.isEmpty ? 0 : 1).contains { member in
        member.contains { $0.isNamed(name) }
      }
    }
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
    guard !last.isCircular(criterion) || last.hasUnread else { return nil }
    switch first.withoutGroups.node {
    case .derivative(let derivative):
      claim.parameter = derivative.variable
      guard let sign = sign(ofObjective: derivative.body) else { return nil }
      claim.isNegated = sign < 0
      return claim
    case .name(let name), .apply(let name, _):
      if isOfPolicy, name.isIncrementOfParameters {
        claim.form = .update
        return claim
      }
      if criterion.criterion.isMap, name.bare == criterion.criterion.mapVariable { return nil }
      guard let sign = criterion.targetNames.sign(of: name) else { return nil }
      if let sign, sign > 0, last.hasGradient || !isOfPolicy {
        claim.parameter = name.subscripts.first
        return claim
      }
      guard !last.hasGradient else { return nil }
      claim.form = .objective(sign: sign)
      return claim
    default: return nil
    }
  }

  /// Returns 1 if the body of a gradient is the objective, -1 if it is a loss; `nil` if it is neither.
  private func sign(ofObjective body: Expression) -> Int? {
    switch body.withoutGroups.node {
    case .placeholder, .expectation: return 1
    case .negate(let inner): return sign(ofObjective: inner).map { -$0 }
    case .reduction(let reduction):
      if case .integral = reduction.kind { return 1 }
      return nil
    case .name(let name), .apply(let name, _):
      if let target = criterion.target, case .apply(let own, _) = target.node, own.base == name.base
      {
        return 1
      }
      if case .some(let sign) = criterion.targetNames.sign(of: name) { return sign ?? 1 }
      if isOfPolicy, ["v", "V", "J", "eta", "rho"].contains(name.base) { return 1 }
      return nil
    default: return nil
    }
  }

  // MARK: - Definitions

  private func addDefinition(of chain: Chain, to findings: inout Findings) {
    guard let first = chain.first, let last = chain.last, !chain.links.isEmpty,
      chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define })
    else { return }
    if isOfPolicy, case .name(let name) = first.node, name.isParameters { return }
    findings.stated.formUnion(
      CaseCondition.equation(first, last, vocabulary: criterion.vocabulary))
    if case .name(let name) = first.node, criterion.vocabulary.knows(name) {
      if case .number = last.node { return }
      if !isOfPolicy, case .name = last.node { return }
    }
    if chain.links.last?.relation == .define, case .name = last.node, chain.links.count == 1 {
      // `A =: a` defines the name on the right.
      guard case .name = first.node else {
        _ = findings.definitions.define(last, as: first)
        return
      }
    }
    _ = findings.definitions.define(first, as: last)
  }
}

extension Name {
  private static let parameters: Set<String> = ["theta", "w", "phi", "vartheta", "omega"]

  /// Whether the name is of the parameters of a policy.
  fileprivate var isParameters: Bool { Name.parameters.contains(base) && accents.isEmpty }

  /// Whether the name is of a step of the parameters, `\Delta\theta`.
  fileprivate var isIncrementOfParameters: Bool {
    accents.contains("Delta") && Name.parameters.contains(base)
  }
}

extension Expression {
  /// Whether a gradient or the score stands inside.
  var hasGradient: Bool {
    contains { if case .derivative = $0.node { true } else { false } }
  }

  fileprivate func isNamed(_ name: Name) -> Bool {
    if case .name(let own) = node { return own.key == name.key }
    return false
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
