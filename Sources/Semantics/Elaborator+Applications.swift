internal import Compute
internal import Notation

extension Elaborator {
  /// Returns the value of a name applied to arguments: a function, a density, an output of a network.
  mutating func apply(
    _ name: Name, _ arguments: Arguments, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let entries = Array(arguments.groups.joined())
    // A name that is bound to a value is a function of what is common to all: `L(\theta; x)`.
    if let bound = bindings.last(where: { $0.name == name.description || $0.name == name.stem }),
      case .value(let value) = bound.meaning, entries.allSatisfy(\.isNameOrIndexed)
    {
      return value
    }
    if let match = definition(of: name) {
      if match.definition.parameters.count == entries.count {
        return try value(of: match, arguments: entries, at: range)
      }
      // `L(\theta; x)` of an `L` that was defined without arguments; `\mu(s)` of a function that was.
      if match.definition.parameters.isEmpty, !match.definition.isDistribution {
        let saved = pendingArguments
        pendingArguments = entries
        defer { pendingArguments = saved }
        return try value(of: match, at: range)
      }
    }
    if vocabulary.field == .episodicMDP,
      let value = try decisionFunction(name, arguments, at: range)
    {
      return value
    }
    if let density = try modelDensity(name, arguments, at: range) {
      let text = Expression(.apply(name, arguments), range)
      return try value(of: density, called: text.latex, at: range)
    }
    if let value = try networkOutput(name, entries, at: range) { return value }
    if let map = try encoderMap(name, entries, at: range) { return map }
    if case .function(let index, let order)? = meaning(
      stem: name.base, tokens: name.indexTokens)?.0,
      let entry = entries.first, entries.count == 1
    {
      return try smoothFunction(index, of: entry, derivatives: order + name.primes)
    }
    if let value = try distributionMethod(name, entries, at: range) { return value }
    if let value = try outputOfNetwork(name, entries, at: range) { return value }
    if let value = try normalDensity(name, arguments, entries, at: range) { return value }
    if let value = try declaredDensity(name, arguments, at: range) { return value }
    if entries.count == 1, arguments.groups.count == 1 {
      // A known name before a bracket that is no function multiplies.
      if let factor = try valueIfKnown(of: name, at: range) {
        return try product(factor, try quantity(entries[0]), at: range)
      }
    }
    throw Misunderstanding(
      .unknownName(name.description), "the function '\(name)' is not known", at: range)
  }

  /// Returns `\mu_q(x_i)`: an output of the encoder or decoder, a variable with the index of its input.
  private mutating func networkOutput(
    _ name: Name, _ entries: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard
      entries.allSatisfy({ entry in
        guard case .name(let argument) = entry.node else { return false }
        return isObservation(argument) || isLatent(argument)
          || NameStems.parameterIndices.contains(argument.stem)
      }), !entries.isEmpty, vocabulary.field == .latentVariable,
      case .variable? = meaning(stem: name.stem, tokens: name.indexTokens)?.0
    else { return nil }
    var output = name
    for case .name(let argument) in entries.map(\.node) where isObservation(argument) {
      for token in argument.indexTokens { output.subscripts.append(token.expression) }
    }
    // The index of the input is the data's and comes first in a family over data.
    let inputIndices = output.subscripts.suffix(output.subscripts.count - name.subscripts.count)
    output.subscripts = name.subscripts + inputIndices
    return try value(of: output, at: range)
  }

  /// Returns `g(\epsilon, x)`, the encoder's map, unless the student defines it.
  private mutating func encoderMap(
    _ name: Name, _ entries: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard vocabulary.field == .latentVariable,
      name.stem == "g" || name.stem == "f" || name.stem == "z",
      world.states == nil
    else {
      guard vocabulary.field == .latentVariable, name.stem == "g" else { return nil }
      throw Misunderstanding(.outOfReach, "a discrete latent variable has no such map", at: range)
    }
    let noise = entries.filter { entry in
      if case .name(let argument) = entry.node {
        return !isObservation(argument) && !NameStems.parameterIndices.contains(argument.stem)
      }
      return true
    }
    guard noise.count == 1, let source = noise.first else { return nil }
    let (mean, deviation) = try parameters(
      try encoder(at: range), member: [], at: range)
    let value = try number(source)
    return Quantity(builder.binary(.add, mean, builder.binary(.multiply, deviation, value)))
  }

  /// Returns `N(x; \mu, \sigma^2)`.
  private mutating func normalDensity(
    _ name: Name, _ arguments: Arguments, _ entries: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard name.base == "N" || name.base == "Normal", entries.count == 3 else { return nil }
    var parts = arguments
    parts.groups = [Array(entries.suffix(2))]
    let distribution = try normal(parts, isByDeviation: name.base == "Normal", at: range)
    let logarithm = try logDensity(
      distribution, at: try quantity(entries[0]), member: [], range: range)
    return Quantity(builder.unary(.exp, logarithm), logarithm: logarithm)
  }

  /// Returns `q(x)` of a declared or defined normal distribution.
  private mutating func declaredDensity(
    _ name: Name, _ arguments: Arguments, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let first = arguments.groups.first?.first,
      let distribution = try? distribution(named: name, at: range)
    else { return nil }
    var tokens: [IndexToken] = []
    if case .name(let point) = first.node { tokens = point.indexTokens }
    let logarithm = try logDensity(
      distribution, at: try quantity(first), member: tokens, range: range)
    return Quantity(builder.unary(.exp, logarithm), logarithm: logarithm)
  }

  /// Returns an arbitrary smooth function, or its derivative: a fixed sum of a line, a sine and a tanh.
  mutating func smoothFunction(
    _ index: Int, of argument: Expression, derivatives: Int
  ) throws(Misunderstanding) -> Quantity {
    let value = try quantity(argument)
    var stream = GenericStream(key: "function \(vocabulary.functionNames[index])")
    var coefficients: [NodeID] = []
    for _ in 0..<6 {
      let values = (0..<world.sampleCount).map { _ in stream.mean() }
      coefficients.append(builder.table(values, axes: [world.sample]))
    }
    // A gentle bend, so that quadrature converges fast.
    coefficients[2] = builder.binary(.multiply, builder.constant(0.375), coefficients[2])
    func build(_ builder: inout ProgramBuilder, _ x: NodeID) -> NodeID {
      let wave = builder.unary(
        .sin,
        builder.binary(.add, builder.binary(.multiply, coefficients[0], x), coefficients[1]))
      let bend = builder.unary(
        .tanh,
        builder.binary(.add, builder.binary(.multiply, coefficients[2], x), coefficients[3]))
      let line = builder.binary(.multiply, coefficients[4], builder.unary(.square, x))
      let first = builder.binary(.add, wave, builder.binary(.multiply, coefficients[5], bend))
      return builder.binary(.add, first, line)
    }
    var node = build(&builder, value.node)
    let one = builder.constant(1)
    for _ in 0..<derivatives {
      node = builder.tangent(of: node, seeds: [value.node: one]) ?? builder.constant(0)
    }
    if noiseReading?.holdsFunctions ?? false {
      node = derivatives > 0 ? builder.constant(0) : builder.unary(.stopGradient, node)
    }
    var result = value
    result.node = node
    result.logarithm = nil
    return result
  }
}

extension Expression {
  /// Whether the expression is a name.
  fileprivate var isNameOrIndexed: Bool {
    if case .name = node { return true }
    return false
  }

  /// Whether a name with these letters occurs anywhere inside.
  func contains(name stem: String) -> Bool {
    switch node {
    case .name(let name) where name.stem == stem: return true
    case .apply(let name, _) where name.stem == stem: return true
    default: return children.contains { $0.contains(name: stem) }
    }
  }
}
