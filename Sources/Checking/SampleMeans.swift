internal import Notation
internal import Semantics

/// Finds means and sums over samples in code that are multiplied by what is drawn: entry by entry they belong to
/// different samples, so that the value on one draw says nothing.
struct SampleMeans {
  let definitions: Definitions
  private var visited: Set<String> = []

  init(definitions: Definitions) {
    self.definitions = definitions
  }

  /// Whether two means or sums are multiplied, or a mean by what is drawn outside of other means.
  mutating func areMultiplied(in expression: Expression) -> Bool {
    areMultiplied(in: expression, isInside: false)
  }

  private mutating func areMultiplied(in expression: Expression, isInside: Bool) -> Bool {
    switch expression.node {
    case .binary(let operation, let left, let right) where operation.isProduct:
      let sides = [left, right]
      if sides.allSatisfy({ holds($0, \.isReduction) }) { return true }
      if !isInside, sides.allSatisfy({ holds($0, \.isDrawn) }),
        sides.contains(where: { holds($0, \.isMean) })
      {
        return true
      }
    case .call(.mean, let arguments), .call(.sum, let arguments):
      return arguments.contains { areMultiplied(in: $0, isInside: true) }
    case .name(let name):
      guard visited.insert("\(name.bare) \(isInside)").inserted, let body = body(of: name) else {
        return false
      }
      return areMultiplied(in: body, isInside: isInside)
    default: break
    }
    return expression.children.contains { areMultiplied(in: $0, isInside: isInside) }
  }

  private func body(of name: Name) -> Expression? {
    definitions.bodies.last { $0.stem == name.bare }?.body
  }

  /// Whether something of a kind stands inside, in definitions as well.
  private func holds(_ expression: Expression, _ isOfKind: (Expression) -> Bool) -> Bool {
    var open: Set<String> = []
    func holds(_ expression: Expression) -> Bool {
      if isOfKind(expression) { return true }
      if case .name(let name) = expression.node, let body = body(of: name),
        open.insert(name.bare).inserted, holds(body)
      {
        return true
      }
      return expression.children.contains(where: holds)
    }
    return holds(expression)
  }
}

extension Operator {
  fileprivate var isProduct: Bool {
    switch self {
    case .multiply, .elementwise, .matrixProduct: true
    case .add, .subtract, .divide, .power: false
    }
  }
}

extension Expression {
  fileprivate var isMean: Bool {
    if case .call(.mean, _) = node { return true }
    return false
  }

  fileprivate var isReduction: Bool {
    if case .call(.sum, _) = node { return true }
    return isMean
  }

  /// Whether the expression is noise, or a name of what is drawn from the law.
  fileprivate var isDrawn: Bool {
    switch node {
    case .call(.standardNormal, _): true
    case .name(let name): ["z", "x", "epsilon", "eps", "xi", "zeta", "noise"].contains(name.base)
    default: false
    }
  }
}
