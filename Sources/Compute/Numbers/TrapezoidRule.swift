/// The trapezoid rule, for expectations under the standard normal density or in its coordinate.
///
/// Converges exponentially for analytic integrands: with step `h` and an integrand analytic within a distance
/// `a` of the line, as `exp(-2 pi a / h)`. Every other node is the rule of twice the step, which is what
/// `ProgramBuilder.integral` compares with. The mass beyond an extent of 12 is 4e-33.
///
/// - SeeAlso: Trefethen and Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014).
public struct TrapezoidRule: Sendable {
  /// What the values at the nodes are multiplied by.
  public enum Weighting: Hashable, Sendable {
    /// The step times the standard normal density.
    case normalDensity
    /// The step alone, for integrands that contain a density.
    case uniform
  }

  /// The distance of neighbouring nodes.
  public let step: Double
  /// Multiples of the step, from the negative extent to the positive one; their count is odd.
  public let nodes: [Double]
  /// The weight of each node, to twice the precision.
  public let preciseWeights: [DoubleDouble]

  /// The weight of each node.
  public var weights: [Double] { preciseWeights.map(\.high) }

  /// Whether the weights have no rounding.
  let isExact: Bool

  /// A rule for a step, best a power of two, up to an extent in standard deviations.
  public init(step: Double, extent: Double, weighting: Weighting = .normalDensity) {
    precondition(step > 0 && extent / step < 1e6, "a rule has a positive step and an end")
    let half = Int((extent / step).rounded(.up))
    self.step = step
    isExact = weighting == .uniform
    nodes = (-half...half).map { Double($0) * step }
    if weighting == .uniform {
      preciseWeights = nodes.map { _ in DoubleDouble(step) }
      return
    }
    // 1 / sqrt(2 pi)
    let scale = DoubleDouble(high: 0.3989422804014327, low: -2.4923272022777433e-17)
    preciseWeights = nodes.map { t in
      let exponent = DoubleDouble(product: -0.5 * t, t)
      return scale * DoubleDouble(step) * DoubleDouble.exp(exponent)
    }
  }
}

extension ProgramBuilder {
  /// Lays a rule out along an axis.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - known: The axis, with a position for each node; a new one if nothing is said.
  /// - Returns: The axis, and the nodes and weights along it.
  public mutating func quadrature(_ rule: TrapezoidRule, along known: Axis? = nil) -> (
    axis: Axis, nodes: NodeID, weights: NodeID
  ) {
    let axis = known ?? axis(count: rule.nodes.count)
    let errors = rule.preciseWeights.map { rule.isExact ? 0 : 0x1p-92 * $0.high }
    return (
      axis, table(rule.nodes, axes: [axis]),
      table(rule.preciseWeights, errors: errors, axes: [axis])
    )
  }

  /// Lays a rule out along an axis.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - known: The axis, with a position for each node; a new one if nothing is said.
  /// - Returns: The axis, and the nodes and weights along it.
  public mutating func quadrature(_ rule: DoubleExponentialRule, along known: Axis? = nil) -> (
    axis: Axis, nodes: NodeID, weights: NodeID
  ) {
    let axis = known ?? axis(count: rule.preciseNodes.count)
    let errors = rule.preciseWeights.map { 0x1p-88 * $0.high }
    let nodeErrors = rule.preciseNodes.map { 0x1p-88 * $0.high.magnitude }
    return (
      axis, table(rule.preciseNodes, errors: nodeErrors, axes: [axis]),
      table(rule.preciseWeights, errors: errors, axes: [axis])
    )
  }
}
