extension ProgramBuilder {
  /// Applies a function to every value of a node.
  public mutating func unary(_ operation: UnaryOperation, _ a: NodeID) -> NodeID {
    if let folded = folded(operation, a) { return folded }
    let exact = operation.keepsExactness && isExact(a)
    return node(.unary(operation, a), axes: axes(of: a), isExact: exact)
  }

  /// Applies a function of two numbers over the union of the axes of two nodes.
  public mutating func binary(_ operation: BinaryOperation, _ a: NodeID, _ b: NodeID) -> NodeID {
    if let folded = folded(operation, a, b) { return folded }
    let (first, second) =
      operation.isCommutative && b.index < a.index ? (b, a) : (a, b)
    let exact = operation.keepsExactness && isExact(a) && isExact(b)
    return node(
      .binary(operation, first, second), axes: union(axes(of: a), axes(of: b)), isExact: exact)
  }

  /// Raises a node to an integer power, by multiplications.
  public mutating func power(_ a: NodeID, _ exponent: Int) -> NodeID {
    if exponent == 0 { return constant(1) }
    if exponent == 1 { return a }
    // Beyond this the rounding of the multiplications exceeds that of the library's function.
    guard exponent.magnitude <= 64 else {
      return node(
        .binary(.power, a, constant(Double(exponent))), axes: axes(of: a), isExact: false)
    }
    if exponent < 0 { return unary(.reciprocal, power(a, -exponent)) }
    let half = unary(.square, power(a, exponent / 2))
    return exponent.isMultiple(of: 2) ? half : binary(.multiply, half, a)
  }

  /// Returns the union of two sorted lists of axes.
  func union(_ a: [Axis], _ b: [Axis]) -> [Axis] {
    if a == b || b.isEmpty { return a }
    if a.isEmpty { return b }
    var result: [Axis] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if j == b.count || (i < a.count && a[i] < b[j]) {
        result.append(a[i])
        i += 1
      } else {
        if i < a.count, a[i] == b[j] { i += 1 }
        result.append(b[j])
        j += 1
      }
    }
    return result
  }

  // The value of a constant that is exactly a double.
  private func exactConstant(_ a: NodeID) -> Double? {
    guard case .constant(let constant) = nodes[a.index].kind, constant.isExact else { return nil }
    return constant.value.high
  }

  private mutating func folded(_ operation: UnaryOperation, _ a: NodeID) -> NodeID? {
    switch (operation, nodes[a.index].kind) {
    case (.negate, .unary(.negate, let inner)): inner
    case (.negate, .constant(let known)): constant(-known.value, error: known.error)
    case (.reciprocal, .constant(let known)) where known.isExact: binary(.divide, constant(1), a)
    case (.square, .constant(let known)) where known.isExact: binary(.multiply, a, a)
    default: nil
    }
  }

  private mutating func folded(_ operation: BinaryOperation, _ a: NodeID, _ b: NodeID) -> NodeID? {
    let (x, y) = (exactConstant(a), exactConstant(b))
    if let x, let y, let value = exactResult(operation, x, y) { return constant(value) }
    return switch (operation, x, y) {
    case (.add, 0, _): b
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1): a
    case (.subtract, 0, _): unary(.negate, b)
    case (.multiply, 1, _): b
    case (.multiply, -1, _): unary(.negate, b)
    case (.multiply, _, -1), (.divide, _, -1): unary(.negate, a)
    case (.divide, 1, .none): unary(.reciprocal, b)
    case (.multiply, _, _) where a == b && x == nil: unary(.square, a)
    case (.power, _, 0.5): unary(.sqrt, a)
    case (.power, _, -0.5): unary(.reciprocal, unary(.sqrt, a))
    case (.power, _, .some(let exponent)):
      Int(exactly: exponent).flatMap { $0.magnitude <= 64 ? power(a, $0) : nil }
    case (.maximum, _, _) where a == b, (.minimum, _, _) where a == b: a
    default: nil
    }
  }

  // The result of an operation on two numbers if it has no rounding.
  private func exactResult(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Double? {
    let value: Double
    let isExact: Bool
    switch operation {
    case .add, .subtract:
      let sum = DoubleDouble(sum: x, operation == .add ? y : -y)
      (value, isExact) = (sum.high, sum.low == 0)
    case .multiply:
      let product = DoubleDouble(product: x, y)
      (value, isExact) = (product.high, product.low == 0)
    case .divide:
      value = x / y
      isExact = y != 0 && (-x).addingProduct(value, y) == 0
    case .power, .maximum, .minimum: return nil
    }
    // Far from the ends of the range, where the remainders would underflow.
    guard isExact,
      value == 0
        ? x == 0 || operation == .add || operation == .subtract
        : (0x1p-500...0x1p500).contains(value.magnitude)
    else { return nil }
    return value
  }
}
