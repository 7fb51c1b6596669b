internal import Compute

/// The gaps of an inequality at the points of a world, and the search for smaller ones.
struct InequalityDescent {
  private let pair: Workbench.Pair
  private let world: World
  private let workspace = Workspace()
  private let coordinates: [Coordinate]

  init(_ pair: Workbench.Pair, _ world: World) {
    self.pair = pair
    self.world = world
    coordinates = pair.slots.filter { $0 < world.moves.count && world.moves[$0] != .held }
      .flatMap { slot in
        (0..<(world.inputs[slot].count / world.sampleCount)).map {
          Coordinate(slot: slot, entry: $0, move: world.moves[slot])
        }
      }
  }

  /// Whether the gap is known at most of the points.
  var isTried: Bool {
    let known = gaps(world.inputs).count { $0.isKnown }
    return 4 * known >= 3 * world.sampleCount
  }

  /// A set of inputs and the sample at which the gap is negative.
  struct Point {
    var inputs: [[Double]]
    var sample: Int
  }

  /// What an inequality has at one sample.
  private struct Gap {
    var value: Double
    var isRefutation: Bool
    /// Whether the error bound is small beside the gap or the sides.
    var isKnown: Bool
    var left: Double
    var right: Double
  }

  /// One number that may be moved.
  private struct Coordinate {
    var slot: Int
    var entry: Int
    var move: InputMove

    /// The number moved by a step: added, or as a factor of one plus it; one over that for a step down.
    func moved(_ value: Double, by step: Double) -> Double {
      switch move {
      case .held: value
      case .shifted: min(max(value + step, -8), 8)
      case .stretched(let least, let greatest):
        min(max(value * (step < 0 ? 1 / (1 - step) : 1 + step), least), greatest)
      }
    }
  }

  /// A point from which the search goes down.
  private struct Place {
    var values: [Double]
    var gap: Double
    /// How far each coordinate is moved to see how the gap changes.
    var probes: [Double]
    /// The step to the lowest point of the parabolas through the probes.
    var step: [Double]
  }

  /// From how many of the smallest gaps the search starts, and how often it looks around and then goes on.
  private static let starts = 4
  private static let rounds = 8

  /// Returns a point at which the gap is negative beyond its error bound, or `nil`.
  func lowest() -> Point? {
    let first = gaps(world.inputs)
    if let sample = worst(of: first) { return Point(inputs: world.inputs, sample: sample) }
    var places = first.indices.filter { first[$0].value.isFinite }
      .sorted { (first[$0].value, $0) < (first[$1].value, $1) }.prefix(Self.starts)
      .map { sample in
        Place(
          values: values(ofSample: sample, in: world.inputs), gap: first[sample].value,
          probes: coordinates.map { _ in 0.5 }, step: coordinates.map { _ in 0 })
      }
    let share = world.sampleCount / Self.starts
    guard !places.isEmpty, !coordinates.isEmpty, share >= 8 else { return nil }
    // Those that were not yet seen to leave the gap as it is.
    var active = Array(coordinates.indices)
    for round in 0..<Self.rounds {
      let before = places.map(\.gap)
      let turn = (0..<min(share / 2, active.count)).map {
        active[(round * (share / 2) + $0) % active.count]
      }
      if let point = look(around: &places, at: turn, share: share) { return point }
      active.removeAll { coordinate in
        turn.contains(coordinate) && places.allSatisfy { $0.step[coordinate] == 0 }
      }
      if active.isEmpty { return nil }
      if let point = go(from: &places, share: share) { return point }
      // Where the gap hardly shrinks, or is closed, there is nothing more to find.
      let isEarly = (round + 1) * (share / 2) < coordinates.count
      places = zip(places, before).filter { (isEarly || $0.gap < 0.999 * $1) && $0.gap > 1e-9 }
        .map { $0.0 }
      if places.isEmpty { return nil }
    }
    return nil
  }

  /// Returns both values at a sample if the gap is negative there.
  func refutation(atSample sample: Int) -> Comparison.Witness? {
    let found = gaps(world.inputs)
    guard found.indices.contains(sample), found[sample].isRefutation else { return nil }
    let point = world.point(atSample: sample, slots: pair.slots)
    return Comparison.Witness(point: point, left: found[sample].left, right: found[sample].right)
  }

  // MARK: - Rounds

  /// Moves some coordinates of each place to both sides and lays parabolas through the gaps.
  private func look(
    around places: inout [Place], at turn: [Int], share: Int
  ) -> Point? {
    var inputs = world.inputs
    for (number, place) in places.enumerated() {
      for (k, coordinate) in turn.enumerated() {
        for (side, sign) in [1.0, -1.0].enumerated() {
          var values = place.values
          values[coordinate] = coordinates[coordinate].moved(
            values[coordinate], by: sign * place.probes[coordinate])
          put(values, atSample: number * share + 2 * k + side, in: &inputs)
        }
      }
    }
    let found = gaps(inputs)
    if let sample = worst(of: found) { return Point(inputs: inputs, sample: sample) }
    for number in places.indices {
      places[number].step = coordinates.map { _ in 0 }
      for (k, coordinate) in turn.enumerated() {
        let probe = places[number].probes[coordinate]
        let sample = number * share + 2 * k
        let (up, down) = (found[sample].value, found[sample + 1].value)
        guard up.isFinite, down.isFinite else { continue }
        let size = max(abs(up - places[number].gap), abs(down - places[number].gap))
        guard size > 1e-12 * max(abs(found[sample].left), abs(found[sample].right)) else {
          continue
        }
        let (slope, bend) = ((up - down) / 2, up + down - 2 * places[number].gap)
        let lowest = bend > 0 ? -slope / bend : slope > 0 ? -2 : slope < 0 ? 2 : 0
        let step = min(max(lowest, -2), 2) * probe
        places[number].step[coordinate] = step
        places[number].probes[coordinate] = min(max(abs(step), probe / 4), 1)
      }
    }
    return nil
  }

  /// Moves each place along its step by several lengths and keeps the best.
  private func go(from places: inout [Place], share: Int) -> Point? {
    var inputs = world.inputs
    for (number, place) in places.enumerated() {
      for k in 0..<share {
        // 1.5 times the step down to a tenth of it; then each coordinate alone.
        var step = place.step
        if k < share / 2 {
          let length = 1.5 - 1.4 * Double(k) / Double(share / 2)
          step = step.map { length * $0 }
        } else {
          step = step.indices.map { $0 % (share - share / 2) == k - share / 2 ? step[$0] : 0 }
        }
        let moved = coordinates.indices.map {
          coordinates[$0].moved(place.values[$0], by: step[$0])
        }
        put(moved, atSample: number * share + k, in: &inputs)
      }
    }
    let found = gaps(inputs)
    if let sample = worst(of: found) { return Point(inputs: inputs, sample: sample) }
    for number in places.indices {
      for sample in (number * share)..<((number + 1) * share)
      where found[sample].value < places[number].gap {
        places[number].values = values(ofSample: sample, in: inputs)
        places[number].gap = found[sample].value
      }
    }
    return nil
  }

  // MARK: - Gaps

  private func worst(of gaps: [Gap]) -> Int? {
    gaps.indices.filter { gaps[$0].isRefutation }.min { gaps[$0].value < gaps[$1].value }
  }

  /// The smallest gap at each sample.
  private func gaps(_ inputs: [[Double]]) -> [Gap] {
    let blocks = workspace.run(pair.program, inputs: inputs)
    let (difference, left, right) = (blocks[0], blocks[1], blocks[2])
    let width = difference.values.count / world.sampleCount
    return (0..<world.sampleCount).map { sample in
      var lowest = Gap(
        value: .infinity, isRefutation: false, isKnown: false, left: 0, right: 0)
      for index in (sample * width)..<((sample + 1) * width) {
        let (value, error) = (difference.values[index], difference.errors[index])
        let scale = max(abs(left.values[index]), abs(right.values[index]))
        guard value.isFinite, error.isFinite, value < lowest.value else { continue }
        lowest = Gap(
          value: value, isRefutation: value < -1e-6 * scale && value < -1e3 * error,
          isKnown: error <= Swift.max(1e-3 * abs(value), 1e-6 * scale),
          left: left.values[index], right: right.values[index])
      }
      return lowest
    }
  }

  private func values(ofSample sample: Int, in inputs: [[Double]]) -> [Double] {
    coordinates.map { coordinate in
      let width = inputs[coordinate.slot].count / world.sampleCount
      return inputs[coordinate.slot][sample * width + coordinate.entry]
    }
  }

  private func put(_ values: [Double], atSample sample: Int, in inputs: inout [[Double]]) {
    for (coordinate, value) in zip(coordinates, values) {
      let width = inputs[coordinate.slot].count / world.sampleCount
      inputs[coordinate.slot][sample * width + coordinate.entry] = value
    }
  }
}
