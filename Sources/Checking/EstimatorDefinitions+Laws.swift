internal import Homework
internal import Notation
internal import Semantics

extension EstimatorDefinitions {
  /// Adds the law of what is drawn, if it is not the usual one: `\epsilon \sim N(0, \sigma^2)`, `z \sim N(0, 1)`.
  mutating func addLaw(_ condition: Expression) {
    guard case .relation(.distributed, let variable, let law) = condition.node,
      let name = variable.drawnName, canBeDrawn(name)
    else { return }
    let isLatent = name.isLatent
    if isLatent, isDeclared(law) || list.contains(where: { $0.head.headName?.key == name.key }) {
      return
    }
    let range = law.range
    let head = Expression(.name(name), variable.range)
    guard case .apply(let normal, let arguments) = law.node,
      ["N", "Normal"].contains(normal.base), let entries = arguments.groups.last,
      entries.count == 2
    else {
      // A law that is not known: nothing can be said of what is made of it.
      guard name.isNoise || isLatent else { return }
      let reason =
        isLatent ? "the law of '\(name)' is not known" : "the law of the noise is not normal"
      list.append(Entry(head: head, body: Expression(.unread(reason), range)))
      return
    }
    guard !name.isNoise || !entries[0].isNumber(0) || !entries[1].isUnit else { return }
    let standard = Expression(.name(Name("noise", subscripts: [head])), range)
    var value = standard
    if !entries[1].isUnit {
      let spread =
        normal.base == "Normal"
        ? entries[1] : Expression(.call(.sqrt, [entries[1]]), range)
      value = Expression(.binary(.multiply, spread, standard), range)
    }
    if !entries[0].isNumber(0) { value = Expression(.binary(.add, entries[0], value), range) }
    // What is drawn does not move with the parameters, unless it is made of noise.
    if isLatent { value = Expression(.call(.stopGradient, [value]), range) }
    list.append(Entry(head: head, body: value))
  }

  /// Whether a name may be one of noise or of what is drawn from the law of the question.
  private func canBeDrawn(_ name: Name) -> Bool {
    if name.isNoise { return true }
    return vocabulary.field != .episodicMDP && !vocabulary.fixes(name)
      && !vocabulary.isFunction(name)
  }

  /// Whether a law is the one of the question, by its name or its parameters.
  private func isDeclared(_ law: Expression) -> Bool {
    switch law.withoutGroups.node {
    case .apply(let normal, let arguments) where ["N", "Normal"].contains(normal.base):
      guard let entries = arguments.groups.last, entries.count == 2 else { return true }
      return kind(of: entries[0]) == .mean
        && [.deviation, .variance, .covariance].contains(kind(of: entries[1]))
    case .name(let name), .apply(let name, _):
      return ["p", "q"].contains(name.base) || vocabulary.formula(ofDistribution: name) != nil
        || list.contains { $0.head.headName?.key == name.key }
    default: return false
    }
  }

  /// What a parameter of a normal distribution is: `\mu_\phi(x)`, `\sigma^2 I`.
  private func kind(of parameter: Expression) -> VariableKind? {
    switch parameter.withoutGroups.node {
    case .name(let name), .apply(let name, _): vocabulary.variable(named: name)?.kind
    case .binary(.power, let base, let exponent) where exponent.isNumber(2): kind(of: base)
    case .binary(.multiply, let spread, let identity) where identity.isUnit: kind(of: spread)
    case .call(.diagonal, let entries) where entries.count == 1: kind(of: entries[0])
    default: nil
    }
  }
}

extension Name {
  /// Whether the name is a usual one of noise.
  fileprivate var isNoise: Bool { ["epsilon", "eps", "xi", "zeta", "noise"].contains(base) }

  /// Whether the name is of what is drawn from the law of the question.
  fileprivate var isLatent: Bool { ["z", "x"].contains(base) }
}

extension Expression {
  /// The name of what is drawn, `z` of `z_s \sim q`: all draws have one law.
  fileprivate var drawnName: Name? {
    switch withoutGroups.node {
    case .name(var name):
      if name.subscripts.allSatisfy({ if case .number = $0.node { false } else { true } }) {
        name.subscripts = []
      }
      name.superscripts = []
      return name
    case .tuple(let entries): return entries.first?.drawnName
    default: return nil
    }
  }

  /// Whether the expression is a certain number.
  func isNumber(_ value: Double) -> Bool {
    if case .number(let own, _) = withoutGroups.node { return own == value }
    return false
  }

  /// Whether the expression is 1 or the identity.
  fileprivate var isUnit: Bool {
    switch withoutGroups.node {
    case .number(1, _), .call(.identity, _): true
    case .name(let name): name.base == "I" || name.base == "1"
    default: false
    }
  }
}
