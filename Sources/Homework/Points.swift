/// Points of a criterion or an assignment, in whole hundredths.
///
/// Exact under addition, so that no sum of marks depends on its order.
public struct Points: Hashable, Comparable, Sendable {
  /// The number of hundredths of a point.
  public let hundredths: Int

  /// No points.
  public static let zero = Points(hundredths: 0)

  /// Creates points from a number of hundredths.
  public init(hundredths: Int) {
    self.hundredths = hundredths
  }

  /// Returns the share `credit` (from 0 to 1) of these points, halves rounded up.
  ///
  /// A credit above 1 counts as 1; one below 0, or that is not a number, as 0.
  public func scaled(by credit: Double) -> Points {
    guard credit > 0 else { return .zero }
    if credit >= 1 { return self }
    return Points(hundredths: Int((Double(hundredths) * credit + 0.5).rounded(.down)))
  }

  /// Adds two amounts.
  public static func + (left: Points, right: Points) -> Points {
    Points(hundredths: left.hundredths + right.hundredths)
  }

  /// Adds an amount in place.
  public static func += (left: inout Points, right: Points) {
    left = left + right
  }

  /// Orders amounts by size.
  public static func < (left: Points, right: Points) -> Bool {
    left.hundredths < right.hundredths
  }
}

extension Points: CustomStringConvertible {
  /// The decimal text without needless zeros: `4`, `1.5`, `0.25`.
  public var description: String {
    let sign = hundredths < 0 ? "-" : ""
    let whole = hundredths.magnitude / 100
    let rest = hundredths.magnitude % 100
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Creates points from decimal text with at most two places, such as `4`, `1.5` or `0.25`.
  ///
  /// - Returns: `nil` if the text is anything else, or does not fit.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, whole.allSatisfy(\.isWholeASCIIDigit),
      let units = Int(whole), units < 1_000_000
    else { return nil }
    var rest = 0
    if parts.count == 2 {
      let digits = parts[1]
      guard (1...2).contains(digits.count), digits.allSatisfy(\.isWholeASCIIDigit),
        let value = Int(digits)
      else { return nil }
      rest = digits.count == 1 ? value * 10 : value
    }
    self.init(hundredths: units * 100 + rest)
  }
}

extension Character {
  fileprivate var isWholeASCIIDigit: Bool { ("0"..."9").contains(self) }
}
