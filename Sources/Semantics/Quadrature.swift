internal import Compute

#if canImport(Glibc)
  internal import Glibc
#endif

/// The rules on whose nodes integrals are taken: trapezoids after a change of variable.
///
/// All have an odd number of nodes, so that every second node makes the coarser rule.
enum Quadrature {
  /// Nodes and weights of a rule.
  struct Rule: Sendable {
    var nodes: [Double]
    var weights: [Double]

    /// A trapezoid of step `step` over `-extent...extent` in t, where x and dx/dt are functions of t.
    init(step: Double, extent: Double, _ map: (Double) -> (x: Double, slope: Double)) {
      let half = 2 * Int((extent / step / 2).rounded())
      nodes = []
      weights = []
      for index in -half...half {
        let (x, slope) = map(Double(index) * step)
        nodes.append(x)
        weights.append(slope * step)
      }
    }
  }

  /// Weighted by the standard normal density, whose mass beyond 12 is 4e-33.
  static let normal = Rule(step: 0.25, extent: 12) { t in
    (t, exp(-t * t / 2) * 0.3989422804014327)
  }

  /// Over the whole line in the coordinate of a normal density.
  static let normalLine = Rule(step: 0.25, extent: 12) { t in (t, 1) }

  /// Over the whole line when no density is known; the nodes grow doubly exponentially.
  static let line = Rule(step: 0.03125, extent: 4) { t in
    (sinh(1.5 * sinh(t)), 1.5 * cosh(t) * cosh(1.5 * sinh(t)))
  }

  /// Over -1...1.
  static let finite = Rule(step: 0.0625, extent: 3.25) { t in
    let u = Double.pi / 2 * sinh(t)
    return (tanh(u), Double.pi / 2 * cosh(t) / (cosh(u) * cosh(u)))
  }

  /// Over 0 to infinity.
  static let halfInfinite = Rule(step: 0.03125, extent: 4) { t in
    let x = exp(Double.pi / 2 * sinh(t))
    return (x, Double.pi / 2 * cosh(t) * x)
  }
}
