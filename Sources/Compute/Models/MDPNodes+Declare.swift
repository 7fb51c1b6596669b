extension MDPNodes {
  init(_ model: TabularMDP, in builder: inout ProgramBuilder, sample: Axis) {
    let first = model.tables[0]
    self.sample = sample
    state = builder.axis(count: first.states)
    next = builder.axis(count: first.states)
    middle = builder.axis(count: first.states)
    action = builder.axis(count: first.actions)
    successor = builder.axis(count: first.states + 1)
    reward = builder.axis(count: first.rewards.count)
    blockOfSteps = builder.axis(count: max(model.steps / Self.fewSteps, 1))
    stepInBlock = builder.axis(count: Self.fewSteps)
    step = builder.axis(count: model.steps)
    tail = model.tail
    // The slots, in the order of the inputs; each is laid out over its axes in their order above.
    let component = builder.axis(count: first.theta.count)
    theta = builder.input(axes: [sample, component])
    let features = builder.input(axes: [sample, action, successor, component])
    dynamics = builder.input(axes: [sample, state, action, successor, reward])
    rewards = builder.input(axes: [sample, reward])
    start = builder.input(axes: [sample, state])
    startState = first.start.firstIndex(of: 1)
      .flatMap { index in model.tables.allSatisfy { $0.start[index] == 1 } ? index : nil }
    discount = builder.constant(model.discount)
    (parameter, seeds) = builder.gradientSeeds(of: [theta], along: sample)

    // The preferences are moderate, so that nothing overflows.
    let preferences = builder.sum(theta, features, over: component)
    let weights = builder.unary(.exp, preferences)
    let total = builder.reduce(.sum, weights, over: action)
    policyOfAll = builder.binary(.divide, weights, total)
    logPolicyOfAll = builder.binary(.subtract, preferences, builder.unary(.log, total))
    let states = [Array(0..<first.states)]
    preference = builder.gather(preferences, axes: [successor], indices: states, along: [state])
    policy = builder.gather(policyOfAll, axes: [successor], indices: states, along: [state])
    logPolicy = builder.gather(
      logPolicyOfAll, axes: [successor], indices: states, along: [state])

    transition = builder.reduce(.sum, dynamics, over: reward)
    rewardProbability = builder.reduce(.sum, dynamics, over: successor)
    let rewardOnTransition = builder.sum(dynamics, rewards, over: reward)
    expectedReward = builder.reduce(.sum, rewardOnTransition, over: successor)
    // Where no transition is, zero by one in place of zero by zero.
    let isMissing = builder.binary(
      .subtract, builder.constant(1), builder.unary(.step, transition))
    expectedRewardOnTransition = builder.binary(
      .divide, rewardOnTransition, builder.binary(.add, transition, isMissing))

    let steps = builder.gather(transition, axes: [successor], indices: states, along: [next])
    chain = builder.sum(policy, steps, over: action)
    chainReward = builder.sum(policy, expectedReward, over: action)

    let identity = builder.table(
      Matrix.identity(first.states).values, axes: [state, next])
    visitsFrom = builder.inverse(
      builder.binary(.subtract, identity, chain), rows: state, columns: next)
    discountedVisitsFrom = builder.inverse(
      builder.binary(.subtract, identity, builder.binary(.multiply, discount, chain)),
      rows: state, columns: next)
    let nextReward = builder.rename(chainReward, from: state, to: next)
    value = builder.sum(discountedVisitsFrom, nextReward, over: next)
    let nextValue = builder.rename(value, from: state, to: next)
    actionValue = builder.binary(
      .add, expectedReward,
      builder.binary(.multiply, discount, builder.sum(steps, nextValue, over: next)))
    advantage = builder.binary(.subtract, actionValue, value)
    objective = builder.sum(start, value, over: state)

    visits = builder.rename(
      builder.sum(start, visitsFrom, over: state), from: next, to: state)
    discountedVisits = builder.rename(
      builder.sum(start, discountedVisitsFrom, over: state), from: next, to: state)
    averageLength = builder.reduce(.sum, visits, over: state)
    discountedLength = builder.reduce(.sum, discountedVisits, over: state)
    onPolicy = builder.binary(.divide, visits, averageLength)
    discountedOnPolicy = builder.binary(.divide, discountedVisits, discountedLength)
  }
}

extension ProgramBuilder {
  /// Sums the products of two nodes along an axis.
  mutating func sum(_ a: NodeID, _ b: NodeID, over axis: Axis) -> NodeID {
    reduce(.sum, binary(.multiply, a, b), over: axis)
  }
}
