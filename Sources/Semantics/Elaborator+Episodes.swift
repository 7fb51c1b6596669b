internal import Compute
internal import Notation

/// A time of an episode: the sum of the positions on some time axes and a number of steps.
struct EpisodeMoment {
  /// The time axes, none for a fixed time.
  var axes: [Axis]
  /// The number of steps after the sum of the positions.
  var steps: Int
}

extension Elaborator {
  /// The trajectories and their numbering while an estimator from one episode is read.
  var reading: (trajectories: TrajectoryNodes, numbering: EpisodeNumbering)? {
    guard let episode, let trajectories = world.trajectories else { return nil }
    return (trajectories, episode)
  }

  // MARK: - Times

  /// The time that the index of a state or an action means; its letters are bound by sums over the steps.
  ///
  /// - Parameters:
  ///   - index: The index, such as `t`, `t + 1`, `t + k`, `0`.
  ///   - lag: What the index of the first such quantity is above that of the first action.
  /// - Returns: The time; `nil` if a letter is not bound.
  func moment(_ index: Expression, lag: Int = 0) -> EpisodeMoment? {
    guard let episode, let linear = LinearIndex(index) else { return nil }
    var moment = EpisodeMoment(axes: [], steps: linear.constant - episode.firstStep - lag)
    for term in linear.terms {
      guard term.coefficient == 1,
        let binding = bindings.last(where: { $0.name == term.letter }),
        case .time(let axis, let origin) = binding.meaning
      else { return nil }
      moment.axes.append(axis)
      moment.steps += origin
    }
    return moment
  }

  /// Takes a node that depends on the time at a time; before the first step it is zero, after the last as there.
  mutating func value(
    _ node: NodeID, at moment: EpisodeMoment, of trajectories: TrajectoryNodes
  ) -> NodeID {
    let picked = held(node, at: moment, of: trajectories)
    let positions = positions(of: moment)
    guard positions.contains(where: { $0 < 0 }), picked != node else { return picked }
    let isStarted = builder.table(
      positions.map { $0 < 0 ? 0.0 : 1 }, axes: moment.axes.sorted())
    return builder.binary(.multiply, picked, isStarted)
  }

  /// Takes a node that depends on the time at a time; before the first step it is as there, after the last as there.
  mutating func held(
    _ node: NodeID, at moment: EpisodeMoment, of trajectories: TrajectoryNodes
  ) -> NodeID {
    let last = builder.count(of: trajectories.time) - 1
    return builder.gather(
      node, axes: [trajectories.time],
      indices: [positions(of: moment).map { min(max(0, $0), last) }], along: moment.axes.sorted())
  }

  /// The numbers of steps of a time, row-major over its axes in their order.
  private func positions(of moment: EpisodeMoment) -> [Int] {
    moment.axes.sorted().reduce([moment.steps]) { positions, axis in
      positions.flatMap { position in (0..<builder.count(of: axis)).map { position + $0 } }
    }
  }

  // MARK: - Names

  /// Returns what a name means in an episode: `r_{t+1}`, `G_t`, `\hat A_t`, `T`; `nil` if it is no such name.
  mutating func episodeValue(
    of name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let (trajectories, episode) = reading else { return nil }
    let process = trajectories.process
    let isEstimate = !name.accents.isEmpty
    var node: NodeID?
    var lag = 0
    switch name.base {
    case "r", "R":
      node = trajectories.reward
      lag = episode.rewardLag
    case "G": node = trajectories.returns
    case "T" where name.subscripts.isEmpty: return Quantity(trajectories.length)
    case "A" where isEstimate || readsAdvantages:
      node = trajectories.visited(process.advantage, in: &builder)
    case "Q", "q": node = trajectories.visited(process.actionValue, in: &builder)
    case "V", "v": node = trajectories.visited(process.value, in: &builder)
    case "A":
      throw Misunderstanding(
        .outOfReach, "'\(name)' may be the advantage or the action itself", at: range)
    default: return nil
    }
    guard let node else { return nil }
    guard let index = name.subscripts.last, name.subscripts.count == 1 else {
      guard name.subscripts.isEmpty, ["R", "G"].contains(name.base) else { return nil }
      return Quantity(trajectories.at(0, trajectories.returns, in: &builder))
    }
    guard let moment = moment(index, lag: lag) else {
      throw Misunderstanding(
        .outOfReach, "the time of '\(name)' is not understood", at: range)
    }
    return Quantity(value(node, at: moment, of: trajectories))
  }

  /// Returns an array of code with an entry a step, such as `returns`: the value at a step `t`.
  mutating func episodeArray(
    _ formula: Expression
  ) throws(Misunderstanding) -> Quantity? {
    guard let (trajectories, _) = reading else { return nil }
    // The rubric's formula, untouched by what the student defines.
    let saved = (episode, readsAdvantages, definitions)
    (episode, readsAdvantages, definitions) = (.standard, true, Definitions())
    defer { (episode, readsAdvantages, definitions) = saved }
    let binding = Binding(name: "t", meaning: .time(trajectories.time, origin: 0))
    let node = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.number(formula)
    }
    guard builder.axes(of: node).contains(trajectories.time) else { return Quantity(node) }
    return Quantity(
      builder.binary(.multiply, node, trajectories.isActive), axes: [trajectories.time])
  }

  /// Returns an array of code by its entry at a step, as a loop over all steps fills it.
  mutating func episodeArray(
    _ body: Expression, entry: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let (trajectories, episode) = reading else {
      throw Misunderstanding(
        .outOfReach, "an array that is filled entry by entry is not evaluated", at: range)
    }
    let time = trajectories.time
    // An axis of its own: arrays inside are reduced over theirs.
    let axis = builder.axis(count: builder.count(of: time))
    let binding = Binding(
      name: entry.description, meaning: .time(axis, origin: episode.firstStep))
    let node = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.number(body)
    }
    guard !builder.axes(of: node).contains(time) else {
      throw Misunderstanding(.outOfReach, "an array stands in an entry of another", at: range)
    }
    let entries = builder.rename(node, from: axis, to: time)
    return Quantity(builder.binary(.multiply, entries, trajectories.isActive), axes: [time])
  }

  /// Reduces an array of code with an entry a step; `nil` if the array is none.
  mutating func ofSteps(_ function: Function, _ array: Quantity) -> Quantity? {
    guard let (trajectories, _) = reading, array.axes == [trajectories.time] else { return nil }
    let time = trajectories.time
    let node = withoutPadding(array).node
    switch function {
    case .sum: return Quantity(builder.reduce(.sum, node, over: time))
    case .product:
      let rest = builder.binary(.subtract, builder.constant(1), trajectories.isActive)
      return Quantity(builder.reduce(.product, builder.binary(.add, node, rest), over: time))
    case .mean:
      let sum = builder.reduce(.sum, node, over: time)
      return Quantity(builder.binary(.divide, sum, trajectories.length))
    case .count: return Quantity(trajectories.length)
    case .reverseCumulativeSum, .cumulativeSum:
      let count = builder.count(of: time)
      let other = builder.axis(count: count)
      let isTaken = (0..<count * count).map { place -> Double in
        let (step, summed) = (place / count, place % count)
        return (function == .cumulativeSum ? summed <= step : summed >= step) ? 1 : 0
      }
      let weights = builder.table(isTaken, axes: [time, other])
      let moved = builder.rename(node, from: time, to: other)
      let terms = builder.binary(.multiply, weights, moved)
      let sums = builder.reduce(.sum, terms, over: other)
      return Quantity(
        builder.binary(.multiply, sums, trajectories.isActive), axes: [time])
    default: return nil
    }
  }

  /// Returns an array of code with an entry a step as zero behind the end of the episode, where it has no entries;
  /// any other value as it is.
  mutating func withoutPadding(_ array: Quantity) -> Quantity {
    guard let (trajectories, _) = reading, array.axes == [trajectories.time] else { return array }
    var result = array
    result.node = builder.binary(.multiply, array.node, trajectories.isActive)
    result.logarithm = nil
    return result
  }

  // MARK: - Functions

  /// Returns a table of the process where an episode visits it: `\pi(A_t \mid S_t)`, `q(S_t, a)`, `v(S_{t+1})`.
  ///
  /// `nil` if no argument is of the episode.
  mutating func visitedInEpisode(
    _ node: NodeID, over axes: [Axis], at arguments: [Expression], range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let (trajectories, _) = reading, axes.count == arguments.count else { return nil }
    let process = trajectories.process
    var moments: [EpisodeMoment?] = []
    for argument in arguments {
      guard case .name(let name) = argument.node, let index = name.subscripts.first,
        DecisionNames.isOfStepOrReward(name)
      else {
        moments.append(nil)
        continue
      }
      let isReward = DecisionNames.rewards.contains(name.base)
      moments.append(moment(index, lag: isReward ? episode?.rewardLag ?? 0 : 0))
    }
    let found = moments.compactMap { $0 }
    guard let first = found.min(by: { $0.steps < $1.steps }) else { return nil }
    try checkKinds(
      of: zip(moments, zip(arguments, axes)).filter { $0.0 != nil }.map { ($0.1.0, $0.1.1) })
    if found.count == arguments.count {
      // A successor belongs to the step before it.
      let fits = zip(axes, found).allSatisfy { axis, moment in
        let isLater = axis == process.successor && axes.count > 1
        return moment.axes == first.axes && moment.steps == first.steps + (isLater ? 1 : 0)
      }
      guard fits else {
        throw Misunderstanding(
          .outOfReach, "the times in the arguments do not belong together", at: range)
      }
      let visited = trajectories.visited(node, in: &builder)
      return Quantity(value(visited, at: first, of: trajectories))
    }
    guard let place = moments.firstIndex(where: { $0 != nil }), found.count == 1 else {
      throw Misunderstanding(
        .outOfReach, "a state or action of the episode stands beside another", at: range)
    }
    let visited = try visited(
      node, over: axes, at: arguments, visited: place, of: trajectories, range: range)
    return Quantity(value(visited, at: first, of: trajectories))
  }
}
