/// A rule for integrals over intervals whose ends may be infinite or singular.
///
/// The trapezoid rule after a substitution that makes the integrand fall off double-exponentially: every other
/// node is the rule of twice the step. The count of nodes is odd; the ends of the interval are not among them.
///
/// - SeeAlso: Takahasi and Mori, Double exponential formulas for numerical integration, Publ. RIMS 9 (1974).
public struct DoubleExponentialRule: Sendable {
  /// What is integrated over.
  public enum Interval: Hashable, Sendable {
    /// From a number to a larger one.
    case between(Double, Double)
    /// From a number to infinity.
    case above(Double)
    /// From minus infinity to a number.
    case below(Double)
    /// All numbers.
    case everywhere
  }

  /// The nodes to twice the precision, in rising order.
  public let preciseNodes: [DoubleDouble]
  /// The weights to twice the precision.
  public let preciseWeights: [DoubleDouble]

  /// The nodes.
  public var nodes: [Double] { preciseNodes.map(\.high) }
  /// The weights.
  public var weights: [Double] { preciseWeights.map(\.high) }

  /// A rule for an interval with a step in the substituted variable, best a power of two.
  ///
  /// - Parameters:
  ///   - interval: What is integrated over.
  ///   - step: The step in the substituted variable.
  ///   - extent: Where the substituted variable ends. If nil, where the weights of a bounded integrand are
  ///     below 1e-15 of the largest, or where the nodes' sixth powers still are finite.
  public init(_ interval: Interval, step: Double = 0x1p-4, extent: Double? = nil) {
    let isBounded = if case .between = interval { true } else { false }
    let extent = extent ?? (isBounded ? 3.25 : 5)
    precondition(step > 0x1p-10 && extent > 0 && extent <= 5, "a rule has a step and an end")
    let half = Int((extent / step).rounded(.up))
    let pairs = (-half...half).map { Self.pair(interval, DoubleDouble(Double($0) * step), step) }
    preciseNodes = pairs.map(\.0)
    preciseWeights = pairs.map(\.1)
  }

  private static func pair(_ interval: Interval, _ t: DoubleDouble, _ step: Double)
    -> (DoubleDouble, DoubleDouble)
  {
    let half = DoubleDouble(0.5)
    let u = half * DoubleDouble.pi * DoubleDouble.sinh(t)
    let du = half * DoubleDouble.pi * DoubleDouble.cosh(t) * DoubleDouble(step)
    switch interval {
    case .between(let a, let b):
      // The distance from the nearer end is (b - a) / (1 + e^(2 |u|)).
      let width = DoubleDouble(b) - DoubleDouble(a)
      let e = DoubleDouble.exp(DoubleDouble(2) * u.magnitude)
      let distance = width / (DoubleDouble.one + e)
      let node = t.high < 0 ? DoubleDouble(a) + distance : DoubleDouble(b) - distance
      let weight = DoubleDouble(2) * du * distance * (e / (DoubleDouble.one + e))
      return (node, weight)
    case .above(let a):
      let distance = DoubleDouble.exp(u)
      return (DoubleDouble(a) + distance, du * distance)
    case .below(let b):
      let distance = DoubleDouble.exp(-u)
      return (DoubleDouble(b) - distance, du * distance)
    case .everywhere: return (DoubleDouble.sinh(u), du * DoubleDouble.cosh(u))
    }
  }
}
