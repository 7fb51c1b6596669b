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
  /// Whether a known name keeps its meaning where an answer makes something of it.
  var isFixed: ((Name) -> Bool)?
  /// Binds the names that the answer gives to the parameters of distributions.
  var roles: RoleBinder?
  /// The formulas that the answer marks as its result.
  var finals: Set<Int> = []

  /// Sorts chains.
  func findings(in chains: [Chain]) -> Findings {
    var findings = Findings()
    roles?.define(chains, in: &findings.definitions)
    let aliases = TargetAliases(chains, names: names)
    for (index, chain) in chains.enumerated() {
      let before = findings.claims.count
      if !isPart(index, of: chains) { addClaims(of: chain, aliases, to: &findings) }
      if findings.claims.count == before {
        addDefinition(of: chain, isLast: index == chains.count - 1, to: &findings)
      }
    }
    addSilentClaims(of: chains, to: &findings)
    return findings
  }

  /// Whether a chain only prepares another: `kl = ...; return kl.sum()` of code, or
  /// `L_{rec} = ...` beside `L = L_{rec} + L_{KL}`.
  private func isPart(_ index: Int, of chains: [Chain]) -> Bool {
    guard case .name(let name)? = chains[index].first?.node, names.sign(of: name) != nil,
      !chains[index].links.isEmpty
    else { return false }
    return chains.indices.contains { other in
      guard other != index, let whole = chains[other].last, !chains[other].links.isEmpty else {
        return false
      }
      if case .name = whole.withoutGroups.node { return false }
      switch chains[other].first?.node {
      case .name(let head)? where head.key == name.key:
        return false
      case .name?, .apply?:
        let isCode = chains[other].isFunction && chains[other].item == chains[index].item
        guard isCode || !name.subscripts.isEmpty else { return false }
      default: return false
      }
      return whole.contains { inner in
        if case .name(let used) = inner.node { used.key == name.key } else { false }
      }
    }
  }

  // MARK: - Claims

  private func addClaims(
    of chain: Chain, _ aliases: TargetAliases, to findings: inout Findings
  ) {
    guard let first = chain.first, let last = chain.links.last else { return }
    let isDamaged = chain.links.contains { $0.expression.hasUnread } || first.hasUnread
    var isLetter = false
    func claim(_ target: Claim.Target, _ answer: Expression, earlier: [Expression]) {
      findings.claims.append(
        Claim(
          target: target, answer: answer, earlier: earlier, item: last.item,
          range: first.range.union(answer.range), isDamaged: isDamaged,
          isProportional: relations.contains { $0 == .proportional || $0 == .distributed },
          isLetter: isLetter))
    }
    let relations = chain.links.map(\.relation)
    if addBounds(of: chain, first, aliases, isDamaged: isDamaged, to: &findings) { return }
    var allowed: Set<Relation> = [.equal, .define, .approximate]
    if acceptsProportion { allowed.formUnion([.proportional, .distributed]) }
    guard relations.allSatisfy(allowed.contains) else {
      // `0 \le KL = ...`, `... \Rightarrow L = ...`: each stretch of equations speaks for itself.
      let parts = chain.withoutConditionedNumbers.parts(joinedBy: allowed)
      for part in parts where !part.links.isEmpty {
        addClaims(of: part, aliases, to: &findings)
      }
      return
    }
    // The members at the ends that only name the target: `Loss = -ELBO = ...`, `ELBO = ... = -Loss`.
    var members = [first] + chain.links.map(\.expression)
    var leading: [Expression] = []
    while members.count > 1, form(of: members[0]) != nil { leading.append(members.removeFirst()) }
    var trailing: [Expression] = []
    while members.count > 1, let last = members.last, namesTarget(last) {
      trailing.insert(members.removeLast(), at: 0)
    }
    let named = (leading + trailing).compactMap(aliases.member)
    if let name = leading.first ?? trailing.first, var target = form(of: name) {
      if case .named = target, let best = aliases.best(of: named) {
        target = .named(sign: best.sign)
        isLetter = names.rank(of: best.name) == 0
      }
      let answer = members.removeLast()
      // A name behind the answer that means something else is a claim of its own.
      if !leading.isEmpty {
        for name in trailing where !says(target, name, aliases) {
          guard let other = form(of: name) else { continue }
          claim(other, answer, earlier: members)
        }
      }
      claim(target, answer, earlier: members)
      return
    }
    if members.count == 2, names.occurs(in: first) {
      claim(within(first), members[1], earlier: [])
    } else if members.count == 2, names.occurs(in: last.expression), !isDefinable(first) {
      claim(within(last.expression), members[0], earlier: [])
    }
  }

  /// Adds what a chain says of a lower bound, `\log p(x) \ge ...` or `... \le \log p(x)`, and tells
  /// whether it said anything.
  private func addBounds(
    of chain: Chain, _ first: Expression, _ aliases: TargetAliases, isDamaged: Bool,
    to findings: inout Findings
  ) -> Bool {
    let isFirst = isBound(first)
    guard let last = chain.links.last, isFirst || isBound(last.expression) else { return false }
    let members = [first] + chain.links.map(\.expression)
    let below: Set<Relation> = isFirst ? [.greaterOrEqual, .greater] : [.lessOrEqual, .less]
    let above: Set<Relation> = isFirst ? [.lessOrEqual, .less] : [.greaterOrEqual, .greater]
    guard
      let place = chain.links.firstIndex(where: {
        below.contains($0.relation) || above.contains($0.relation)
      })
    else { return false }
    // The members beyond the inequality, without those that only name the target.
    var values = isFirst ? Array(members[(place + 1)...]) : Array(members[...place])
    values.removeAll { if case .named? = form(of: $0) { true } else { false } }
    guard let value = values.last, !isBound(value) else {
      guard isFirst, place > 0 else { return false }
      // `\log p(x) = L + KL \ge L`: what stands before the inequality.
      var equation = chain
      equation.links = Array(chain.links[..<place])
      addClaims(of: equation, aliases, to: &findings)
      return true
    }
    let isBelow = below.contains(chain.links[place].relation)
    findings.claims.append(
      Claim(
        target: .bound(above: !isBelow), answer: value,
        earlier: Array(values.dropLast()), item: last.item, range: first.range.union(value.range),
        isDamaged: isDamaged))
    return true
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
        if case .number = left.node {
          terms.append(right)
        } else if case .number = right.node {
          terms.append(left)
        } else if names.occurs(in: term) {
          return .unclear
        }
      default:
        if names.sign(of: term) != nil {
          found += 1
        } else if names.occurs(in: term) {
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

  /// Whether a member behind an answer only names the target; a derivative may be the answer itself.
  private func namesTarget(_ expression: Expression) -> Bool {
    guard form(of: expression) != nil else { return false }
    guard case .derivative = expression.withoutGroups.node else { return true }
    return target.map { expression.withoutGroups.hasSameForm(as: $0) } ?? false
  }

  /// Whether a name says no more than a target that is found: the same sign, or that of a letter, which
  /// means what the answer says of it.
  private func says(_ found: Claim.Target, _ name: Expression, _ aliases: TargetAliases) -> Bool {
    guard case .named(let sign) = found, let member = aliases.member(name) else { return false }
    return member.sign == sign || member.sign == nil || names.rank(of: member.name) == 0
  }

  private func isWritten(_ expression: Expression) -> Bool {
    if case .written? = form(of: expression) { return true }
    return false
  }

  // MARK: - Definitions and assumptions

  private func addDefinition(of chain: Chain, isLast: Bool, to findings: inout Findings) {
    guard let first = chain.first, let last = chain.last, !chain.links.isEmpty,
      chain.links.allSatisfy({ $0.relation == .equal || $0.relation == .define })
    else { return }
    if let solution = newLetter(in: chain, findings.definitions) {
      _ = findings.definitions.define(solution.name, as: solution.value)
      return
    }
    var head = first
    var value = last
    // `A =: a` defines the name on the right.
    if chain.links.last?.relation == .define, chain.links.count == 1, isDefinable(last),
      !isDefinable(first)
    {
      (head, value) = (last, first)
    }
    // `\log\sigma_j = \lambda_j` defines the name that is new.
    if chain.links.count == 1, !isDefinable(first), case .name(let name) = last.node,
      !isKnown(name), findings.definitions.contains(name) == false
    {
      (head, value) = (last, first)
    }
    if head.isOfDistributions {
      findings.assumptions.append((head, value))
      return
    }
    if roles?.isParameter(head, takenFrom: value) == true { return }
    if isDistribution(value), isDistributionName(head) {
      findings.assumptions.append((head, value))
      return
    }
    if chain.links.count == 1, isDefinable(head) {
      // What is known already is an assumption, unless code or a name of another kind defines it anew.
      if case .name(let name) = head.node, isKnown(name), case .name(let other) = value.node,
        chain.kind != .code, roles?.areAlike(name, other) ?? true
      {
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
    // `\sigma_1 = \sigma_2 = \sigma`, `H(q) = -\int q \log q = ...`: what it comes to stands last.
    let members = [first] + chain.links.map(\.expression)
    if members.count > 2 { findings.assumptions.append((first, last)) }
    for (left, right) in zip(members, members.dropFirst()) {
      findings.assumptions.append((left, right))
    }
  }

  /// The letter that an equation with a known quantity makes new, and what it is: `s_j` of
  /// `\sigma_j^2 = e^{s_j}`.
  private func newLetter(
    in chain: Chain, _ definitions: Definitions
  ) -> (name: Expression, value: Expression)? {
    guard let isFixed, chain.links.count == 1, chain.kind != .code, let first = chain.first,
      let last = chain.last, !first.isOfDistributions
    else { return nil }
    if case .name = first.withoutGroups.node, case .name = last.withoutGroups.node { return nil }
    var isMadeOfNames = true
    var names: Set<String> = []
    first.walk { inner in
      switch inner.node {
      case .name(let name):
        names.insert(name.key)
        if !isFixed(name) { isMadeOfNames = false }
      case .apply, .expectation, .reduction, .derivative, .divergence: isMadeOfNames = false
      default: break
      }
    }
    guard isMadeOfNames, names.count == 1, let solution = last.solved(for: first),
      case .name(let letter) = solution.name.node, !isFixed(letter), !names.contains(letter.key),
      !definitions.contains(letter)
    else { return nil }
    return solution
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
