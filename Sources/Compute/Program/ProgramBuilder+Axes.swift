extension ProgramBuilder {
  /// Makes one value out of all along an axis.
  ///
  /// A node that does not depend on the axis counts as constant along it: its sum is multiplied by the count,
  /// its product a power, its largest and smallest value itself.
  public mutating func reduce(_ operation: ReduceOperation, _ a: NodeID, over axis: Axis) -> NodeID
  {
    let all = axes(of: a)
    guard all.contains(axis) else {
      let count = count(of: axis)
      switch operation {
      case .sum: return binary(.multiply, a, constant(Double(count)))
      case .product: return power(a, count)
      case .maximum where count == 0: return constant(-.infinity)
      case .minimum where count == 0: return constant(.infinity)
      case .maximum, .minimum: return a
      }
    }
    let exact = operation.keepsExactness && isExact(a)
    return node(.reduce(operation, a, axis), axes: all.filter { $0 != axis }, isExact: exact)
  }

  /// Sums values that already contain their quadrature weights.
  ///
  /// The error bound gains `|sum of all - 2 * sum of the even-indexed|`, the difference between the rule
  /// and the coarser one of every other node; the first and the last node belong to both. For what the rule cuts
  /// off it gains the terms beyond its ends, as if they fell on as they do there.
  public mutating func integral(_ a: NodeID, over axis: Axis) -> NodeID {
    let all = axes(of: a)
    guard all.contains(axis) else {
      let count = Double(count(of: axis))
      return binary(.multiply, a, constant(count, error: count.truncatingRemainder(dividingBy: 2)))
    }
    return node(.integral(a, axis), axes: all.filter { $0 != axis }, isExact: false)
  }

  /// Moves a node from one axis to another of the same count.
  ///
  /// A node that does not depend on the first axis stays as it is; it must not depend on the second.
  public mutating func rename(_ a: NodeID, from: Axis, to: Axis) -> NodeID {
    renameAll(a, [from: to])
  }

  /// Moves a node from axes to others at the same time, so that an exchange is a transposition.
  public mutating func renameAll(_ a: NodeID, _ map: [Axis: Axis]) -> NodeID {
    let from = axes(of: a)
    let to = from.map { map[$0] ?? $0 }
    if from == to { return a }
    for (old, new) in zip(from, to) {
      precondition(count(of: old) == count(of: new), "renamed axes have the same count")
    }
    precondition(Set(to).count == to.count, "renamed axes are distinct")
    // A renaming of a renaming is one, and one that leads back is none.
    if case .rename(let inner, let first, let second) = nodes[a.index].kind {
      let last = Dictionary(uniqueKeysWithValues: zip(from, to))
      return renameAll(
        inner,
        Dictionary(uniqueKeysWithValues: zip(first, second.map { last[$0] ?? $0 })))
    }
    return node(.rename(a, from: from, to: to), axes: to.sorted(), isExact: isExact(a))
  }

  /// Inverts the matrices that a node has over two axes: entry `(r, c)` of the result is that of the inverse.
  public mutating func inverse(_ a: NodeID, rows: Axis, columns: Axis) -> NodeID {
    let matrix = spread(a, over: rows, columns)
    return node(
      .inverse(matrix, rows: rows, columns: columns), axes: axes(of: matrix), isExact: false)
  }

  /// Takes the determinant of the matrices that a node has over two axes.
  public mutating func determinant(_ a: NodeID, rows: Axis, columns: Axis) -> NodeID {
    let matrix = spread(a, over: rows, columns)
    return node(
      .determinant(matrix, rows: rows, columns: columns),
      axes: axes(of: matrix).filter { $0 != rows && $0 != columns }, isExact: false)
  }

  // A matrix that lacks one of its axes is constant along it.
  private mutating func spread(_ a: NodeID, over rows: Axis, _ columns: Axis) -> NodeID {
    precondition(
      rows != columns && count(of: rows) == count(of: columns), "a matrix is square")
    let missing = [rows, columns].filter { !axes(of: a).contains($0) }
    if missing.isEmpty { return a }
    let entries = missing.reduce(1) { $0 * count(of: $1) }
    return binary(.multiply, a, table([Double](repeating: 1, count: entries), axes: missing))
  }

  /// Picks values: replaces axes by others along which their positions are listed.
  ///
  /// - Parameters:
  ///   - a: The node to pick from; axes that it does not depend on are ignored.
  ///   - axes: The axes to replace.
  ///   - indices: For each replaced axis the position on it, row-major over `along` in the order given.
  ///   - along: The new axes; the node may depend on them already (a diagonal).
  /// - Returns: The node of the picked values.
  public mutating func gather(_ a: NodeID, axes: [Axis], indices: [[Int]], along: [Axis]) -> NodeID
  {
    precondition(axes.count == indices.count, "each gathered axis has its positions")
    let size = along.reduce(1) { $0 * count(of: $1) }
    for (axis, positions) in zip(axes, indices) {
      precondition(
        positions.count == size && positions.allSatisfy { (0..<count(of: axis)).contains($0) },
        "gathered positions fill the new axes and lie on the old one")
    }
    let present = axes.indices.filter { self.axes(of: a).contains(axes[$0]) }
    if present.isEmpty { return a }
    let sorted = along.sorted()
    let order = sorted == along ? nil : positions(over: sorted, in: along)
    let lists = present.map { k in order.map { $0.map { indices[k][$0] } } ?? indices[k] }
    return gather(a, axes: present.map { axes[$0] }, selection: selection(lists), along: sorted)
  }

  /// Picks values by a table of positions already known.
  mutating func gather(_ a: NodeID, axes: [Axis], selection: Int, along: [Axis]) -> NodeID {
    let rest = self.axes(of: a).filter { !axes.contains($0) }
    return node(
      .gather(a, axes: axes, selection: selection, along: along), axes: union(rest, along),
      isExact: isExact(a))
  }
}
