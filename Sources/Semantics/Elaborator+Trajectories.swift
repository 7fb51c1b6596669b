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
    return expectation.body.contains { expression in
      guard case .reduction(let reduction) = expression.node, reduction.kind == .sum,
        let variable = reduction.variables.first
      else { return false }
      return reduction.body.isIndexed(by: variable.description)
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
    return Quantity(builder.rename(moved, from: trajectories.time, to: axis))
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
        case .member(let axis, .time) = binding.meaning
      else { return nil }
      return (axis, 0)
    case .binary(let operation, let left, let right)
    where operation == .add || operation == .subtract:
      guard let (axis, shift) = try moment(left), let number = right.wholeNumber else { return nil }
      return (axis, operation == .add ? shift + number : shift - number)
    default: return nil
    }
  }

  /// Returns a table of the process at the states and actions that are visited: `\pi(a_t \mid s_t)`.
  ///
  /// `nil` if the arguments are not of a trajectory.
  mutating func visited(
    _ node: NodeID, at arguments: [Expression]
  ) throws(Misunderstanding) -> Quantity? {
    guard isInTrajectory, let trajectories = world.trajectories else { return nil }
    var time: Axis?
    var shift: Int?
    for argument in arguments {
      guard case .name(let name) = argument.node, let index = name.subscripts.first,
        ["s", "S", "a", "A", "r", "R"].contains(name.base), let moment = try moment(index)
      else { return nil }
      // A successor or a reward belongs to the step before it.
      if shift == nil || moment.shift < shift ?? 0 { shift = moment.shift }
      time = moment.axis
    }
    guard let time, let shift else { return nil }
    var value = trajectories.visited(node, in: &builder)
    if shift != 0 { value = trajectories.shifted(value, by: shift, in: &builder) }
    return Quantity(builder.rename(value, from: trajectories.time, to: time))
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
    let count = builder.count(of: first)
    var mask: [Double] = []
    for one in 0..<count { for other in 0..<count { mask.append(isKept(one, other) ? 1 : 0) } }
    return builder.binary(.multiply, terms, builder.table(mask, axes: [first, second]))
  }
}

extension Expression {
  /// The whole number that the expression is.
  fileprivate var wholeNumber: Int? {
    if case .number(let value, _) = node { return Int(exactly: value) }
    return nil
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
      guard ["s", "S", "a", "A", "r", "R", "G"].contains(name.base) else { return false }
      return name.subscripts.contains { $0.mentions(letter) }
    }
  }
}
