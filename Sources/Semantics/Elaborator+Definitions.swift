internal import Compute
internal import Notation

extension Elaborator {
  /// How many definitions may stand one upon another.
  private static let mostDefinitions = 100

  /// Returns a product as an application if its last factor but one is a function that the student defined:
  /// `g(s)` is read as a product where the reader does not know the function.
  func application(
    _ left: Expression, _ right: Expression, at range: SourceRange
  ) -> Expression? {
    guard case .group(.parentheses, let inner) = right.node else { return nil }
    switch left.node {
    case .name(let name):
      var arguments = [inner]
      if case .tuple(let entries) = inner.node { arguments = entries }
      guard let match = definitions.match(stem: name.stem, tokens: name.indexTokens),
        !match.definition.parameters.isEmpty,
        match.definition.parameters.count == arguments.count
      else { return nil }
      return Expression(.apply(name, Arguments(groups: [arguments])), range)
    case .binary(.multiply, let first, let second):
      guard let inner = application(second, right, at: range) else { return nil }
      return Expression(.binary(.multiply, first, inner), range)
    default: return nil
    }
  }

  /// Returns an expression with the names that the student defines by what is drawn written out: `\delta_t`.
  func inlined(_ expression: Expression) -> Expression {
    if definitions.list.isEmpty { return expression }
    guard case .name(let name) = expression.node else { return expression.mapped(inlined) }
    guard let match = definitions.match(stem: name.stem, tokens: name.indexTokens),
      match.definition.parameters.isEmpty, match.inherited.isEmpty,
      match.definition.body.contains(where: \.isDrawnWithStep),
      // A return by its sum stands for its expectation.
      name.base != "G" || !match.definition.body.contains(where: \.isOfLaterSteps)
    else { return expression }
    var body = match.definition.body
    for (letter, token) in match.substitution {
      body = body.substituting(letter, by: token.expression)
    }
    guard definitionDepth < Self.mostDefinitions else { return expression }
    var earlier = self
    earlier.definitions = definitions.before(match.definition)
    earlier.definitionDepth += 1
    return Expression(.group(.parentheses, earlier.inlined(body)), expression.range)
  }

  /// Returns what the student defines a name to be.
  ///
  /// A weight of states is that of one policy, so `d^\pi(s)` defines `d^{\pi_\theta}` as well.
  func definition(of name: Name) -> Definitions.Match? {
    if let match = definitions.match(stem: name.stem, tokens: name.indexTokens) { return match }
    guard world.decisions != nil, DecisionNames.weights.contains(name.base) else { return nil }
    return definitions.match(name, ignoring: DecisionNames.parameters.union(["pi"]))
  }

  /// Returns the value of something that the student defined.
  mutating func value(
    of match: Definitions.Match, arguments: [Expression] = [], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard definitionDepth < Self.mostDefinitions else {
      throw Misunderstanding(
        .tooLarge, "more than \(Self.mostDefinitions) definitions stand one upon another", at: range
      )
    }
    definitionDepth += 1
    defer { definitionDepth -= 1 }
    let definition = match.definition
    var body = definition.body
    for (name, token) in match.substitution {
      body = body.substituting(name, by: token.expression)
    }
    guard arguments.count == definition.parameters.count else {
      throw Misunderstanding(
        .nonsense,
        "'\(definition.stem)' takes \(definition.parameters.count) arguments, not \(arguments.count)",
        at: range)
    }
    var bound: [Binding] = []
    for (parameter, argument) in zip(definition.parameters, arguments) {
      let isVisit = try visit(argument) != nil
      if isVisit || reading != nil || noiseReading != nil {
        // What is drawn keeps its index: `A(s_t, a_t)` of `A(s, a) = q(s, a) - v(s)`.
        body = body.substituting(parameter.description, by: argument)
        continue
      }
      // A trajectory is what a sum or an expectation around runs over.
      if case .name(let name) = argument.node, isInTrajectory, isTrajectory(name) { continue }
      let meaning: Binding.Meaning
      if let member = try member(argument) {
        meaning = .member(member.axis, member.kind)
      } else {
        meaning = .value(try quantity(argument))
      }
      bound.append(Binding(name: parameter.description, meaning: meaning))
    }
    // A name never means itself: inside, only the definitions before it hold.
    let saved = (definitions, inheritedIndices)
    definitions = definitions.before(definition)
    if !match.inherited.isEmpty { inheritedIndices = match.inherited }
    defer { (definitions, inheritedIndices) = saved }
    let inner = body
    if let entry = definition.entry { return try episodeArray(inner, entry: entry, at: range) }
    return try withBindings(bound) { elaborator throws(Misunderstanding) in
      do throws(Misunderstanding) {
        return try elaborator.quantity(inner)
      } catch {
        var moved = error
        moved.range = range
        throw moved
      }
    }
  }
}

extension Expression {
  /// Whether the expression sums over steps, or is a return itself.
  fileprivate var isOfLaterSteps: Bool {
    switch node {
    case .reduction, .ellipsis: true
    case .name(let name): name.base == "G"
    default: false
    }
  }

  /// Whether the expression is a state, an action or a reward of a step.
  fileprivate var isDrawnWithStep: Bool {
    guard case .name(let name) = node else { return false }
    return DecisionNames.isOfStepOrReward(name) && !name.subscripts.isEmpty
  }
}
