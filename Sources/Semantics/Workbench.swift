internal import Compute
public import Notation

/// Evaluates the formulas of one answer in one world, so that they can be compared.
public struct Workbench: Sendable {
  /// The meaning of an expression in the world.
  public struct Value: Sendable {
    var quantity: Quantity
    /// Whether it is a single number at each point.
    public var isNumber: Bool { quantity.isNumber }
  }

  private var elaborator: Elaborator
  private let studentDefinitions: Definitions

  /// Creates a workbench.
  ///
  /// - Parameters:
  ///   - vocabulary: The names.
  ///   - world: Where they have values.
  ///   - definitions: What the student defines.
  ///   - deviationsAreVariances: Whether names of standard deviations are read as variances.
  ///   - distributionsAreVisits: Whether `d^\pi(s)` is read as a number of expected visits.
  public init(
    vocabulary: Vocabulary, world: World, definitions: Definitions = Definitions(),
    deviationsAreVariances: Bool = false, distributionsAreVisits: Bool = false
  ) {
    elaborator = Elaborator(vocabulary: vocabulary, world: world)
    studentDefinitions = definitions
    elaborator.readsDeviationsAsVariances = deviationsAreVariances
    elaborator.readsDistributionsAsVisits = distributionsAreVisits
  }

  /// What was met that has a second reading.
  public var notices: Set<Notice> { elaborator.notices }

  /// Returns the meaning of a formula of the rubric.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - number: Its number among the references with which the world was prepared.
  public mutating func reference(
    _ expression: Expression, number: Int? = nil
  ) throws(Misunderstanding) -> Value {
    if let number, let known = elaborator.world.references[number] { return Value(quantity: known) }
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
  public mutating func answer(
    _ expression: Expression, bound: [(name: String, value: Value)] = []
  ) throws(Misunderstanding) -> Value {
    elaborator.definitions = studentDefinitions
    let bindings = bound.map { Binding(name: $0.name, meaning: .value($0.value.quantity)) }
    let quantity = try elaborator.withBindings(bindings) { elaborator throws(Misunderstanding) in
      try elaborator.quantity(expression)
    }
    return Value(quantity: quantity)
  }

  /// Returns the negative of a value.
  public mutating func negated(_ value: Value) -> Value {
    Value(quantity: elaborator.negated(value.quantity))
  }

  /// Compares two values at all points.
  public mutating func compare(_ student: Value, _ reference: Value) -> Comparison {
    guard student.quantity.axes.count == reference.quantity.axes.count,
      elaborator.counts(student.quantity) == elaborator.counts(reference.quantity),
      !student.quantity.isIdentity, !reference.quantity.isIdentity
    else { return Comparison(outcome: .incomparable) }
    let left = student.quantity.node
    let right = elaborator.renamed(reference.quantity, to: student.quantity.axes).node
    if left == right {
      return Comparison(outcome: .equal)
    }
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
    let blocks = Workspace().run(program, inputs: elaborator.world.inputs)
    var comparison = Comparison(
      difference: blocks[0], ratio: blocks[1], left: blocks[2], right: blocks[3])
    comparison.findProportion(left: blocks[2], right: blocks[3], sample: elaborator.world.sample)
    if comparison.outcome == .undecided {
      let precise = Workspace().runDoubleDouble(program, inputs: elaborator.world.inputs)
      comparison.refine(difference: precise[0], left: precise[2], right: precise[3])
    }
    if let place = comparison.witnessIndex {
      comparison.witness = witness(
        at: place, of: blocks[0], left: blocks[2], right: blocks[3], used: [left, right])
    }
    return comparison
  }

  /// Describes the point at which two values differ most.
  private func witness(
    at place: Int, of difference: Block, left: Block, right: Block, used: [NodeID]
  ) -> Comparison.Witness {
    let world = elaborator.world
    var perSample = 1
    for (axis, count) in zip(difference.axes, difference.counts) where axis != world.sample {
      perSample *= count
    }
    let sample = difference.axes.first == world.sample ? place / perSample : 0
    let slots = elaborator.builder.inputSlots(of: used)
    var point: [(name: String, values: [Double])] = []
    for slot in slots where slot < world.inputNames.count {
      let values = world.inputs[slot]
      let width = values.count / world.sampleCount
      point.append(
        (world.inputNames[slot], Array(values[(sample * width)..<((sample + 1) * width)])))
    }
    return Comparison.Witness(
      point: point, left: left.values[place], right: right.values[place])
  }
}
