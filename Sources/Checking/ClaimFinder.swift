internal import Notation
internal import Semantics

/// Sorts the chains of an answer into claims about a target, definitions and conditions.
struct ClaimFinder {
  /// What was found.
  struct Findings {
    var claims: [Claim] = []
    var definitions = Definitions()
    /// Equations between known quantities: assumptions of the answer.
    var assumptions: [(left: Expression, right: Expression)] = []
  }

  let names: TargetNames
  /// The target as an expression, such as `KL(q \| p)`.
  let target: Expression?
  /// Whether `\log p(x) \ge ...` names the target.
  let bound: Expression?
  /// Whether the map of a variable is asked, and of which.
  let map: String?
  /// The names of the targets of other criteria that are answered in the same part.
  var foreign: Set<String> = []
  /// Whether `\propto` states the target as well.
  var acceptsProportion = false
  /// Whether a name means something in the question.
  let isKnown: (Name) -> Bool

  /// Sorts chains.
  func findings(in chains: [Chain]) -> Findings {
    var findings = Findings()
    for (index, chain) in chains.enumerated() {
      let before = findings.claims.count
      addClaims(of: chain, to: &findings)
      if findings.claims.count == before {
        addDefinition(of: chain, isLast: index == chains.count - 1, to: &findings)
      }
    }
    if findings.claims.isEmpty { addSilentClaim(of: chains, to: &findings) }
    return findings
  }

  // MARK: - Claims

  private func addClaims(of chain: Chain, to findings: inout Findings) {
    guard let first = chain.first, let last = chain.links.last else { return }
    let isDamaged = chain.links.contains { $0.expression.hasUnread } || first.hasUnread
    func claim(_ target: Claim.Target, _ answer: Expression, earlier: [Expression]) {
      findings.claims.append(
        Claim(
          target: target, answer: answer, earlier: earlier, item: last.item,
          range: first.range.union(answer.range), isDamaged: isDamaged,
          isProportional: relations.contains { $0 == .proportional || $0 == .distributed }))
    }
    let relations = chain.links.map(\.relation)
    if isBound(first), relations.contains(.greaterOrEqual) {
      guard let place = relations.firstIndex(of: .greaterOrEqual) else { return }
      let members = chain.links[place...].map(\.expression)
      claim(.bound, members[members.count - 1], earlier: Array(members.dropLast()))
      return
    }
    var allowed: Set<Relation> = [.equal, .define, .approximate]
    if acceptsProportion { allowed.formUnion([.proportional, .distributed]) }
    guard relations.allSatisfy(allowed.contains) else { return }
    // The leading members that only name the target: `Loss = -ELBO = ...`.
    var members = [first] + chain.links.map(\.expression)
    var target: Claim.Target?
    while members.count > 1, let form = form(of: members[0]) {
      target = target ?? form
      members.removeFirst()
    }
    if let target {
      claim(target, members[members.count - 1], earlier: Array(members.dropLast()))
      return
    }
    // The target stands on the right: `\log ... = KL(q \| p)`, `A =: L`.
    if let form = form(of: last.expression) {
      claim(form, members[0], earlier: [])
      return
    }
    if members.count == 2, names.occurs(in: first) {
      claim(within(first), members[1], earlier: [])
    } else if members.count == 2, names.occurs(in: last.expression), !isDefinable(first) {
      claim(within(last.expression), members[0], earlier: [])
    }
  }

  /// A side that holds the target once, as a term; any other way does not say what is meant.
  private func within(_ side: Expression) -> Claim.Target {
    var terms = [side]
    var found = 0
    while let term = terms.popLast() {
      switch term.node {
      case .binary(.add, let left, let right), .binary(.subtract, let left, let right):
        terms += [left, right]
      case .negate(let inner), .group(_, let inner): terms.append(inner)
      case .binary(.multiply, let left, let right):
        if case .number = left.node { terms.append(right) } else if case .number = right.node {
          terms.append(left)
        } else if names.occurs(in: term) {
          return .unclear
        }
      default:
        if names.sign(of: term) != nil { found += 1 } else if names.occurs(in: term) {
          return .unclear
        }
      }
    }
    return found == 1 ? .within(side) : .unclear
  }

  private func isBound(_ expression: Expression) -> Bool {
    guard let bound else { return false }
    return expression.withoutParameters.hasSameForm(as: bound.withoutParameters)
  }

  /// Returns how an expression names the target, if it does nothing else.
  private func form(of expression: Expression) -> Claim.Target? {
    if let sign = names.sign(of: expression) { return .named(sign: sign) }
    switch expression.node {
    case .group(_, let inner): return form(of: inner)
    case .negate(let inner):
      guard let form = form(of: inner) else { return nil }
      if case .named(let sign) = form { return .named(sign: sign.map { -$0 }) }
      if case .written = form { return .written(expression) }
      return nil
    case .divergence:
      if case .divergence? = target?.node { return .written(expression) }
      return nil
    case .derivative:
      if case .derivative? = target?.node { return .written(expression) }
      return nil
    case .binary(.multiply, let left, let right), .binary(.divide, let left, let right):
      // A factor: `2 KL(q \| p)`.
      if case .number = left.node, form(of: right) != nil {
        return isWritten(right) ? .written(expression) : .within(expression)
      }
      if case .number = right.node, form(of: left) != nil {
        return isWritten(left) ? .written(expression) : .within(expression)
      }
      return nil
    default: return nil
    }
  }

  private func isWritten(_ expression: Expression) -> Bool {
    if case .written? = form(of: expression) { return true }
    return false
  }

  /// A bare expression, or the value of a name that nobody knows, counts as the target if nothing else does.
  private func addSilentClaim(of chains: [Chain], to findings: inout Findings) {
    guard map == nil else { return }
    for chain in chains.reversed() where chain.kind != .inline || chains.count == 1 {
      guard let last = chain.last else { continue }
      if chain.links.isEmpty {
        guard isFormulaLike(last) else { continue }
      } else {
        guard chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define }),
          case .name(let name)? = chain.first?.node, chain.isFunction || !isKnown(name),
          !foreign.contains(name.bare)
        else { continue }
      }
      findings.claims.append(
        Claim(
          target: .silent, answer: last, earlier: [], item: chain.lastItem, range: last.range,
          isDamaged: last.hasUnread))
      return
    }
  }

  private func isFormulaLike(_ expression: Expression) -> Bool {
    switch expression.node {
    case .name, .number, .apply, .words, .relation, .tuple, .unread: false
    case .group(_, let inner): isFormulaLike(inner)
    default: true
    }
  }

  // MARK: - Definitions and assumptions

  private func addDefinition(of chain: Chain, isLast: Bool, to findings: inout Findings) {
    guard let first = chain.first, let last = chain.last, !chain.links.isEmpty,
      chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define })
    else { return }
    var head = first
    var value = last
    // `A =: a` defines the name on the right.
    if chain.links.last?.relation == .define, chain.links.count == 1, isDefinable(last),
      !isDefinable(first)
    {
      (head, value) = (last, first)
    }
    if isDistribution(value), isDistributionName(head) {
      findings.assumptions.append((head, value))
      return
    }
    if chain.links.count == 1, isDefinable(head) {
      // What is known already is an assumption, unless code or a word defines it anew.
      if case .name(let name) = head.node, isKnown(name), case .name = value.node {
        findings.assumptions.append((head, value))
        return
      }
      if case .name(let name) = head.node, isKnown(name), case .number = value.node {
        findings.assumptions.append((head, value))
        return
      }
      _ = findings.definitions.define(head, as: value)
      return
    }
    // `\sigma_1 = \sigma_2 = \sigma`.
    let members = [first] + chain.links.map(\.expression)
    for (left, right) in zip(members, members.dropFirst()) {
      findings.assumptions.append((left, right))
    }
  }

  private func isDefinable(_ expression: Expression) -> Bool {
    switch expression.node {
    case .name: true
    case .apply(let name, let arguments):
      // Densities are the question's: what an answer says of them is context.
      !["p", "q"].contains(name.base)
        && arguments.groups.joined().allSatisfy { if case .name = $0.node { true } else { false } }
    default: false
    }
  }

  private func isDistribution(_ expression: Expression) -> Bool {
    if case .apply(let name, _) = expression.node { return ["N", "Normal"].contains(name.base) }
    return false
  }

  private func isDistributionName(_ expression: Expression) -> Bool {
    switch expression.node {
    case .name(let name), .apply(let name, _): ["p", "q", "N"].contains(name.base)
    default: false
    }
  }
}

extension Expression {
  /// The expression without the names of parameters below densities: `p(x)` for `p_\theta(x)`.
  var withoutParameters: Expression {
    guard case .call(let function, let arguments) = node else {
      if case .apply(var name, let arguments) = node {
        name.subscripts = []
        return Expression(.apply(name, arguments), range)
      }
      return self
    }
    return Expression(.call(function, arguments.map(\.withoutParameters)), range)
  }
}
