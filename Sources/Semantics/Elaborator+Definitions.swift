internal import Compute
internal import Notation

extension Elaborator {
  /// Returns the value of something that the student defined.
  mutating func value(
    of match: Definitions.Match, arguments: [Expression] = [], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
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
      if reading != nil || noiseReading != nil {
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
