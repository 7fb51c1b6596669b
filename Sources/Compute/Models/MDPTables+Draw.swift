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
    let layout = Layout(kind)
    let rewards = (0..<layout.rewards).map { _ in stream.uniform(-1, 2) }
    var dynamics: [Double] = []
    for state in 0..<layout.states {
      for _ in 0..<layout.actions { dynamics += layout.outcomes(of: state, &stream) }
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

/// The dimensions of a kind of process and which states follow which.
private struct Layout {
  let kind: TabularMDP.Kind
  let states: Int
  let actions: Int
  let rewards = 3
  let parameters = 5

  init(_ kind: TabularMDP.Kind) {
    self.kind = kind
    (states, actions) = kind == .looping ? (4, 3) : (7, 2)
  }

  /// The states that follow one: of the bounded kind state 0 has time 0, states 1 and 2 have time 1.
  private func successors(of state: Int) -> Range<Int> {
    switch kind {
    case .looping: 0..<states
    case .bounded:
      if state == 0 { 1..<3 } else if state < 3 { 3..<5 } else if state < 5 { 5..<7 } else { 7..<7 }
    }
  }

  /// Draws p(s', r | s, a) over s' and r: multiples of 2^-12.
  ///
  /// Of the looping kind each successor has two rewards. Of the bounded kind it has one, but two from state 0:
  /// fewer trajectories.
  func outcomes(of state: Int, _ stream: inout GenericStream) -> [Double] {
    var outcomes: [Int] = []
    var weights: [Double] = []
    let exit = kind == .looping ? stream.uniform(0.6, 1.2) : stream.uniform(0.1, 0.4)
    let successors = successors(of: state)
    for successor in Array(successors) + [states] {
      let share =
        successor == states
        ? exit : stream.uniform(0.1, 0.9) / Double(successors.count)
      let first = stream.index(below: rewards)
      guard kind == .looping || state == 0 else {
        outcomes.append(successor * rewards + first)
        weights.append(share)
        continue
      }
      let second = (first + 1 + stream.index(below: rewards - 1)) % rewards
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
