extension ProgramBuilder {
  /// Returns the derivative of a node along the tangents of others, built of more nodes.
  ///
  /// Forward mode, exact. The tangents may depend on an axis of their own, the gradient. A function without
  /// slope (floor, sign, step) and a stopped gradient have none; at a corner the derivative is one of the
  /// two, or their mean for several equal extremes. Taking it twice gives second derivatives.
  ///
  /// - Parameters:
  ///   - node: The node to differentiate.
  ///   - seeds: The tangents of some nodes, usually of inputs.
  /// - Returns: The derivative; nil if it is zero.
  public mutating func tangent(of node: NodeID, seeds: [NodeID: NodeID]) -> NodeID? {
    var tangents = seeds
    for index in dependencies(of: node, until: seeds) {
      let id = NodeID(index: index)
      if let tangent = tangent(ofKind: nodes[index].kind, id, tangents) { tangents[id] = tangent }
    }
    return tangents[node]
  }

  // The nodes that a node is computed from, operands first; seeds and what lies behind them left out.
  private func dependencies(of node: NodeID, until seeds: [NodeID: NodeID]) -> [Int] {
    var found: Set<Int> = []
    var open = [node]
    while let next = open.popLast() {
      guard seeds[next] == nil, found.insert(next.index).inserted else { continue }
      let operands = nodes[next.index].operands
      if let a = operands.0 { open.append(a) }
      if let b = operands.1 { open.append(b) }
    }
    return found.sorted()
  }

  private mutating func tangent(
    ofKind kind: Node.Kind, _ result: NodeID, _ tangents: [NodeID: NodeID]
  ) -> NodeID? {
    switch kind {
    case .constant, .input, .table: return nil
    case .unary(let operation, let a):
      guard let da = tangents[a], let slope = slope(operation, a, result) else { return nil }
      return binary(.multiply, slope, da)
    case .binary(let operation, let a, let b):
      let (da, db) = (tangents[a], tangents[b])
      if da == nil, db == nil { return nil }
      return tangent(operation, a, b, da, db, result)
    case .reduce(let operation, let a, let axis):
      return tangents[a].map { tangent(operation, a, $0, axis, result) }
    case .integral(let a, let axis):
      return tangents[a].map { integral($0, over: axis) }
    case .rename(let a, let from, let to):
      return tangents[a].map {
        renameAll($0, Dictionary(uniqueKeysWithValues: zip(from, to)))
      }
    case .gather(let a, let axes, let selection, let along):
      return tangents[a].map { gatherPresent($0, axes, selection, along) }
    case .inverse(let a, let rows, let columns):
      return tangents[a].map { tangentOfInverse($0, rows, columns, result) }
    case .determinant(let a, let rows, let columns):
      // d det A = det A tr(A^-1 dA).
      return tangents[a].map { da in
        let inverse = renameAll(
          inverse(a, rows: rows, columns: columns), [rows: columns, columns: rows])
        let terms = binary(.multiply, inverse, da)
        return binary(
          .multiply, result,
          reduce(.sum, reduce(.sum, terms, over: rows), over: columns))
      }
    }
  }

  // A tangent may not depend on all the axes that its node does.
  private mutating func gatherPresent(
    _ a: NodeID, _ axes: [Axis], _ selection: Int, _ along: [Axis]
  ) -> NodeID {
    gather(a, axes: axes, indices: selections[selection], along: along)
  }

  private mutating func slope(_ operation: UnaryOperation, _ a: NodeID, _ r: NodeID) -> NodeID? {
    switch operation {
    case .sign, .floor, .ceil, .step, .stopGradient: nil
    case .negate: constant(-1)
    case .reciprocal: unary(.negate, unary(.square, r))
    case .absolute: unary(.sign, a)
    case .exp: r
    case .log: unary(.reciprocal, a)
    case .sqrt: binary(.divide, constant(0.5), r)
    case .sin: unary(.cos, a)
    case .cos: unary(.negate, unary(.sin, a))
    case .tan: binary(.add, constant(1), unary(.square, r))
    case .sinh: unary(.cosh, a)
    case .cosh: unary(.sinh, a)
    case .tanh: oneMinusSquare(r)
    case .asin: unary(.reciprocal, unary(.sqrt, oneMinusSquare(a)))
    case .acos: unary(.negate, unary(.reciprocal, unary(.sqrt, oneMinusSquare(a))))
    case .atan: unary(.reciprocal, binary(.add, unary(.square, a), constant(1)))
    case .asinh:
      unary(.reciprocal, unary(.sqrt, binary(.add, unary(.square, a), constant(1))))
    case .acosh:
      unary(.reciprocal, unary(.sqrt, binary(.subtract, unary(.square, a), constant(1))))
    case .atanh: unary(.reciprocal, oneMinusSquare(a))
    case .sigmoid: binary(.multiply, r, binary(.subtract, constant(1), r))
    case .softplus: unary(.sigmoid, a)
    case .relu: unary(.step, a)
    case .erf:
      // 2 / sqrt(pi) e^(-a^2)
      binary(
        .multiply,
        constant(
          DoubleDouble(high: 0x1.20dd750429b6dp+0, low: 0x1.1ae3a914fed8p-56), error: 0x1p-108),
        unary(.exp, unary(.negate, unary(.square, a))))
    case .gamma: binary(.multiply, r, unary(.digamma, a))
    case .logGamma: unary(.digamma, a)
    case .digamma: unary(.trigamma, a)
    // The machine has no further polygamma functions.
    case .trigamma: constant(.nan, error: .infinity)
    case .log1p: unary(.reciprocal, binary(.add, constant(1), a))
    case .expm1: binary(.add, r, constant(1))
    case .square: binary(.multiply, constant(2), a)
    }
  }

  private mutating func oneMinusSquare(_ a: NodeID) -> NodeID {
    binary(.subtract, constant(1), unary(.square, a))
  }

  // Sums what is there of two terms.
  private mutating func sum(_ a: NodeID?, _ b: NodeID?) -> NodeID? {
    guard let a else { return b }
    return b.map { binary(.add, a, $0) } ?? a
  }

  private mutating func tangent(
    _ operation: BinaryOperation, _ a: NodeID, _ b: NodeID, _ da: NodeID?, _ db: NodeID?,
    _ result: NodeID
  ) -> NodeID? {
    switch operation {
    case .add: return sum(da, db)
    case .subtract: return sum(da, db.map { unary(.negate, $0) })
    case .multiply:
      return sum(da.map { binary(.multiply, $0, b) }, db.map { binary(.multiply, a, $0) })
    case .divide:
      let change = sum(da, db.map { unary(.negate, binary(.multiply, result, $0)) })
      return change.map { binary(.divide, $0, b) }
    case .power:
      let base = da.map { da in
        let slope = binary(.power, a, binary(.subtract, b, constant(1)))
        return binary(.multiply, binary(.multiply, b, slope), da)
      }
      let exponent = db.map {
        binary(.multiply, binary(.multiply, result, unary(.log, a)), $0)
      }
      return sum(base, exponent)
    case .maximum, .minimum:
      let difference =
        operation == .maximum ? binary(.subtract, a, b) : binary(.subtract, b, a)
      let first = unary(.step, difference)
      let second = binary(.subtract, constant(1), first)
      return sum(
        da.map { binary(.multiply, first, $0) }, db.map { binary(.multiply, second, $0) })
    }
  }

  private mutating func tangent(
    _ operation: ReduceOperation, _ a: NodeID, _ da: NodeID, _ axis: Axis, _ result: NodeID
  ) -> NodeID {
    switch operation {
    case .sum: return reduce(.sum, da, over: axis)
    case .product:
      let count = count(of: axis)
      guard count <= 64 else {
        let terms = binary(.divide, da, a)
        return binary(.multiply, result, reduce(.sum, terms, over: axis))
      }
      // The product of all others, also where one is zero: sum_k da_k prod_(j != k) a_j.
      let other = companion(of: axis, avoiding: union(axes(of: a), axes(of: da)))
      var isOther = [Double](repeating: 1, count: count * count)
      for k in 0..<count { isOther[k * count + k] = 0 }
      let mask = table(isOther, axes: [axis, other])
      let one = constant(1)
      let factors = binary(
        .add, one,
        binary(.multiply, mask, binary(.subtract, rename(a, from: axis, to: other), one)))
      let products = reduce(.product, factors, over: other)
      return reduce(.sum, binary(.multiply, products, da), over: axis)
    case .maximum, .minimum:
      let distance = unary(.absolute, binary(.subtract, a, result))
      let mask = binary(.subtract, constant(1), unary(.step, distance))
      let sum = reduce(.sum, binary(.multiply, mask, da), over: axis)
      return binary(.divide, sum, reduce(.sum, mask, over: axis))
    }
  }

  // d(A^-1) = -A^-1 dA A^-1.
  private mutating func tangentOfInverse(
    _ da: NodeID, _ rows: Axis, _ columns: Axis, _ result: NodeID
  ) -> NodeID {
    let used = union(axes(of: result), axes(of: da))
    let k = companion(of: rows, avoiding: used)
    let l = companion(of: columns, avoiding: used + [k])
    let change = renameAll(da, [rows: k, columns: l])
    let right = rename(result, from: rows, to: l)
    let left = rename(result, from: columns, to: k)
    let first = reduce(.sum, binary(.multiply, change, right), over: l)
    return unary(.negate, reduce(.sum, binary(.multiply, left, first), over: k))
  }

  // An axis of the same count for use inside of one derivative.
  private mutating func companion(of axis: Axis, avoiding used: [Axis]) -> Axis {
    if let known = companions[axis]?.first(where: { !used.contains($0) }) { return known }
    let new = self.axis(count: count(of: axis))
    companions[axis, default: []].append(new)
    return new
  }
}
