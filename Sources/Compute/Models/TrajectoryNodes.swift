/// All trajectories of a Markov decision process as nodes of a program.
///
/// Shapes are over `sample` of the process and the axes that are named. After the end of a trajectory the state
/// is the terminal one, rewards and returns are zero, the policy is uniform and the dynamics are one: sums
/// and products over steps 0..<T are taken over `time` with the help of `isActive`.
public struct TrajectoryNodes: Sendable {
  /// The trajectories.
  public let trajectory: Axis
  /// The times from 0; at the last one every trajectory has ended.
  public let time: Axis
  /// The process.
  public let process: MDPNodes

  /// The probability of each trajectory over `trajectory`; depends on `theta`.
  public let probability: NodeID
  /// One before the end of the trajectory and zero after it, over `trajectory`, `time`.
  public let isActive: NodeID
  /// T over `trajectory`.
  public let length: NodeID
  /// t over `time`.
  public let timeValue: NodeID
  /// gamma^t over `time`.
  public let discountPower: NodeID
  /// R_(t+1) over `trajectory`, `time`.
  public let reward: NodeID
  /// G_t, the discounted sum of R_(t+1) and all later rewards, over `trajectory`, `time`.
  public let returns: NodeID
  /// One where S_t is the state, over `trajectory`, `time` and the process's `state`.
  public let isState: NodeID
  /// One where A_t is the action of a step before the end, over `trajectory`, `time` and the process's `action`.
  public let isAction: NodeID

  let list: TrajectoryList
  /// The times once more, for sums over earlier or later ones.
  let otherTime: Axis
  /// The parameters once more, for covariances.
  let otherParameter: Axis

  /// Makes the nodes of all trajectories of a process.
  ///
  /// - Parameters:
  ///   - list: The trajectories.
  ///   - process: The nodes of the process that they were listed for.
  ///   - builder: The program under construction.
  public init(_ list: TrajectoryList, of process: MDPNodes, in builder: inout ProgramBuilder) {
    let n = process
    self.list = list
    self.process = process
    otherParameter = builder.axis(count: builder.count(of: n.parameter))
    let trajectory = builder.axis(count: list.count)
    let time = builder.axis(count: list.times)
    (self.trajectory, self.time) = (trajectory, time)
    let steps = list.states.indices.map { ($0 / list.times, $0 % list.times) }
    let active = steps.map { $1 < list.lengths[$0] ? 1.0 : 0 }
    isActive = builder.table(active, axes: [trajectory, time])
    length = builder.table(list.lengths.map(Double.init), axes: [trajectory])
    timeValue = builder.table((0..<list.times).map(Double.init), axes: [time])
    discountPower = builder.binary(.power, n.discount, timeValue)
    isState = builder.oneHot(
      list.states, count: builder.count(of: n.state), along: [trajectory, time], to: n.state)
    isAction = builder.binary(
      .multiply, isActive,
      builder.oneHot(
        list.actions, count: builder.count(of: n.action), along: [trajectory, time],
        to: n.action))

    func picked(_ node: NodeID, _ axes: [(Axis, [Int])]) -> NodeID {
      builder.gather(
        node, axes: axes.map(\.0), indices: axes.map(\.1), along: [trajectory, time])
    }
    let rewards = picked(n.rewards, [(n.reward, list.rewards)])
    reward = builder.binary(.multiply, rewards, isActive)
    // sum_j gamma^j R_(j+1) from j = t on, divided by gamma^t
    let later = builder.axis(count: list.times)
    otherTime = later
    let isLater = builder.table(
      (0..<list.times * list.times).map { $0 / list.times <= $0 % list.times ? 1 : 0 },
      axes: [time, later])
    let lag = builder.binary(
      .maximum, builder.constant(0),
      builder.binary(
        .subtract, builder.rename(timeValue, from: time, to: later), timeValue))
    let weights = builder.binary(
      .multiply, isLater, builder.binary(.power, n.discount, lag))
    returns = builder.sum(
      weights, builder.rename(reward, from: time, to: later), over: later)

    let nonterminal = list.states.map { min($0, builder.count(of: n.state) - 1) }
    let dynamics = builder.masked(
      picked(
        n.dynamics,
        [
          (n.state, nonterminal), (n.action, list.actions), (n.successor, list.successors),
          (n.reward, list.rewards),
        ]), isActive)
    let first = stride(from: 0, to: nonterminal.count, by: list.times).map { nonterminal[$0] }
    let start = builder.gather(n.start, axes: [n.state], indices: [first], along: [trajectory])
    let chosen = builder.sum(
      isActive,
      picked(n.logPolicyOfAll, [(n.successor, list.states), (n.action, list.actions)]),
      over: time)
    probability = builder.binary(
      .multiply, builder.unary(.exp, chosen),
      builder.binary(.multiply, start, builder.reduce(.product, dynamics, over: time)))
  }
}

extension ProgramBuilder {
  /// Replaces what a mask of ones and zeros leaves out by one.
  mutating func masked(_ node: NodeID, _ mask: NodeID) -> NodeID {
    binary(.add, binary(.multiply, node, mask), binary(.subtract, constant(1), mask))
  }

  /// A one where the axis has the listed position; positions beyond it are nowhere.
  fileprivate mutating func oneHot(
    _ positions: [Int], count: Int, along: [Axis], to axis: Axis
  ) -> NodeID {
    var values = [Double](repeating: 0, count: positions.count * count)
    for (i, position) in positions.enumerated() where position < count {
      values[i * count + position] = 1
    }
    return table(values, axes: along + [axis])
  }
}
