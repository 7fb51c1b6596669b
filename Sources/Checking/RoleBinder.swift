internal import Notation
internal import Semantics

/// Binds the names by which an answer calls the parameters of the question's distributions.
///
/// `q = N(m, s^2)` makes `m` and `s` the parameters of q. Where an answer exchanges the usual roles,
/// `p = N(\mu_1, \sigma_1^2)` and `q = N(\mu_2, \sigma_2^2)`, the distributions themselves are bound.
struct RoleBinder {
  /// What is said of one distribution.
  private struct Statement {
    var name: Name
    var value: Expression
    var mean: Expression
    var spread: Expression
    var usualMean: Expression
    var usualSpread: Expression
  }

  let vocabulary: Vocabulary
  /// The divergence that is asked, whose sides say which distribution is the first.
  let target: Expression?

  /// Defines the names that the chains bind to distributions.
  func define(_ chains: [Chain], in definitions: inout Definitions) {
    var statements: [Statement] = []
    for chain in chains {
      if let first = chain.first, chain.links.count == 1, let link = chain.links.first,
        [.equal, .define, .distributed].contains(link.relation)
      {
        add(first.head, link.expression, to: &statements)
      }
      for member in [chain.first].compactMap({ $0 }) + chain.links.map(\.expression) {
        addSides(of: member, to: &statements)
      }
    }
    let conflicts = statements.filter { isConflict($0) }
    if !conflicts.isEmpty, conflicts.count == statements.count {
      for statement in conflicts {
        let head = Expression(.name(statement.name), statement.value.range)
        _ = definitions.define(head, as: statement.value)
      }
      return
    }
    for statement in statements {
      bind(statement.mean, to: statement.usualMean, in: &definitions)
      bind(statement.spread, to: statement.usualSpread, in: &definitions)
    }
  }

  /// `KL(N(a, b^2) \| N(c, d^2))` says whose parameters `a`, `b`, `c` and `d` are.
  private func addSides(of member: Expression, to statements: inout [Statement]) {
    guard case .divergence(let first, let second) = member.withoutGroups.node,
      case .divergence(let q, let p)? = target?.node
    else { return }
    var own: [Statement] = []
    add(q.head, first, to: &own)
    add(p.head, second, to: &own)
    // Where both sides are known by the other's names, the divergence is another one.
    if !own.allSatisfy(isConflict) { statements += own }
  }

  /// Whether a known name is what it says of the distribution that it is taken from: `mq, sq = q` of code.
  func isParameter(_ head: Expression, takenFrom value: Expression) -> Bool {
    guard case .name(let name) = head.node, case .element(let array, let indices) = value.node,
      case .name(let distribution) = array.node, indices.count == 1,
      let parameters = vocabulary.parameters(ofDistribution: distribution),
      let variable = vocabulary.variable(named: name)?.name
    else { return false }
    switch indices[0].plainNumber {
    case 0: return variable == parameters.mean
    case 1: return variable == parameters.spread
    default: return false
    }
  }

  /// Whether two names measure the same, so that an equation between them is a condition: not `v = \sigma`.
  func areAlike(_ first: Name, _ second: Name) -> Bool {
    guard let one = vocabulary.variable(named: first),
      let other = vocabulary.variable(named: second)
    else { return true }
    return one.kind == other.kind
  }

  /// Whether the spreads of the distributions are matrices.
  var haveCovariances: Bool {
    guard case .divergence(let q, _)? = target?.node, let name = q.head,
      case .name(let spread)? = vocabulary.formula(ofDistribution: name)?.normalParameters?.spread
        .node
    else { return false }
    return vocabulary.variable(named: spread)?.kind == .covariance
  }

  // MARK: - Numbers

  /// The divergence that is written with the sides of the target exchanged, if the answer numbers the
  /// distributions and does not say which is which: `KL(p \| q)` beside `\mu_1`.
  func exchangedSides(in formulas: [Formula]) -> String? {
    guard case .divergence(let q, let p)? = target?.node, let q = q.head, let p = p.head else {
      return nil
    }
    var sides: String?
    let isUsual = formulas.contains { formula in
      formula.contains { inner in
        guard case .divergence(let first, let second) = inner.node else { return false }
        if isSame(first.head, p), isSame(second.head, q) { sides = "KL(\(first) || \(second))" }
        return isSame(first.head, q) && isSame(second.head, p)
      }
    }
    guard !isUsual, sides != nil else { return nil }
    var isNumbered = false
    let isSaid = formulas.contains { formula in
      formula.contains { inner in
        switch inner.node {
        case .name(let name):
          isNumbered = isNumbered || counterpart(of: name) != nil
          return false
        case .apply(let name, _): return name.base == "N"
        default: return false
        }
      }
    }
    return isNumbered && !isSaid ? sides : nil
  }

  private func isSame(_ name: Name?, _ other: Name) -> Bool {
    guard let name, name.subscripts.isEmpty else { return false }
    return name.base.lowercased() == other.base.lowercased()
  }

  /// Lets names with numbers stand for the parameters of the other distribution.
  func exchangeNumbers(in formulas: [Formula], definitions: inout Definitions) {
    var seen: Set<String> = []
    for formula in formulas {
      var names: [Name] = []
      _ = formula.contains { inner in
        if case .name(let name) = inner.node { names.append(name) }
        return false
      }
      for name in names where seen.insert(name.description).inserted {
        guard let other = counterpart(of: name) else { continue }
        definitions.define(name, asParameter: Expression(.name(other), SourceRange(0, 0)))
      }
    }
  }

  /// Returns the name of the same parameter of the other distribution, or `nil` if a name has no number.
  private func counterpart(of name: Name) -> Name? {
    guard case .divergence(let q, let p)? = target?.node, let q = q.head, let p = p.head,
      let known = vocabulary.variable(named: name),
      let first = vocabulary.parameters(ofDistribution: q)
    else { return nil }
    let label = [first.mean, first.spread].contains(known.name) ? p.base : q.base
    var other = name
    if name.subscripts.count == 1, case .number = name.subscripts[0].node {
      other.subscripts = [Expression(.name(Name(label)), name.subscripts[0].range)]
    } else if name.subscripts.isEmpty, name.base.last?.isNumber ?? false {
      other.base = String(name.base.dropLast()) + label
    } else {
      return nil
    }
    return vocabulary.knows(other) ? other : nil
  }

  private func add(_ head: Name?, _ value: Expression, to statements: inout [Statement]) {
    guard let head, let usual = vocabulary.formula(ofDistribution: head)?.normalParameters,
      let own = value.normalParameters
    else { return }
    statements.append(
      Statement(
        name: head, value: value, mean: own.mean, spread: own.spread, usualMean: usual.mean,
        usualSpread: usual.spread))
  }

  /// Whether the mean is known as the mean of another distribution.
  private func isConflict(_ statement: Statement) -> Bool {
    guard case .name(let name) = statement.mean.node,
      case .name(let usual) = statement.usualMean.node,
      let known = vocabulary.variable(named: name), let own = vocabulary.variable(named: usual)
    else { return false }
    return known.name != own.name
  }

  private func bind(
    _ own: Expression, to usual: Expression, in definitions: inout Definitions
  ) {
    switch (own.withoutGroups.node, usual.withoutGroups.node) {
    case (.name(let name), .name(let target)):
      guard vocabulary.variable(named: name)?.name != vocabulary.variable(named: target)?.name
      else { return }
      definitions.define(name, asParameter: usual)
    case (.binary(.power, let base, let exponent), .binary(.power, let usualBase, _))
    where exponent.plainNumber == 2:
      bind(base, to: usualBase, in: &definitions)
    case (.call(.diagonal, let own), .call(.diagonal, let usual)):
      if let first = own.first, let second = usual.first {
        bind(first, to: second, in: &definitions)
      }
    case (.name(let name), .binary(.power, _, _)):
      // `N(m, v)`: a letter that usually is a variance.
      guard ["v", "V", "w"].contains(name.base), vocabulary.variable(named: name) == nil else {
        return
      }
      definitions.define(name, asParameter: usual)
    default: break
    }
  }
}

extension Expression {
  /// The name that an expression is, or that is applied in it.
  fileprivate var head: Name? {
    switch node {
    case .name(let name), .apply(let name, _): name
    case .group(_, let inner): inner.head
    default: nil
    }
  }

  /// Mean and spread of a normal distribution that is written out.
  fileprivate var normalParameters: (mean: Expression, spread: Expression)? {
    guard case .apply(let name, let arguments) = withoutGroups.node,
      ["N", "Normal"].contains(name.base), let entries = arguments.groups.last, entries.count == 2
    else { return nil }
    return (entries[0], entries[1])
  }
}
