internal import Compute

/// The axes of bound variables: of sums, expectations and integrals.
///
/// Binders that do not stand in each other take the same axis, so that what they bind in the same way is
/// one node and is evaluated once.
struct BoundAxes: Sendable {
  /// All axes by their number of positions.
  private var known: [Int: [Axis]] = [:]
  /// Those of the binders around.
  private var open: [Axis] = []

  /// Returns an axis that no binder around has.
  mutating func open(count: Int, in builder: inout ProgramBuilder) -> Axis {
    let axis: Axis
    if let free = known[count]?.first(where: { !open.contains($0) }) {
      axis = free
    } else {
      axis = builder.axis(count: count)
      known[count, default: []].append(axis)
    }
    open.append(axis)
    return axis
  }

  /// Ends the binder that was opened last.
  mutating func close() { open.removeLast() }
}

extension Elaborator {
  /// Returns an axis for a bound variable; `closeAxis` ends it where nothing depends on it any more.
  mutating func openAxis(count: Int) -> Axis {
    boundAxes.open(count: count, in: &builder)
  }

  /// Ends the axis that was opened last.
  mutating func closeAxis() { boundAxes.close() }

  /// Returns an axis for a bound variable on which a rule is laid out.
  mutating func openQuadrature(
    _ rule: TrapezoidRule
  ) -> (axis: Axis, nodes: NodeID, weights: NodeID) {
    builder.quadrature(rule, along: openAxis(count: rule.nodes.count))
  }

  /// Returns an axis for a bound variable on which a rule is laid out.
  mutating func openQuadrature(
    _ rule: DoubleExponentialRule
  ) -> (axis: Axis, nodes: NodeID, weights: NodeID) {
    builder.quadrature(rule, along: openAxis(count: rule.preciseNodes.count))
  }
}
