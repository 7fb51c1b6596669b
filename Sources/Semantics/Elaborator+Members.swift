internal import Compute
internal import Notation

extension Elaborator {
  /// What an argument of a function of a decision process is: a variable along an axis.
  typealias Member = (axis: Axis, kind: MemberKind)

  /// Returns the variable of a decision process that an expression names, or `nil`.
  mutating func member(_ expression: Expression) throws(Misunderstanding) -> Member? {
    guard let process = world.decisions else { return nil }
    switch expression.node {
    case .group(_, let inner): return try member(inner)
    case .name(let name):
      let key = name.description
      if let binding = bindings.last(where: { $0.name == key }) {
        if case .member(let axis, let kind) = binding.meaning { return (axis, kind) }
        return nil
      }
      if let free = freeMembers[key] { return free }
      guard let kind = DecisionNames.kind(of: name) else { return nil }
      let taken = Set(freeMembers.values.map(\.axis))
      switch kind {
      case .state, .successor:
        guard let axis = [process.state, process.next].first(where: { !taken.contains($0) })
        else { return nil }
        freeMembers[key] = (axis, .state)
        return (axis, .state)
      case .action:
        guard !taken.contains(process.action) else { return nil }
        freeMembers[key] = (process.action, .action)
        return (process.action, .action)
      case .reward, .step, .time: return nil
      }
    default: return nil
    }
  }

  /// Returns the number of states or actions, `|\mathcal S|`; `nil` if an expression is not the set of these.
  mutating func memberCount(_ set: Expression) -> Quantity? {
    guard let process = world.decisions, case .name(let name) = set.withoutGroups.node,
      name.subscripts.isEmpty, definition(of: name) == nil,
      !bindings.contains(where: { $0.name == name.description })
    else { return nil }
    switch name.base {
    case "S", "X": return Quantity(builder.constant(Double(builder.count(of: process.state))))
    case "A", "U": return Quantity(builder.constant(Double(builder.count(of: process.action))))
    default: return nil
    }
  }

  /// Whether an expression is the start state.
  func isStart(_ expression: Expression) -> Bool {
    if case .name(let name) = expression.node {
      return DecisionNames.start.contains(name.description)
        && !bindings.contains { $0.name == name.description }
    }
    return false
  }

  /// Returns a table of the process at members: each axis of the table takes the place that an argument says.
  ///
  /// The start state is an average over the distribution of the first state.
  mutating func table(
    _ node: NodeID, over axes: [Axis], at arguments: [Expression], range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions, axes.count == arguments.count else {
      throw Misunderstanding(
        .nonsense, "a function of the process has the wrong number of arguments", at: range)
    }
    if let value = try visitedInEpisode(node, over: axes, at: arguments, range: range) {
      return value
    }
    if let value = try visited(node, over: axes, at: arguments, range: range) { return value }
    var map: [Axis: Axis] = [:]
    var result = node
    for (axis, argument) in zip(axes, arguments) {
      if isStart(argument) {
        let place = openAxis(count: builder.count(of: axis))
        defer { closeAxis() }
        let start = process.placed(process.start, [process.state: place], in: &builder)
        let moved = process.placed(result, [axis: place], in: &builder)
        let weighted = builder.binary(.multiply, moved, start)
        result = builder.reduce(.sum, weighted, over: place)
        continue
      }
      guard let member = try member(argument) else {
        throw Misunderstanding(
          .nonsense, "'\(argument.latex)' is no state or action here", at: argument.range)
      }
      let isState = axis == process.state || axis == process.next || axis == process.successor
      guard isState == (member.kind == .state || member.kind == .successor),
        (axis == process.action) == (member.kind == .action)
      else {
        throw Misunderstanding(
          .nonsense, "'\(argument.latex)' stands where another kind of variable belongs",
          at: argument.range)
      }
      map[axis] = member.axis
    }
    return Quantity(process.placed(result, map, in: &builder))
  }

  /// The number that a variable is: a reward's value, or the number of steps.
  mutating func memberNumber(along axis: Axis, _ kind: MemberKind) -> Quantity {
    if kind == .reward, let process = world.decisions {
      return Quantity(builder.rename(process.rewards, from: process.reward, to: axis))
    }
    let first = kind == .step || kind == .time ? 0 : 1
    let numbers = (0..<builder.count(of: axis)).map { Double($0 + first) }
    return Quantity(builder.table(numbers, axes: [axis]))
  }

  // MARK: - Sums

  /// Sums over states, actions, rewards or numbers of steps; `nil` if the variable is none of these.
  mutating func overMembers(
    _ reduction: Reduction, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    if reduction.kind == .sum, isTrajectory(variable) {
      return try overTrajectories(reduction.body, weighted: false, at: range)
    }
    if let value = try overSteps(reduction, variable, at: range) { return value }
    if let value = try overTime(reduction, variable, at: range) { return value }
    guard let process = world.decisions,
      [.sum, .maximum, .minimum].contains(reduction.kind),
      let kind = memberKind(of: variable, in: reduction)
    else { return nil }
    if reduction.kind != .sum, kind != .state, kind != .action { return nil }
    let model: Axis
    switch kind {
    case .state: model = process.state
    case .successor: model = process.successor
    case .action: model = process.action
    case .reward: model = process.reward
    case .step: model = process.step
    case .time: return nil
    }
    let axis = openAxis(count: builder.count(of: model))
    defer { closeAxis() }
    let binding = Binding(name: variable.description, meaning: .member(axis, kind))
    let body = reduction.body
    let value = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.number(body)
    }
    var terms = value
    var least = reduction.lower
    if case .relation(.greaterOrEqual, _, let bound)? = reduction.condition?.node { least = bound }
    if kind == .step, let lower = least {
      let first = try wholeNumber(lower)
      guard first >= 0 else {
        throw Misunderstanding(.nonsense, "a number of steps is not negative", at: lower.range)
      }
      guard first == 0 || !reduction.body.hasExpectation(at: variable.description) else {
        throw Misunderstanding(
          .outOfReach, "whether the first step has the number 0 or \(first) is not said", at: range)
      }
      if first > 0 {
        let mask = (0..<builder.count(of: axis)).map { $0 < first ? 0.0 : 1 }
        terms = builder.binary(.multiply, terms, builder.table(mask, axes: [axis]))
      }
    }
    guard
      kind != .step || builder.axes(of: terms).contains(axis)
        || builder.constantValue(of: terms) == 0
    else {
      throw Misunderstanding(
        .outOfReach, "the terms of the sum are the same for all of infinitely many steps", at: range
      )
    }
    return Quantity(builder.reduce(operation(reduction.kind), terms, over: axis))
  }

  /// Integrates over states or actions; `nil` if the variable is neither.
  ///
  /// There is a finite number of them here: an identity of all processes holds with sums in place of integrals.
  mutating func integralOverMembers(
    _ reduction: Reduction, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard world.decisions != nil, !reduction.variables.isEmpty,
      reduction.variables.allSatisfy({ [.state, .action].contains(DecisionNames.kind(of: $0)) })
    else { return nil }
    return try reduce(
      Reduction(.sum, variables: reduction.variables, body: reduction.body), at: range)
  }

  /// Whether a bound of a sum over steps leaves none out: infinity, or the end of the episode.
  private func isEnd(_ bound: Expression?) -> Bool {
    guard let bound else { return false }
    if case .infinity = bound.node { return true }
    guard let index = LinearIndex(bound), let letter = index.letter, ["T", "H"].contains(letter),
      index.constant == 0 || index.constant == -1
    else { return false }
    return !bindings.contains { $0.name == letter } && !definitions.contains(Name(letter))
  }

  /// Returns what a variable runs over: how it is used decides, then its letter.
  private func memberKind(of variable: Name, in reduction: Reduction) -> MemberKind? {
    let key = variable.description
    var found: Set<MemberKind> = []
    collectKinds(of: key, in: reduction.body, into: &found)
    let isInfinite = isEnd(reduction.upper)
    if found.contains(.step), isInfinite || reduction.upper == nil { return .step }
    if found.contains(.successor) { return .successor }
    if found.count == 1, let only = found.first, only != .step { return only }
    if reduction.lower != nil || reduction.upper != nil { return isInfinite ? .step : nil }
    return DecisionNames.kind(of: variable)
  }

  private func collectKinds(
    of key: String, in expression: Expression, into found: inout Set<MemberKind>
  ) {
    if case .apply(let name, let arguments) = expression.node {
      let groups = arguments.groups
      func isIt(_ argument: Expression) -> Bool {
        if case .name(let inner) = argument.node { return inner.description == key }
        return false
      }
      switch name.stem {
      case "p", "P", "T":
        for argument in groups.first ?? [] where isIt(argument) {
          if case .name(let inner) = argument.node {
            found.insert(DecisionNames.kind(of: inner) == .reward ? .reward : .successor)
          }
        }
      case "Pr", "rho", "d":
        for (place, argument) in groups.joined().enumerated() where place > 0 && isIt(argument) {
          found.insert(.step)
        }
      default: break
      }
    }
    expression.forEachChild { collectKinds(of: key, in: $0, into: &found) }
  }
}

extension Expression {
  /// Whether there is an expectation of what a letter numbers: `E[q(S_t, A_t)]`.
  fileprivate func hasExpectation(at letter: String) -> Bool {
    contains { expression in
      guard case .expectation(let expectation) = expression.node else { return false }
      return expectation.body.isIndexed(by: letter)
    }
  }
}
