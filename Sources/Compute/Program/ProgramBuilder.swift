/// A computation under construction: a graph of nodes over axes, each equal sub-tree once.
///
/// Nodes live on the axes that they depend on. Only exact simplifications are made: `x + 0`, `1 x`, `x / 1`,
/// arithmetic on constants whose result has no rounding; not `0 x`, which is undefined for infinite `x`.
public struct ProgramBuilder: Sendable {
  /// The largest number of values that a node may have.
  public static let largestBlock = 1 << 26

  var nodes: [Node] = []
  var counts: [Int] = []
  var tables: [Table] = []
  var selections: [[[Int]]] = []
  var inputCount = 0
  /// Axes of equal count for the inside of derivatives, so that equal derivatives are one node.
  var companions: [Axis: [Axis]] = [:]
  private var identities = NodeIndex()
  private var tableIndices: [Table: Int] = [:]
  private var selectionIndices: [[[Int]]: Int] = [:]

  /// Whether some node has more than `largestBlock` values; such a program is not to be run.
  public private(set) var isTooLarge = false

  /// An empty computation.
  public init() {}

  /// Makes an axis, inside of all earlier ones.
  ///
  /// - Parameter count: The number of positions along it, not negative.
  /// - Returns: The new axis.
  public mutating func axis(count: Int) -> Axis {
    precondition(count >= 0, "an axis has no negative count")
    counts.append(count)
    return Axis(index: counts.count - 1)
  }

  /// Returns the number of positions along an axis.
  public func count(of axis: Axis) -> Int { counts[axis.index] }

  /// Returns the axes that a node depends on, from outer to inner.
  public func axes(of node: NodeID) -> [Axis] { nodes[node.index].axes }

  /// Returns the value of a node that is a constant, else nil.
  public func constantValue(of node: NodeID) -> Double? {
    guard case .constant(let constant) = nodes[node.index].kind else { return nil }
    return constant.value.high
  }

  /// Makes a number.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - error: A bound of what the number is off, absolute.
  /// - Returns: Its node.
  public mutating func constant(_ value: Double, error: Double = 0) -> NodeID {
    constant(DoubleDouble(value), error: error)
  }

  /// Makes a number that a double does not hold, such as one tenth or pi.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - error: A bound of what both parts together are off, absolute.
  /// - Returns: Its node.
  public mutating func constant(_ value: DoubleDouble, error: Double = 0) -> NodeID {
    let constant = Constant(value, error: error)
    return node(.constant(constant), axes: [], isExact: constant.isExact)
  }

  /// Makes a place for exact values given at each run; slots are numbered in order of creation.
  public mutating func input(axes: [Axis]) -> NodeID {
    inputCount += 1
    return node(.input(slot: inputCount - 1), axes: axes.sorted(), isExact: true)
  }

  /// Makes a block of exact values.
  ///
  /// - Parameters:
  ///   - values: The values, row-major in the order of the axes as given.
  ///   - axes: Distinct axes in any order.
  /// - Returns: The node of the table.
  public mutating func table(_ values: [Double], axes: [Axis]) -> NodeID {
    table(values, lows: [], errors: [], axes: axes)
  }

  /// Makes a block of values to twice the precision of a double.
  ///
  /// - Parameters:
  ///   - values: The values, row-major in the order of the axes as given.
  ///   - errors: An absolute bound for each, or nothing if the values are exact.
  ///   - axes: Distinct axes in any order.
  /// - Returns: The node of the table.
  public mutating func table(_ values: [DoubleDouble], errors: [Double] = [], axes: [Axis])
    -> NodeID
  {
    table(values.map(\.high), lows: values.map(\.low), errors: errors, axes: axes)
  }

  private mutating func table(_ values: [Double], lows: [Double], errors: [Double], axes: [Axis])
    -> NodeID
  {
    precondition(
      values.count == axes.reduce(1) { $0 * counts[$1.index] }, "a table fills its axes")
    let sorted = axes.sorted()
    var table = Table(values: values, lows: lows, errors: errors, axes: sorted)
    if sorted != axes {
      let order = positions(over: sorted, in: axes)
      table.values = order.map { values[$0] }
      if !lows.isEmpty { table.lows = order.map { lows[$0] } }
      if !errors.isEmpty { table.errors = order.map { errors[$0] } }
    }
    if table.lows.allSatisfy({ $0 == 0 }) { table.lows = [] }
    let index = tableIndices[table] ?? tables.count
    if index == tables.count {
      tables.append(table)
      tableIndices[table] = index
    }
    let isExact = table.lows.isEmpty && table.errors.isEmpty
    return node(.table(index: index), axes: sorted, isExact: isExact)
  }

  /// Returns, for each position over the sorted axes, the row-major position in the given order.
  func positions(over sorted: [Axis], in given: [Axis]) -> [Int] {
    var strides: [Axis: Int] = [:]
    var stride = 1
    for axis in given.reversed() {
      strides[axis] = stride
      stride *= counts[axis.index]
    }
    var result = [0]
    for axis in sorted {
      let step = strides[axis, default: 0]
      result = result.flatMap { base in (0..<counts[axis.index]).map { base + $0 * step } }
    }
    return result
  }

  /// Returns the index of a table of positions, each table once.
  mutating func selection(_ indices: [[Int]]) -> Int {
    if let known = selectionIndices[indices] { return known }
    selections.append(indices)
    selectionIndices[indices] = selections.count - 1
    return selections.count - 1
  }

  /// Returns the node of a kind, made if it is new.
  mutating func node(_ kind: Node.Kind, axes: [Axis], isExact: Bool) -> NodeID {
    let hash = kind.identityHash
    if let known = identities.find(kind, hash, in: nodes) { return known }
    var entries = 1
    for axis in axes {
      let (product, overflow) = entries.multipliedReportingOverflow(by: counts[axis.index])
      entries = overflow ? Self.largestBlock + 1 : product
      if entries > Self.largestBlock {
        entries = Self.largestBlock + 1
        break
      }
    }
    if entries > Self.largestBlock { isTooLarge = true }
    let id = NodeID(index: nodes.count)
    nodes.append(Node(kind: kind, axes: axes, entries: entries, isExact: isExact))
    identities.insert(id, hash)
    return id
  }

  func isExact(_ node: NodeID) -> Bool { nodes[node.index].isExact }
}
