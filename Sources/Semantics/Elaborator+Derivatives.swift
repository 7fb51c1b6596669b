internal import Compute
internal import Notation

extension Elaborator {
  /// Returns a derivative by the rules of calculus on the nodes, exactly.
  mutating func differentiate(
    _ derivative: Derivative, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if let process = world.decisions {
      guard derivative.order == 1, isPolicyParameter(derivative.variable) else {
        throw Misunderstanding(
          .outOfReach, "only gradients by the parameters of the policy are evaluated", at: range)
      }
      let value = try number(derivative.body)
      guard reading == nil else {
        // In the gradient of a loss of an estimator the critic is held.
        let critic = [process.value, process.actionValue, process.advantage]
        return Quantity(process.gradient(of: value, holding: critic, in: &builder))
      }
      return Quantity(process.gradient(of: value, in: &builder))
    }
    if noiseReading != nil { return try differentiateInNoise(derivative, at: range) }
    guard let variable = derivative.variable else {
      throw Misunderstanding(
        .outOfReach, "a gradient without a variable is not evaluated here", at: range)
    }
    // A formula with values at points has no model: there `\theta` is a number as any other.
    if world.freeNames == nil, let parts = parameterNames.parts(of: variable), definesNo(variable) {
      return try gradient(of: derivative, by: parts, at: range)
    }
    guard (1...4).contains(derivative.order) else {
      throw Misunderstanding(.outOfReach, "the order of the derivative is too high", at: range)
    }
    let base = try quantity(variable)
    guard base.isNumber, !builder.axes(of: base.node).isEmpty || world.freeNames != nil else {
      throw Misunderstanding(
        .outOfReach, "a derivative is taken with respect to something that is no variable",
        at: variable.range)
    }
    var value = try quantity(derivative.body)
    var seeds = seedsOfDraws
    seeds[base.node] = builder.constant(1)
    for _ in 0..<derivative.order {
      value.node = builder.tangent(of: value.node, seeds: seeds) ?? builder.constant(0)
      value.logarithm = nil
    }
    return value
  }

  /// What an expectation or integral around has drawn does not move with the parameters of its law.
  private var seedsOfDraws: [NodeID: NodeID] {
    mutating get {
      var seeds: [NodeID: NodeID] = [:]
      for binding in bindings where binding.distribution != nil {
        if case .value(let point) = binding.meaning { seeds[point.node] = builder.constant(0) }
      }
      return seeds
    }
  }

  /// Whether a letter for parameters has no value of its own: no binding, definition or declaration.
  private func definesNo(_ variable: Expression) -> Bool {
    guard case .name(let name) = variable.node else { return true }
    return !bindings.contains { $0.name == name.description }
      && vocabulary.variable(named: name) == nil
      && definitions.match(stem: name.stem, tokens: name.indexTokens) == nil
  }

  /// Returns a gradient by the parameters of the encoder or of the model, the components along an axis.
  private mutating func gradient(
    of derivative: Derivative, by parts: ParameterNames.Parts, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard let gradient = world.gradients[parts], derivative.order == 1 else {
      throw Misunderstanding(
        .outOfReach, "a gradient by these parameters is not evaluated here", at: range)
    }
    let value = try number(derivative.body)
    let seeds = gradient.seeds.merging(seedsOfDraws) { _, drawn in drawn }
    return Quantity(builder.tangent(of: value, seeds: seeds) ?? builder.constant(0))
  }
}
