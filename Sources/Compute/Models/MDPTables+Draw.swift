extension TabularMDP.Kind {
  /// The seeds that scripts/design-models has found.
  var seeds: [Int] {
    switch self {
    case .looping: [0, 1, 2, 3, 4, 5, 6, 7]
    case .bounded: [0, 1, 2, 3, 4, 5, 6, 7]
    }
  }

  fileprivate var name: String {
    switch self {
    case .looping: "looping"
    case .bounded: "bounded"
    }
  }
}

extension MDPTables {
  /// Draws a process; scripts/design-models draws the same.
  ///
  /// - Parameters:
  ///   - kind: How episodes go.
  ///   - seed: Equal seeds give equal dynamics, rewards and features.
  ///   - lap: Other laps of a seed have other parameters of the policy.
  init(kind: TabularMDP.Kind, seed: Int, lap: Int) {
    var stream = GenericStream(key: "mdp \(kind.name) \(seed)")
    var layout = Layout(kind)
    let rewards = (0..<layout.rewards).map { _ in stream.uniform(-1, 2) }
    var dynamics: [Double] = []
    for state in 0..<layout.states {
      for action in 0..<layout.actions {
        dynamics += layout.outcomes(of: state, action, &stream)
      }
    }
    let parameters = layout.parameters
    let features = (0..<layout.states * layout.actions * parameters).map { _ in
      stream.uniform(-1, 1)
    }
    var policy = GenericStream(key: "mdp \(kind.name) \(seed) policy \(lap)")
    self.init(
      actions: layout.actions, rewards: rewards, dynamics: dynamics, features: features,
      start: (0..<layout.states).map { $0 == 0 ? 1 : 0 },
      theta: (0..<parameters).map { _ in policy.uniform(-1.5, 1.5) })
  }
}

/// The dimensions of a kind of process and which outcomes an action may have.
private struct Layout {
  let kind: TabularMDP.Kind
  let states: Int
  let actions: Int
  let rewards = 4
  let parameters = 5
  // Which rewards occur is the same for all seeds, so that the same trajectories are possible.
  private var pattern: GenericStream

  init(_ kind: TabularMDP.Kind) {
    self.kind = kind
    (states, actions) = kind == .looping ? (4, 3) : (7, 2)
    pattern = GenericStream(key: "mdp \(kind.name) rewards")
  }

  /// The states that follow one.
  private func successors(of state: Int) -> Range<Int> {
    switch kind {
    case .looping: 0..<states
    case .bounded:
      // Of time t >= 1 are the states 2 t - 1 and 2 t.
      state < 5 ? (state + 1) / 2 * 2 + 1..<(state + 1) / 2 * 2 + 3 : 0..<0
    }
  }

  /// Draws p(s', r | s, a) over s' and r: multiples of 2^-12.
  ///
  /// A successor has two rewards, but one only in the bounded kind after the first action: fewer trajectories.
  mutating func outcomes(of state: Int, _ action: Int, _ stream: inout GenericStream) -> [Double] {
    var outcomes: [Int] = []
    var weights: [Double] = []
    let exit = kind == .looping ? stream.uniform(0.6, 1.2) : stream.uniform(0.1, 0.4)
    let successors = successors(of: state)
    for successor in Array(successors) + [states] {
      let share =
        successor == states
        ? exit : stream.uniform(0.1, 0.9) / Double(successors.count)
      let first = pattern.index(below: rewards)
      guard kind == .looping || (state == 0 && action == 0) else {
        outcomes.append(successor * rewards + first)
        weights.append(share)
        continue
      }
      let second = (first + 1 + pattern.index(below: rewards - 1)) % rewards
      let part = stream.uniform(0.1, 0.9)
      outcomes += [successor * rewards + first, successor * rewards + second]
      weights += [share * part, share * (1 - part)]
    }
    let sum = weights.reduce(0, +)
    var result = [Double](repeating: 0, count: (states + 1) * rewards)
    var rest = 4096.0
    for (outcome, weight) in zip(outcomes, weights).dropLast() {
      let count = (4096 * weight / sum).rounded(.down)
      result[outcome] = count / 4096
      rest -= count
    }
    result[outcomes[outcomes.count - 1]] = rest / 4096
    return result
  }
}
