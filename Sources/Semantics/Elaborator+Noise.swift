internal import Compute
internal import Notation

extension Elaborator {
  /// The names of parameters that stand for all of them: `\nabla_\phi`.
  private static let allParameters: Set<String> = [
    "phi", "theta", "lambda", "psi", "vartheta", "varphi", "omega", "eta", "nu",
  ]
  /// The names of what is drawn from the law.
  static let latentNames: Set<String> = ["z", "x"]

  // MARK: - Draws

  /// Draws standard normal noise, once for each key.
  mutating func noise(_ key: String, isArray: Bool = false) -> NodeID {
    if let known = noiseReading?.draws.first(where: { $0.key == key }) { return known.point }
    let (axis, nodes, weights) = builder.quadrature(world.quadrature.normal)
    noiseReading?.draws.append(
      NoiseReading.Draw(
        key: key, axis: axis, weights: weights, point: nodes, isHeld: false, isArray: isArray))
    return nodes
  }

  /// Whether the argument of a call that draws is the number of samples.
  func isSampleSize(_ argument: Expression?) -> Bool {
    switch argument?.withoutGroups.node {
    case .number(let value, _)?: value > 1
    case .name(let name)?: SampleArrays.isSize(name, vocabulary)
    default: false
    }
  }

  /// Sums an array of samples of code, or a value of all episodes; `nil` if the value is none.
  mutating func sumOfSamples(_ value: Quantity) -> Quantity? {
    guard value.isNumber else { return nil }
    let axes = builder.axes(of: value.node)
    let isArray: Bool
    if let (trajectories, _) = reading {
      isArray = axes.contains(trajectories.trajectory)
    } else {
      let draws = noiseReading?.draws ?? []
      isArray = draws.contains { $0.isArray && axes.contains($0.axis) }
    }
    guard isArray else { return nil }
    let count = builder.constant(SampleArrays.count)
    return Quantity(builder.binary(.multiply, value.node, count))
  }

  /// Sums or averages an array of samples inside another sum or mean: the own sample, and the others by their mean;
  /// `nil` if the value is none.
  mutating func ofSamplesInside(_ function: Function, _ value: Quantity) -> Quantity? {
    guard let noiseReading, noiseReading.openReductions > 1, value.isNumber,
      function == .sum || function == .mean
    else { return nil }
    let axes = builder.axes(of: value.node)
    let draws = noiseReading.draws.filter { axes.contains($0.axis) }
    guard !draws.isEmpty, function == .mean || draws.contains(where: \.isArray) else { return nil }
    var mean = value.node
    for draw in draws {
      mean = builder.integral(
        builder.binary(.multiply, mean, draw.weights), over: draw.axis)
    }
    let others = builder.binary(
      .multiply, builder.constant(SampleArrays.count - 1), mean)
    let sum = builder.binary(.add, value.node, others)
    guard function == .mean else { return Quantity(sum) }
    return Quantity(
      builder.binary(.divide, sum, builder.constant(SampleArrays.count)))
  }

  /// Draws from the law, once for each key: `z \sim q`, which does not move with the parameters.
  mutating func sample(_ key: String) -> NodeID? {
    guard let law = world.law else { return nil }
    if let known = noiseReading?.draws.first(where: { $0.key == key }) { return known.point }
    let (axis, nodes, weights) = builder.quadrature(world.quadrature.normal)
    let point = builder.binary(.add, law.location, builder.binary(.multiply, law.scale, nodes))
    noiseReading?.draws.append(
      NoiseReading.Draw(key: key, axis: axis, weights: weights, point: point, isHeld: true))
    return point
  }

  /// Returns what is drawn under a name: noise, or a value of the law; `nil` if the name is of neither.
  mutating func drawn(_ name: Name) -> Quantity? {
    guard let reading = noiseReading, let law = world.law else { return nil }
    if NoiseNames.all.contains(name.base) { return Quantity(noise(name.description)) }
    guard Self.latentNames.contains(name.base) else { return nil }
    if let key = reading.noiseOfLatent {
      let bound = bindings.last { $0.name == key }
      let point: NodeID
      if case .value(let value)? = bound?.meaning { point = value.node } else { point = noise(key) }
      let shift = builder.binary(.multiply, law.scale, point)
      return Quantity(builder.binary(.add, law.location, shift))
    }
    return sample(name.description).map { Quantity($0) }
  }

  /// Returns the noise that stands in an expression, in definitions behind it as well; `nil` if there is none.
  func freeNoise(in expression: Expression) -> String? {
    var found: String?
    var open: Set<String> = []
    func visit(_ expression: Expression) {
      guard found == nil else { return }
      switch expression.node {
      case .name(let name):
        if let match = definitions.match(stem: name.stem, tokens: name.indexTokens) {
          if open.insert(name.description).inserted { visit(match.definition.body) }
          return
        }
        let isBound = bindings.contains { $0.name == name.description || $0.name == name.stem }
        if NoiseNames.all.contains(name.base), !isBound { found = name.description }
      default: break
      }
      for child in expression.children { visit(child) }
    }
    visit(expression)
    return found
  }

  // MARK: - Gradients

  /// Returns a derivative while an estimator over noise is read.
  mutating func differentiateInNoise(
    _ derivative: Derivative, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let law = world.law else {
      throw Misunderstanding(.outOfReach, "there are no parameters", at: range)
    }
    guard let variable = derivative.variable else {
      // `\nabla f(z)` is the slope of f, any other gradient is by the parameters.
      if let slope = try slope(of: derivative.body) { return slope }
      return try gradient(of: derivative.body, by: law)
    }
    if isAllParameters(variable) {
      return try gradient(of: derivative.body, by: law)
    }
    let base = try quantity(variable)
    guard base.isNumber else {
      throw Misunderstanding(
        .outOfReach, "a derivative is taken by something that is no variable", at: variable.range)
    }
    if let direction = direction(of: base.node, by: law) {
      let gradient = try gradient(of: derivative.body, by: law)
      let terms = builder.binary(.multiply, gradient.node, direction)
      return Quantity(builder.reduce(.sum, terms, over: law.parameter))
    }
    var value = try quantity(derivative.body)
    guard (1...4).contains(derivative.order) else {
      throw Misunderstanding(.outOfReach, "the order of the derivative is too high", at: range)
    }
    for _ in 0..<derivative.order {
      let one = builder.constant(1)
      value.node = builder.tangent(of: value.node, seeds: [base.node: one]) ?? builder.constant(0)
      value.logarithm = nil
    }
    return value
  }

  /// Whether a variable stands for all parameters of the law.
  func isAllParameters(_ variable: Expression) -> Bool {
    switch variable.withoutGroups.node {
    case .name(let name):
      guard definitions.match(stem: name.stem, tokens: name.indexTokens) == nil,
        meaning(stem: name.stem, tokens: name.indexTokens) == nil
      else { return false }
      return Self.allParameters.contains(name.base)
    case .tuple(let entries): return entries.count == 2
    default: return false
    }
  }

  /// Whether a gradient by all parameters stands inside, which may vanish.
  func isByAllParameters(_ expression: Expression) -> Bool {
    expression.contains { inner in
      guard case .derivative(let derivative) = inner.node else { return false }
      return derivative.variable.map(isAllParameters) ?? true
    }
  }

  /// Returns the gradient by the parameters of the law; what is drawn from it stays where it is.
  private mutating func gradient(
    of body: Expression, by law: ParametricLaw
  ) throws(Misunderstanding) -> Quantity {
    let value = try number(body)
    return Quantity(gradient(of: value, by: law))
  }

  mutating func gradient(of node: NodeID, by law: ParametricLaw) -> NodeID {
    var seeds = law.seeds
    for binding in bindings where binding.distribution != nil {
      if case .value(let point) = binding.meaning, point.node != law.location {
        seeds[point.node] = builder.constant(0)
      }
    }
    for draw in noiseReading?.draws ?? [] where draw.isHeld {
      seeds[draw.point] = builder.constant(0)
    }
    return builder.tangent(of: node, seeds: seeds) ?? builder.constant(0)
  }

  /// Returns the direction of a parameter such as `\ln\sigma` in location and scale, as weights of both derivatives.
  ///
  /// `nil` if the node is a function of neither.
  mutating func direction(of node: NodeID, by law: ParametricLaw) -> NodeID? {
    guard builder.axes(of: node).allSatisfy({ $0 == world.sample }),
      let tangent = builder.tangent(of: node, seeds: law.seeds)
    else { return nil }
    let square = builder.unary(.square, tangent)
    return builder.binary(
      .divide, tangent, builder.reduce(.sum, square, over: law.parameter))
  }

  /// Returns the slope of an arbitrary function at its argument, if the expression is one.
  private mutating func slope(of body: Expression) throws(Misunderstanding) -> Quantity? {
    switch body.withoutGroups.node {
    case .apply(var name, let arguments):
      guard case .function? = meaning(stem: name.base, tokens: name.indexTokens)?.0 else {
        return nil
      }
      name.primes += 1
      return try apply(name, arguments, at: body.range)
    case .name(var name):
      guard case .function? = meaning(stem: name.base, tokens: name.indexTokens)?.0 else {
        return nil
      }
      name.primes += 1
      return try value(of: name, at: body.range)
    default: return nil
    }
  }

  // MARK: - Functions

  /// Returns `\mu_\phi(x)`: a parameter of the law that a network gives; `nil` if the name is none.
  mutating func outputOfNetwork(
    _ name: Name, _ entries: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard noiseReading != nil, !entries.isEmpty,
      case .variable? = meaning(stem: name.stem, tokens: name.indexTokens)?.0,
      entries.allSatisfy({ entry in
        guard case .name(let input) = entry.node else { return false }
        return Self.allParameters.contains(input.base) || ["x", "s"].contains(input.base)
      })
    else { return nil }
    return try value(of: name, at: range)
  }

  // MARK: - Code

  /// Returns a method of a distribution in code: `dist.log_prob(z)`, `q.sample()`; `nil` if it is none.
  mutating func distributionMethod(
    _ name: Name, _ entries: [Expression], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard noiseReading != nil, let law = world.law else { return nil }
    let distribution: DistributionValue
    var entries = entries
    var method = name.base[...]
    if let dot = name.base.lastIndex(of: ".") {
      let owner = Name(String(name.base[..<dot]))
      method = name.base[name.base.index(after: dot)...]
      let isDefined = definitions.match(stem: owner.stem, tokens: []) != nil
      distribution =
        isDefined
        ? try self.distribution(named: owner, at: range)
        : .normal(mean: Quantity(law.location), deviation: Quantity(law.scale))
    } else {
      // `Normal(mu, std).rsample()` is read as a function of the distribution.
      guard ["log_prob", "rsample", "sample"].contains(name.base), let owner = entries.first,
        case .apply = owner.node
      else { return nil }
      distribution = try self.distribution(owner)
      entries.removeFirst()
    }
    let key = "\(name.base)@\(range.lower)"
    switch method {
    case "log_prob":
      guard let point = entries.first, entries.count == 1 else { return nil }
      return Quantity(
        try logDensity(distribution, at: try quantity(point), member: [], range: range))
    case "rsample":
      let (mean, deviation) = try parameters(distribution, member: [], at: range)
      return Quantity(
        builder.binary(
          .add, mean,
          builder.binary(
            .multiply, deviation, noise(key, isArray: isSampleSize(entries.first)))))
    case "sample":
      let (mean, deviation) = try parameters(distribution, member: [], at: range)
      let point = noise(key, isArray: isSampleSize(entries.first))
      let value = builder.binary(.add, mean, builder.binary(.multiply, deviation, point))
      return Quantity(builder.unary(.stopGradient, value))
    default: return nil
    }
  }
}
