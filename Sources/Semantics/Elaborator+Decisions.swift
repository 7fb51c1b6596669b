internal import Compute
internal import Notation

extension Elaborator {
  /// Whether a gradient is by the parameters of the policy.
  func isPolicyParameter(_ variable: Expression?) -> Bool {
    guard let variable else { return true }
    if case .name(let name) = variable.node { return DecisionNames.parameters.contains(name.base) }
    return false
  }

  /// Returns a name of a decision process that stands without arguments.
  mutating func decisionValue(
    of name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let process = world.decisions else { return nil }
    if let value = try episodeValue(of: name, at: range) { return value }
    if let value = try trajectoryValue(of: name, at: range) { return value }
    if !pendingArguments.isEmpty, vocabulary.names.functions.contains(name.base) {
      let arguments = pendingArguments
      pendingArguments = []
      // A function of the state alone takes only the state: `A_\pi = q_\pi - v_\pi`.
      if !["q", "Q", "A", "pi", "r", "R", "p", "P", "Pr"].contains(name.base),
        let state = arguments.first
      {
        defer { pendingArguments = arguments }
        return try apply(name, Arguments(groups: [[state]]), at: range)
      }
      defer { pendingArguments = arguments }
      return try apply(name, Arguments(groups: [arguments]), at: range)
    }
    if name.base == "gamma", name.subscripts.isEmpty { return Quantity(process.discount) }
    if DecisionNames.objective.contains(name.base) { return Quantity(process.objective) }
    return nil
  }

  /// Returns a function of a decision process at its arguments, or `nil` if the name is none.
  mutating func decisionFunction(
    _ name: Name, _ arguments: Arguments, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let process = world.decisions else { return nil }
    let groups = arguments.groups.map { group in group.filter { !isParameter($0) } }
    let all = Array(groups.joined())
    if let law = statedLaws[name.base], all.count == 1,
      !name.indexTokens.contains(where: { $0.text == "0" })
    {
      return try table(node(of: law), over: [process.state], at: all, range: range)
    }
    switch name.base {
    case "pi": return try policy(all, groups, at: range)
    case "p" where all.count == 1 && isTrajectoryArgument(all[0]),
      "P" where all.count == 1 && isTrajectoryArgument(all[0]),
      "Pr" where all.count == 1 && isTrajectoryArgument(all[0]):
      return Quantity(try trajectories(at: range).probability)
    case "R" where all.count == 1 && isTrajectoryArgument(all[0]),
      "G" where all.count == 1 && isTrajectoryArgument(all[0]),
      "r" where all.count == 1 && isTrajectoryArgument(all[0]):
      let trajectories = try trajectories(at: range)
      return Quantity(trajectories.at(0, trajectories.returns, in: &builder))
    case "p" where all.first?.isEquation ?? false, "P" where all.first?.isEquation ?? false:
      return try reach(all, at: range)
    case "p", "P", "T": return try dynamics(groups, at: range)
    case "Pr": return try reach(all, at: range)
    case "rho" where all.count >= 2: return try reach(all, at: range)
    case "d" where all.count >= 2: return try reach(all, at: range)
    case "J": return Quantity(process.objective)
    case "h" where reading != nil:
      return try table(
        process.preference, over: [process.state, process.action], at: all, range: range)
    case "v", "V": return try table(process.value, over: [process.state], at: all, range: range)
    case "q", "Q":
      return try table(
        process.actionValue, over: [process.state, process.action], at: all, range: range)
    case "A":
      return try table(
        process.advantage, over: [process.state, process.action], at: all, range: range)
    case "eta":
      return try table(process.visits, over: [process.state], at: all, range: range)
    case "mu":
      return try table(process.onPolicy, over: [process.state], at: all, range: range)
    case "rho":
      return try table(
        readsDistributionsAsVisits ? process.visits : process.onPolicy, over: [process.state],
        at: all, range: range)
    case "d":
      if name.indexTokens.contains(where: { $0.text == "0" }) {
        return try table(process.start, over: [process.state], at: all, range: range)
      }
      if name.indexTokens.contains(where: { $0.text == "gamma" }) {
        return try table(
          process.discountedOnPolicy, over: [process.state], at: all, range: range)
      }
      return try table(
        readsDistributionsAsVisits ? process.visits : process.onPolicy, over: [process.state],
        at: all, range: range)
    case "r", "R":
      if all.count == 2 {
        return try table(
          process.expectedReward, over: [process.state, process.action], at: all, range: range)
      }
      return try table(
        process.expectedRewardOnTransition,
        over: [process.state, process.action, process.successor], at: all, range: range)
    case "b":
      return try baseline(groups, at: range)
    default: return nil
    }
  }

  /// Returns a law of states over the states.
  private mutating func node(of law: StateLaw) -> NodeID {
    guard let process = world.decisions else { return builder.constant(1) }
    switch law {
    case .start: return process.start
    case .discounted: return process.discountedOnPolicy
    case .uniform:
      let count = builder.count(of: process.state)
      return builder.table(
        [Double](repeating: 1 / Double(count), count: count), axes: [process.state])
    }
  }

  /// Returns `b(s)`, an arbitrary function of what it is taken of.
  private mutating func baseline(
    _ groups: [[Expression]], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let process = world.decisions, let ofState = world.baseline,
      let ofBoth = world.actionBaseline
    else { return nil }
    guard groups.count == 1 else {
      throw Misunderstanding(
        .outOfReach, "another policy than the one that is followed has no value here", at: range)
    }
    let arguments = groups[0]
    let isOfAction = arguments.map { kind(of: $0) == .action }
    switch isOfAction {
    case [true]:
      let ofAction = builder.reduce(.sum, ofBoth, over: process.state)
      return try table(ofAction, over: [process.action], at: arguments, range: range)
    case [false, true], [true, false]:
      let pair = isOfAction[0] ? [arguments[1], arguments[0]] : arguments
      return try table(
        ofBoth, over: [process.state, process.action], at: pair, range: range)
    default: return try table(ofState, over: [process.state], at: arguments, range: range)
    }
  }

  /// What an argument runs over: as it is bound, or else by its letter.
  private func kind(of argument: Expression) -> MemberKind? {
    guard case .name(let name) = argument.node else { return nil }
    if let binding = bindings.last(where: { $0.name == name.description }),
      case .member(_, let kind) = binding.meaning
    {
      return kind
    }
    return DecisionNames.kind(of: name)
  }

  /// Whether an argument only names parameters or the policy: `\pi(a \mid s, \theta)`, `Pr(s \to x, k, \pi)`.
  private func isParameter(_ expression: Expression) -> Bool {
    guard case .name(let name) = expression.node else { return false }
    return DecisionNames.parameters.contains(name.base) || name.base == "pi"
  }

  private func isTrajectoryArgument(_ expression: Expression) -> Bool {
    if case .name(let name) = expression.node { return isTrajectory(name) }
    return false
  }

  /// Returns `\pi(a \mid s)`, or `\pi(s, a)` as some write it.
  private mutating func policy(
    _ all: [Expression], _ groups: [[Expression]], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions, all.count == 2 else {
      throw Misunderstanding(.nonsense, "a policy takes an action and a state", at: range)
    }
    let first = try member(all[0])
    let isStateFirst = groups.count == 1 && first?.kind != .action && !all[0].isActionName
    let arguments = isStateFirst ? all : [all[1], all[0]]
    let axes = [process.state, process.action]
    var value = try table(process.policy, over: axes, at: arguments, range: range)
    value.logarithm = try table(process.logPolicy, over: axes, at: arguments, range: range).node
    return value
  }

  /// Returns `p(s', r \mid s, a)`, `p(s' \mid s, a)` or `p(r \mid s, a)`.
  private mutating func dynamics(
    _ groups: [[Expression]], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions, groups.count == 2, groups[1].count == 2 else {
      throw Misunderstanding(
        .outOfReach, "the dynamics take a successor given a state and an action", at: range)
    }
    let given = groups[1]
    if groups[0].count == 2 {
      return try table(
        process.dynamics,
        over: [process.state, process.action, process.successor, process.reward],
        at: given + groups[0], range: range)
    }
    let isReward =
      try groups[0].first.flatMap { argument throws(Misunderstanding) in
        try member(argument)
      }?.kind == .reward
    if isReward {
      return try table(
        process.rewardProbability, over: [process.state, process.action, process.reward],
        at: given + groups[0], range: range)
    }
    return try table(
      process.transition, over: [process.state, process.action, process.successor],
      at: given + groups[0], range: range)
  }

  /// Returns `\Pr(s \to x, k, \pi)`: the probability of being in x after k steps from s.
  private mutating func reach(
    _ arguments: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions else {
      throw Misunderstanding(.outOfReach, "there is no process", at: range)
    }
    guard !arguments.isEmpty else {
      throw Misunderstanding(.nonsense, "a probability has an event", at: range)
    }
    var entries = arguments
    if case .relation(.arrow, let from, let to) = entries[0].node {
      entries.replaceSubrange(0..<1, with: [from, to])
    }
    if case .relation(.equal, let moment, let state) = entries[0].node,
      case .name(let name) = moment.node, let step = name.subscripts.first
    {
      // `Pr(s_t = s | s_0)`; without a condition the process starts where it does.
      let start =
        entries.count > 1
        ? entries[1]
        : Expression(
          .name(Name("s", subscripts: [Expression(.number(0, digits: 0), range)])), range)
      entries = [start, state, step]
    }
    guard entries.count == 3 else {
      throw Misunderstanding(
        .outOfReach, "the probability of reaching a state takes two states and a number of steps",
        at: range)
    }
    let states = Array(entries.prefix(2))
    if let step = try member(entries[2]), step.kind == .step {
      let node = process.reachTable(in: &builder)
      var value = try table(
        node, over: [process.state, process.next], at: states, range: range)
      value.node = builder.rename(value.node, from: process.step, to: step.axis)
      return value
    }
    let steps = try wholeNumber(entries[2])
    guard (0...64).contains(steps) else {
      throw Misunderstanding(.outOfReach, "the number of steps is out of range", at: range)
    }
    let node = process.reach(after: steps, in: &builder)
    return try table(node, over: [process.state, process.next], at: states, range: range)
  }
}

extension Expression {
  /// Whether the expression is the name of an action.
  fileprivate var isActionName: Bool {
    if case .name(let name) = node { return DecisionNames.actions.contains(name.base) }
    return false
  }

  /// Whether the expression says what a state is: `S_t = s`.
  fileprivate var isEquation: Bool {
    if case .relation(.equal, _, _) = node { return true }
    return false
  }
}
