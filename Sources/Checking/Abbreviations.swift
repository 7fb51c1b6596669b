internal import Notation
internal import Semantics

/// What an answer says of quantities that are no plain names: `H(q) = ...`, `-\log p(x|z) = ...`,
/// `KL(q \| p) = ...` beside a loss, `d^2 = ...`.
///
/// Where a closed form is asked, such a quantity may stand in it if the answer gives its own closed form.
struct Abbreviations {
  /// One quantity and its closed form.
  private struct Entry {
    var head: Expression
    var body: Expression
  }

  private var entries: [Entry] = []
  /// What else the answer defines.
  private let definitions: Definitions
  private let allowed: Set<FormulaPart>

  /// Keeps the equations whose left side is not allowed in an answer and whose right side is.
  init(
    _ equations: [(left: Expression, right: Expression)], definitions: Definitions,
    allowed: Set<FormulaPart>, isKnown: (Name) -> Bool
  ) {
    self.definitions = definitions
    self.allowed = allowed
    var bodies: [String: Expression] = [:]
    for (stem, body) in definitions.bodies { bodies[stem] = body }
    if !allowed.contains(.divergence) {
      for (name, body) in definitions.spellings where Name(name).isDivergence {
        add(Expression(.name(Name(name)), body.range), body)
      }
    }
    for (left, right) in equations
    where !right.isDistribution && (isClosable(left) || isNewSquare(left, isKnown)) {
      add(left, right)
    }
    // A quantity may be given by others, which are closed in turn.
    entries = entries.indices.compactMap { index in
      let body = expanded(entries[index].body, without: [index])
      let parts = FormulaPart.parts(of: body, expanding: bodies)
      guard parts.isSubset(of: allowed) else { return nil }
      return Entry(head: entries[index].head, body: body)
    }
  }

  /// Whether a left side is a quantity that may not stand in the answer as it is.
  private func isClosable(_ left: Expression) -> Bool {
    let parts = FormulaPart.parts(of: left)
    // A density depends on the latent variable, and an answer may not.
    return left.isOfDistributions || !parts.isSubset(of: allowed)
      || parts == [.likelihood] && !allowed.contains(.density)
  }

  /// Whether a left side is the square of a name that means nothing else: `d^2 = ...`.
  private func isNewSquare(_ left: Expression, _ isKnown: (Name) -> Bool) -> Bool {
    guard case .binary(.power, let base, let exponent) = left.node, exponent.plainNumber == 2,
      case .name(let name) = base.withoutGroups.node
    else { return false }
    return !isKnown(name) && !definitions.contains(name)
  }

  private mutating func add(_ left: Expression, _ right: Expression) {
    switch left.node {
    case .group(_, let inner): add(inner, right)
    case .negate(let inner): add(inner, Expression(.negate(right.inParentheses), right.range))
    default: entries.append(Entry(head: left.withoutDensityArguments, body: right))
    }
  }

  /// Returns an expression with the closed forms in the places of what they stand for.
  func expanded(_ expression: Expression) -> Expression {
    entries.isEmpty ? expression : expanded(expression, without: [])
  }

  private func expanded(_ expression: Expression, without used: Set<Int>) -> Expression {
    let own = expression.withoutDensityArguments
    let match = entries.indices.last { !used.contains($0) && own.means(entries[$0].head) }
    if let match, !isDefined(expression) {
      var body = expanded(entries[match].body, without: used.union([match])).inParentheses
      body.range = expression.range
      return body
    }
    if case .expectation = expression.node, allowed.contains(.expectation) { return expression }
    return expression.mapped { expanded($0, without: used) }
  }

  private func isDefined(_ expression: Expression) -> Bool {
    if case .name(let name) = expression.node { return definitions.contains(name) }
    return false
  }
}

extension Name {
  /// Whether it is a usual name for the divergence of the question's distributions.
  fileprivate var isDivergence: Bool {
    ["KL", "D_KL", "DKL", "KLD", "kl", "kld", "D_kl"].contains(description)
  }
}

extension Expression {
  /// Whether it is a quantity of distributions that are only named, such as `H(q, p)`.
  var isOfDistributions: Bool {
    guard case .apply(_, let arguments) = withoutGroups.node else { return false }
    let entries = arguments.groups.joined()
    return !entries.isEmpty
      && entries.allSatisfy {
        guard case .name(let name) = $0.node else { return false }
        return ["p", "q"].contains(name.base)
      }
  }

  /// Whether it is a normal distribution, not its density at a point.
  fileprivate var isDistribution: Bool {
    guard case .apply(let name, let arguments) = withoutGroups.node else { return false }
    return ["N", "Normal"].contains(name.base) && arguments.groups.count == 1
  }

  fileprivate var inParentheses: Expression { Expression(.group(.parentheses, self), range) }

  /// Whether this stands for a quantity, itself or by the bare name of a divergence.
  fileprivate func means(_ head: Expression) -> Bool {
    switch (node, head.node) {
    case (.name(let name), .divergence): return name.isDivergence
    case (.divergence(let first, let second), .name(let name)):
      guard case .name(let own) = first.node, case .name(let other) = second.node else {
        return false
      }
      return name.isDivergence && own.base == "q" && other.base == "p"
    case (.binary(let operation, _, _), _) where operation != .power: return false
    case (.name, _), (_, .name), (.number, _): return false
    default: return hasSameForm(as: head)
    }
  }

  /// The expression with distributions alone for those of a divergence, `q` for `q_\phi(z \mid x)` and `p` for
  /// `p(z)`, and densities without the names of their parameters.
  fileprivate var withoutDensityArguments: Expression {
    switch node {
    case .divergence(let first, let second):
      return Expression(.divergence(first.distribution, second.distribution), range)
    case .call(.entropy, let arguments):
      return Expression(.call(.entropy, arguments.map(\.distribution)), range)
    default: return withoutParameters
    }
  }

  private var distribution: Expression {
    switch withoutGroups.node {
    case .name(var name):
      name.subscripts = name.subscripts.filter { index in
        if case .number = index.node { return true }
        return false
      }
      return Expression(.name(name), range)
    case .apply(let name, let arguments)
    where name.base == "q" || name.base == "p" && arguments.groups.count == 1:
      return Expression(.name(Name(name.base)), range)
    default: return self
    }
  }
}
