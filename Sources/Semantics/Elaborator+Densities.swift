internal import Compute
internal import Notation

extension Elaborator {
  /// What a density is taken of: its kind in the model and the latent point.
  struct ModelPoint {
    var kind: ModelDensity
    var latent: LatentPoint?
  }

  /// A value of the latent variable: a number, or a state.
  struct LatentPoint {
    var value: Quantity
    var state: Axis?
    var tokens: [IndexToken] = []
  }

  /// Returns which density of a latent-variable model an application is, or `nil` if it is none.
  ///
  /// Arguments decide: `p(x \mid z)`, `p(z)`, `p(x, z)`, `p(z \mid x)`, `p(x)`, `q(z \mid x)`, `q(z)`.
  mutating func modelDensity(
    _ name: Name, _ arguments: Arguments, at range: SourceRange
  ) throws(Misunderstanding) -> ModelPoint? {
    guard vocabulary.field == .latentVariable, name.stem == "p" || name.stem == "q",
      let before = arguments.groups.first
    else { return nil }
    let first = roles(of: before)
    var second = Roles()
    if let divider = arguments.dividers.first, divider == .bar {
      second = roles(of: arguments.groups[1])
    }
    guard !first.hasNoise else { return nil }
    switch (name.stem, first.observed, first.latent != nil, second.observed, second.latent != nil) {
    case ("p", true, false, _, true):
      return ModelPoint(kind: .likelihood, latent: try point(second.latent, at: range))
    case ("p", true, true, false, false):
      return ModelPoint(kind: .joint, latent: try point(first.latent, at: range))
    case ("p", false, true, false, false):
      return ModelPoint(kind: .prior, latent: try point(first.latent, at: range))
    case ("p", false, true, true, false):
      return ModelPoint(kind: .posterior, latent: try point(first.latent, at: range))
    case ("p", true, false, false, false): return ModelPoint(kind: .evidence)
    case ("q", false, true, _, false):
      return ModelPoint(kind: .encoder, latent: try point(first.latent, at: range))
    default:
      throw Misunderstanding(
        .outOfReach, "the model has no density with these arguments", at: range)
    }
  }

  private struct Roles {
    var observed = false
    var latent: Expression?
    var hasNoise = false
  }

  /// Sorts the arguments of a density into observation, latent variable, noise and parameters.
  private func roles(of arguments: [Expression]) -> Roles {
    var roles = Roles()
    for argument in arguments {
      switch argument.node {
      case .name(let name) where isObservation(name): roles.observed = true
      case .name(let name) where NoiseNames.all.contains(name.stem) && !isBound(name):
        roles.hasNoise = true
      case .name(let name)
      where NameStems.parameterIndices.contains(name.stem) && !isBound(name): break
      case .relation(.equal, let left, _):
        if case .name(let name) = left.node, isObservation(name) {
          roles.observed = true
        } else {
          roles.latent = argument
        }
      default: roles.latent = argument
      }
    }
    return roles
  }

  func isObservation(_ name: Name) -> Bool {
    vocabulary.names.arguments.contains(name.stem)
      && !bindings.contains { $0.name == name.stem }
  }

  func isLatent(_ name: Name) -> Bool {
    vocabulary.field == .latentVariable && (name.stem == "z" || name.stem == "h")
  }

  private func isBound(_ name: Name) -> Bool {
    bindings.contains { $0.name == name.stem || $0.name == name.description }
  }

  /// Returns the latent point that an argument names: `z`, `z = \mu + \sigma\epsilon`, `g(\epsilon, x)`, `\cdot`.
  private mutating func point(
    _ argument: Expression?, at range: SourceRange
  ) throws(Misunderstanding) -> LatentPoint? {
    guard let argument else { return nil }
    switch argument.node {
    case .placeholder: return nil
    case .relation(.equal, _, let value): return LatentPoint(value: try quantity(value))
    case .name(let name):
      let key = name.description
      if let binding = bindings.last(where: { $0.name == key || $0.name == name.stem }),
        case .value(let value) = binding.meaning
      {
        return LatentPoint(value: value, state: binding.state, tokens: name.indexTokens)
      }
      if isLatent(name), definitions.match(stem: name.stem, tokens: name.indexTokens) == nil {
        if let states = world.states, readsLatentAsArray {
          return LatentPoint(
            value: Quantity(stateNumber(along: states), axes: [states]), state: states)
        }
        // A free latent variable: right where a distribution is meant, a mistake where a number is.
        return nil
      }
      return LatentPoint(value: try quantity(argument))
    default: return LatentPoint(value: try quantity(argument))
    }
  }

  /// Returns the value of a density of the model with its logarithm.
  mutating func value(
    of density: ModelPoint, called text: @autoclosure () -> String, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if density.latent == nil {
      guard case .evidence = density.kind else {
        let text = text()
        throw Misunderstanding(
          .unboundLatent(text), "'\(text)' still depends on the latent variable", at: range)
      }
    }
    let logarithm = try logDensity(density, at: range)
    var value = Quantity(builder.unary(.exp, logarithm), logarithm: logarithm)
    if let state = density.latent?.state, density.latent?.value.axes == [state] {
      value.axes = [state]
    }
    return value
  }

  /// Returns the logarithm of a density of the model.
  mutating func logDensity(
    _ density: ModelPoint, at range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    if let latent = density.latent {
      switch density.kind {
      case .prior:
        let prior = try prior(at: range)
        if case .normal = prior {
          return try logDensity(prior, at: latent.value, member: latent.tokens, range: range)
        }
      case .encoder:
        let encoder = try encoder(at: range)
        if case .normal = encoder {
          return try logDensity(encoder, at: latent.value, member: latent.tokens, range: range)
        }
      default: break
      }
    }
    guard let model = world.model else {
      throw Misunderstanding(
        .outOfReach, "this density is not evaluated in several dimensions", at: range)
    }
    guard let latent = density.latent else { return model.logEvidence(in: &builder) }
    if let state = latent.state {
      return model.logDensity(density.kind, at: .state(state), in: &builder)
    }
    guard world.states == nil else {
      throw Misunderstanding(
        .outOfReach, "a discrete latent variable takes no such value", at: range)
    }
    return model.logDensity(density.kind, at: .number(latent.value.node), in: &builder)
  }

  /// Returns the logarithm of a normal density at a point, or of one of its entries.
  mutating func logDensity(
    _ distribution: DistributionValue, at point: Quantity, member tokens: [IndexToken],
    range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    switch distribution {
    case .normal(var mean, var deviation):
      if point.isNumber {
        if mean.isVector { mean = try bound(mean, kinds: [.latent], indices: tokens, at: range) }
        if deviation.isVector {
          deviation = try bound(deviation, kinds: [.latent], indices: tokens, at: range)
        }
      }
      let distance = try scaled(
        .divide, try scaled(.subtract, point, mean, at: range), deviation, at: range)
      var terms = mapped(.square, distance)
      terms.node = builder.binary(.multiply, builder.constant(0.5), terms.node)
      let logScale = builder.binary(
        .add, builder.unary(.log, deviation.node),
        builder.constant(0.5 * 1.8378770664093453, error: 0x1p-53))
      let scaleTerm = Quantity(logScale, axes: deviation.axes)
      let sum = try scaled(.add, terms, scaleTerm, at: range)
      return builder.unary(.negate, total(sum).node)
    case .normalMatrix(let mean, let covariance):
      let distance = try scaled(.subtract, point, mean, at: range)
      let solved = try product(try inverse(of: covariance, at: range), distance, at: range)
      let square = try product(transposed(distance), solved, at: range).node
      let count = Double(builder.count(of: covariance.axes[0]))
      let constant = builder.constant(count * 1.8378770664093453, error: 0x1p-51)
      let logDeterminant = builder.unary(.log, determinant(of: covariance).node)
      let sum = builder.binary(.add, builder.binary(.add, square, logDeterminant), constant)
      return builder.binary(.multiply, builder.constant(-0.5), sum)
    case .model:
      throw Misunderstanding(.outOfReach, "the density is not normal", at: range)
    }
  }

  /// Returns a declared distribution as a number: its density at the point that is bound.
  ///
  /// Without a point it is a mistake under its own name; a letter that is its index elsewhere, such as `a`
  /// of `N_a`, may be anything.
  mutating func density(
    ofDistribution index: Int, called key: String, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let binding = bindings.last(where: { $0.distribution != nil }),
      case .value(let point) = binding.meaning
    else {
      let name = vocabulary.distributions[index].name
      let isOwn = vocabulary.distributions.contains { key.lowercased().hasPrefix($0.name) }
      guard isOwn || key.hasPrefix("N_") else {
        throw Misunderstanding(
          .unknownName(key), "the name '\(key)' means nothing here", at: range)
      }
      throw Misunderstanding(
        .unboundLatent(name), "the density '\(name)' stands without a point", at: range)
    }
    let logarithm = try logDensity(
      try declared(index, at: range), at: point, member: [], range: range)
    return Quantity(builder.unary(.exp, logarithm), logarithm: logarithm)
  }

  /// Returns the distribution of an application that is a density of the variable.
  mutating func density(
    _ name: Name, _ arguments: Arguments, coordinateFor variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> DistributionValue? {
    guard let first = arguments.groups.first?.first, case .name(let point) = first.node,
      point.description == variable.description
    else { return nil }
    if name.base == "N" || name.base == "Normal" {
      return try normal(arguments, isByDeviation: name.base == "Normal", at: range)
    }
    if vocabulary.field == .latentVariable {
      if name.stem == "q" { return try encoder(at: range) }
      return name.stem == "p" && arguments.groups.count == 1 ? try prior(at: range) : nil
    }
    return try distribution(named: name, at: range)
  }

  /// Numbers the states along an axis from one.
  mutating func stateNumber(along axis: Axis) -> NodeID {
    builder.table((1...builder.count(of: axis)).map(Double.init), axes: [axis])
  }
}
