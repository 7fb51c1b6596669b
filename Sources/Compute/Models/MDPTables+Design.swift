extension MDPTables {
  /// A process that scripts/design-models has found.
  ///
  /// - Parameters:
  ///   - kind: How episodes go.
  ///   - number: Which one; beyond the last the same ones come again with other policies, which are drawn.
  init(design kind: TabularMDP.Kind, number: Int) {
    let designs = kind.designs
    var layout = DesignLayout(kind, numbers: designs[number % designs.count])
    let dynamics = layout.dynamics()
    let rewards = layout.thousandths(DesignLayout.rewards)
    let features = layout.thousandths(layout.states * layout.actions * DesignLayout.parameters)
    var theta = layout.thousandths(DesignLayout.parameters)
    if number >= designs.count {
      var stream = GenericStream(key: "policy \(number)")
      theta = theta.map { _ in stream.uniform(-1.2, 1.2) }
    }
    self.init(
      actions: layout.actions, rewards: rewards, dynamics: dynamics, features: features,
      start: (0..<layout.states).map { $0 == 0 ? 1 : 0 }, theta: theta)
  }
}

/// Reads the numbers of a design: which outcomes are possible is the same for all of a kind.
private struct DesignLayout {
  static let rewards = 4
  static let parameters = 5

  let kind: TabularMDP.Kind
  let states: Int
  let actions: Int
  private var numbers: ArraySlice<Int>

  init(_ kind: TabularMDP.Kind, numbers: [Int]) {
    self.kind = kind
    self.numbers = numbers[...]
    (states, actions) =
      switch kind {
      case .looping: (4, 3)
      case .bounded: (7, 2)
      }
  }

  mutating func thousandths(_ count: Int) -> [Double] {
    defer { numbers = numbers.dropFirst(count) }
    return numbers.prefix(count).map { Double($0) / 1000 }
  }

  /// p(s', r | s, a), row-major over s, a, s', r.
  mutating func dynamics() -> [Double] {
    var result: [Double] = []
    for state in 0..<states {
      for action in 0..<actions {
        let first = result.count
        result += [Double](repeating: 0, count: (states + 1) * Self.rewards)
        for (successor, reward) in outcomes(state, action) {
          result[first + successor * Self.rewards + reward] =
            Double(numbers.removeFirst()) / 4096
        }
      }
    }
    return result
  }

  /// A reward for each successor, and one of them with a second reward: in the bounded kind at time 0 only.
  private func outcomes(_ state: Int, _ action: Int) -> [(successor: Int, reward: Int)] {
    var result = (Array(successors(of: state)) + [states]).enumerated().map {
      (successor: $1, reward: (state + 2 * action + $0) % Self.rewards)
    }
    if kind == .looping || state == 0 {
      let twice = result[kind == .looping ? state % result.count : 0]
      result.append((twice.successor, (twice.reward + 1 + action) % Self.rewards))
    }
    return result
  }

  private func successors(of state: Int) -> Range<Int> {
    switch kind {
    case .looping: 0..<states
    case .bounded:
      // The states 2 t - 1 and 2 t have the time t >= 1.
      state < 5 ? (state + 1) / 2 * 2 + 1..<(state + 1) / 2 * 2 + 3 : 0..<0
    }
  }
}
