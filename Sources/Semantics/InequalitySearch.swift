internal import Compute
public import Notation

/// A search for a point at which an inequality between two formulas fails.
///
/// An identity that holds at generic points holds; an inequality may fail in a small region only. So it is
/// tried at wide points, and from those with the smallest gaps the search goes down along the coordinates. A
/// point counts only if finer rules for the integrals confirm it. What survives is not refuted, no more.
public struct InequalitySearch: Sendable {
  private let vocabulary: Vocabulary
  private let definitions: Definitions
  private let names: [(name: String, value: Expression)]
  private let parameterNames: ParameterNames

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - definitions: What the student defines.
  ///   - names: Names that stand for formulas of the rubric, such as those of the target.
  ///   - parameterNames: Whose parameters the letters below a gradient are.
  public init(
    vocabulary: Vocabulary, definitions: Definitions, names: [(name: String, value: Expression)],
    parameterNames: ParameterNames = ParameterNames()
  ) {
    self.vocabulary = vocabulary
    self.definitions = definitions
    self.names = names
    self.parameterNames = parameterNames
  }

  /// Returns a point at which the first formula is smaller than the second.
  ///
  /// - Parameters:
  ///   - greater: The formula that should be nowhere smaller.
  ///   - lesser: The other one.
  ///   - world: A wide world.
  /// - Returns: The point with both values; `nil` if none was found.
  /// - Throws: Why one of the formulas has no value in the world, or has one at too few of its points.
  public func refutation(
    of greater: Expression, over lesser: Expression, in world: World
  ) throws(Misunderstanding) -> Comparison.Witness? {
    let descent = try InequalityDescent(pair(of: greater, and: lesser, in: world), world)
    guard let point = descent.lowest() else {
      guard descent.isTried else {
        throw Misunderstanding(
          .outOfReach, "the integrals are known at too few points", at: greater.range)
      }
      return nil
    }
    var fine = world
    fine.quadrature = .fine
    fine.inputs = point.inputs
    let confirmed = try InequalityDescent(pair(of: greater, and: lesser, in: fine), fine)
    return confirmed.refutation(atSample: point.sample)
  }

  private func pair(
    of greater: Expression, and lesser: Expression, in world: World
  ) throws(Misunderstanding) -> Workbench.Pair {
    var bench = Workbench(
      vocabulary: vocabulary, world: world, definitions: definitions,
      parameterNames: parameterNames)
    var bound: [(name: String, value: Workbench.Value)] = []
    for (name, expression) in names {
      if let value = try? bench.reference(expression) { bound.append((name, value)) }
    }
    let first = try bench.answer(greater, bound: bound)
    let second = try bench.answer(lesser, bound: bound)
    return try bench.pair(first, second, at: greater.range)
  }
}
