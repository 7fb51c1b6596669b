internal import Compute
internal import Notation

extension Elaborator {
  /// Returns the distribution that an expression names or writes out.
  mutating func distribution(
    _ expression: Expression
  ) throws(Misunderstanding) -> DistributionValue {
    switch expression.node {
    case .name(let name): return try distribution(named: name, at: expression.range)
    case .number(let value, _) where abs(value) < 1e9 && value == value.rounded():
      return try distribution(named: Name("\(Int(value))"), at: expression.range)
    case .group(_, let inner): return try distribution(inner)
    case .apply(let name, let arguments):
      return try distribution(applied: name, arguments, at: expression.range)
    default:
      throw Misunderstanding(
        .nonsense, "a distribution is expected here", at: expression.range)
    }
  }

  /// Returns the distribution that a name alone stands for: `q`, `p`, `\mathcal N_1`.
  mutating func distribution(
    named name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue {
    if let match = definitions.match(stem: name.stem, tokens: name.indexTokens),
      match.definition.parameters.isEmpty
    {
      let saved = definitions
      definitions = definitions.before(match.definition)
      defer { definitions = saved }
      return try distribution(match.definition.body)
    }
    if vocabulary.field == .latentVariable,
      let found = try modelDistribution(named: name, at: range)
    {
      return found
    }
    if let (meaning, _) = meaning(stem: name.stem, tokens: name.indexTokens),
      case .distribution(let index) = meaning
    {
      return try declared(index, at: range)
    }
    if NoiseNames.all.contains(name.stem) { return standardNormal() }
    throw Misunderstanding(
      .unknownName(name.description), "the distribution '\(name)' is not known", at: range)
  }

  private mutating func modelDistribution(
    named name: Name, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue? {
    switch name.stem {
    case "q": return try encoder(at: range)
    case "p": return try prior(at: range)
    default: return nil
    }
  }

  /// Returns the distribution that is written with arguments: `q(z \mid x)`, `N(\mu, \sigma^2)`.
  private mutating func distribution(
    applied name: Name, _ arguments: Arguments, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue {
    if name.base == "N" || name.base == "Normal" {
      return try normal(arguments, isByDeviation: name.base == "Normal", at: range)
    }
    if let density = try modelDensity(name, arguments, at: range) {
      switch density.kind {
      case .prior: return try prior(at: range)
      case .encoder: return try encoder(at: range)
      default: return .model(density.kind)
      }
    }
    let before = arguments.groups.first ?? []
    if before.count == 1, case .name(let variable) = before[0].node,
      NoiseNames.all.contains(variable.stem)
    {
      return standardNormal()
    }
    return try distribution(named: name, at: range)
  }

  /// Returns the normal distribution `N(\mu, v)` or the one behind `N(x; \mu, v)`.
  mutating func normal(
    _ arguments: Arguments, isByDeviation: Bool, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue {
    let entries = arguments.groups.last ?? []
    guard entries.count == 2 else {
      throw Misunderstanding(
        .nonsense, "a normal distribution takes a mean and a variance", at: range)
    }
    let mean = try quantity(entries[0])
    if isByDeviation {
      return .normal(mean: mean, deviation: try quantity(entries[1]))
    }
    if isBareDeviation(entries[1]) {
      // `N(\mu, \sigma)`: the deviation itself, or the variance if sigma is said to be one.
      let spread = try quantity(entries[1])
      return .normal(
        mean: mean, deviation: readsDeviationsAsVariances ? mapped(.sqrt, spread) : spread)
    }
    if case .call(.diagonal, let diagonal) = entries[1].node, let entry = diagonal.first {
      return .normal(mean: mean, deviation: mapped(.sqrt, try quantity(entry)))
    }
    let spread = try quantity(entries[1])
    if spread.isMatrix { return .normalMatrix(mean: mean, covariance: spread) }
    if spread.isIdentity {
      return .normal(mean: mean, deviation: Quantity(builder.unary(.sqrt, spread.node)))
    }
    return .normal(mean: mean, deviation: mapped(.sqrt, spread))
  }

  /// Whether an expression is just the name of a standard deviation.
  private func isBareDeviation(_ expression: Expression) -> Bool {
    switch expression.node {
    case .group(_, let inner): return isBareDeviation(inner)
    case .call(.diagonal, let arguments): return arguments.first.map(isBareDeviation) ?? false
    case .name(let name):
      guard definitions.match(stem: name.stem, tokens: name.indexTokens) == nil,
        case .variable(_, as: .deviation)? = meaning(stem: name.stem, tokens: name.indexTokens)?.0
      else { return false }
      return true
    default: return false
    }
  }

  mutating func standardNormal() -> DistributionValue {
    .normal(mean: Quantity(builder.constant(0)), deviation: Quantity(builder.constant(1)))
  }

  /// Returns a distribution that the rubric declares.
  mutating func declared(
    _ index: Int, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue {
    let isPlain =
      inheritedIndices.isEmpty && dataAxis == world.axes[.data]
      && bindings.allSatisfy(isForeignToDeclarations)
    if isPlain, let known = declaredLaws[index] { return known }
    // The rubric's formula, untouched by what the student defines.
    let saved = (definitions, readsDeviationsAsVariances)
    definitions = Definitions()
    readsDeviationsAsVariances = false
    defer { (definitions, readsDeviationsAsVariances) = saved }
    let law = try distribution(vocabulary.distributions[index].formula)
    if isPlain { declaredLaws[index] = law }
    return law
  }

  /// Whether a bound variable is none that the formula of a declared distribution could speak of.
  private func isForeignToDeclarations(_ binding: Binding) -> Bool {
    guard case .value = binding.meaning else { return false }
    switch vocabulary.meanings[binding.name] {
    case nil, .distribution: return true
    case .variable, .count, .definition, .function: return false
    }
  }

  mutating func prior(at range: SourceRange) throws(Misunderstanding) -> DistributionValue {
    try declaredOrModel("p", .prior, at: range)
  }

  mutating func encoder(at range: SourceRange) throws(Misunderstanding) -> DistributionValue {
    try declaredOrModel("q", .encoder, at: range)
  }

  private mutating func declaredOrModel(
    _ name: String, _ density: ModelDensity, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue {
    if world.states == nil,
      let index = vocabulary.distributions.firstIndex(where: { $0.name == name })
    {
      return try declared(index, at: range)
    }
    if let law = world.model?.gaussian(density.isPrior ? .prior : .encoder) {
      return .normal(mean: Quantity(law.location), deviation: Quantity(law.scale))
    }
    return .model(density)
  }

  /// Returns mean and deviation of a normal distribution, or of one of its entries.
  mutating func parameters(
    _ distribution: DistributionValue, member tokens: [IndexToken], at range: SourceRange
  ) throws(Misunderstanding) -> (mean: NodeID, deviation: NodeID) {
    guard case .normal(var mean, var deviation) = distribution else {
      throw Misunderstanding(.outOfReach, "the distribution is not normal here", at: range)
    }
    if mean.isVector { mean = try bound(mean, kinds: [.latent], indices: tokens, at: range) }
    if deviation.isVector {
      deviation = try bound(deviation, kinds: [.latent], indices: tokens, at: range)
    }
    guard mean.isNumber, deviation.isNumber else {
      throw Misunderstanding(
        .outOfReach, "an expectation over several dimensions is not evaluated", at: range)
    }
    return (mean.node, deviation.node)
  }
}

/// The letters that people use for the noise of the reparameterisation.
enum NoiseNames {
  static let all: Set<String> = ["epsilon", "eps", "xi", "zeta", "noise"]
}
