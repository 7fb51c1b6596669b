internal import Compute

/// How the values of two formulas relate at all points of a world.
public struct Comparison: Sendable {
  /// The kinds of relation.
  public enum Outcome: Hashable, Sendable {
    /// Equal within the error bounds at every point.
    case equal
    /// Different by a constant that is the same at every point.
    case offset(Double)
    /// Different by a factor that is the same at every point.
    case factor(Double)
    /// Far apart at some point.
    case different
    /// Too near to be different and too far apart to be equal.
    case undecided
    /// Not of the same shape, or undefined.
    case incomparable
  }

  /// A point and both values there.
  public struct Witness: Sendable {
    /// The variables that occur, with their values.
    public var point: [(name: String, values: [Double])]
    /// The first value.
    public var left: Double
    /// The second value.
    public var right: Double
  }

  /// The relation.
  public internal(set) var outcome: Outcome
  /// The point where the values are farthest apart; `nil` if they are equal.
  public internal(set) var witness: Witness?
  /// Whether the first is nowhere below the second by more than the error bounds, where something is known.
  public internal(set) var isNowhereBelow = false
  /// Whether the first is nowhere above the second by more than the error bounds, where something is known.
  public internal(set) var isNowhereAbove = false
  /// The point where the first is farthest below the second, if it is anywhere.
  public internal(set) var witnessBelow: Witness?
  /// The point where the first is farthest above the second, if it is anywhere.
  public internal(set) var witnessAbove: Witness?
  /// Whether at some point the error bounds are so wide that nothing is known there.
  public internal(set) var isUnknownSomewhere = false
  /// Whether the error bounds at some point are too wide for the values to count as equal there.
  public private(set) var isKnownTooRoughly = false
  var witnessIndex: Int?
  var places = Places()
  /// The proportion where the factor may differ from point to point.
  var pointwiseProportion = Proportion.none

  /// Where the first is farthest below and above the second, by their numbers.
  struct Places {
    var below: Int?
    var above: Int?
    private var gaps = (below: 0.0, above: 0.0)

    /// Notes a difference, in relation to the size of both.
    mutating func note(_ difference: Double, at index: Int) {
      if difference < gaps.below { (gaps.below, below) = (difference, index) }
      if difference > gaps.above { (gaps.above, above) = (difference, index) }
    }
  }

  init(outcome: Outcome) {
    self.outcome = outcome
    isNowhereBelow = outcome == .equal
    isNowhereAbove = outcome == .equal
  }

  /// Decides from the difference, the ratio and both sides, each with error bounds.
  init(difference: Row, ratio: Row, left: Row, right: Row) {
    outcome = .equal
    isNowhereBelow = true
    isNowhereAbove = true
    var farthest = 0.0
    var isKnown = false
    let width = Comparison.width(left.values, right.values)
    for index in difference.values.indices {
      let gap = abs(difference.values[index])
      let bound = Comparison.slack * difference.errors[index]
      let scale = max(abs(left.values[index]), abs(right.values[index]))
      guard gap.isFinite, bound.isFinite else {
        if left.isUnknown(at: index) || right.isUnknown(at: index) {
          isUnknownSomewhere = true
          if outcome == .equal { outcome = .undecided }
          continue
        }
        // Undefined where the other side is defined is a difference; otherwise nothing is known.
        isKnown = true
        isNowhereBelow = false
        isNowhereAbove = false
        let isDefined = right.values[index].isFinite || left.values[index].isFinite
        outcome = isDefined && outcome != .incomparable ? .different : .incomparable
        if witnessIndex == nil || farthest < .infinity { witnessIndex = index }
        farthest = .infinity
        continue
      }
      if bound > width { isKnownTooRoughly = true }
      if gap <= bound {
        // Within bounds as wide as this nothing is known.
        if bound > width {
          isUnknownSomewhere = true
          if outcome == .equal { outcome = .undecided }
        } else {
          isKnown = true
        }
        continue
      }
      isKnown = true
      if difference.values[index] < 0 { isNowhereBelow = false } else { isNowhereAbove = false }
      let isFar = gap > 1e-6 * scale && gap > 1e3 * difference.errors[index]
      if isFar {
        places.note(difference.values[index] / scale, at: index)
        if outcome == .equal || outcome == .undecided { outcome = .different }
      } else if outcome == .equal {
        outcome = .undecided
      }
      if gap / max(scale, 1e-300) > farthest {
        farthest = gap / max(scale, 1e-300)
        witnessIndex = index
      }
    }
    if !isKnown {
      isNowhereBelow = false
      isNowhereAbove = false
    }
    if outcome == .different {
      if let constant = Comparison.common(difference) {
        outcome = .offset(constant)
      } else if let factor = Comparison.common(ratio),
        zip(ratio.values, ratio.errors).allSatisfy({ $1 <= 1e-6 * abs($0) })
      {
        outcome = .factor(factor)
      }
    }
  }

  /// How many error bounds a difference may have and still count as none.
  private static let slack = 4.0

  /// How wide the bounds may be within which two values count as equal, for values of this size.
  private static func width(_ left: [Double], _ right: [Double]) -> Double {
    var scale = 1.0
    for values in [left, right] {
      for value in values where abs(value) > scale && value.isFinite { scale = abs(value) }
    }
    return 1e-5 * scale
  }

  /// Returns the value that a block has everywhere within its bounds, or `nil`.
  private static func common(_ block: Row) -> Double? {
    guard let first = block.values.first, block.values.count > 1, first.isFinite else { return nil }
    let firstError = block.errors.first ?? 0
    for (value, error) in zip(block.values, block.errors) {
      guard abs(value - first) <= slack * (error + firstError) + 0x1p-50 * abs(first) else {
        return nil
      }
    }
    return first
  }

  /// Decides again from values of twice the precision.
  mutating func refine(difference: PreciseBlock, left: PreciseBlock, right: PreciseBlock) {
    outcome = .equal
    isUnknownSomewhere = false
    isKnownTooRoughly = false
    let width = Comparison.width(left.values.map(\.high), right.values.map(\.high))
    for index in difference.values.indices {
      let gap = abs(difference.values[index].high)
      let scale = max(abs(left.values[index].high), abs(right.values[index].high))
      let bound = max(difference.errors[index], 1e-20 * scale)
      guard gap.isFinite, bound.isFinite else {
        outcome = .incomparable
        return
      }
      if bound > width { isKnownTooRoughly = true }
      if gap <= bound {
        if bound > width {
          isUnknownSomewhere = true
          outcome = .undecided
        }
        continue
      }
      if gap > 1e3 * bound {
        outcome = .different
        return
      }
      outcome = .undecided
    }
    guard outcome == .equal else { return }
    isNowhereBelow = true
    isNowhereAbove = true
  }
}

extension Comparison {
  /// The comparison of two values of which nothing can be said.
  public static var incomparable: Comparison { Comparison(outcome: .incomparable) }
}

/// Values with their error bounds, those of a point together.
struct Row {
  var values: [Double]
  var errors: [Double]

  init(_ block: Block) {
    values = block.values
    errors = block.errors
  }

  init(values: [Double], errors: [Double]) {
    self.values = values
    self.errors = errors
  }

  /// Whether nothing is known of a value: its error bound is infinite, and it is not itself.
  func isUnknown(at index: Int) -> Bool {
    errors[index] == .infinity && !values[index].isInfinite
  }

  /// The same values with the other sign.
  var negated: Row { Row(values: values.map { -$0 }, errors: errors) }

  /// Combines entry by entry; the last operation rounds by half a unit.
  func combined(
    with other: Row, _ value: (Double, Double) -> Double,
    error: (_ result: Double, _ left: (Double, Double), _ right: (Double, Double)) -> Double
  ) -> Row {
    var result = Row(values: [], errors: [])
    result.values.reserveCapacity(values.count)
    result.errors.reserveCapacity(values.count)
    for index in values.indices {
      let one = value(values[index], other.values[index])
      result.values.append(one)
      result.errors.append(
        error(
          one, (values[index], errors[index]), (other.values[index], other.errors[index]))
          + 0x1p-53 * abs(one))
    }
    return result
  }
}

extension Comparison {
  /// Compares two rows of the same length.
  init(left: Row, right: Row, samples: Int) {
    let difference = left.combined(with: right, -) { $1.1 + $2.1 }
    let ratio = left.combined(with: right, /) { result, left, right in
      (left.1 + abs(result) * right.1) / abs(right.0)
    }
    self.init(difference: difference, ratio: ratio, left: left, right: right)
    findProportion(left: left, right: right, samples: samples)
  }

  /// Finds whether at each point the sides are vectors of one direction; the factor may differ between points.
  mutating func findProportion(left: Row, right: Row, samples: Int) {
    guard outcome == .different, samples > 0, left.values.count.isMultiple(of: samples) else {
      return
    }
    let width = left.values.count / samples
    guard width > 1 else { return }
    var factors: [Double] = []
    for start in stride(from: 0, to: left.values.count, by: width) {
      let range = start..<(start + width)
      guard let largest = range.max(by: { abs(right.values[$0]) < abs(right.values[$1]) }),
        right.values[largest] != 0
      else { return }
      let factor = left.values[largest] / right.values[largest]
      let spread =
        (left.errors[largest] + abs(factor) * right.errors[largest]) / abs(right.values[largest])
      for index in range {
        let gap = abs(left.values[index] - factor * right.values[index])
        let bound =
          left.errors[index] + abs(factor) * right.errors[index]
          + spread * abs(right.values[index])
        guard gap <= Self.slack * bound + 0x1p-48 * abs(left.values[largest]) else { return }
      }
      factors.append(factor)
    }
    guard let least = factors.min(), let greatest = factors.max(), least > 0 || greatest < 0 else {
      return
    }
    pointwiseProportion = .constant(factors[0])
  }

  /// Whether one side is a constant times the other.
  public enum Proportion: Hashable, Sendable {
    /// A factor that is the same for all components of a point; the first point's.
    case constant(Double)
    /// No constant.
    case none
    /// Not known.
    case unknown
  }

  /// Whether the sides are proportional as vectors at each point.
  public var proportion: Proportion {
    switch outcome {
    case .equal: .constant(1)
    case .factor(let factor): .constant(factor)
    case .undecided, .incomparable: .unknown
    case .offset, .different: pointwiseProportion
    }
  }
}

extension Comparison {
  /// Whether the first is a positive multiple of the second at each point, and not the same at all.
  public var isPositiveMultiple: Bool {
    if case .constant(let factor) = proportion, factor > 0 { return true }
    return false
  }

  /// The comparison where a positive factor does not count.
  public var upToFactor: Comparison {
    var result = self
    switch proportion {
    case .constant(let factor) where factor > 0: result.outcome = .equal
    case .constant: result.outcome = .factor(-1)
    case .none, .unknown: break
    }
    return result
  }
}
