internal import Notation
internal import Semantics

/// The names of an answer that stand for numbers nobody declares: numbers of samples, step sizes, baselines.
struct EstimatorConstants {
  let vocabulary: Vocabulary
  let definitions: Definitions
  let samples: SampleAverages
  /// All formulas of the answer.
  let formulas: [Expression]

  /// A name with its value.
  typealias Constant = (name: String, value: Double)

  private static let counts = ["N", "M", "m", "K", "B", "n", "S", "L", "batch_size"]
  private static let baselines = ["b", "c", "baseline", "B", "C"]
  private static let stepSizes = ["alpha", "eta", "lr", "learning_rate", "beta", "lambda", "rho"]
  /// What a baseline is that is any number.
  private static let anyNumber = 0.7310585786300049

  /// The names with values; of an update the step size is 1.
  func all(isUpdate: Bool) -> [Constant] {
    var constants = samples.counts
    func add(_ names: [String], _ value: Double) {
      for name in names where !definitions.contains(Name(name)) {
        if !constants.contains(where: { $0.name == name }) { constants.append((name, value)) }
      }
    }
    add([SampleAverages.unnamed] + sizes, SampleArrays.count)
    if !samples.isEmpty { add(Self.counts, SampleArrays.count) }
    if isUpdate { add(Self.stepSizes, 1) }
    // A baseline that depends on something is no number.
    add(Self.baselines.filter { !isFunction($0) }, Self.anyNumber)
    return constants
  }

  /// The names of the sizes of lists and arrays in code: `len(episodes)`, `np.random.randn(S)`.
  private var sizes: [String] {
    var names: Set<String> = []
    for formula in formulas {
      formula.walk { inner in
        var size: Expression?
        switch inner.node {
        case .call(.count, let arguments), .call(.standardNormal, let arguments):
          size = arguments.first
        case .apply(let name, let arguments) where name.base.hasSuffix("sample"):
          size = arguments.groups.first?.last
        default: break
        }
        if case .name(let name)? = size?.withoutGroups.node,
          SampleArrays.isSize(name, vocabulary)
        {
          names.insert(name.description)
        }
      }
    }
    return names.sorted()
  }

  private func isFunction(_ name: String) -> Bool {
    formulas.contains { formula in
      formula.contains { inner in
        switch inner.node {
        case .apply(let head, _): head.base == name
        case .name(let own): own.base == name && !own.subscripts.isEmpty
        default: false
        }
      }
    }
  }
}
