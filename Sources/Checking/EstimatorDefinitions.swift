internal import Homework
internal import Notation
internal import Semantics

/// Collects what an answer defines beside its estimators, in an order in which each definition can be used.
struct EstimatorDefinitions {
  let vocabulary: Vocabulary
  /// Whether the answer goes through the steps of an episode from the last one.
  let runsBackwards: Bool
  var list: [Entry] = []
  /// Values that the answer gives to known variables.
  private(set) var stated: Set<CaseCondition> = []

  /// A definition of the answer.
  struct Entry {
    var head: Expression
    var body: Expression
    /// The letter that numbers the entries of an array: `t` of `returns[t] = ...`.
    var entry: Name?
    /// What the definition of a known name says of a new one: `s = \log\sigma` of `\sigma = e^s`.
    var solution: (name: Expression, value: Expression)?
  }

  init(vocabulary: Vocabulary, runsBackwards: Bool) {
    self.vocabulary = vocabulary
    self.runsBackwards = runsBackwards
  }

  /// Adds the definition that a chain makes, if it makes one.
  mutating func add(_ chain: Chain) {
    addLaws(beside: chain)
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
    if case .element(let array, let indices) = first.node {
      return addEntries(of: array, indices, last, isWhole: chain.conditions.isEmpty)
    }
    if first.isBoundary || first.isStep(last) { return }
    stated.formUnion(CaseCondition.equation(first, last, vocabulary: vocabulary))
    if case .name(let name) = first.node, vocabulary.knows(name) {
      if case .number = last.node { return }
      if isOutputOfNetwork(last) { return }
      if case .name(let other) = last.node, vocabulary.field != .episodicMDP {
        // `\sigma = s` says nothing new, `std = logvar` does.
        guard vocabulary.fixes(other), vocabulary.variable(named: other) != nil else { return }
      }
      // `\sigma = e^s` says what s is.
      if let solution = last.solved(for: first), case .name(let letter) = solution.name.node,
        letter.key != name.key, !vocabulary.fixes(letter)
      {
        list.append(Entry(head: first, body: last, solution: solution))
        return
      }
    }
    if first.headName == nil, isMadeOfKnownNames(first), let solution = last.solved(for: first),
      case .name(let letter) = solution.name.node, !vocabulary.fixes(letter)
    {
      // `\log\sigma = s`.
      list.append(Entry(head: solution.name, body: solution.value))
      return
    }
    if chain.links.count == 1, chain.links[0].relation == .define, case .name = last.node {
      guard case .name = first.node else {
        // `A =: a` defines the name on the right.
        list.append(Entry(head: last, body: first))
        return
      }
    }
    list.append(
      Entry(head: first, body: last.runningReturn(of: first, isBackwards: runsBackwards)))
  }

  /// Adds the laws that stand beside a chain: `z = \mu + \sigma\epsilon, \epsilon \sim N(0, 1)`.
  mutating func addLaws(beside chain: Chain) {
    for condition in chain.conditions { addLaw(condition) }
  }

  /// Adds what the entries of an array are, `returns[t] = ...`; nothing can be said of an array that is filled in
  /// another way.
  private mutating func addEntries(
    of array: Expression, _ indices: [Expression], _ value: Expression, isWhole: Bool
  ) {
    guard case .name(let name) = array.withoutGroups.node else { return }
    if vocabulary.field == .episodicMDP, isWhole, indices.count == 1,
      case .name(let letter) = indices[0].node, !value.uses(name)
    {
      list.append(Entry(head: array, body: value, entry: letter))
      return
    }
    let reason = "the array '\(name)' is not filled in one way at every step"
    list.append(Entry(head: array, body: Expression(.unread(reason), value.range)))
  }

  /// Whether a value is what a network that is not known gives.
  ///
  /// In `logvar = fc(h)` the known name is a parameter still.
  private func isOutputOfNetwork(_ value: Expression) -> Bool {
    guard vocabulary.field == .gaussian, !value.hasNoise else { return false }
    var isApplied = false
    var isKnown = false
    value.walk { inner in
      switch inner.node {
      case .apply(let name, _):
        let isOwn = list.contains { $0.head.headName?.stemKey == name.stemKey }
        if isOwn || vocabulary.knows(name) || ["N", "Normal", "p", "q"].contains(name.base) {
          isKnown = true
        }
        isApplied = true
      case .name(let name):
        isKnown = isKnown || vocabulary.fixes(name) && !vocabulary.isFunction(name)
      case .expectation, .reduction, .derivative: isKnown = true
      default: break
      }
    }
    return isApplied && !isKnown
  }

  /// Whether all names in an expression are known and keep their meaning, and there is one.
  private func isMadeOfKnownNames(_ expression: Expression) -> Bool {
    var names: [Name] = []
    expression.walk { inner in
      switch inner.node {
      case .name(let name), .apply(let name, _): names.append(name)
      default: break
      }
    }
    return !names.isEmpty && names.allSatisfy(vocabulary.fixes)
  }

  /// The definitions, those that others need before them.
  var definitions: Definitions {
    let list = self.list.map(resolved)
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
      if let letter = list[index].entry, let name = list[index].head.headName {
        definitions.define(name, entry: letter, as: list[index].body)
      } else {
        _ = definitions.define(list[index].head, as: list[index].body)
      }
    }
    for index in list.indices { place(index) }
    return definitions
  }
}

extension Name {
  /// The letters with accents and primes.
  var stemKey: String { accents.joined() + base + "\(primes)" }
}

extension Expression {
  /// The name that a definition of this left side defines.
  var headName: Name? {
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

  func uses(_ name: Name) -> Bool {
    contains { inner in
      switch inner.node {
      case .name(let own), .apply(let own, _): own.stemKey == name.stemKey
      default: false
      }
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
