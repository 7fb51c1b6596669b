/// A dimension along which values are laid out.
///
/// Sample points, quadrature nodes, members of a family and rows of a matrix are axes. Axes are ordered by
/// the time of their making: a smaller index is further out in memory.
public struct Axis: Hashable, Comparable, Sendable {
  /// The position in the global order of the builder's axes.
  public let index: Int

  /// Returns whether the first axis lies further out.
  public static func < (left: Axis, right: Axis) -> Bool { left.index < right.index }
}

/// The name of a node within the builder that made it.
public struct NodeID: Hashable, Sendable {
  /// The position among the builder's nodes; operands come before what uses them.
  public let index: Int
}
