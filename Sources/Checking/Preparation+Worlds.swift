internal import Homework
internal import Notation
internal import Semantics

extension Preparation {
  func worlds(
    of vocabulary: Vocabulary, conditions: [World.Condition], sizes: [AxisKind: Int]
  ) -> [World] {
    Preparation.worlds(
      of: vocabulary, criterion: criterion, key: worldKey, conditions: conditions, sizes: sizes)
  }

  /// Returns the worlds of a criterion under conditions.
  static func worlds(
    of vocabulary: Vocabulary, criterion: Criterion, key: String, conditions: [World.Condition],
    sizes: [AxisKind: Int]
  ) -> [World] {
    if vocabulary.field == .episodicMDP {
      return World.decisions(of: vocabulary, discount: discount(in: conditions), key: key)
    }
    var generic = World.Sizes.generic
    generic.latent = sizes[.latent] ?? generic.latent
    generic.data = sizes[.data] ?? generic.data
    generic.observed = sizes[.observed] ?? generic.observed
    var worlds = [
      World(
        vocabulary: vocabulary, sizes: generic, conditions: conditions, key: key,
        samples: criterion.check == .estimator ? 8 : 32, name: "several dimensions")
    ]
    if criterion.conventions["dimensions"]?.value == "any", sizes.isEmpty {
      var single = generic
      single.latent = 1
      single.observed = 1
      worlds.append(
        World(
          vocabulary: vocabulary, sizes: single, conditions: conditions, key: key, samples: 32,
          name: "one dimension"))
    }
    if vocabulary.field == .latentVariable {
      worlds += World.models(of: vocabulary, conditions: conditions, key: key)
    }
    return worlds
  }

  /// Returns the worlds of a wide range for derivations under conditions.
  static func wideWorlds(
    of vocabulary: Vocabulary, key: String, conditions: [World.Condition]
  ) -> [World] {
    if vocabulary.field == .episodicMDP {
      return World.wideDecisions(of: vocabulary, discount: discount(in: conditions), key: key)
    }
    return World.wide(of: vocabulary, conditions: conditions, key: key)
  }

  private static func discount(in conditions: [World.Condition]) -> Double {
    var discount = 1.0
    for case .value("gamma", let value) in conditions where value > 0 && value <= 1 {
      discount = value
    }
    return discount
  }
}
