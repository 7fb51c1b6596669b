internal import Compute
public import Notation

/// Evaluates the formulas of one answer in one world, so that they can be compared.
public struct Workbench: Sendable {
  /// The meaning of an expression in the world.
  public struct Value: Sendable {
    var quantity: Quantity
    /// Whether the negative is meant.
    var isNegated = false
    /// Whether it is a single number at each point.
    public var isNumber: Bool { quantity.isNumber }
  }

  /// A program for the difference of two numbers and both of them, the sample points outermost.
  struct Pair {
    var program: Program
    /// The slots that the numbers depend on.
    var slots: [Int]
  }

  var elaborator: Elaborator
  let studentDefinitions: Definitions
  /// What was evaluated already beside the references of the world, by node.
  private var rows: [NodeID: (row: Row, axes: [Axis])] = [:]

  /// Creates a workbench.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - world: Where they have values.
  ///   - definitions: What the student defines.
  ///   - deviationsAreVariances: Whether names of standard deviations are read as variances.
  ///   - distributionsAreVisits: Whether `d^\pi(s)` is read as a number of expected visits.
  ///   - statedLaws: The laws that words give to weights of states, by their letters.
  ///   - parameterNames: Whose parameters the letters below a gradient are.
  public init(
    vocabulary: Vocabulary, world: World, definitions: Definitions = Definitions(),
    deviationsAreVariances: Bool = false, distributionsAreVisits: Bool = false,
    statedLaws: [String: StateLaw] = [:],
    parameterNames: ParameterNames = ParameterNames()
  ) {
    elaborator = Elaborator(vocabulary: vocabulary, world: world)
    studentDefinitions = definitions
    elaborator.readsDeviationsAsVariances = deviationsAreVariances
    elaborator.readsDistributionsAsVisits = distributionsAreVisits
    elaborator.statedLaws = statedLaws
    elaborator.parameterNames = parameterNames
  }

  /// Returns the meaning of a formula of the rubric.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - number: Its number among the references with which the world was prepared.
  /// - Returns: The value at all points.
  /// - Throws: Why it has no value in this world.
  public mutating func reference(
    _ expression: Expression, number: Int? = nil
  ) throws(Misunderstanding) -> Value {
    if let number {
      if let known = elaborator.world.references[number] { return Value(quantity: known) }
      if let refusal = elaborator.world.refusals[number] { throw refusal }
    }
    let reading = elaborator.readsDeviationsAsVariances
    elaborator.readsDeviationsAsVariances = false
    elaborator.definitions = Definitions()
    defer { elaborator.readsDeviationsAsVariances = reading }
    return Value(quantity: try elaborator.quantity(expression))
  }

  /// Returns the meaning of a formula of the student.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - bound: Names that have a value of their own, such as those of the target.
  ///   - sampling: What the draws of an estimator mean; `nil` if the formula has none.
  /// - Returns: The value at all points.
  /// - Throws: Why it has no value in this world.
  public mutating func answer(
    _ expression: Expression, bound: [(name: String, value: Value)] = [],
    sampling: Sampling? = nil
  ) throws(Misunderstanding) -> Value {
    elaborator.definitions = studentDefinitions
    let bindings = bound.map { name, value in
      Binding(
        name: name,
        meaning: .value(value.isNegated ? elaborator.negated(value.quantity) : value.quantity))
    }
    let quantity = try elaborator.withBindings(bindings) { elaborator throws(Misunderstanding) in
      guard let sampling else { return try elaborator.quantity(expression) }
      return try elaborator.estimate(expression, as: sampling)
    }
    return Value(quantity: quantity)
  }

  /// Returns the negative of a value.
  public func negated(_ value: Value) -> Value {
    var result = value
    result.isNegated.toggle()
    return result
  }

  /// Whether a value is an array over the dimensions, with several entries where a sum would be a number.
  public func isOverDimensions(_ value: Value) -> Bool {
    let kinds = [AxisKind.latent, .observed]
    let counts = kinds.compactMap { elaborator.world.axes[$0].map(elaborator.builder.count(of:)) }
    return elaborator.counts(value.quantity).contains { $0 > 1 && counts.contains($0) }
  }

  /// Evaluates values together, so that what they have in common is evaluated once.
  public mutating func evaluate(_ values: [Value]) {
    let nodes = values.map(\.quantity.node).filter { knownRow(of: $0) == nil }
    guard !nodes.isEmpty else { return }
    let program = elaborator.builder.program(outputs: nodes)
    guard !program.isTooLarge else { return }
    let blocks = Workspace().run(program, inputs: elaborator.world.inputs)
    for (node, block) in zip(nodes, blocks) { rows[node] = (Row(block), block.axes) }
  }

  /// Compares two values at all points.
  ///
  /// - Parameters:
  ///   - student: The first value.
  ///   - reference: The second value.
  ///   - wantsWitness: Whether the point where they differ most is described.
  /// - Returns: How the values relate.
  public mutating func compare(
    _ student: Value, _ reference: Value, wantsWitness: Bool = true
  ) -> Comparison {
    guard student.quantity.axes.count == reference.quantity.axes.count,
      elaborator.counts(student.quantity) == elaborator.counts(reference.quantity),
      !student.quantity.isIdentity, !reference.quantity.isIdentity
    else { return Comparison(outcome: .incomparable) }
    if student.quantity.node == reference.quantity.node,
      student.isNegated == reference.isNegated, student.quantity.axes == reference.quantity.axes
    {
      return Comparison(outcome: .equal)
    }
    guard student.quantity.axes == reference.quantity.axes, let left = row(of: student),
      let right = row(of: reference), let axes = union(left.axes, right.axes)
    else { return compareByProgram(student, reference, wantsWitness: wantsWitness) }
    let samples = axes.first == elaborator.world.sample ? elaborator.world.sampleCount : 0
    let leftRow = spread(left, over: axes)
    let rightRow = spread(right, over: axes)
    var comparison = Comparison(left: leftRow, right: rightRow, samples: samples)
    if comparison.outcome == .undecided {
      return compareByProgram(student, reference, wantsWitness: wantsWitness)
    }
    if wantsWitness {
      addWitnesses(
        to: &comparison, left: leftRow, right: rightRow, isBySample: samples > 0,
        used: [student.quantity.node, reference.quantity.node])
    }
    return comparison
  }

  /// Returns a value at all points, evaluated once.
  mutating func row(of value: Value) -> (row: Row, axes: [Axis])? {
    evaluate([value])
    guard let (row, axes) = knownRow(of: value.quantity.node) else { return nil }
    return (value.isNegated ? row.negated : row, axes)
  }

  private func knownRow(of node: NodeID) -> (row: Row, axes: [Axis])? {
    rows[node] ?? elaborator.world.referenceRows[node]
  }

  /// The axes of both, from outer to inner; `nil` if there are too many values over them.
  private func union(_ first: [Axis], _ second: [Axis]) -> [Axis]? {
    guard first != second else { return first }
    let axes = Set(first).union(second).sorted()
    var size = 1
    for axis in axes {
      size *= elaborator.builder.count(of: axis)
      guard size <= Self.mostSpread else { return nil }
    }
    return axes
  }

  /// The most values over which a comparison lays out what does not depend on all axes.
  private static let mostSpread = 1 << 16

  /// Repeats values along the axes that they do not depend on.
  private func spread(_ value: (row: Row, axes: [Axis]), over axes: [Axis]) -> Row {
    guard value.axes != axes else { return value.row }
    var places = [0]
    var step = value.row.values.count
    for axis in axes {
      let count = elaborator.builder.count(of: axis)
      let isOwn = value.axes.contains(axis)
      if isOwn, count > 0 { step /= count }
      places = places.flatMap { place in
        (0..<count).map { place + (isOwn ? $0 * step : 0) }
      }
    }
    return Row(
      values: places.map { value.row.values[$0] }, errors: places.map { value.row.errors[$0] })
  }

  /// Compares by a program for the difference: values on different axes, or in twice the precision.
  private mutating func compareByProgram(
    _ student: Value, _ reference: Value, wantsWitness: Bool
  ) -> Comparison {
    let left = node(of: student)
    let moved = elaborator.renamed(reference.quantity, to: student.quantity.axes)
    var other = reference
    other.quantity = moved
    let right = node(of: other)
    if left == right { return Comparison(outcome: .equal) }
    var builder = elaborator.builder
    let difference = builder.binary(.subtract, left, right)
    let ratio = builder.binary(.divide, left, right)
    let axes = builder.axes(of: difference)
    let size = axes.reduce(1) { $0 * builder.count(of: $1) }
    let zero = builder.table([Double](repeating: 0, count: size), axes: Array(axes))
    // The sides on the axes of both, so that the values stand beside each other.
    let wideLeft = builder.binary(.add, left, zero)
    let wideRight = builder.binary(.add, right, zero)
    let program = builder.program(outputs: [difference, ratio, wideLeft, wideRight])
    guard !program.isTooLarge else { return Comparison(outcome: .incomparable) }
    let rows = Workspace().run(program, inputs: elaborator.world.inputs).map(Row.init)
    let isBySample = axes.first == elaborator.world.sample
    var comparison = Comparison(
      difference: rows[0], ratio: rows[1], left: rows[2], right: rows[3])
    comparison.findProportion(
      left: rows[2], right: rows[3], samples: isBySample ? elaborator.world.sampleCount : 0)
    if comparison.outcome == .undecided {
      let precise = Workspace().runDoubleDouble(program, inputs: elaborator.world.inputs)
      comparison.refine(difference: precise[0], left: precise[2], right: precise[3])
    }
    if wantsWitness {
      addWitnesses(
        to: &comparison, left: rows[2], right: rows[3], isBySample: isBySample,
        used: [left, right])
    }
    return comparison
  }

  /// Returns a value of the latent variable that is no special one; `nil` where it is discrete or there is none.
  public mutating func anyLatent() -> Value? {
    guard elaborator.vocabulary.field == .latentVariable, elaborator.world.states == nil,
      case .normal(let mean, let deviation)? = try? elaborator.encoder(at: SourceRange(0, 0))
    else { return nil }
    let step = elaborator.builder.binary(
      .multiply, elaborator.builder.constant(0.75), deviation.node)
    var place = mean
    place.node = elaborator.builder.binary(.add, mean.node, step)
    return Value(quantity: place)
  }

  /// Returns the difference of two numbers.
  public mutating func difference(of first: Value, and second: Value) -> Value {
    Value(
      quantity: Quantity(
        elaborator.builder.binary(.subtract, node(of: first), node(of: second))))
  }

  /// Returns the product of two numbers.
  public mutating func product(of first: Value, and second: Value) -> Value {
    Value(
      quantity: Quantity(
        elaborator.builder.binary(.multiply, node(of: first), node(of: second))))
  }

  private mutating func node(of value: Value) -> NodeID {
    value.isNegated ? elaborator.negated(value.quantity).node : value.quantity.node
  }

  /// Prepares two numbers for being evaluated together at many points.
  mutating func pair(
    _ first: Value, _ second: Value, at range: SourceRange
  ) throws(Misunderstanding) -> Pair {
    guard first.isNumber, second.isNumber else {
      throw Misunderstanding(.outOfReach, "an inequality is between numbers", at: range)
    }
    let (left, right) = (first.quantity.node, second.quantity.node)
    var builder = elaborator.builder
    let difference = builder.binary(.subtract, left, right)
    // On the sample points too if both are constant, and on the axes of both.
    let axes = Set(builder.axes(of: difference)).union([elaborator.world.sample]).sorted()
    let size = axes.reduce(1) { $0 * builder.count(of: $1) }
    let zero = builder.table([Double](repeating: 0, count: size), axes: axes)
    let outputs = [difference, left, right].map { builder.binary(.add, $0, zero) }
    let program = builder.program(outputs: outputs)
    guard axes.first == elaborator.world.sample, !program.isTooLarge else {
      throw Misunderstanding(.tooLarge, "the inequality is too large", at: range)
    }
    return Pair(program: program, slots: builder.inputSlots(of: [left, right]))
  }

  /// Describes the points at which two values differ most.
  private func addWitnesses(
    to comparison: inout Comparison, left: Row, right: Row, isBySample: Bool, used: [NodeID]
  ) {
    func described(_ place: Int?) -> Comparison.Witness? {
      place.map { witness(at: $0, left: left, right: right, isBySample: isBySample, used: used) }
    }
    comparison.witness = described(comparison.witnessIndex)
    comparison.witnessBelow = described(comparison.places.below)
    comparison.witnessAbove = described(comparison.places.above)
  }

  /// Describes one point.
  private func witness(
    at place: Int, left: Row, right: Row, isBySample: Bool, used: [NodeID]
  ) -> Comparison.Witness {
    let world = elaborator.world
    let sample = isBySample ? place * world.sampleCount / left.values.count : 0
    var point: [(name: String, values: [Double])] = []
    if world.decisions != nil {
      // The tables of a process are long, and its number says which they are.
      point.append(("process", [Double(sample + 1)]))
      let width = left.values.count / world.sampleCount
      if isBySample, width > 1 { point.append(("component", [Double(place % width + 1)])) }
    }
    point += world.point(atSample: sample, slots: elaborator.builder.inputSlots(of: used))
    return Comparison.Witness(
      point: point, left: left.values[place], right: right.values[place])
  }
}
