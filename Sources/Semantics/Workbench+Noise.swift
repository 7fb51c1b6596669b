internal import Compute
public import Notation

/// An estimator of a gradient over base noise as an answer writes it.
public struct NoiseEstimator: Sendable {
  /// The formula: the estimate itself, or an objective whose gradient it is.
  public var expression: Expression
  /// By what the gradient is taken; all parameters of the law if `nil`.
  public var parameter: Expression?
  /// Whether the gradient of the formula is meant.
  public var isObjective: Bool
  /// Whether the formula is the rubric's, by all parameters whatever is asked.
  public var isOfRubric: Bool
  /// Whether arbitrary functions are held, so that nothing goes through their slopes.
  public var holdsFunctions = false
  /// Names with a value of their own: numbers of samples, constants.
  public var constants: [(name: String, value: Double)]

  /// Creates an estimator.
  public init(
    expression: Expression, parameter: Expression?, isObjective: Bool, isOfRubric: Bool = false,
    constants: [(name: String, value: Double)]
  ) {
    self.expression = expression
    self.parameter = parameter
    self.isObjective = isObjective
    self.isOfRubric = isOfRubric
    self.constants = constants
  }
}

extension Workbench {
  /// Returns the value of an estimator on all draws, its mean and its variance.
  ///
  /// - Parameter estimator: The estimator.
  /// - Returns: The moments, by quadrature.
  /// - Throws: Why it has no value in this world.
  public mutating func estimate(
    _ estimator: NoiseEstimator
  ) throws(Misunderstanding) -> Estimate {
    guard let law = elaborator.world.law else {
      throw Misunderstanding(
        .outOfReach, "no law is declared whose parameters the gradient is taken by",
        at: estimator.expression.range)
    }
    elaborator.definitions = estimator.isOfRubric ? Definitions() : studentDefinitions
    elaborator.noiseReading = NoiseReading()
    defer { elaborator.noiseReading = nil }
    var bindings: [Binding] = []
    for (name, value) in estimator.constants {
      let constant = elaborator.builder.constant(value)
      bindings.append(Binding(name: name, meaning: .value(Quantity(constant))))
    }
    elaborator.noiseReading?.holdsFunctions = estimator.holdsFunctions
    let noise = elaborator.freeNoise(in: estimator.expression)
    elaborator.noiseReading?.noiseOfLatent = noise
    let expression = estimator.expression
    var node = try elaborator.withBindings(bindings) { elaborator throws(Misunderstanding) in
      try elaborator.opened(expression, by: law)
    }
    if estimator.isObjective { node = elaborator.gradient(of: node, by: law) }
    let hasComponents = elaborator.builder.axes(of: node).contains(law.parameter)
    elaborator.definitions = studentDefinitions
    if let direction = try direction(estimator.parameter, by: law) {
      if estimator.isObjective || estimator.isOfRubric && hasComponents {
        let terms = elaborator.builder.binary(.multiply, node, direction)
        node = elaborator.builder.reduce(.sum, terms, over: law.parameter)
      } else if hasComponents {
        throw Misunderstanding(
          .nonsense,
          "a gradient by all parameters stands where one by '\(parameterText(estimator))' "
            + "is asked", at: expression.range)
      }
    } else if !hasComponents, !estimator.isObjective, !elaborator.isByAllParameters(expression) {
      throw Misunderstanding(
        .outOfReach, "it is not said by which parameter the gradient is taken",
        at: expression.range)
    }
    return moments(of: node, by: law)
  }

  private func parameterText(_ estimator: NoiseEstimator) -> String {
    estimator.parameter?.latex ?? ""
  }

  /// The direction of a parameter in location and scale; `nil` for all parameters.
  private mutating func direction(
    _ parameter: Expression?, by law: ParametricLaw
  ) throws(Misunderstanding) -> NodeID? {
    guard let parameter, !elaborator.isAllParameters(parameter) else { return nil }
    let node = try elaborator.number(parameter)
    guard let direction = elaborator.direction(of: node, by: law) else {
      throw Misunderstanding(
        .outOfReach, "'\(parameter.latex)' is no parameter of the distribution",
        at: parameter.range)
    }
    return direction
  }

  private mutating func moments(of node: NodeID, by law: ParametricLaw) -> Estimate {
    let draws = elaborator.noiseReading?.draws ?? []
    func mean(_ node: NodeID, _ builder: inout ProgramBuilder) -> NodeID {
      var result = node
      for draw in draws where builder.axes(of: result).contains(draw.axis) {
        let weighted = builder.binary(.multiply, result, draw.weights)
        result = builder.integral(weighted, over: draw.axis)
      }
      return result
    }
    let first = mean(node, &elaborator.builder)
    let square = elaborator.builder.unary(.square, node)
    let second = mean(square, &elaborator.builder)
    let meanSquare = elaborator.builder.unary(.square, first)
    var variance = elaborator.builder.binary(.subtract, second, meanSquare)
    if elaborator.builder.axes(of: variance).contains(law.parameter) {
      variance = elaborator.builder.reduce(.sum, variance, over: law.parameter)
    }
    return Estimate(
      draws: Value(quantity: Quantity(node)), mean: Value(quantity: Quantity(first)),
      totalVariance: Value(quantity: Quantity(variance)))
  }

  /// Returns the exact gradient of an objective of the rubric, an expectation under the law.
  ///
  /// - Parameters:
  ///   - objective: The objective.
  ///   - parameter: By what the gradient is taken; all parameters of the law if `nil`.
  /// - Returns: The gradient, with its components if it is by all parameters.
  /// - Throws: Why it has no value in this world.
  public mutating func gradient(
    of objective: Expression, by parameter: Expression?
  ) throws(Misunderstanding) -> Value {
    guard let law = elaborator.world.law else {
      throw Misunderstanding(.outOfReach, "no law is declared", at: objective.range)
    }
    elaborator.noiseReading = NoiseReading()
    defer { elaborator.noiseReading = nil }
    elaborator.definitions = Definitions()
    let value = try elaborator.number(objective)
    var node = elaborator.gradient(of: value, by: law)
    elaborator.definitions = studentDefinitions
    if let direction = try direction(parameter, by: law) {
      let terms = elaborator.builder.binary(.multiply, node, direction)
      node = elaborator.builder.reduce(.sum, terms, over: law.parameter)
    }
    return Value(quantity: Quantity(node))
  }
}

extension Workbench {
  /// A map from noise, with others made of the same noise.
  public struct NoiseMap: Sendable {
    /// The value on every draw.
    public var value: Value
    /// The values of the maps of the rubric on the same draws; `nil` where one has none.
    public var references: [Value?]
  }

  /// Returns a map from standard normal noise and those of the rubric, made of the same noise.
  ///
  /// - Parameters:
  ///   - map: The map of an answer.
  ///   - references: The maps of the rubric.
  /// - Returns: Their values; `nil` if the map has no noise, or more than one draw of it.
  /// - Throws: Why the map has no value in this world.
  public mutating func map(
    _ map: Expression, references: [Expression]
  ) throws(Misunderstanding) -> NoiseMap? {
    elaborator.definitions = studentDefinitions
    elaborator.noiseReading = NoiseReading()
    defer { elaborator.noiseReading = nil }
    let node = try elaborator.number(map)
    let draws = elaborator.noiseReading?.draws ?? []
    guard draws.count == 1, let draw = draws.first, !draw.isHeld else { return nil }
    elaborator.definitions = Definitions()
    let noise = NoiseNames.all.sorted().map {
      Binding(name: $0, meaning: .value(Quantity(draw.point)))
    }
    let known = references.map { reference -> Value? in
      let value = try? elaborator.withBindings(noise) { elaborator throws(Misunderstanding) in
        try elaborator.number(reference)
      }
      return value.map { Value(quantity: Quantity($0)) }
    }
    return NoiseMap(value: Value(quantity: Quantity(node)), references: known)
  }
}

extension Elaborator {
  /// Returns an estimator on its draws: expectations that it is linear in are left open.
  mutating func opened(
    _ expression: Expression, by law: ParametricLaw
  ) throws(Misunderstanding) -> NodeID {
    switch expression.node {
    case .group(_, let inner): return try opened(inner, by: law)
    case .negate(let inner):
      return builder.unary(.negate, try opened(inner, by: law))
    case .binary(let operation, let left, let right)
    where operation == .add || operation == .subtract:
      let first = try opened(left, by: law)
      let second = try opened(right, by: law)
      return builder.binary(operation == .add ? .add : .subtract, first, second)
    case .tuple(let entries) where entries.count == 2:
      return try components(entries, by: law)
    case .matrix(let rows) where rows.joined().count == 2:
      return try components(Array(rows.joined()), by: law)
    case .expectation(let expectation) where expectation.given.isEmpty:
      return try opened(expectation, by: law, at: expression.range)
    default: return try number(expression)
    }
  }

  /// The components by location and by scale, written beside each other.
  private mutating func components(
    _ entries: [Expression], by law: ParametricLaw
  ) throws(Misunderstanding) -> NodeID {
    var sum = builder.constant(0)
    for (parameter, entry) in zip([law.location, law.scale], entries) {
      guard let unit = law.seeds[parameter] else { continue }
      let component = try opened(entry, by: law)
      sum = builder.binary(.add, sum, builder.binary(.multiply, component, unit))
    }
    return sum
  }

  private mutating func opened(
    _ expectation: Expectation, by law: ParametricLaw, at range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    // One draw is left open; anything more is integrated at once.
    guard noiseReading?.draws.isEmpty ?? false,
      let place = try openedDraws(of: expectation, by: law)
    else {
      return try number(Expression(.expectation(expectation), range))
    }
    return try withBindings(place) { elaborator throws(Misunderstanding) in
      try elaborator.opened(expectation.body, by: law)
    }
  }

  /// The bindings of an expectation under the law or over noise that is left open; `nil` if it is over more.
  private mutating func openedDraws(
    of expectation: Expectation, by law: ParametricLaw
  ) throws(Misunderstanding) -> [Binding]? {
    let noise = freeNoise(in: expectation.body)
    var names = Self.latentNames.sorted()
    if let measure = expectation.measures.first {
      guard expectation.measures.count == 1 else { return nil }
      let draw = try draw(measure)
      if let noise, draw.names == [noise] { return [] }
      guard noise == nil, case .normal(let mean, let deviation) = draw.distribution,
        case .normal(let location, let scale) = try declared(0, at: measure.range),
        mean.node == location.node, deviation.node == scale.node
      else { return nil }
      names = draw.names
    } else if noise != nil {
      return []
    }
    guard let point = sample(names[0]) else { return nil }
    return names.map { Binding(name: $0, meaning: .value(Quantity(point))) }
  }
}
