internal import Notation
internal import Semantics

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
  var isAverage: Bool {
    contains { inner in
      switch inner.node {
      case .expectation, .reduction: true
      default: false
      }
    }
  }

  /// Whether a sign of differentiation stands outside expectations, or the `d` or `d\sigma` of one that was not
  /// read as such.
  func differentiates(_ vocabulary: Vocabulary) -> Bool {
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
  var isStoredGradient: Bool {
    switch withoutGroups.node {
    case .name(let name): name.base.hasSuffix(".grad")
    case .tuple(let entries): entries.contains(where: \.isStoredGradient)
    default: false
    }
  }

  /// Whether the policy stands inside, or a name whose value may hold it.
  var hasScore: Bool {
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
  var withoutSign: Expression {
    if case .negate(let inner) = withoutGroups.node { return inner.withoutGroups }
    return withoutGroups
  }

  func isNamed(_ name: Name) -> Bool {
    switch node {
    case .name(let own), .apply(let own, _): own.key == name.key
    default: false
    }
  }

  /// Whether the gradient that is asked stands on the right as well.
  func isCircular(_ criterion: PreparedCriterion) -> Bool {
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
  func increment(to value: Expression) -> Expression? {
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
