public import Notation

/// Sums over the samples of a batch, `\frac1N\sum_{i=1}^N ... r^{(i)}_t`, taken for what they are in expectation.
///
/// All samples have one law, so a sum over N of them has N times the mean of one. The indices of samples are
/// struck out, each sum becomes a product with its number of terms, and names of such numbers get values.
/// A sum over samples inside another is that of the own sample and of N - 1 others, which stand by their mean.
public struct SampleAverages: Sendable {
  /// The names that number samples.
  private var letters: Set<String> = []
  /// The names of the numbers of samples with a value for each.
  public private(set) var counts: [(name: String, value: Double)] = []

  private static let values: [Double] = [5, 7, 11, 13]
  /// The letters of what is drawn.
  private static let drawn = DecisionNames.ofEpisode.union([
    "z", "epsilon", "eps", "xi", "T", "zeta",
  ])

  /// Looks for sums over samples in the formulas of an answer.
  public init(in expressions: [Expression]) {
    for expression in expressions { look(at: expression) }
  }

  private mutating func look(at expression: Expression) {
    if case .reduction(let reduction) = expression.node, reduction.kind == .sum,
      reduction.variables.count == 1
    {
      let letter = reduction.variables[0].description
      if reduction.variables[0].base == "tau" {
        if let set = reduction.set { addCount("|\(set)|", plain: set) }
      } else if Self.isSample(letter, in: reduction.body) {
        letters.insert(letter)
        if let name = reduction.upper.flatMap(LinearIndex.init)?.letter {
          addCount(name, plain: name)
        }
      }
    }
    for child in expression.children { look(at: child) }
  }

  private mutating func addCount(_ name: String, plain: String) {
    guard !counts.contains(where: { $0.name == plain }) else { return }
    counts.append((plain, Self.values[min(counts.count, Self.values.count - 1)]))
  }

  /// Whether a letter numbers samples: it stands above a drawn name, or first of two indices, or alone below
  /// a name that has no time.
  private static func isSample(_ letter: String, in body: Expression) -> Bool {
    // A loop of code that only repeats.
    if letter == "_" { return true }
    let isStep = body.contains { $0.isOfStep(letter) }
    return body.contains { expression in
      let name: Name
      switch expression.node {
      case .name(let plain): name = plain
      case .apply(let head, _): name = head
      case .binary(.power, let base, let exponent):
        return base.isTimed && exponent.isLetter(letter)
      default: return false
      }
      guard drawn.contains(name.base) else { return false }
      if name.superscripts.contains(where: { $0.isLetter(letter) }) { return true }
      let indices = name.flatIndices
      if indices.count == 2, indices[0].isLetter(letter) { return true }
      return indices.count == 1 && indices[0].isLetter(letter) && !isStep
        && ["tau", "z", "x", "epsilon", "eps", "xi", "zeta"].contains(name.base)
    }
  }

  /// Whether there is any sum over samples.
  public var isEmpty: Bool { letters.isEmpty && counts.isEmpty }

  /// Returns a formula with the sums over samples replaced.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - isInside: Whether the formula stands inside another sum over samples, as the value of a name used there.
  /// - Returns: The formula in expectation.
  public func replaced(in expression: Expression, isInside: Bool = false) -> Expression {
    isEmpty ? expression : strike(expression, isInside: isInside)
  }

  /// Whether a name that a formula defines stands inside a sum over samples of one of the formulas.
  ///
  /// - Parameters:
  ///   - name: The name, with or without an index of the sample.
  ///   - expressions: The formulas of the answer.
  /// - Returns: Whether it does.
  public func isUsedInside(_ name: Name, of expressions: [Expression]) -> Bool {
    func isUsed(_ expression: Expression, _ isInside: Bool) -> Bool {
      switch expression.node {
      case .name(let own) where isInside && own.stem == name.stem: return true
      case .reduction(let reduction) where isOverSamples(reduction):
        return isUsed(reduction.body, true)
      default: return expression.children.contains { isUsed($0, isInside) }
      }
    }
    return expressions.contains { isUsed($0, false) }
  }

  private func strike(_ expression: Expression, isInside: Bool) -> Expression {
    switch expression.node {
    case .reduction(let reduction) where isOverSamples(reduction):
      let one = strike(reduction.body, isInside: true)
      let range = expression.range
      let leavesOut = reduction.leavesOneOut
      guard isInside || leavesOut else {
        return Expression(.binary(.multiply, number(of: reduction, at: range), one), range)
      }
      // The own sample and the mean of the others.
      let count = leavesOut ? onlyNumber(at: range) : number(of: reduction, at: range)
      let others = Expression(
        .binary(.subtract, count, Expression(.number(1, digits: 0), range)), range)
      let law = one.contains { $0.isOfEpisode } ? [Expression(.name(Name("tau")), range)] : []
      let mean = Expression(.expectation(Expectation(measures: law, body: one)), range)
      if leavesOut { return Expression(.binary(.multiply, others, mean), range) }
      return Expression(
        .binary(.add, one, Expression(.binary(.multiply, others, mean), range)), range)
    case .name(let name): return Expression(.name(stripped(name)), expression.range)
    case .binary(.power, let base, let exponent)
    where base.isTimed && letters.contains(where: exponent.isLetter):
      return strike(base, isInside: isInside)
    case .apply(let name, let arguments):
      var rest = arguments
      rest.groups = arguments.groups.map { group in
        group.map { strike($0, isInside: isInside) }
      }
      return Expression(.apply(stripped(name), rest), expression.range)
    case .bars(let inner):
      if case .name(let name) = inner.node, counts.contains(where: { $0.name == name.description })
      {
        return inner
      }
      return expression.mapped { strike($0, isInside: isInside) }
    default: return expression.mapped { strike($0, isInside: isInside) }
    }
  }

  private func isOverSamples(_ reduction: Reduction) -> Bool {
    guard reduction.kind == .sum, reduction.variables.count == 1 else { return false }
    let name = reduction.variables[0]
    if name.base == "tau" { return reduction.set != nil }
    return letters.contains(name.description)
      && Self.isSample(name.description, in: reduction.body)
  }

  /// The number of terms: the upper bound, the size of the set, or the only number of samples there is.
  private func number(of reduction: Reduction, at range: SourceRange) -> Expression {
    if let upper = reduction.upper {
      if let lower = reduction.lower.flatMap(LinearIndex.init)?.number, lower == 0 {
        return Expression(
          .binary(.add, upper, Expression(.number(1, digits: 0), range)), range)
      }
      return upper
    }
    if let set = reduction.set { return Expression(.name(Name(set)), range) }
    return onlyNumber(at: range)
  }

  /// The number of samples where a sum does not say it.
  private func onlyNumber(at range: SourceRange) -> Expression {
    let name = counts.count == 1 ? counts[0].name : SampleAverages.unnamed
    return Expression(.name(Name(name)), range)
  }

  /// The name of the number of samples where a sum does not say it.
  public static let unnamed = "samples"

  private func stripped(_ name: Name) -> Name {
    var result = name
    result.superscripts.removeAll { index in letters.contains { index.isLetter($0) } }
    let indices = name.flatIndices
    if indices.count == 2, letters.contains(where: { indices[0].isLetter($0) }) {
      result.subscripts = [indices[1]]
    } else if indices.count == 1, letters.contains(where: { indices[0].isLetter($0) }) {
      result.subscripts = []
    }
    return result
  }
}

extension Reduction {
  /// Whether the own sample is left out: `j \ne i`.
  fileprivate var leavesOneOut: Bool {
    if case .relation(.notEqual, _, _)? = condition?.node { return true }
    return false
  }

  /// The name of the set that the variable is in: `\tau \in \mathcal D`.
  fileprivate var set: String? {
    if case .relation(.member, _, let right)? = condition?.node,
      case .name(let name) = right.withoutGroups.node
    {
      return name.description
    }
    return nil
  }
}

extension Name {
  /// The indices below with lists taken apart.
  fileprivate var flatIndices: [Expression] {
    subscripts.flatMap { index -> [Expression] in
      if case .tuple(let entries) = index.withoutGroups.node { return entries }
      if case .binary(.multiply, let left, let right) = index.node { return [left, right] }
      return [index]
    }
  }
}

extension Expression {
  /// Whether the expression is something of an episode.
  fileprivate var isOfEpisode: Bool {
    switch node {
    case .name(let name), .apply(let name, _):
      DecisionNames.ofEpisode.contains(name.base) && !["x", "u"].contains(name.base)
    default: false
    }
  }

  /// Whether the expression is something of an episode with its time, so that a letter above it numbers
  /// episodes: `G_t^n`, `\tau^i`.
  fileprivate var isTimed: Bool {
    guard case .name(let name) = node, DecisionNames.ofEpisode.contains(name.base) else {
      return false
    }
    return name.base == "tau" || !name.subscripts.isEmpty
  }

  /// Whether the expression is of a state and an action that a letter numbers: `\pi(u_t \mid x_t)`.
  fileprivate func isOfStep(_ letter: String) -> Bool {
    guard case .apply(_, let arguments) = node else { return false }
    let entries = arguments.groups.joined()
    return entries.contains { $0.isNumbered(by: letter, as: DecisionNames.actions) }
      && entries.contains { $0.isNumbered(by: letter, as: DecisionNames.states) }
  }

  /// Whether the expression is one of some names with a letter as its only index below.
  private func isNumbered(by letter: String, as bases: Set<String>) -> Bool {
    switch node {
    case .name(let name):
      let indices = name.flatIndices
      return bases.contains(name.base) && indices.count == 1 && indices[0].isLetter(letter)
    case .binary(.power, let base, _): return base.isNumbered(by: letter, as: bases)
    default: return false
    }
  }

  fileprivate func isLetter(_ letter: String) -> Bool {
    if case .name(let name) = withoutGroups.node { return name.description == letter }
    return false
  }
}
