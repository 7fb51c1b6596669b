internal import Compute
public import Notation

/// A search for a point at which an inequality between two formulas fails.
///
/// An identity that holds at generic points holds; an inequality may fail in a small region only. So it is
/// tried at wide points, and from those with the smallest gaps the search goes down along the coordinates. A
/// point counts only if finer rules for the integrals confirm it.
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
  /// - Throws: Why one of the formulas has no value in the world.
  public func refutation(
    of greater: Expression, over lesser: Expression, in world: World
  ) throws(Misunderstanding) -> Comparison.Witness? {
    var descent = try Descent(pair(of: greater, and: lesser, in: world), world)
    guard let point = descent.lowest() else { return nil }
    var fine = world
    fine.quadrature = .fine
    fine.inputs = point.inputs
    let confirmed = try Descent(pair(of: greater, and: lesser, in: fine), fine)
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

/// The gaps of an inequality at the points of a world, and the search for smaller ones.
private struct Descent {
  private let pair: Workbench.Pair
  private let world: World
  private let workspace = Workspace()

  init(_ pair: Workbench.Pair, _ world: World) {
    self.pair = pair
    self.world = world
  }

  /// What an inequality has at one point.
  private struct Gap {
    var value: Double
    var isRefutation: Bool
    var left: Double
    var right: Double
  }

  /// A set of inputs and the sample at which the gap is negative.
  struct Point {
    var inputs: [[Double]]
    var sample: Int
  }

  /// How many of the smallest gaps the search starts from, and how often it looks around.
  private static let starts = 8
  private static let rounds = 6

  /// Returns a point at which the gap is negative beyond its error bound, or `nil`.
  mutating func lowest() -> Point? {
    let first = gaps(world.inputs)
    if let sample = worst(of: first) { return Point(inputs: world.inputs, sample: sample) }
    let coordinates = self.coordinates
    guard !coordinates.isEmpty, world.sampleCount >= 2 * Self.starts else { return nil }
    var places = first.indices.filter { first[$0].value.isFinite }
      .sorted { (first[$0].value, $0) < (first[$1].value, $1) }.prefix(Self.starts)
      .map { (values: values(ofSample: $0, in: world.inputs), gap: first[$0].value) }
    guard !places.isEmpty else { return nil }
    var stream = GenericStream(key: "descent")
    var step = 1.0
    for _ in 0..<Self.rounds {
      var inputs = world.inputs
      for sample in 0..<world.sampleCount {
        var values = places[sample % places.count].values
        // One coordinate at a time, in the order of the samples and then by chance.
        let coordinate = coordinates[stream.index(below: coordinates.count)]
        move(coordinate, in: &values, by: step * stream.uniform(-1, 1))
        put(values, atSample: sample, in: &inputs)
      }
      let found = gaps(inputs)
      if let sample = worst(of: found) { return Point(inputs: inputs, sample: sample) }
      var isBetter = false
      for sample in 0..<world.sampleCount
      where found[sample].value < places[sample % places.count].gap {
        places[sample % places.count] = (values(ofSample: sample, in: inputs), found[sample].value)
        isBetter = true
      }
      if !isBetter { step /= 3 }
    }
    return nil
  }

  /// Returns both values at a sample if the gap is negative there.
  func refutation(atSample sample: Int) -> Comparison.Witness? {
    let found = gaps(world.inputs)
    guard found.indices.contains(sample), found[sample].isRefutation else { return nil }
    let point = pair.slots.filter { $0 < world.inputNames.count }.map { slot in
      let width = world.inputs[slot].count / world.sampleCount
      return (
        name: world.inputNames[slot],
        values: Array(world.inputs[slot][(sample * width)..<((sample + 1) * width)])
      )
    }
    return Comparison.Witness(point: point, left: found[sample].left, right: found[sample].right)
  }

  private func worst(of gaps: [Gap]) -> Int? {
    gaps.indices.filter { gaps[$0].isRefutation }.min { gaps[$0].value < gaps[$1].value }
  }

  /// The smallest gap at each sample.
  private func gaps(_ inputs: [[Double]]) -> [Gap] {
    let blocks = workspace.run(pair.program, inputs: inputs)
    let (difference, left, right) = (blocks[0], blocks[1], blocks[2])
    let width = difference.values.count / world.sampleCount
    return (0..<world.sampleCount).map { sample in
      var lowest = Gap(value: .infinity, isRefutation: false, left: 0, right: 0)
      for index in (sample * width)..<((sample + 1) * width) {
        let (value, error) = (difference.values[index], difference.errors[index])
        let scale = max(abs(left.values[index]), abs(right.values[index]))
        guard value.isFinite, error.isFinite, value < lowest.value else { continue }
        lowest = Gap(
          value: value, isRefutation: value < -1e-6 * scale && value < -1e3 * error,
          left: left.values[index], right: right.values[index])
      }
      return lowest
    }
  }

  // MARK: - Coordinates

  private struct Coordinate {
    var slot: Int
    var entry: Int
    var move: InputMove
  }

  private var coordinates: [Coordinate] {
    pair.slots.filter { $0 < world.moves.count && world.moves[$0] != .held }.flatMap { slot in
      (0..<(world.inputs[slot].count / world.sampleCount)).map {
        Coordinate(slot: slot, entry: $0, move: world.moves[slot])
      }
    }
  }

  private func values(ofSample sample: Int, in inputs: [[Double]]) -> [Int: [Double]] {
    var result: [Int: [Double]] = [:]
    for slot in pair.slots {
      let width = inputs[slot].count / world.sampleCount
      result[slot] = Array(inputs[slot][(sample * width)..<((sample + 1) * width)])
    }
    return result
  }

  private func put(
    _ values: [Int: [Double]], atSample sample: Int, in inputs: inout [[Double]]
  ) {
    for slot in pair.slots {
      guard let own = values[slot] else { continue }
      inputs[slot].replaceSubrange((sample * own.count)..<((sample + 1) * own.count), with: own)
    }
  }

  private func move(
    _ coordinate: Coordinate, in values: inout [Int: [Double]], by step: Double
  ) {
    guard let value = values[coordinate.slot]?[coordinate.entry] else { return }
    switch coordinate.move {
    case .held: break
    case .shifted: values[coordinate.slot]?[coordinate.entry] = min(max(value + step, -8), 8)
    case .stretched(let least, let greatest):
      let factor = step < 0 ? 1 / (1 - step) : 1 + step
      values[coordinate.slot]?[coordinate.entry] = min(max(value * factor, least), greatest)
    }
  }
}
