internal import Compute
internal import Notation

extension Elaborator {
  /// Sums over the steps of an episode while an estimator is read; `nil` if the variable numbers no steps.
  ///
  /// Masks keep the terms between the bounds; beyond the end of the episode there is nothing.
  mutating func overSteps(
    _ reduction: Reduction, _ variable: Name, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity? {
    guard let (trajectories, episode) = reading,
      reduction.kind == .sum || reduction.kind == .product
    else { return nil }
    let letter = variable.description
    let isIndex = reduction.body.hasIndex(letter)
    guard isIndex || DecisionNames.kind(of: variable) == .step else { return nil }
    let offset = reduction.body.isOffset(letter)
    let axis = builder.axis(count: builder.count(of: trajectories.time))
    var origin = episode.firstStep
    if offset, let lower = reduction.lower.flatMap(LinearIndex.init)?.number { origin = lower }
    let binding = Binding(name: letter, meaning: .time(axis, origin: origin))
    let body = reduction.body
    var terms = try withBindings([binding]) { elaborator throws(Misunderstanding) in
      try elaborator.number(body)
    }
    let first = EpisodeMoment(axes: [axis], steps: origin - episode.firstStep)
    var mask = builder.constant(1)
    if reduction.body.indexesAction(letter) || reduction.body.indexesEntry(letter), !offset {
      mask = value(trajectories.isActive, at: first, of: trajectories)
    }
    for bound in try bounds(of: reduction, letter: letter, at: range) {
      mask = try limited(mask, axis, origin: origin, to: bound, at: range)
    }
    terms = builder.binary(.multiply, terms, mask)
    if let upper = reduction.upper.flatMap(LinearIndex.init), upper.coefficient(of: "T") == 1,
      upper.terms.count == 1, upper.constant - episode.firstStep < -1, episode.firstStep == 1,
      reduction.body.indexesAction(letter)
    {
      throw Misunderstanding(
        .outOfReach, "whether the sum leaves out the last step depends on what T numbers",
        at: range)
    }
    guard reduction.kind == .product else {
      return Quantity(builder.reduce(.sum, terms, over: axis))
    }
    // A factor that is left out is one.
    let rest = builder.binary(.subtract, builder.constant(1), mask)
    return Quantity(builder.reduce(.product, builder.binary(.add, terms, rest), over: axis))
  }

  /// A bound of the variable of a sum.
  private struct Bound {
    var relation: Relation
    var index: LinearIndex
  }

  private func bounds(
    of reduction: Reduction, letter: String, at range: SourceRange
  ) throws(Misunderstanding) -> [Bound] {
    var bounds: [Bound] = []
    func add(_ relation: Relation, _ expression: Expression) throws(Misunderstanding) {
      if case .infinity = expression.withoutGroups.node { return }
      guard let index = LinearIndex(withLengths(expression)) else {
        throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
      }
      bounds.append(Bound(relation: relation, index: index))
    }
    if let lower = reduction.lower { try add(.greaterOrEqual, lower) }
    if let upper = reduction.upper { try add(.lessOrEqual, upper) }
    if case .relation(let relation, let left, let right)? = reduction.condition?.node {
      let named: Expression? = left.isName(letter) ? right : nil
      switch relation {
      case .greaterOrEqual, .greater, .lessOrEqual, .less:
        guard let named else {
          throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
        }
        try add(relation, named)
      case .member: break
      default:
        throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
      }
    }
    return bounds
  }

  /// Returns a bound with T for the length of an array with an entry a step: `len(rewards)`.
  private func withLengths(_ bound: Expression) -> Expression {
    guard case .call(.count, let arguments) = bound.node, arguments.count == 1,
      case .name(let array) = arguments[0].withoutGroups.node,
      vocabulary.knows(array) || definitions.definesEntries(of: array)
    else { return bound.mapped(withLengths) }
    return Expression(.name(Name("T")), bound.range)
  }

  /// Keeps the terms of a sum that a bound allows.
  private mutating func limited(
    _ terms: NodeID, _ axis: Axis, origin: Int, to bound: Bound, at range: SourceRange
  ) throws(Misunderstanding) -> NodeID {
    guard let (trajectories, _) = reading else { return terms }
    var index = bound.index
    var relation = bound.relation
    // Whole numbers: k > t is k >= t + 1.
    var shift = 0
    if relation == .greater { (relation, shift) = (.greaterOrEqual, 1) }
    if relation == .less { (relation, shift) = (.lessOrEqual, -1) }
    let last = index.coefficient(of: "T")
    if last != 0 {
      // k <= T + c - t: the step of number k + t - c is made.
      guard last == 1, relation == .lessOrEqual else {
        throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
      }
      index = index.without("T")
      var moment = EpisodeMoment(axes: [axis], steps: origin - index.constant - shift - 1)
      for term in index.terms {
        guard term.coefficient == -1, let (other, start) = time(term.letter) else {
          throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
        }
        moment.axes.append(other)
        moment.steps += start
      }
      let count = moment.axes.count
      moment.steps = max(moment.steps, -builder.count(of: axis) * count)
      let isMade = held(trajectories.isActive, at: moment, of: trajectories)
      return builder.binary(.multiply, terms, isMade)
    }
    let size = builder.count(of: axis)
    if let number = index.number {
      let mask = (0..<size).map { place -> Double in
        let value = place + origin
        return (relation == .lessOrEqual ? value <= number + shift : value >= number + shift)
          ? 1 : 0
      }
      return builder.binary(.multiply, terms, builder.table(mask, axes: [axis]))
    }
    guard let letter = index.letter, let (other, start) = time(letter) else {
      throw Misunderstanding(.outOfReach, "the range of the sum is not understood", at: range)
    }
    var mask: [Double] = []
    let axes = [axis, other].sorted()
    for first in 0..<size {
      for second in 0..<size {
        let (own, outer) = axes[0] == axis ? (first, second) : (second, first)
        let limit = outer + start + index.constant + shift
        let value = own + origin
        mask.append((relation == .lessOrEqual ? value <= limit : value >= limit) ? 1 : 0)
      }
    }
    return builder.binary(.multiply, terms, builder.table(mask, axes: axes))
  }

  private func time(_ letter: String) -> (axis: Axis, origin: Int)? {
    guard let binding = bindings.last(where: { $0.name == letter }),
      case .time(let axis, let origin) = binding.meaning
    else { return nil }
    return (axis, origin)
  }
}

extension Expression {
  /// Whether the expression is a letter.
  fileprivate func isName(_ letter: String) -> Bool {
    if case .name(let name) = withoutGroups.node { return name.description == letter }
    return false
  }

  /// Whether a letter stands in an index inside.
  fileprivate func hasIndex(_ letter: String) -> Bool {
    contains { expression in
      switch expression.node {
      case .name(let name), .apply(let name, _):
        name.subscripts.contains { LinearIndex($0)?.coefficient(of: letter) == 1 }
      case .element(_, let indices):
        indices.contains { LinearIndex($0)?.coefficient(of: letter) == 1 }
      default: false
      }
    }
  }

  /// Whether a letter alone numbers the entries of an array inside, which ends with the episode.
  fileprivate func indexesEntry(_ letter: String) -> Bool {
    contains { expression in
      guard case .element(_, let indices) = expression.node else { return false }
      return indices.contains { index in
        guard let linear = LinearIndex(index) else { return false }
        return linear.letter == letter && linear.constant == 0
      }
    }
  }

  /// Whether a letter counts from another time: `k` in `r_{t+k}`.
  fileprivate func isOffset(_ letter: String) -> Bool {
    contains { expression in
      guard case .name(let name) = expression.node else { return false }
      return name.subscripts.contains { index in
        guard let linear = LinearIndex(index) else { return false }
        return linear.coefficient(of: letter) == 1 && linear.terms.count > 1
      }
    }
  }
}
