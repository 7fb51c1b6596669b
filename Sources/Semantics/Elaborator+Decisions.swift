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
    switch name.base {
    case "pi": return try policy(all, groups, at: range)
    case "p" where all.count == 1 && isTrajectoryArgument(all[0]):
      return Quantity(try trajectories(at: range).probability)
    case "R" where all.count == 1 && isTrajectoryArgument(all[0]),
      "G" where all.count == 1 && isTrajectoryArgument(all[0]),
      "r" where all.count == 1 && isTrajectoryArgument(all[0]):
      let trajectories = try trajectories(at: range)
      return Quantity(trajectories.at(0, trajectories.returns, in: &builder))
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

  // MARK: - Expectations

  /// Returns an expectation over states and actions, or of what follows a state and an action.
  mutating func expectDecisions(
    _ expectation: Expectation, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions else {
      throw Misunderstanding(.outOfReach, "there is no process", at: range)
    }
    if case .name(let name) = expectation.body.node, name.description == "T",
      expectation.given.isEmpty
    {
      return Quantity(process.averageLength)
    }
    if !expectation.given.isEmpty { return try conditional(expectation, at: range) }
    if isOverTrajectories(expectation) {
      return try overTrajectories(expectation.body, weighted: true, at: range)
    }
    // The state is drawn first, the action then from the policy in that state.
    var state: (name: String, weight: NodeID)?
    var action: String?
    for measure in expectation.measures {
      guard case .relation(.distributed, let variable, let source) = measure.node,
        case .name(let name) = variable.node
      else {
        if case .name(let law) = measure.node,
          law.base == "pi" || law.base == "mu" || law.base == "d"
        {
          continue
        }
        throw Misunderstanding(
          .outOfReach, "what the expectation is taken over is not known", at: measure.range)
      }
      switch DecisionNames.kind(of: name) {
      case .state: state = (name.description, try stateLaw(source, at: measure.range))
      case .action: action = name.description
      default:
        throw Misunderstanding(
          .outOfReach, "what the expectation is taken over is not known", at: measure.range)
      }
    }
    let free = expectation.body.freeDecisionNames(bound: Set(bindings.map(\.name)))
    let stateNames = Set(free.states.filter { freeMembers[$0] == nil })
    let actionNames = Set(free.actions)
    let axis = openAxis(count: builder.count(of: process.state))
    defer { closeAxis() }
    let actionAxis = openAxis(count: builder.count(of: process.action))
    defer { closeAxis() }
    var bound: [Binding] = []
    for name in stateNames.union(state.map { [$0.name] } ?? []).sorted() {
      bound.append(Binding(name: name, meaning: .member(axis, .state)))
    }
    let drawsState = !bound.isEmpty
    for name in actionNames.union(action.map { [$0] } ?? []).sorted() {
      bound.append(Binding(name: name, meaning: .member(actionAxis, .action)))
    }
    let drawsAction = !actionNames.isEmpty || action != nil
    let stateAxis = drawsState ? axis : freeMembers.values.first { $0.kind == .state }?.axis ?? axis
    bound += returns(at: stateAxis, actionAxis)
    var value = try withBindings(bound) { elaborator throws(Misunderstanding) in
      try elaborator.number(expectation.body)
    }
    if drawsAction {
      let policy = process.placed(
        process.policy, [process.state: stateAxis, process.action: actionAxis], in: &builder)
      value = builder.reduce(
        .sum, builder.binary(.multiply, value, policy), over: actionAxis)
    }
    if drawsState {
      let weight = process.placed(
        state?.weight ?? process.onPolicy, [process.state: axis], in: &builder)
      value = builder.reduce(.sum, builder.binary(.multiply, value, weight), over: axis)
    }
    return Quantity(value)
  }

  /// The return behind a state and an action stands for its expectation, the action value; it enters linearly.
  private mutating func returns(at state: Axis, _ action: Axis) -> [Binding] {
    guard let process = world.decisions else { return [] }
    let value = process.placed(
      process.actionValue, [process.state: state, process.action: action], in: &builder)
    return ["G_t", "G"].map { Binding(name: $0, meaning: .value(Quantity(value))) }
  }

  /// Returns the law of a state below an expectation sign: `\mu`, `d^\pi`, `d_0`, `\eta`.
  private mutating func stateLaw(
    _ source: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    guard let process = world.decisions else { return builder.constant(1) }
    let name: Name
    switch source.node {
    case .name(let plain): name = plain
    case .apply(let head, _): name = head
    case .binary(.power, let base, _):
      return try stateLaw(base, at: range)
    default:
      throw Misunderstanding(.outOfReach, "the law of the state is not known", at: range)
    }
    switch name.base {
    case "d" where name.indexTokens.contains { $0.text == "0" }: return process.start
    case "mu", "d", "rho": return process.onPolicy
    case "eta": return process.visits
    case "pi": return process.onPolicy
    default:
      throw Misunderstanding(.outOfReach, "the law of the state is not known", at: range)
    }
  }

  /// Returns `E[... | S_t = s, A_t = a]` of returns, rewards and values behind.
  private mutating func conditional(
    _ expectation: Expectation, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let process = world.decisions else {
      throw Misunderstanding(.outOfReach, "there is no process", at: range)
    }
    var state: Expression?
    var action: Expression?
    for given in expectation.given {
      guard case .relation(.equal, let variable, let value) = given.node,
        case .name(let name) = variable.node
      else { continue }
      if name.base.lowercased() == "s" { state = value }
      if name.base.lowercased() == "a" { action = value }
    }
    guard let state, case .name(let body) = expectation.body.node, body.base == "G" else {
      throw Misunderstanding(
        .outOfReach, "this conditional expectation is not evaluated", at: range)
    }
    if let action {
      return try table(
        process.actionValue, over: [process.state, process.action], at: [state, action],
        range: range)
    }
    return try table(process.value, over: [process.state], at: [state], range: range)
  }
}

extension Expression {
  /// Whether the expression is the name of an action.
  fileprivate var isActionName: Bool {
    if case .name(let name) = node { return ["a", "A", "u"].contains(name.base) }
    return false
  }

  /// The states and actions inside that nothing binds.
  fileprivate func freeDecisionNames(
    bound: Set<String>
  ) -> (states: Set<String>, actions: Set<String>) {
    var states: Set<String> = []
    var actions: Set<String> = []
    func visit(_ expression: Expression, _ bound: Set<String>) {
      switch expression.node {
      case .apply(_, let arguments):
        for argument in arguments.groups.joined() {
          guard case .name(let name) = argument.node, !bound.contains(name.description),
            !DecisionNames.start.contains(name.description)
          else {
            visit(argument, bound)
            continue
          }
          switch DecisionNames.kind(of: name) {
          case .state: states.insert(name.description)
          case .action: actions.insert(name.description)
          default: break
          }
        }
      case .reduction(let reduction):
        visit(reduction.body, bound.union(reduction.variables.map(\.description)))
      default:
        for child in expression.children { visit(child, bound) }
      }
    }
    visit(self, bound)
    return (states, actions)
  }
}
