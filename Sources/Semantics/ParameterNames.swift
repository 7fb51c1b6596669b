internal import Compute
public import Notation

/// Which letters stand for the parameters of the encoder and of the rest of the model in an answer.
///
/// The letters are those that the densities carry: `q_\phi(z \mid x)`, `p_\theta(x \mid z)`. Where neither
/// carries any, phi belongs to the encoder and theta to the model.
public struct ParameterNames: Hashable, Sendable {
  private var encoder: Set<String> = ["phi"]
  private var model: Set<String> = ["theta"]
  /// Whether the prior carries a letter: `p_\theta(z)`.
  private var hasParametersInPrior = false

  /// The usual letters.
  public init() {}

  /// Finds the letters in the formulas of an answer.
  public init(in expressions: [Expression]) {
    encoder = []
    model = []
    for expression in expressions { collect(from: expression) }
    if encoder.isEmpty { encoder = Set(["phi"]).subtracting(model) }
    if model.isEmpty { model = Set(["theta"]).subtracting(encoder) }
  }

  private mutating func collect(from expression: Expression) {
    var open = [expression]
    while let next = open.popLast() {
      let name: Name? =
        switch next.node {
        case .apply(let name, _): name
        case .name(let name): name
        default: nil
        }
      if let name, ["p", "q"].contains(name.base) {
        let letters = name.indexTokens.map(\.letter).filter(NameStems.parameterIndices.contains)
        if name.base == "q" { encoder.formUnion(letters) } else { model.formUnion(letters) }
        if name.base == "p", !letters.isEmpty, next.isOfLatentAlone { hasParametersInPrior = true }
      }
      open += next.children
    }
  }

  /// The parts of a model by whose parameters a gradient is taken.
  struct Parts: OptionSet, Hashable, Sendable {
    let rawValue: Int

    static let encoder = Parts(rawValue: 1)
    static let decoder = Parts(rawValue: 2)
    static let prior = Parts(rawValue: 4)

    /// All sets of parts that a letter or two may stand for.
    static let all: [Parts] = [
      .encoder, .decoder, [.decoder, .prior], [.encoder, .decoder], [.encoder, .decoder, .prior],
    ]
  }

  /// Returns whose parameters a variable stands for; `nil` for a letter that is nobody's or both's.
  func parts(of variable: Expression) -> Parts? {
    switch variable.node {
    case .name(let name):
      switch (encoder.contains(name.letter), model.contains(name.letter)) {
      case (true, false): return .encoder
      case (false, true): return hasParametersInPrior ? [.decoder, .prior] : .decoder
      default: return nil
      }
    case .group(_, let inner): return parts(of: inner)
    case .tuple(let entries):
      var result: Parts = []
      for entry in entries {
        guard let parts = parts(of: entry) else { return nil }
        result.formUnion(parts)
      }
      return result
    default: return nil
    }
  }
}

extension Name {
  /// The letter, variants of a letter as one.
  fileprivate var letter: String { base.letter }
}

extension IndexToken {
  fileprivate var letter: String { text.letter }
}

extension String {
  fileprivate var letter: String {
    switch self {
    case "varphi": "phi"
    case "vartheta": "theta"
    default: self
    }
  }
}

extension Expression {
  /// Whether this is a density of the latent variable and nothing else: `p(z)`.
  fileprivate var isOfLatentAlone: Bool {
    guard case .apply(_, let arguments) = node, arguments.groups.count == 1,
      arguments.groups[0].count == 1, case .name(let name) = arguments.groups[0][0].node
    else { return false }
    return ["z", "h"].contains(name.base)
  }
}

/// A gradient by some parameters of a model: the axis of its components and the tangents.
struct ModelGradient: Sendable {
  var axis: Axis
  var seeds: [NodeID: NodeID]
}

extension World {
  /// Prepares the gradients by the parameters of the parts of a model.
  mutating func addGradients(of model: LatentNodes, vocabulary: Vocabulary) {
    var encoder = model.phi
    if encoder.isEmpty { encoder = parameters(of: "q", vocabulary) }
    var prior = parameters(of: "p", vocabulary)
    let law: [NodeID]
    if let gaussian = model.gaussian(.prior) {
      law = [gaussian.location, gaussian.scale]
    } else if let state = model.state {
      law = [model.logPrior(.state(state), in: &builder)]
    } else {
      law = []
    }
    let slots = builder.inputSlots(of: law)
    let isPrior = model.theta.map { builder.inputSlots(of: [$0]).contains(where: slots.contains) }
    let decoder = zip(model.theta, isPrior).filter { !$1 }.map { $0.0 }
    if prior.isEmpty || model.state != nil {
      prior = zip(model.theta, isPrior).filter { $1 }.map { $0.0 }
    }
    for parts in ParameterNames.Parts.all {
      let parameters =
        (parts.contains(.encoder) ? encoder : []) + (parts.contains(.decoder) ? decoder : [])
        + (parts.contains(.prior) ? prior : [])
      guard !parameters.isEmpty else { continue }
      let (axis, seeds) = builder.gradientSeeds(of: parameters, along: sample)
      gradients[parts] = ModelGradient(axis: axis, seeds: seeds)
    }
  }

  /// The inputs for the parameters of a declared normal distribution.
  private func parameters(of name: String, _ vocabulary: Vocabulary) -> [NodeID] {
    guard let declared = vocabulary.distributions.first(where: { $0.name == name }) else {
      return []
    }
    return [declared.mean, declared.spread].compactMap { $0.map { values[$0].node } }
  }
}
