internal import Compute

/// How an input may be moved in a search for a point.
enum InputMove: Hashable, Sendable {
  /// Not at all.
  case held
  /// By adding.
  case shifted
  /// By a positive factor, between two limits.
  case stretched(least: Double, greatest: Double)
}

extension World {
  /// Creates the worlds in which inequalities are tried: 256 parameter sets of the latent-variable models, or
  /// points, of a wide range.
  ///
  /// The standard deviations of the laws reach from 0.05 to 5. What is held by a condition stays as it is, and so
  /// does the decoder of the non-linear model, which is made for its quadrature.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - conditions: What holds at all points.
  ///   - key: The text from which the points follow.
  /// - Returns: The worlds.
  public static func wide(
    of vocabulary: Vocabulary, conditions: [Condition], key: String
  ) -> [World] {
    let key = "\(key) wide"
    let hasModels = vocabulary.field == .latentVariable
    let plain = World(
      vocabulary: vocabulary, sizes: .generic, conditions: conditions, key: key,
      samples: hasModels ? 16 : 256, name: "several dimensions")
    var worlds = [plain]
    if hasModels {
      worlds += models(of: vocabulary, conditions: conditions, key: key) { kind in
        switch kind {
        case .linearGaussian: 64
        case .discrete: 160
        case .nonlinearGaussian: 16
        }
      }
    }
    for index in worlds.indices {
      worlds[index].widen(vocabulary: vocabulary, key: "\(key) \(worlds[index].name)")
    }
    return worlds
  }

  /// Creates the decision processes in which inequalities are tried: with policies from nearly uniform to nearly
  /// deterministic, and with rewards of either sign.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - discount: The discount.
  ///   - key: The text from which the values follow.
  /// - Returns: A world a kind.
  public static func wideDecisions(
    of vocabulary: Vocabulary, discount: Double, key: String
  ) -> [World] {
    let count = 24
    return TabularMDP.Kind.allCases.map { kind in
      var stream = GenericStream(key: "\(key) wide \(kind)")
      let tables = TabularMDP(kind: kind, discount: discount, samples: count).tables.map { table in
        let factor = Self.factor(3, &stream)
        let gain = Self.factor(2, &stream)
        let base = stream.mean()
        return MDPTables(
          actions: table.actions, rewards: table.rewards.map { gain * $0 + base },
          dynamics: table.dynamics, features: table.features, start: table.start,
          theta: table.theta.map { factor * $0 })
      }
      return decisions(
        of: vocabulary, key: "\(key) wide",
        name: kind == .looping ? "a process with loops" : "a process with a bounded horizon",
        process: TabularMDP(tables: tables, discount: discount))
    }
  }

  /// A factor between 2 to the minus n and 2 to the n, generic.
  private static func factor(_ doublings: Int, _ stream: inout GenericStream) -> Double {
    let exponent = stream.index(below: 2 * doublings) - doublings
    return Double(sign: .plus, exponent: exponent, significand: stream.uniform(1, 2))
  }

  /// Moves the inputs far apart and says how a search may move them further.
  private mutating func widen(vocabulary: Vocabulary, key: String) {
    quadrature = .coarse
    moves = inputs.indices.map { move(ofInput: $0, vocabulary: vocabulary) }
    for (slot, move) in moves.enumerated() {
      var stream = GenericStream(key: "\(key) \(slot)")
      let isLaw = !inputNames[slot].hasPrefix("decoder")
      inputs[slot] = inputs[slot].map { value in
        switch move {
        case .held: return value
        case .shifted:
          let factor = Self.factor(isLaw ? 2 : 1, &stream)
          return value * factor + (isLaw ? 0.5 : 0.25) * stream.mean()
        case .stretched(let least, let greatest):
          let factor = Self.factor(isLaw ? 4 : 1, &stream)
          return min(max(value * factor, least), greatest)
        }
      }
    }
  }

  private func move(ofInput slot: Int, vocabulary: Vocabulary) -> InputMove {
    let values = inputs[slot]
    let name = inputNames[slot]
    if slot < vocabulary.variables.count, vocabulary.variables[slot].kind == .covariance {
      return .held
    }
    // What a condition holds has the same values at each point; an observed category is no number.
    let width = values.count / max(sampleCount, 1)
    let isSame = values.indices.allSatisfy { values[$0] == values[$0 % max(width, 1)] }
    if isSame || values.allSatisfy({ $0 == 0 || $0 == 1 }) { return .held }
    let isDecoder = name.hasPrefix("decoder")
    if isDecoder || name == "observation", model?.line == nil, model?.state == nil { return .held }
    guard values.allSatisfy({ $0 > 0 }) else { return .shifted }
    return isDecoder ? .stretched(least: 0.3, greatest: 3) : .stretched(least: 0.05, greatest: 5)
  }
}
