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
  /// The smallest value of first minus second, for inequalities.
  public internal(set) var leastDifference = 0.0
  /// The largest value of first minus second.
  public internal(set) var greatestDifference = 0.0
  var witnessIndex: Int?

  init(outcome: Outcome) {
    self.outcome = outcome
  }

  /// Decides from the difference, the ratio and both sides, each with error bounds.
  init(difference: Block, ratio: Block, left: Block, right: Block) {
    outcome = .equal
    leastDifference = difference.values.min() ?? 0
    greatestDifference = difference.values.max() ?? 0
    var farthest = 0.0
    for index in difference.values.indices {
      let gap = abs(difference.values[index])
      let bound = Comparison.slack * difference.errors[index]
      let scale = max(abs(left.values[index]), abs(right.values[index]))
      guard gap.isFinite, bound.isFinite else {
        // Undefined where the other side is defined is a difference; otherwise nothing is known.
        let isDefined = right.values[index].isFinite || left.values[index].isFinite
        outcome = isDefined && outcome != .incomparable ? .different : .incomparable
        if witnessIndex == nil || farthest < .infinity { witnessIndex = index }
        farthest = .infinity
        continue
      }
      if gap <= bound { continue }
      let isFar = gap > 1e-6 * scale && gap > 1e3 * difference.errors[index]
      if isFar {
        if outcome == .equal || outcome == .undecided { outcome = .different }
      } else if outcome == .equal {
        outcome = .undecided
      }
      if gap / max(scale, 1e-300) > farthest {
        farthest = gap / max(scale, 1e-300)
        witnessIndex = index
      }
    }
    if outcome == .different {
      if let constant = Comparison.common(difference) {
        outcome = .offset(constant)
      } else if let factor = Comparison.common(ratio) {
        outcome = .factor(factor)
      }
    }
  }

  /// How many error bounds a difference may have and still count as none.
  private static let slack = 4.0

  /// Returns the value that a block has everywhere within its bounds, or `nil`.
  private static func common(_ block: Block) -> Double? {
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
    for index in difference.values.indices {
      let gap = abs(difference.values[index].high)
      let scale = max(abs(left.values[index].high), abs(right.values[index].high))
      let bound = max(difference.errors[index], 1e-20 * scale)
      guard gap.isFinite, bound.isFinite else {
        outcome = .incomparable
        return
      }
      if gap <= bound { continue }
      if gap > 1e3 * bound {
        outcome = .different
        return
      }
      outcome = .undecided
    }
  }
}

extension Comparison {
  /// The comparison of two values of which nothing can be said.
  public static var incomparable: Comparison { Comparison(outcome: .incomparable) }
}
