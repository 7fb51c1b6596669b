internal import Homework
internal import Notation
internal import Semantics

/// Collects what an answer defines beside its estimators, in an order in which each definition can be used.
struct EstimatorDefinitions {
  let vocabulary: Vocabulary
  /// Whether the answer goes through the steps of an episode from the last one.
  let runsBackwards: Bool
  private var list: [(head: Expression, body: Expression)] = []
  /// Values that the answer gives to known variables.
  private(set) var stated: Set<CaseCondition> = []

  init(vocabulary: Vocabulary, runsBackwards: Bool) {
    self.vocabulary = vocabulary
    self.runsBackwards = runsBackwards
  }

  /// Adds the definition that a chain makes, if it makes one.
  mutating func add(_ chain: Chain) {
    for condition in chain.conditions { addLaw(condition) }
    guard let first = chain.first, let last = chain.last, !chain.links.isEmpty else { return }
    if chain.links.count == 1, chain.links[0].relation == .distributed {
      return addLaw(Expression(.relation(.distributed, first, last), first.range))
    }
    guard
      chain.links.allSatisfy({ [.equal, .define, .update].contains($0.relation) })
    else { return }
    // `the entropy of $q$ is $\log\sigma$` gives q no other law.
    if case .name(let name) = first.node, vocabulary.formula(ofDistribution: name) != nil,
      !last.isLaw
    {
      return
    }
    if first.isBoundary || first.isStep(last) { return }
    stated.formUnion(CaseCondition.equation(first, last, vocabulary: vocabulary))
    if case .name(let name) = first.node, vocabulary.knows(name) {
      if case .number = last.node { return }
      if case .name = last.node, vocabulary.field != .episodicMDP { return }
      // `\sigma = e^s` says what s is.
      if let (letter, value) = solved(last, for: first) {
        list.append((letter, value))
        return
      }
    }
    if chain.links.count == 1, chain.links[0].relation == .define, case .name = last.node {
      guard case .name = first.node else {
        // `A =: a` defines the name on the right.
        list.append((last, first))
        return
      }
    }
    list.append((first, last.runningReturn(of: first, isBackwards: runsBackwards)))
  }

  /// Adds the law of noise that is not standard normal: `\epsilon \sim N(0, \sigma^2)`.
  private mutating func addLaw(_ condition: Expression) {
    guard case .relation(.distributed, let variable, let law) = condition.node,
      case .name(let name) = variable.node, name.isNoise,
      case .apply(let normal, let arguments) = law.node
    else { return }
    guard ["N", "Normal"].contains(normal.base), let entries = arguments.groups.last,
      entries.count == 2
    else {
      // A law that is not known: nothing can be said of what is made of it.
      list.append((variable, Expression(.unread("the law of the noise is not normal"), law.range)))
      return
    }
    guard !entries[0].isNumber(0) || !entries[1].isUnit else { return }
    let range = law.range
    let standard = Expression(.name(Name("noise", subscripts: [variable])), range)
    let spread =
      normal.base == "Normal"
      ? entries[1] : Expression(.call(.sqrt, [entries[1]]), range)
    let scaled = Expression(.binary(.multiply, spread, standard), range)
    list.append((variable, Expression(.binary(.add, entries[0], scaled), range)))
  }

  /// The definitions, those that others need before them.
  var definitions: Definitions {
    var definitions = Definitions()
    var placed = Set<Int>()
    func place(_ index: Int) {
      guard placed.insert(index).inserted else { return }
      for (other, entry) in list.enumerated() where other > index && !placed.contains(other) {
        guard let name = entry.head.headName else { continue }
        // A name that was given a value before keeps it until the next one.
        let isKnown = list[..<index].contains { $0.head.headName?.stemKey == name.stemKey }
        if !isKnown, name.stemKey != list[index].head.headName?.stemKey,
          list[index].body.uses(name)
        {
          place(other)
        }
      }
      _ = definitions.define(list[index].head, as: list[index].body)
    }
    for index in list.indices { place(index) }
    return definitions
  }

  // MARK: - Solving

  /// Solves `value = h(u)` for the only unknown name u: the name and what it is.
  private func solved(
    _ expression: Expression, for value: Expression
  ) -> (name: Expression, value: Expression)? {
    var unknown: [Expression] = []
    var isLinear = true
    expression.walk { inner in
      switch inner.node {
      case .name(let name):
        // `s` of `\sigma = e^s` is new, whatever else the letter stands for.
        let isConstant = ["pi", "e"].contains(name.base) && name.subscripts.isEmpty
        if !isConstant { unknown.append(inner) }
      case .apply, .expectation, .reduction, .derivative: isLinear = false
      default: break
      }
    }
    guard isLinear, unknown.count == 1, let letter = unknown.first else { return nil }
    var side = value
    var rest = expression
    while true {
      let range = value.range
      func number(_ value: Double) -> Expression { Expression(.number(value, digits: 0), range) }
      func call(_ function: Function, _ argument: Expression) -> Expression {
        Expression(.call(function, [argument]), range)
      }
      func binary(_ operation: Operator, _ left: Expression, _ right: Expression) -> Expression {
        Expression(.binary(operation, left, right), range)
      }
      switch rest.node {
      case .name: return (letter, side)
      case .group(_, let inner): rest = inner
      case .negate(let inner): (side, rest) = (Expression(.negate(side), range), inner)
      case .call(.exp, let arguments): (side, rest) = (call(.log, side), arguments[0])
      case .call(.log, let arguments): (side, rest) = (call(.exp, side), arguments[0])
      case .call(.sqrt, let arguments):
        (side, rest) = (binary(.power, side, number(2)), arguments[0])
      case .call(.softplus, let arguments):
        (side, rest) = (call(.log, call(.expMinusOne, side)), arguments[0])
      case .call(.logOnePlus, let arguments):
        (side, rest) = (call(.expMinusOne, side), arguments[0])
      case .binary(let operation, let left, let right):
        let isLeft = left.contains { if case .name = $0.node { true } else { false } }
        let (inner, known) = isLeft ? (left, right) : (right, left)
        switch operation {
        case .add: side = binary(.subtract, side, known)
        case .subtract: side = isLeft ? binary(.add, side, known) : binary(.subtract, known, side)
        case .multiply, .elementwise: side = binary(.divide, side, known)
        case .divide:
          side = isLeft ? binary(.multiply, side, known) : binary(.divide, known, side)
        case .power where isLeft && known.isNumber(2): side = call(.sqrt, side)
        case .power where !isLeft && known.isBaseOfExponential: side = call(.log, side)
        default: return nil
        }
        rest = inner
      default: return nil
      }
    }
  }
}

extension Name {
  /// The letters with accents and primes.
  fileprivate var stemKey: String { accents.joined() + base + "\(primes)" }

  /// Whether the name is a usual one of noise.
  fileprivate var isNoise: Bool { ["epsilon", "eps", "xi", "zeta", "noise"].contains(base) }
}

extension Expression {
  /// The name that a definition of this left side defines.
  fileprivate var headName: Name? {
    switch node {
    case .name(let name), .apply(let name, _): name
    default: nil
    }
  }

  /// Whether the expression is a normal distribution.
  fileprivate var isLaw: Bool {
    if case .apply(let name, _) = node { return ["N", "Normal"].contains(name.base) }
    return false
  }

  /// Whether the side is a value at one place, `v(S_T)`, `G_T`, not a definition.
  fileprivate var isBoundary: Bool {
    func isFixed(_ index: Expression) -> Bool {
      switch index.withoutGroups.node {
      case .number: true
      case .name(let name): name.base == "T"
      default: false
      }
    }
    switch node {
    case .apply(_, let arguments):
      return arguments.groups.joined().contains { argument in
        guard case .name(let name) = argument.node else { return false }
        return name.subscripts.contains(where: isFixed)
      }
    case .name(let name):
      return ["G", "R", "v", "V", "q", "Q"].contains(name.base)
        && name.subscripts.count == 1 && name.subscripts.allSatisfy(isFixed)
    default: return false
    }
  }

  /// Whether the side is the number of a step that gets its first value, `t = 0`.
  fileprivate func isStep(_ value: Expression) -> Bool {
    guard case .name(let name) = node, name.subscripts.isEmpty,
      ["t", "k", "i", "j", "n", "l"].contains(name.base)
    else { return false }
    return !value.contains { inner in
      if case .name(let own) = inner.node { own.base != "T" } else { false }
    }
  }

  fileprivate func uses(_ name: Name) -> Bool {
    contains { inner in
      switch inner.node {
      case .name(let own), .apply(let own, _): own.stemKey == name.stemKey
      default: false
      }
    }
  }

  fileprivate func isNumber(_ value: Double) -> Bool {
    if case .number(let own, _) = withoutGroups.node { return own == value }
    return false
  }

  fileprivate var isBaseOfExponential: Bool {
    if case .name(let name) = withoutGroups.node { return name.description == "e" }
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

  /// Returns the body of `R \leftarrow r_i + \gamma R` in a loop that begins at the last step: R behind is the return
  /// of the next step.
  fileprivate func runningReturn(of head: Expression, isBackwards: Bool) -> Expression {
    guard isBackwards, case .name(let name) = head.node, name.subscripts.isEmpty, uses(name) else {
      return self
    }
    var index: Expression?
    walk { inner in
      if case .name(let reward) = inner.node, ["r", "R"].contains(reward.base),
        reward.subscripts.count == 1, index == nil
      {
        index = reward.subscripts[0]
      }
    }
    guard let index else { return self }
    // The letter of the step, without the lag of a reward.
    var letter = index
    if case .binary(_, let left, _) = index.node { letter = left }
    let next = Expression(.binary(.add, letter, Expression(.number(1, digits: 0), range)), range)
    return replacing(name, by: Expression(.name(Name("G", subscripts: [next])), range))
  }

  private func replacing(_ name: Name, by replacement: Expression) -> Expression {
    if case .name(let own) = node, own.description == name.description { return replacement }
    if case .name = node { return self }
    return mapped { $0.replacing(name, by: replacement) }
  }
}
