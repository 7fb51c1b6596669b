/// The numbers of a finite Markov decision process and of a policy on it.
///
/// The policy is a softmax of preferences that are linear in its parameters: the preference for an action is
/// the scalar product of `theta` with the features of the state and the action. States are those that an
/// episode goes on from; there is one terminal state more, after all of them.
public struct MDPTables: Hashable, Sendable {
  /// The number of states, the terminal one not counted.
  public let states: Int
  /// The number of actions, the same in each state.
  public let actions: Int
  /// The values of the rewards that occur.
  public let rewards: [Double]
  /// p(s', r | s, a), row-major over s, a, s', r; the last s' is the terminal state.
  public let dynamics: [Double]
  /// The features, row-major over s, a and their component.
  public let features: [Double]
  /// The probability of each state at time 0.
  public let start: [Double]
  /// The parameters of the policy.
  public var theta: [Double]

  /// A process of tables that fill each other's dimensions.
  ///
  /// - Parameters:
  ///   - actions: The number of actions.
  ///   - rewards: The values of the rewards that occur.
  ///   - dynamics: p(s', r | s, a), row-major over s, a, s', r; the last s' is the terminal state.
  ///   - features: The features, row-major over s, a and their component.
  ///   - start: The probability of each state at time 0.
  ///   - theta: The parameters of the policy.
  public init(
    actions: Int, rewards: [Double], dynamics: [Double], features: [Double], start: [Double],
    theta: [Double]
  ) {
    precondition(
      dynamics.count == start.count * actions * (start.count + 1) * rewards.count,
      "the dynamics cover states, actions, successors and rewards")
    precondition(
      features.count == start.count * actions * theta.count,
      "the features cover states, actions and parameters")
    states = start.count
    self.actions = actions
    self.rewards = rewards
    self.dynamics = dynamics
    self.features = features
    self.start = start
    self.theta = theta
  }

  /// Returns p(s', r | s, a) by the indices of all four; the terminal state has the index `states`.
  public func probability(successor: Int, reward: Int, state: Int, action: Int) -> Double {
    dynamics[((state * actions + action) * (states + 1) + successor) * rewards.count + reward]
  }

  /// The features over a, s and their component; zero for the terminal state, the last s.
  var featuresByAction: [Double] {
    let size = theta.count
    var result: [Double] = []
    for action in 0..<actions {
      for state in 0..<states {
        let first = (state * actions + action) * size
        result += features[first..<(first + size)]
      }
      result += [Double](repeating: 0, count: size)
    }
    return result
  }

  /// The probabilities of the actions, row-major over states and actions.
  public var policy: [Double] {
    (0..<states).flatMap { state -> [Double] in
      let weights = (0..<actions).map { action in
        let first = (state * actions + action) * theta.count
        return GenericStream.exp(
          theta.indices.reduce(0) { $0 + theta[$1] * features[first + $1] })
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
  }

  /// The gradients of the logarithm of the policy, row-major over s, a and component.
  func scores(_ policy: [Double]) -> [Double] {
    let size = theta.count
    var result = features
    for state in 0..<states {
      let first = state * actions
      for k in 0..<size {
        let mean = (0..<actions).reduce(0) {
          $0 + policy[first + $1] * features[(first + $1) * size + k]
        }
        for action in 0..<actions { result[(first + action) * size + k] -= mean }
      }
    }
    return result
  }

  /// The probabilities of going from a state to another in one step under the policy.
  public var chain: Matrix {
    let policy = policy
    var result = Matrix(
      rows: states, columns: states, values: [Double](repeating: 0, count: states * states))
    for state in 0..<states {
      for action in 0..<actions {
        for successor in 0..<states {
          for reward in rewards.indices {
            result[state, successor] +=
              policy[state * actions + action]
              * probability(
                successor: successor, reward: reward, state: state, action: action)
          }
        }
      }
    }
    return result
  }

  /// Returns a bound of what a sum over steps lacks when it is cut off.
  ///
  /// Twice the largest entry of the sum of the chain's powers from `count` on, so that rounding is covered;
  /// infinite if episodes may never end.
  func tail(after count: Int) -> Double {
    let chain = chain
    var identityMinusChain = Matrix.identity(states)
    for i in chain.values.indices { identityMinusChain.values[i] -= chain.values[i] }
    guard var rest = identityMinusChain.inverse,
      rest.values.allSatisfy({ $0 > -1e-9 && $0 < 1e8 })
    else { return .infinity }
    var power = chain
    var remaining = count
    while remaining > 0 {
      if !remaining.isMultiple(of: 2) { rest = rest * power }
      power = power * power
      remaining /= 2
    }
    return 2 * (rest.values.max() ?? 0)
  }
}
