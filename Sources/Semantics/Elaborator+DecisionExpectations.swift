internal import Compute
internal import Notation

extension Elaborator {
  /// Returns an expectation over states and actions, or of what follows a state and an action.
  ///
  /// What is drawn in one step belongs together: the state, the action, and what follows them.
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
    let written = DecisionStep(of: expectation.body, bound: boundNames, drawn: freeMembers)
    if isOverTrajectories(expectation),
      step(numbering: written) == nil || isOfWholeTrajectory(expectation.body)
    {
      return try overTrajectories(expectation.body, weighted: true, at: range)
    }
    let body = inlined(expectation.body)
    var step = DecisionStep(of: body, bound: boundNames, drawn: freeMembers)
    guard step.isOne else {
      throw Misunderstanding(
        .outOfReach, "an expectation over states and actions of several steps is not evaluated",
        at: range)
    }
    let laws = try self.laws(of: expectation.measures, adding: &step)
    let axis = openAxis(count: builder.count(of: process.state))
    defer { closeAxis() }
    let actionAxis = openAxis(count: builder.count(of: process.action))
    defer { closeAxis() }
    let draws = [(step.states, MemberKind.state, axis), (step.actions, .action, actionAxis)]
    var bound = draws.flatMap { names, kind, axis in
      names.sorted().map { Binding(name: $0, meaning: .member(axis, kind)) }
    }
    let given = try self.given(expectation, laws, step)
    let state = given.state ?? axis
    let action = given.action ?? actionAxis
    bound += returns(at: state, action)
    var value = try withBindings(bound) { elaborator throws(Misunderstanding) in
      try elaborator.following(step, state, action) { elaborator throws(Misunderstanding) in
        try elaborator.number(body)
      }
    }
    if step.drawsAction, given.action == nil {
      let law = try actionLaw(laws.action, in: step, bound, state, actionAxis)
      value = builder.reduce(.sum, builder.binary(.multiply, value, law), over: actionAxis)
    }
    if !step.states.isEmpty {
      let law = try stateLaw(laws.state, in: step, along: axis, at: range)
      value = builder.reduce(.sum, builder.binary(.multiply, value, law), over: axis)
    }
    return Quantity(value)
  }

  private var boundNames: Set<String> { Set(bindings.map(\.name)) }

  /// The axis of steps that numbers what is drawn: `t` of `\sum_t E[q(S_t, A_t)]`.
  private func step(numbering step: DecisionStep) -> Axis? {
    guard let letter = step.letter, let binding = bindings.last(where: { $0.name == letter }),
      case .member(let axis, .step) = binding.meaning, step.isOne, step.constant == 0
    else { return nil }
    return axis
  }

  // MARK: - What is drawn

  /// From where an expectation draws, as far as it says so.
  private struct Laws {
    var state: Expression?
    var action: Expression?
    var successor: Expression?
  }

  /// Reads what stands below the sign; variables that are named there belong to the step.
  private func laws(
    of measures: [Expression], adding step: inout DecisionStep
  ) throws(Misunderstanding) -> Laws {
    var laws = Laws()
    for measure in measures {
      switch measure.node {
      case .relation(.distributed, let variable, let source):
        guard case .name(let name) = variable.node else { break }
        if isTrajectory(name) { continue }
        switch DecisionNames.kind(of: name) {
        case .state where name.primes > 0 && source.isDynamics:
          step.nextStates.insert(name.description)
          laws.successor = source
          continue
        case .action where name.primes > 0 && source.lawName?.base == "pi":
          step.nextActions.insert(name.description)
          continue
        case .state:
          step.states.insert(name.description)
          laws.state = source
          continue
        case .action:
          step.actions.insert(name.description)
          laws.action = source
          continue
        default: break
        }
      case .name(let name):
        if isTrajectory(name) || name.base == "pi" { continue }
        if DecisionNames.weights.contains(name.base) {
          laws.state = measure
          continue
        }
        if step.states.contains(name.description) || step.actions.contains(name.description),
          self.step(numbering: step) != nil
        {
          continue
        }
      default: break
      }
      throw Misunderstanding(
        .outOfReach, "what the expectation is taken over is not known", at: measure.range)
    }
    return laws
  }

  /// The axes of the state and the action from which an expectation goes on where it does not draw them.
  private mutating func given(
    _ expectation: Expectation, _ laws: Laws, _ step: DecisionStep
  ) throws(Misunderstanding) -> (state: Axis?, action: Axis?) {
    var state: Axis?
    var action: Axis?
    for law in [laws.action, laws.successor] {
      guard case .apply(_, let arguments)? = law?.node else { continue }
      for argument in arguments.groups.dropFirst().joined() {
        guard let member = try member(argument) else { continue }
        if member.kind == .state { state = member.axis }
        if member.kind == .action { action = member.axis }
      }
    }
    guard step.states.isEmpty else { return (nil, step.actions.isEmpty ? action : nil) }
    if state == nil {
      let inner = bindings.last { binding in
        if case .member(_, .state) = binding.meaning {
          return expectation.body.mentions(binding.name)
        }
        return false
      }
      if case .member(let axis, _)? = inner?.meaning { state = axis }
    }
    state = state ?? freeMembers.values.first { $0.kind == .state }?.axis
    guard step.actions.isEmpty else { return (state, nil) }
    for binding in bindings where action == nil {
      if case .member(let axis, .action) = binding.meaning { action = axis }
    }
    return (state, action ?? freeMembers.values.first { $0.kind == .action }?.axis)
  }

  /// The return behind a state and an action stands for its expectation, the action value; it enters linearly.
  private mutating func returns(at state: Axis, _ action: Axis) -> [Binding] {
    guard let process = world.decisions else { return [] }
    let value = process.placed(
      process.actionValue, [process.state: state, process.action: action], in: &builder)
    return ["G_t", "G"].map { Binding(name: $0, meaning: .value(Quantity(value))) }
  }

  /// Averages a value over what follows a state and an action: the reward, the next state and its action.
  private mutating func following(
    _ step: DecisionStep, _ state: Axis, _ action: Axis,
    _ body: (inout Elaborator) throws(Misunderstanding) -> NodeID
  ) throws(Misunderstanding) -> NodeID {
    guard let process = world.decisions, step.hasSuccessor else { return try body(&self) }
    let successor = openAxis(count: builder.count(of: process.successor))
    defer { closeAxis() }
    let reward = openAxis(count: builder.count(of: process.reward))
    defer { closeAxis() }
    let next = openAxis(count: builder.count(of: process.action))
    defer { closeAxis() }
    let draws = [
      (step.rewards, MemberKind.reward, reward), (step.nextStates, .successor, successor),
      (step.nextActions, .action, next),
    ]
    let bound = draws.flatMap { names, kind, axis in
      names.sorted().map { Binding(name: $0, meaning: .member(axis, kind)) }
    }
    var value = try withBindings(bound, body)
    if !step.nextActions.isEmpty {
      let policy = process.placed(
        process.policy, [process.state: successor, process.action: next], in: &builder)
      value = builder.reduce(.sum, builder.binary(.multiply, value, policy), over: next)
    }
    let dynamics = process.placed(
      process.dynamics,
      [
        process.state: state, process.action: action, process.successor: successor,
        process.reward: reward,
      ], in: &builder)
    value = builder.reduce(.sum, builder.binary(.multiply, value, dynamics), over: reward)
    return builder.reduce(.sum, value, over: successor)
  }

  // MARK: - Laws

  /// Returns the law of the action: the policy, unless something else is said.
  private mutating func actionLaw(
    _ source: Expression?, in step: DecisionStep, _ bound: [Binding], _ state: Axis,
    _ action: Axis
  ) throws(Misunderstanding) -> NodeID {
    guard let process = world.decisions else { return builder.constant(1) }
    let head = source?.lawName
    if let source, source.isUniform {
      return builder.constant(1 / Double(builder.count(of: process.action)))
    }
    if let head, definition(of: head) != nil, case .apply(_, let arguments)? = source?.node {
      let groups = arguments.groups.map { group in
        group.map { argument -> Expression in
          guard case .placeholder = argument.node, let name = step.actions.min() else {
            return argument
          }
          return Expression(.name(Name(name)), argument.range)
        }
      }
      let filled = Arguments(groups: groups, dividers: arguments.dividers)
      let range = source?.range ?? SourceRange(0, 0)
      return try withBindings(bound) { elaborator throws(Misunderstanding) in
        try elaborator.number(Expression(.apply(head, filled), range))
      }
    }
    guard head?.isOwnPolicy ?? true else {
      throw Misunderstanding(
        .outOfReach, "the actions are drawn from another law than the policy",
        at: source?.range ?? SourceRange(0, 0))
    }
    return process.placed(
      process.policy, [process.state: state, process.action: action], in: &builder)
  }

  /// Returns the law of a state: `\mu`, `d^\pi`, `d_0`, `\eta`, what the answer defines, or that of its time.
  private mutating func stateLaw(
    _ source: Expression?, in step: DecisionStep, along axis: Axis, at range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    guard let process = world.decisions else { return builder.constant(1) }
    let ofTime = self.step(numbering: step)
    if step.constant > 0, let letter = step.letter, boundNames.contains(letter) {
      throw Misunderstanding(
        .outOfReach, "the state of the next step alone is not evaluated here", at: range)
    }
    let onPolicy = process.placed(process.onPolicy, [process.state: axis], in: &builder)
    guard let source else { return ofTime.map { law(after: $0, along: axis) } ?? onPolicy }
    if source.isUniform {
      return builder.constant(1 / Double(builder.count(of: process.state)))
    }
    guard let name = source.lawName else {
      throw Misunderstanding(.outOfReach, "the law of the state is not known", at: source.range)
    }
    if let ofTime, let letter = step.letter, name.isNumbered(by: letter) || name.base == "pi" {
      return law(after: ofTime, along: axis)
    }
    if name.base == "pi" { return onPolicy }
    guard DecisionNames.weights.contains(name.base) || definition(of: name) != nil else {
      throw Misunderstanding(.outOfReach, "the law of the state is not known", at: source.range)
    }
    let binding = Binding(name: "s", meaning: .member(axis, .state))
    return try withBindings([binding]) { elaborator throws(Misunderstanding) in
      let state = Expression(.name(Name("s")), source.range)
      return try elaborator.number(
        Expression(.apply(name, Arguments(groups: [[state]])), source.range))
    }
  }

  /// Returns the law of the state after a number of steps: `\Pr(S_t = s)`.
  private mutating func law(after step: Axis, along axis: Axis) -> NodeID {
    guard let process = world.decisions else { return builder.constant(1) }
    let first = openAxis(count: builder.count(of: process.state))
    defer { closeAxis() }
    let start = process.placed(process.start, [process.state: first], in: &builder)
    let reach = process.placed(
      process.reachTable(in: &builder), [process.state: first, process.next: axis], in: &builder)
    let law = builder.reduce(.sum, builder.binary(.multiply, start, reach), over: first)
    return builder.rename(law, from: process.step, to: step)
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
  /// The name of a law below an expectation sign: `d` of `d^\pi`, `\pi` of `\pi(\cdot \mid s)`.
  fileprivate var lawName: Name? {
    switch node {
    case .name(let name), .apply(let name, _): name
    case .group(_, let inner), .binary(.power, let inner, _): inner.lawName
    default: nil
    }
  }

  /// Whether a law is that of the next state: `p(\cdot \mid s, a)`.
  fileprivate var isDynamics: Bool { lawName.map { ["p", "P", "T"].contains($0.base) } ?? false }

  /// Whether a law gives all members the same probability.
  fileprivate var isUniform: Bool {
    switch node {
    case .words(let text): text.lowercased().hasPrefix("unif")
    case .name(let name), .apply(let name, _):
      name.base.lowercased().hasPrefix("unif") || name.base == "U"
    default: false
    }
  }
}

extension Name {
  /// Whether a policy is the one that is followed, no older or other one: `\pi_{old}`, `\pi'`.
  fileprivate var isOwnPolicy: Bool {
    base == "pi" && primes == 0 && !["old", "b", "beta"].contains(where: isNumbered)
  }
}
