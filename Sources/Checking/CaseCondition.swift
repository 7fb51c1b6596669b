internal import Homework
internal import Notation
internal import Semantics

/// What holds in a special case.
enum CaseCondition: Hashable, Sendable {
  /// Variables have certain values.
  case world(World.Condition)
  /// A kind of family has so many members.
  case size(AxisKind, Int)

  /// Reads a condition of a rubric: `\mu_p = 0`, `\Sigma_q = \Sigma_p`, `s_x fixed`, `latent = 1`.
  init?(_ text: String, vocabulary: Vocabulary) {
    let words = text.split(separator: " ").map(String.init)
    if words.count == 2, words[1] == "fixed" {
      let formula = Reader(names: vocabulary.names).formula(words[0])
      guard case .name(let name)? = formula.statements.first?.first?.node,
        let variable = vocabulary.variable(named: name)
      else { return nil }
      self = .world(.held(variable.name))
      return
    }
    if words.count == 3, words[1] == "=", let kind = AxisKind(rawValue: words[0]),
      let count = Int(words[2]), (1...16).contains(count)
    {
      self = .size(kind, count)
      return
    }
    let statement = Reader(names: vocabulary.names).formula(text).statements.first
    guard let left = statement?.first, let right = statement?.links.first?.expression,
      let condition = CaseCondition.equation(left, right, vocabulary: vocabulary).first
    else { return nil }
    self = condition
  }

  /// Returns the conditions that an equation between known quantities states.
  static func equation(
    _ left: Expression, _ right: Expression, vocabulary: Vocabulary
  ) -> [CaseCondition] {
    if case .apply(let normal, let arguments) = right.node,
      ["N", "Normal"].contains(normal.base), let entries = arguments.groups.last,
      entries.count == 2
    {
      return distribution(left, mean: entries[0], spread: entries[1], vocabulary: vocabulary)
    }
    if vocabulary.field == .episodicMDP, case .name(let name) = left.node, name.base == "gamma",
      let number = right.plainNumber
    {
      return [.world(.value(variable: "gamma", number))]
    }
    guard let first = left.variable(in: vocabulary) else { return [] }
    if let number = right.plainNumber {
      if first.kind == .variance, number >= 0 {
        return [.world(.value(variable: first.name, number.squareRoot()))]
      }
      return [.world(.value(variable: first.name, number))]
    }
    if case .name(let name) = right.node, name.base == "I" || name.base == "1" {
      return [.world(.value(variable: first.name, 1))]
    }
    if let second = right.variable(in: vocabulary), second.kind == first.kind {
      return [.world(.equal(first.name, second.name))]
    }
    return []
  }

  /// Whether an equation holds only in a special case: of values, of two parameters or of two distributions.
  static func isSpecial(
    _ left: Expression, _ right: Expression, vocabulary: Vocabulary
  ) -> Bool {
    if case .name(let first) = left.node, case .name(let second) = right.node,
      vocabulary.parameters(ofDistribution: first) != nil,
      vocabulary.parameters(ofDistribution: second) != nil
    {
      return true
    }
    return equation(left, right, vocabulary: vocabulary).contains { condition in
      if case .world(.equal(let first, let second)) = condition { return first != second }
      return true
    }
  }

  private static func distribution(
    _ left: Expression, mean: Expression, spread: Expression, vocabulary: Vocabulary
  ) -> [CaseCondition] {
    let name: Name
    switch left.node {
    case .name(let plain): name = plain
    case .apply(let head, _): name = head
    default: return []
    }
    guard let parameters = vocabulary.parameters(ofDistribution: name) else { return [] }
    var conditions: [CaseCondition] = []
    if let value = mean.plainNumber, let variable = parameters.mean {
      conditions.append(.world(.value(variable: variable, value)))
    }
    guard let variable = parameters.spread else { return conditions }
    if let value = spread.plainNumber, value >= 0 {
      conditions.append(.world(.value(variable: variable, value.squareRoot())))
    } else if case .name(let identity) = spread.node, identity.base == "I" {
      conditions.append(.world(.value(variable: variable, 1)))
    }
    return conditions
  }
}

extension Expression {
  /// The number that the expression is, without names.
  var plainNumber: Double? {
    switch node {
    case .number(let value, _): value
    case .negate(let inner): inner.plainNumber.map { -$0 }
    case .group(_, let inner): inner.plainNumber
    default: nil
    }
  }

  /// The declared variable that the expression names; a square of a deviation names the variance.
  fileprivate func variable(in vocabulary: Vocabulary) -> (name: String, kind: VariableKind)? {
    switch node {
    case .name(let name): return vocabulary.variable(named: name)
    case .group(_, let inner): return inner.variable(in: vocabulary)
    case .binary(.power, let base, let exponent):
      guard exponent.plainNumber == 2, case .name(let name) = base.node,
        let variable = vocabulary.variable(named: name), variable.kind == .deviation
      else { return nil }
      return (variable.name, .variance)
    default: return nil
    }
  }
}
