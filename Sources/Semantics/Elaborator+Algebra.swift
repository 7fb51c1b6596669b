internal import Compute
internal import Notation

extension Elaborator {
  mutating func negated(_ value: Quantity) -> Quantity {
    mapped(.negate, value)
  }

  /// Applies a function to every entry.
  mutating func mapped(_ operation: UnaryOperation, _ value: Quantity) -> Quantity {
    var result = value
    result.node = builder.unary(operation, value.node)
    result.logarithm = nil
    if operation != .negate { result.isIdentity = false }
    return result
  }

  mutating func binary(
    _ operation: Operator, _ left: Expression, _ right: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    switch operation {
    case .add, .subtract:
      return try combined(
        operation == .add ? .add : .subtract, try quantity(left), try quantity(right), at: range)
    case .multiply:
      if let application = application(left, right, at: range) { return try quantity(application) }
      return try product(try quantity(left), try quantity(right), at: range)
    case .elementwise:
      return try scaled(.multiply, try quantity(left), try quantity(right), at: range)
    case .matrixProduct:
      var first = withoutPadding(try quantity(left))
      var second = withoutPadding(try quantity(right))
      if first.isVector { first.isRow = true }
      if second.isVector { second.isRow = false }
      return try product(first, second, at: range)
    case .divide: return try quotient(try quantity(left), try quantity(right), at: range)
    case .power: return try power(left, right, at: range)
    }
  }

  /// Adds or subtracts; a number is added to every entry, the identity to the diagonal.
  mutating func combined(
    _ operation: BinaryOperation, _ left: Quantity, _ right: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if left.isIdentity && right.isIdentity {
      return .identity(times: builder.binary(operation, left.node, right.node))
    }
    if right.isIdentity && left.isMatrix {
      return try combined(operation, left, identityMatrix(like: left, right), at: range)
    }
    if left.isIdentity && right.isMatrix {
      return try combined(operation, identityMatrix(like: right, left), right, at: range)
    }
    return try scaled(operation, left, right, at: range)
  }

  /// Combines entry by entry.
  mutating func scaled(
    _ operation: BinaryOperation, _ left: Quantity, _ right: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    guard !left.isIdentity, !right.isIdentity else {
      if operation == .multiply || operation == .divide, left.isIdentity != right.isIdentity,
        (left.isIdentity ? right : left).isNumber
      {
        return .identity(times: builder.binary(operation, left.node, right.node))
      }
      throw Misunderstanding(
        .nonsense, "the identity matrix is combined with a number or vector", at: range)
    }
    if right.axes.isEmpty {
      var result = left
      result.node = builder.binary(operation, left.node, right.node)
      result.logarithm = nil
      return result
    }
    if left.axes.isEmpty {
      var result = right
      result.node = builder.binary(operation, left.node, right.node)
      result.logarithm = nil
      return result
    }
    guard left.axes.count == right.axes.count, counts(left) == counts(right) else {
      throw Misunderstanding(
        .nonsense,
        "\(shape(left)) and \(shape(right)) are combined entry by entry", at: range)
    }
    let aligned = renamed(right, to: left.axes)
    return Quantity(
      builder.binary(operation, left.node, aligned.node), axes: left.axes, isRow: left.isRow)
  }

  /// Multiplies as mathematics does: numbers scale, rows meet columns, matrices compose.
  mutating func product(
    _ left: Quantity, _ right: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if left.isIdentity && right.isIdentity {
      return .identity(times: builder.binary(.multiply, left.node, right.node))
    }
    if left.isIdentity || right.isIdentity {
      let (identity, other) = left.isIdentity ? (left, right) : (right, left)
      let node = builder.binary(.multiply, identity.node, other.node)
      if other.isNumber { return .identity(times: node) }
      var result = other
      result.node = node
      result.logarithm = nil
      return result
    }
    if left.isNumber || right.isNumber {
      var result = left.isNumber ? right : left
      result.node = builder.binary(.multiply, left.node, right.node)
      result.logarithm = sum(of: left, right, .add)
      return result
    }
    switch (left.axes.count, right.axes.count) {
    case (1, 1) where left.isRow && !right.isRow:
      return try contracted(left, right, keeping: [], at: range)
    case (1, 1) where !left.isRow && right.isRow:
      let columns = builder.axis(count: builder.count(of: right.axes[0]))
      let other = renamed(right, to: [columns])
      return Quantity(
        builder.binary(.multiply, left.node, other.node), axes: [left.axes[0], columns])
    case (1, 1): return try scaled(.multiply, left, right, at: range)
    case (1, 2): return try contracted(left, right, keeping: [right.axes[1]], at: range)
    case (2, 1): return try contracted(left, right, keeping: [left.axes[0]], at: range)
    default: return try contracted(left, right, keeping: [left.axes[0], right.axes[1]], at: range)
    }
  }

  /// Sums the products over the last axis of `left` and the first of `right`.
  private mutating func contracted(
    _ left: Quantity, _ right: Quantity, keeping kept: [Axis], at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let count = builder.count(of: left.axes[left.axes.count - 1])
    guard count == builder.count(of: right.axes[0]) else {
      throw Misunderstanding(
        .nonsense, "\(shape(left)) is multiplied by \(shape(right))", at: range)
    }
    let inner = builder.axis(count: count)
    var result: [Axis] = []
    var first = left
    var second = right
    first.axes[left.axes.count - 1] = inner
    if left.axes.count == 2 {
      first.axes[0] = builder.axis(count: builder.count(of: left.axes[0]))
      result.append(first.axes[0])
    }
    second.axes[0] = inner
    if right.axes.count == 2 {
      second.axes[1] = builder.axis(count: builder.count(of: right.axes[1]))
      result.append(second.axes[1])
    }
    let product = builder.binary(
      .multiply, renamed(left, to: first.axes).node, renamed(right, to: second.axes).node)
    return Quantity(
      builder.reduce(.sum, product, over: inner), axes: result,
      isRow: result.count == 1 && left.axes.count == 1)
  }

  mutating func quotient(
    _ left: Quantity, _ right: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if right.isMatrix {
      throw Misunderstanding(.nonsense, "something is divided by a matrix", at: range)
    }
    var result = try scaled(.divide, left, right, at: range)
    if result.isNumber { result.logarithm = sum(of: left, right, .subtract) }
    return result
  }

  /// The logarithm of a product or quotient whose factors have one.
  private mutating func sum(
    of left: Quantity, _ right: Quantity, _ operation: BinaryOperation
  ) -> NodeID? {
    guard left.logarithm != nil || right.logarithm != nil, left.isNumber, right.isNumber else {
      return nil
    }
    let first = left.logarithm ?? builder.unary(.log, left.node)
    let second = right.logarithm ?? builder.unary(.log, right.node)
    return builder.binary(operation, first, second)
  }

  mutating func power(
    _ base: Expression, _ exponent: Expression, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    let value = try quantity(base)
    // `\delta^T` of what turns out to be a vector or a matrix.
    if !value.isNumber, case .name(let letter) = exponent.node, letter.description == "T",
      try valueIfKnown(of: letter, at: range) == nil
    {
      return transposed(value)
    }
    let exponentValue = try number(exponent)
    let whole = builder.constantValue(of: exponentValue).flatMap { Int(exactly: $0) }
    if value.isIdentity {
      return .identity(times: builder.binary(.power, value.node, exponentValue))
    }
    if value.isMatrix {
      guard let whole, whole.magnitude <= 8, whole != 0 else {
        throw Misunderstanding(.outOfReach, "a matrix has a power that is not whole", at: range)
      }
      let factor = whole < 0 ? try inverse(of: value, at: range) : value
      var result = factor
      for _ in 1..<max(1, abs(whole)) { result = try product(result, factor, at: range) }
      return result
    }
    var result = value
    if let whole {
      result.node = builder.power(value.node, whole)
    } else {
      result.node = builder.binary(.power, value.node, exponentValue)
    }
    result.logarithm = value.logarithm.map { builder.binary(.multiply, $0, exponentValue) }
    return result
  }

  // MARK: - Arrays

  /// Returns the same array along other axes of the same lengths.
  mutating func renamed(_ value: Quantity, to axes: [Axis]) -> Quantity {
    guard value.axes != axes else { return value }
    var map: [Axis: Axis] = [:]
    for (old, new) in zip(value.axes, axes) where old != new { map[old] = new }
    var result = value
    result.node = builder.renameAll(value.node, map)
    result.logarithm = value.logarithm.map { builder.renameAll($0, map) }
    result.axes = axes
    return result
  }

  mutating func transposed(_ value: Quantity) -> Quantity {
    var result = value
    if value.isVector { result.isRow.toggle() }
    if value.isMatrix { result.axes.swapAt(0, 1) }
    return result
  }

  /// The row of ones, `\mathbf 1^T`; the number 1 where the latent space has one dimension.
  mutating func onesRow() -> Quantity {
    guard let latent = world.axes[.latent], builder.count(of: latent) > 1 else {
      return Quantity(builder.constant(1))
    }
    let axis = builder.axis(count: builder.count(of: latent))
    let ones = [Double](repeating: 1, count: builder.count(of: latent))
    return Quantity(builder.table(ones, axes: [axis]), axes: [axis], isRow: true)
  }

  mutating func determinant(of value: Quantity) -> Quantity {
    Quantity(builder.determinant(value.node, rows: value.axes[0], columns: value.axes[1]))
  }

  mutating func inverse(
    of value: Quantity, at range: SourceRange
  ) throws(Misunderstanding) -> Quantity {
    if value.isNumber || value.isIdentity { return mapped(.reciprocal, value, keepsIdentity: true) }
    guard value.isMatrix, counts(value)[0] == counts(value)[1] else {
      throw Misunderstanding(.nonsense, "\(shape(value)) has no inverse", at: range)
    }
    var result = value
    result.node = builder.inverse(value.node, rows: value.axes[0], columns: value.axes[1])
    return result
  }

  private mutating func mapped(
    _ operation: UnaryOperation, _ value: Quantity, keepsIdentity: Bool
  ) -> Quantity {
    var result = mapped(operation, value)
    result.isIdentity = value.isIdentity && keepsIdentity
    return result
  }

  /// The identity, times a number, in the size of another matrix.
  mutating func identityMatrix(like other: Quantity, _ identity: Quantity) -> Quantity {
    let count = builder.count(of: other.axes[0])
    var entries = [Double](repeating: 0, count: count * count)
    for row in 0..<count { entries[row * count + row] = 1 }
    let table = builder.table(entries, axes: other.axes)
    return Quantity(builder.binary(.multiply, identity.node, table), axes: other.axes)
  }

  /// The sum over all entries; a number is its own sum.
  mutating func total(_ value: Quantity) -> Quantity {
    var node = value.node
    for axis in value.axes { node = builder.reduce(.sum, node, over: axis) }
    return Quantity(node)
  }

  func counts(_ value: Quantity) -> [Int] {
    value.axes.map { builder.count(of: $0) }
  }

  /// The shape in words for messages.
  func shape(_ value: Quantity) -> String {
    let counts = counts(value)
    switch counts.count {
    case 0: return value.isIdentity ? "the identity matrix" : "a number"
    case 1: return "a vector of \(counts[0])"
    default: return "a \(counts[0]) by \(counts[1]) matrix"
    }
  }
}
