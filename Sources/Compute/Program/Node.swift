/// A step of a computation before it is compiled: what it does and the axes of its result.
struct Node: Sendable {
  /// What a node computes; equal kinds are one node.
  enum Kind: Hashable, Sendable {
    case constant(Constant)
    case input(slot: Int)
    case table(index: Int)
    case unary(UnaryOperation, NodeID)
    case binary(BinaryOperation, NodeID, NodeID)
    case reduce(ReduceOperation, NodeID, Axis)
    case integral(NodeID, Axis)
    case rename(NodeID, from: [Axis], to: [Axis])
    case inverse(NodeID, rows: Axis, columns: Axis)
    case determinant(NodeID, rows: Axis, columns: Axis)
    case gather(NodeID, axes: [Axis], selection: Int, along: [Axis])
  }

  var kind: Kind
  /// Sorted from outer to inner.
  var axes: [Axis]
  /// The number of values, saturated at `ProgramBuilder.largestBlock + 1`.
  var entries: Int
  /// Whether the values carry no error, so that no error row is kept.
  var isExact: Bool

  /// The nodes that this one is computed from.
  var operands: (NodeID?, NodeID?) {
    switch kind {
    case .constant, .input, .table: (nil, nil)
    case .binary(_, let a, let b): (a, b)
    case .unary(_, let a), .reduce(_, let a, _), .integral(let a, _), .rename(let a, _, _),
      .inverse(let a, _, _), .determinant(let a, _, _), .gather(let a, _, _, _):
      (a, nil)
    }
  }
}

/// A number known when the program is built, to twice the precision of a Double.
struct Constant: Hashable, Sendable {
  // Bits, so that 0 and -0 are two constants and a NaN is one.
  private let high: UInt64
  private let low: UInt64
  private let bound: UInt64

  init(_ value: DoubleDouble, error: Double) {
    high = value.high.bitPattern
    low = value.low.bitPattern
    bound = error.bitPattern
  }

  var value: DoubleDouble {
    DoubleDouble(high: Double(bitPattern: high), low: Double(bitPattern: low))
  }
  var error: Double { Double(bitPattern: bound) }
  var isExact: Bool { value.low == 0 && error == 0 }
}

/// Numbers laid out over axes, known when the program is built.
struct Table: Hashable, Sendable {
  var values: [Double]
  /// What the values lack to twice the precision; empty if nothing.
  var lows: [Double]
  /// Absolute bounds; empty if the values are exact.
  var errors: [Double]
  /// Sorted from outer to inner.
  var axes: [Axis]

  static func == (left: Table, right: Table) -> Bool {
    left.axes == right.axes && left.errors == right.errors && left.lows == right.lows
      && left.values.elementsEqual(right.values) { $0.bitPattern == $1.bitPattern }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(axes)
    hasher.combine(lows.count)
    values.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
