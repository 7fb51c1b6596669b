internal import Compute

/// A number, vector or matrix of the evaluator: a node with the axes that make it an array.
///
/// The node may depend on more axes (sample points, data, quadrature nodes): those are common to
/// all that is evaluated and broadcast by themselves.
struct Quantity {
  /// The node of the program.
  var node: NodeID
  /// No axis for a number, one for a vector, rows and columns for a matrix.
  var axes: [Axis] = []
  /// Whether a vector lies on its side, as `a^T` does.
  var isRow = false
  /// The logarithm, where it is known in a form that neither underflows nor cancels.
  var logarithm: NodeID?
  /// Whether the quantity is a multiple of the identity matrix whose size the context decides.
  var isIdentity = false

  init(_ node: NodeID, axes: [Axis] = [], isRow: Bool = false, logarithm: NodeID? = nil) {
    self.node = node
    self.axes = axes
    self.isRow = isRow
    self.logarithm = logarithm
  }

  /// The identity matrix times a number.
  static func identity(times node: NodeID) -> Quantity {
    var quantity = Quantity(node)
    quantity.isIdentity = true
    return quantity
  }

  var isNumber: Bool { axes.isEmpty && !isIdentity }
  var isVector: Bool { axes.count == 1 }
  var isMatrix: Bool { axes.count == 2 }
}
