/// Every trajectory of processes whose episodes are of bounded length.
///
/// Row-major over trajectories and times; there is one time more than the longest episode has steps, so that
/// every trajectory ends in the list. After the end the state is the terminal one, the action and the reward
/// have the index 0.
public struct TrajectoryList: Hashable, Sendable {
  /// The number of trajectories.
  public private(set) var count = 0
  /// The number of times, one more than the longest episode has steps.
  public private(set) var times: Int
  /// The index of S_t; that of the terminal state is the number of states.
  public private(set) var states: [Int] = []
  /// The index of A_t.
  public private(set) var actions: [Int] = []
  /// The index of S_(t+1).
  public private(set) var successors: [Int] = []
  /// The index of R_(t+1).
  public private(set) var rewards: [Int] = []
  /// The number of steps of each trajectory.
  public private(set) var lengths: [Int] = []

  /// Lists the trajectories that have a positive probability in one of the processes.
  ///
  /// Fails if there are too many, or if some state may come twice.
  ///
  /// - Parameters:
  ///   - model: The processes.
  ///   - limit: The largest number of trajectories.
  public init?(of model: TabularMDP, limit: Int = 4096) {
    var search = Search(model: model, limit: limit)
    let first = model.tables[0]
    for state in 0..<first.states where model.tables.contains(where: { $0.start[state] > 0 }) {
      guard search.follow(state) else { return nil }
    }
    times = (search.found.map(\.count).max() ?? 0) + 1
    for trajectory in search.found {
      append(trajectory, terminal: first.states)
    }
  }

  private mutating func append(_ trajectory: [Step], terminal: Int) {
    count += 1
    lengths.append(trajectory.count)
    for time in 0..<times {
      let step =
        time < trajectory.count
        ? trajectory[time] : Step(state: terminal, action: 0, successor: terminal, reward: 0)
      states.append(step.state)
      actions.append(step.action)
      successors.append(step.successor)
      rewards.append(step.reward)
    }
  }
}

private struct Step {
  var state: Int
  var action: Int
  var successor: Int
  var reward: Int
}

/// Goes through the tree of all episodes, depth first.
private struct Search {
  let limit: Int
  var found: [[Step]] = []
  // For each state the steps that may be made from it.
  private var steps: [[Step]] = []
  private var path: [Step] = []

  init(model: TabularMDP, limit: Int) {
    self.limit = limit
    let first = model.tables[0]
    for state in 0..<first.states {
      var possible: [Step] = []
      for action in 0..<first.actions {
        for successor in 0...first.states {
          for reward in first.rewards.indices {
            let isPossible = model.tables.contains {
              $0.probability(
                successor: successor, reward: reward, state: state, action: action) > 0
            }
            guard isPossible else { continue }
            possible.append(
              Step(state: state, action: action, successor: successor, reward: reward))
          }
        }
      }
      steps.append(possible)
    }
  }

  mutating func follow(_ state: Int) -> Bool {
    if state == steps.count {
      found.append(path)
      return found.count <= limit
    }
    guard path.count < steps.count else { return false }
    for step in steps[state] {
      path.append(step)
      guard follow(step.successor) else { return false }
      path.removeLast()
    }
    return true
  }
}
