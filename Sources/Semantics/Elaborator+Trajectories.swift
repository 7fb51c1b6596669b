internal import Compute
internal import Notation

extension Elaborator {
  /// The trajectories of the world, or the reason why there are none.
  func trajectories(at range: SourceRange) throws(Misunderstanding) -> TrajectoryNodes {
    guard let trajectories = world.trajectories else {
      throw Misunderstanding(
        .outOfReach, "trajectories are listed for a bounded horizon alone", at: range)
    }
    return trajectories
  }

  /// Whether a name stands for a whole trajectory.
  func isTrajectory(_ name: Name) -> Bool { name.base == "tau" && name.subscripts.isEmpty }

  /// Sums over all trajectories.
  mutating func overTrajectories(
    _ body: Expression, weighted: Bool, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let trajectories = try trajectories(at: range)
    let saved = isInTrajectory
    isInTrajectory = true
    defer { isInTrajectory = saved }
    var value = try number(body)
    if weighted { value = builder.binary(.multiply, value, trajectories.probability) }
    return Quantity(builder.reduce(.sum, value, over: trajectories.trajectory))
  }

  /// Whether an expectation is over trajectories: a sum over time stands under it.
  func isOverTrajectories(_ expectation: Expectation) -> Bool {
    for measure in expectation.measures {
      switch measure.node {
      case .name(let name) where isTrajectory(name): return true
      case .relation(.distributed, let variable, _):
        if case .name(let name) = variable.node, isTrajectory(name) { return true }
      default: break
      }
    }
    return isOfWholeTrajectory(expectation.body)
  }

  /// Whether an expression is of several steps of a trajectory: a sum over time, or what the whole of it gives.
  func isOfWholeTrajectory(_ body: Expression) -> Bool {
    body.contains { expression in
      switch expression.node {
      case .name(let name): return isTrajectory(name)
      case .reduction(let reduction):
        guard reduction.kind == .sum, let variable = reduction.variables.first else { return false }
        return reduction.body.isIndexed(by: variable.description)
      default: return false
      }
    }
  }

  /// Returns a name of a trajectory: `r_{t+1}`, `G_t`; `nil` if it is none.
  mutating func trajectoryValue(
    of name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard isInTrajectory, let trajectories = world.trajectories else { return nil }
    let node: NodeID
    switch name.base {
    case "r", "R": node = trajectories.reward
    case "G": node = trajectories.returns
    case "T" where name.subscripts.isEmpty: return Quantity(trajectories.length)
    default: return nil
    }
    guard let index = name.subscripts.first, name.subscripts.count == 1 else { return nil }
    guard let (axis, shift) = try moment(index) else { return nil }
    guard let axis else {
      return Quantity(trajectories.at(max(0, shift), node, in: &builder))
    }
    // The reward of step t is written r_t or R_{t+1}; a return with t + 1 is the next one.
    let steps = name.base == "G" ? shift : 0
    let moved = steps == 0 ? node : trajectories.shifted(node, by: steps, in: &builder)
    return Quantity(laid(moved, along: axis, of: trajectories))
  }

  /// Lays a node over the times along an axis that numbers steps; after the last time all is as there.
  private mutating func laid(
    _ node: NodeID, along axis: Axis, of trajectories: TrajectoryNodes
  ) -> NodeID {
    let count = builder.count(of: axis)
    let last = builder.count(of: trajectories.time) - 1
    if count == last + 1 { return builder.rename(node, from: trajectories.time, to: axis) }
    return builder.gather(
      node, axes: [trajectories.time], indices: [(0..<count).map { min($0, last) }],
      along: [axis])
  }

  /// Returns the time that an index names: an axis with a shift, or a fixed number.
  private mutating func moment(
    _ index: Expression
  ) throws(Misunderstanding) -> (axis: Axis?, shift: Int)? {
    switch index.node {
    case .group(_, let inner): return try moment(inner)
    case .number(let value, _): return Int(exactly: value).map { (nil, $0) }
    case .name(let name):
      guard let binding = bindings.last(where: { $0.name == name.description }),
        case .member(let axis, let kind) = binding.meaning, kind == .time || kind == .step
      else { return nil }
      return (axis, 0)
    case .binary(let operation, let left, let right)
    where operation == .add || operation == .subtract:
      guard let (axis, shift) = try moment(left), let number = right.wholeNumber else { return nil }
      return (axis, operation == .add ? shift + number : shift - number)
    default: return nil
    }
  }

  /// Returns the time at which a trajectory has a state, an action or a reward; `nil` if an expression is none.
  mutating func visit(
    _ expression: Expression
  ) throws(Misunderstanding) -> (axis: Axis?, shift: Int)? {
    guard isInTrajectory, case .name(let name) = expression.node,
      let index = name.subscripts.first, DecisionNames.isOfStepOrReward(name)
    else { return nil }
    return try moment(index)
  }

  /// Returns a table of the process at the states and actions that are visited: `\pi(a_t \mid s_t)`, `q(s_t, a)`.
  ///
  /// `nil` if no argument is of a trajectory.
  mutating func visited(
    _ node: NodeID, over axes: [Axis], at arguments: [Expression], range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard isInTrajectory, let trajectories = world.trajectories, axes.count == arguments.count
    else { return nil }
    var visits: [(place: Int, time: Axis?, shift: Int)] = []
    for (place, argument) in arguments.enumerated() {
      if let moment = try visit(argument) { visits.append((place, moment.axis, moment.shift)) }
    }
    guard let first = visits.min(by: { $0.shift < $1.shift }) else { return nil }
    try checkKinds(of: visits.map { (arguments[$0.place], axes[$0.place]) })
    // A successor or a reward belongs to the step before it.
    let fits = visits.allSatisfy { visit in
      guard visit.time == first.time else { return false }
      let axis = axes[visit.place]
      if axis == trajectories.process.reward { return visit.shift - first.shift <= 1 }
      let isLater = axis == trajectories.process.successor && axes.count > 1
      return visit.shift == first.shift + (isLater ? 1 : 0)
    }
    guard fits else {
      throw Misunderstanding(
        .outOfReach, "the times in the arguments do not belong together", at: range)
    }
    var value =
      visits.count == arguments.count
      ? trajectories.visited(node, in: &builder)
      : try visited(
        node, over: axes, at: arguments, visited: first.place, of: trajectories, range: range)
    guard let time = first.time else {
      return Quantity(trajectories.at(max(0, first.shift), value, in: &builder))
    }
    if first.shift != 0 { value = trajectories.shifted(value, by: first.shift, in: &builder) }
    return Quantity(laid(value, along: time, of: trajectories))
  }

  /// Returns a table at the states that are visited with any action, `q(S_t, a)`, over the times.
  mutating func visited(
    _ node: NodeID, over axes: [Axis], at arguments: [Expression], visited state: Int,
    of trajectories: TrajectoryNodes, range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    let process = trajectories.process
    guard axes.count == 2, axes[state] == process.state, axes[1 - state] == process.action,
      let action = try member(arguments[1 - state]), action.kind == .action
    else {
      throw Misunderstanding(
        .outOfReach, "a state or action of the episode stands beside another", at: range)
    }
    let placed = process.placed(node, [process.action: action.axis], in: &builder)
    let terms = builder.binary(.multiply, trajectories.isState, placed)
    return builder.reduce(.sum, terms, over: process.state)
  }

  /// Refuses states where a table takes actions, and the other way round: `v(a_t)`, `\pi(s_t \mid a_t)`.
  func checkKinds(of places: [(argument: Expression, axis: Axis)]) throws(Misunderstanding) {
    guard let process = world.decisions else { return }
    for (argument, axis) in places {
      guard case .name(let name) = argument.node else { continue }
      let kind: MemberKind =
        axis == process.action ? .action : axis == process.reward ? .reward : .state
      guard DecisionNames.kind(of: name) == kind else {
        throw Misunderstanding(
          .nonsense, "'\(argument.latex)' stands where another kind of variable belongs",
          at: argument.range)
      }
    }
  }

  /// Sums over the steps of a trajectory; `nil` if the variable numbers no steps.
  mutating func overTime(
    _ reduction: Reduction, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard isInTrajectory, let trajectories = world.trajectories, reduction.kind == .sum,
      reduction.body.isIndexed(by: variable.description)
        || DecisionNames.kind(of: variable) == .step
    else { return nil }
    let axis = openAxis(count: builder.count(of: trajectories.time))
    defer { closeAxis() }
    let binding = Binding(name: variable.description, meaning: .member(axis, .time))
    let body = reduction.body
    var terms = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.number(body)
    }
    if let first = reduction.lower.flatMap(LinearIndex.init)?.number, first != 0,
      reduction.body.hasPowerOfStep
    {
      throw Misunderstanding(
        .outOfReach, "whether the first step has the number 0 or \(first) is not said", at: range)
    }
    let active = builder.rename(trajectories.isActive, from: trajectories.time, to: axis)
    terms = builder.binary(.multiply, terms, active)
    if let lower = reduction.lower, let (from, shift) = try moment(lower), let from {
      terms = masked(terms, axis, from) { $0 >= $1 + shift }
    }
    if let upper = reduction.upper, let (to, shift) = try moment(upper), let to {
      terms = masked(terms, axis, to) { $0 <= $1 + shift }
    }
    if case .relation(let relation, _, let right)? = reduction.condition?.node,
      let (from, shift) = try moment(right), let from
    {
      switch relation {
      case .greaterOrEqual: terms = masked(terms, axis, from) { $0 >= $1 + shift }
      case .greater: terms = masked(terms, axis, from) { $0 > $1 + shift }
      case .lessOrEqual: terms = masked(terms, axis, from) { $0 <= $1 + shift }
      case .less: terms = masked(terms, axis, from) { $0 < $1 + shift }
      default:
        throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
      }
    }
    return Quantity(builder.reduce(.sum, terms, over: axis))
  }

  /// Keeps the terms at pairs of times that a condition allows.
  private mutating func masked(
    _ terms: NodeID, _ first: Axis, _ second: Axis, _ isKept: (Int, Int) -> Bool
  ) -> NodeID {
    var mask: [Double] = []
    for one in 0..<builder.count(of: first) {
      for other in 0..<builder.count(of: second) { mask.append(isKept(one, other) ? 1 : 0) }
    }
    return builder.binary(.multiply, terms, builder.table(mask, axes: [first, second]))
  }
}

extension Expression {
  /// The whole number that the expression is.
  fileprivate var wholeNumber: Int? {
    if case .number(let value, _) = node { return Int(exactly: value) }
    return nil
  }

  /// Whether powers inside depend on the number of the first step: `\gamma^t`, but not `\gamma^{k-t}`.
  fileprivate var hasPowerOfStep: Bool {
    contains { expression in
      guard case .binary(.power, _, let exponent) = expression.node, exponent.wholeNumber == nil
      else { return false }
      guard let index = LinearIndex(exponent) else { return true }
      return index.terms.reduce(0) { $0 + $1.coefficient } != 0
    }
  }

  /// Whether a letter numbers states, actions, rewards or returns inside: `s_t`, `r_{t+1}`.
  func isIndexed(by letter: String) -> Bool {
    contains { expression in
      let name: Name
      switch expression.node {
      case .name(let plain): name = plain
      case .apply(let head, _): name = head
      default: return false
      }
      guard DecisionNames.timed.contains(name.base) else { return false }
      return name.subscripts.contains { $0.mentions(letter) }
    }
  }
}
